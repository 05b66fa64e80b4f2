import { describe, expect, it } from "vitest";
import { read, write } from "../arbitrary-corpus.ts";

const id = (kind: string) => `${kind.repeat(8)}-0000-7000-8000-000000000001`;
const TIME = "2026-03-12T09:30:00.120Z";

/** In the bytes of an export. */
const EXPORTED = [
  {
    format: "concord-corpus",
    version: 1,
    offsets: "code-points",
    project: {
      name: "Sarn",
      description: "",
      guidelines: "# Rules",
      labels: [
        {
          id: id("c"),
          key: "claim",
          name: "Claim",
          color: "RUST",
          shortcut: "c",
          description: "",
          parent: null,
          archivedAt: null,
          attributes: [{ key: "sure", name: "Sure", kind: "BOOLEAN", choices: [], required: false }],
        },
      ],
      relationTypes: [
        { id: id("e"), key: "states", name: "states", sourceLabels: [], targetLabels: ["claim"] },
      ],
    },
    users: [{ id: id("b"), name: "Ilse" }],
  },
  {
    ...{
      id: id("d"),
      sourceId: null,
      title: "One",
      language: "en",
      metadata: { a: [1, null], b: { c: true } },
      createdAt: TIME,
      text: "😀 é said\r\nso",
      sha256: "HASH",
    },
    annotations: [
      {
        id: id("f"),
        label: "claim",
        fragments: [
          [0, 1],
          [4, 8],
        ],
        quote: "😀 said",
        attributes: { sure: true },
        note: "n",
        origin: "HUMAN",
        createdBy: id("b"),
        createdAt: TIME,
        updatedBy: id("b"),
        updatedAt: TIME,
        version: 2,
      },
      {
        id: id("a"),
        label: "claim",
        fragments: [[4, 8]],
        quote: "said",
        attributes: {},
        note: "",
        origin: "IMPORT",
        createdBy: id("b"),
        createdAt: TIME,
        updatedBy: id("b"),
        updatedAt: TIME,
        version: 1,
      },
    ],
    relations: [
      { id: id("6"), type: "states", source: id("a"), target: id("f"), createdBy: id("b"), createdAt: TIME },
    ],
    comments: [
      {
        id: id("7"),
        annotation: id("f"),
        body: "Really?",
        createdBy: id("b"),
        createdAt: TIME,
        updatedAt: TIME,
        resolvedAt: null,
      },
    ],
  },
];

describe("Concord NDJSON", () => {
  it("is written in the very bytes that were read", async () => {
    const hash = Buffer.from(
      await crypto.subtle.digest("SHA-256", new TextEncoder().encode("😀 é said\r\nso")),
    ).toString("hex");
    const given = EXPORTED.map((line) => `${JSON.stringify(line)}\n`)
      .join("")
      .replace("HASH", hash);
    const { documents, header, problems } = await read("a.ndjson", given);
    expect(problems).toEqual([]);
    const { bytes, left } = await write("concord", documents, header ?? undefined);
    expect(new TextDecoder().decode(bytes)).toBe(given);
    expect(left).toEqual([]);
  });
});
