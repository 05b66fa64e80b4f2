// What callers may send and what is refused: each rule with the exact path into the input.
import { randomUUID } from "node:crypto";
import { request } from "node:http";
import { text as readText } from "node:stream/consumers";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  annotate,
  disposeLater,
  type Fixture,
  importDocument,
  makeFixture,
  mutation,
  startServer,
  type TestServer,
} from "../support/server.ts";

const TEXT = "Ab👩🏽‍🌾 é said: no.";
const LENGTH = [...TEXT].length;
const ID = "018F3F5E-1C2D-7A3B-8C4D-5E6F7A8B9C0D";
const NUL = "\0";
const LONE = "\ud83d";

let server: TestServer;
let fixture: Fixture;
beforeAll(async () => {
  server = await startServer();
});
beforeEach(async () => {
  fixture = await makeFixture(server, TEXT);
});
afterAll(() => server.dispose());

const revision = async (documentId = fixture.documentId) =>
  (
    await server.must<{ document: { revision: number } }>(
      `query ($d: ID!) { document(id: $d) { revision } }`,
      { d: documentId },
    )
  ).document.revision;

const create = (more: object = {}) => ({
  documentId: fixture.documentId,
  labelId: fixture.labels.claim,
  fragments: [{ start: 0, end: 1 }],
  ...more,
});

/** Sends a body as it is; answers the status and the first error. */
async function sendRaw(
  body: string,
  headers: Record<string, string> = {},
): Promise<{ status: number; code: string | undefined; field?: string; message?: string }> {
  const response = await fetch(`${server.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${server.adminToken}`, ...headers },
    body,
  });
  const answer: { errors?: { message: string; extensions: { code: string; field?: string } }[] } =
    await response.json();
  const [error] = answer.errors ?? [];
  return {
    status: response.status,
    code: error?.extensions.code,
    ...(error ? { ...error.extensions, message: error.message } : {}),
  };
}

describe("fragments", () => {
  const many = (count: number) => Array.from({ length: count }, (_, i) => ({ start: 2 * i, end: 2 * i + 1 }));
  const cases: [string, unknown, string][] = [
    ["none", [], "input.fragments"],
    ["101", many(101), "input.fragments"],
    ["a negative start", [{ start: -1, end: 2 }], "input.fragments[0].start"],
    ["a negative end", [{ start: 0, end: -2 }], "input.fragments[0].end"],
    ["an inverted one", [{ start: 3, end: 2 }], "input.fragments[0].end"],
    ["an empty one", [{ start: 3, end: 3 }], "input.fragments[0].end"],
    ["an empty one at the end", [{ start: LENGTH, end: LENGTH }], "input.fragments[0].end"],
    ["an end beyond the text", [{ start: 0, end: LENGTH + 1 }], "input.fragments[0].end"],
    ["a start beyond the text", [{ start: LENGTH + 1, end: LENGTH + 2 }], "input.fragments[0].start"],
    ["UTF-16 indices", [{ start: 0, end: TEXT.length }], "input.fragments[0].end"],
    [
      "touching ones",
      [
        { start: 0, end: 2 },
        { start: 2, end: 3 },
      ],
      "input.fragments[1].start",
    ],
    [
      "overlapping ones",
      [
        { start: 0, end: 3 },
        { start: 2, end: 5 },
      ],
      "input.fragments[1].start",
    ],
    [
      "one inside the other",
      [
        { start: 0, end: 5 },
        { start: 1, end: 2 },
      ],
      "input.fragments[1].start",
    ],
    [
      "the same twice",
      [
        { start: 0, end: 1 },
        { start: 0, end: 1 },
      ],
      "input.fragments[1].start",
    ],
    [
      "unordered ones",
      [
        { start: 4, end: 5 },
        { start: 0, end: 1 },
      ],
      "input.fragments[1].start",
    ],
    [
      "a bad third",
      [
        { start: 0, end: 1 },
        { start: 2, end: 3 },
        { start: 5, end: 4 },
      ],
      "input.fragments[2].end",
    ],
    // What GraphQL itself refuses is named after the variable.
    ["a half", [{ start: 0, end: 1.5 }], "i.fragments[0].end"],
    ["text", [{ start: 0, end: "1" }], "i.fragments[0].end"],
    ["more than 32 bits", [{ start: 2 ** 31, end: 2 ** 31 + 1 }], "i.fragments[0].start"],
    ["null", [{ start: null, end: 1 }], "i.fragments[0].start"],
    ["a missing end", [{ start: 0 }], "i.fragments[0]"],
    ["an unknown member", [{ start: 0, end: 1, length: 1 }], "i.fragments[0]"],
    ["a null fragment", [{ start: 0, end: 1 }, null], "i.fragments[1]"],
    ["no list", null, "i.fragments"],
  ];

  it.each(cases)("%s are refused when creating", async (_name, fragments, field) => {
    expect(await server.refuses("createAnnotation", create({ fragments }))).toMatchObject({
      code: "BAD_USER_INPUT",
      field,
    });
    expect(await revision()).toBe(0);
  });

  it.each(cases.filter(([name]) => name !== "no list"))(
    "%s are refused when updating, and nothing changes",
    async (_name, fragments, field) => {
      const { id } = await annotate(server, fixture);
      const refusal = await server.refuses("updateAnnotation", {
        id,
        expectedVersion: 1,
        note: "new",
        fragments,
      });
      expect(refusal).toMatchObject({ code: "BAD_USER_INPUT", field });
      const { annotation } = await server.must<object & { annotation: unknown }>(
        `query ($i: ID!) { annotation(id: $i) { version note span { start end } } }`,
        { i: id },
      );
      expect(annotation).toEqual({ version: 1, note: "", span: { start: 0, end: 3 } });
      expect(await revision()).toBe(1);
    },
  );

  it("take the whole text, its last code point, and 100 fragments", async () => {
    expect((await annotate(server, fixture, { fragments: [{ start: 0, end: LENGTH }] })).quote).toBe(TEXT);
    expect((await annotate(server, fixture, { fragments: [{ start: LENGTH - 1, end: LENGTH }] })).quote).toBe(
      ".",
    );
    const documentId = await importDocument(server, fixture.projectId, { text: "ab".repeat(100) });
    expect((await annotate(server, { ...fixture, documentId }, { fragments: many(100) })).quote).toBe(
      Array(100).fill("a").join(" "),
    );
  });

  it("take a single fragment for a list of one, as GraphQL does", async () => {
    const { annotation } = await server.mutate<{ annotation: object }>(
      "createAnnotation",
      create({ fragments: { start: 0, end: 2 } }),
      "annotation { span { quote } }",
    );
    expect(annotation).toEqual({ span: { quote: "Ab" } });
  });

  it("have no place in an empty text", async () => {
    const documentId = await importDocument(server, fixture.projectId, { text: "" });
    expect(await server.refuses("createAnnotation", create({ documentId }))).toMatchObject({
      code: "BAD_USER_INPUT",
      field: "input.fragments[0].end",
    });
  });
});

describe("labels", () => {
  it("of another project, unknown and archived ones are refused", async () => {
    const other = await makeFixture(server);
    await server.sql(`update label set archived_at = now() where id = $1`, [fixture.labels.agreement]);
    const { id } = await annotate(server, fixture);
    for (const labelId of [
      other.labels.claim,
      randomUUID(),
      fixture.documentId,
      fixture.labels.agreement,
      "claim",
      "",
    ]) {
      expect(await server.refuses("createAnnotation", create({ labelId }))).toMatchObject({
        code: "BAD_USER_INPUT",
        field: "input.labelId",
      });
      expect(await server.refuses("updateAnnotation", { id, expectedVersion: 1, labelId })).toMatchObject({
        code: "BAD_USER_INPUT",
        field: "input.labelId",
      });
    }
    expect(await revision()).toBe(1);
  });

  it("once given are kept when they are archived, and the note can still be changed", async () => {
    const { id } = await annotate(server, fixture, { label: "claim" });
    await server.sql(`update label set archived_at = now() where id = $1`, [fixture.labels.claim]);
    const input = { id, expectedVersion: 1, note: "still", labelId: fixture.labels.claim };
    const { annotation } = await server.mutate<{ annotation: unknown }>(
      "updateAnnotation",
      input,
      "annotation { note version label { key archivedAt } }",
    );
    expect(annotation).toEqual({
      note: "still",
      version: 2,
      label: { key: "claim", archivedAt: expect.any(String) },
    });
  });
});

describe("attributes", () => {
  const definitions = [
    { key: "sure", name: "Sure", kind: "BOOLEAN", choices: [], required: true },
    { key: "word", name: "Word", kind: "TEXT", choices: [], required: false },
    { key: "count", name: "Count", kind: "NUMBER", choices: [], required: false },
    { key: "day", name: "Day", kind: "DATE", choices: [], required: false },
    { key: "stance", name: "Stance", kind: "CHOICE", choices: ["for", "against"], required: false },
  ];
  beforeEach(async () => {
    await server.sql(`update label set attributes = $2 where id = $1`, [
      fixture.labels.claim,
      JSON.stringify(definitions),
    ]);
  });

  it.each([
    [{ sure: false, word: "", count: -1.5, day: "2024-02-29", stance: "for" }],
    [{ count: 1e308 }],
    [{ count: 0 }],
    // A required one may be missing: one key must be enough to tag.
    [{}],
  ])("%j are kept as they are", async (attributes) => {
    const { annotation } = await server.mutate<{ annotation: unknown }>(
      "createAnnotation",
      create({ attributes }),
      "annotation { attributes label { attributes { key name kind choices required } } }",
    );
    expect(annotation).toEqual({ attributes, label: { attributes: definitions } });
  });

  it.each<[object, string]>([
    [{ sure: "true" }, "input.attributes.sure"],
    [{ sure: null }, "input.attributes.sure"],
    [{ word: 7 }, "input.attributes.word"],
    [{ word: ["a"] }, "input.attributes.word"],
    [{ count: "7" }, "input.attributes.count"],
    [{ day: "2023-02-29" }, "input.attributes.day"],
    [{ day: "2024-2-9" }, "input.attributes.day"],
    [{ day: "2024-02-09T00:00:00Z" }, "input.attributes.day"],
    [{ stance: "maybe" }, "input.attributes.stance"],
    [{ stance: "For" }, "input.attributes.stance"],
    [{ unknown: 1 }, "input.attributes.unknown"],
    [{ sure: true, toString: "x" }, "input.attributes.toString"],
  ])("%j are refused", async (attributes, field) => {
    expect(await server.refuses("createAnnotation", create({ attributes }))).toMatchObject({
      code: "BAD_USER_INPUT",
      field,
    });
    const { id } = await annotate(server, fixture);
    expect(await server.refuses("updateAnnotation", { id, expectedVersion: 1, attributes })).toMatchObject({
      code: "BAD_USER_INPUT",
      field,
    });
  });

  it("that are no object are refused by GraphQL", async () => {
    for (const attributes of [[], "x", 1, true]) {
      expect(await server.refuses("createAnnotation", create({ attributes }))).toMatchObject({
        code: "BAD_USER_INPUT",
        field: "i.attributes",
      });
    }
  });

  it("beyond JavaScript's numbers are refused", async () => {
    const body = JSON.stringify({
      query: mutation("createAnnotation"),
      variables: { i: create({ attributes: { count: 123454321 } }) },
    });
    expect(await sendRaw(body.replace("123454321", "1e400"))).toMatchObject({
      code: "BAD_USER_INPUT",
      field: "input.attributes.count",
    });
  });

  it("are replaced as a whole, and kept when a relabel says nothing of them", async () => {
    const { annotation: made } = await server.mutate<{ annotation: { id: string } }>(
      "createAnnotation",
      create({ attributes: { sure: true, word: "x" } }),
      "annotation { id }",
    );
    const replaced = await server.mutate<{ annotation: unknown }>(
      "updateAnnotation",
      { id: made.id, expectedVersion: 1, attributes: { count: 2 } },
      "annotation { attributes version }",
    );
    expect(replaced.annotation).toEqual({ attributes: { count: 2 }, version: 2 });
    const same = await server.mutate<{ revision: number; annotation: unknown }>(
      "updateAnnotation",
      { id: made.id, expectedVersion: 2, attributes: { count: 2 } },
      "revision annotation { version }",
    );
    expect(same).toEqual({ revision: 2, annotation: { version: 2 } });
  });
});

describe("ids", () => {
  const INVALID = [
    "",
    "x",
    "018f3f5e1c2d7a3b8c4d5e6f7a8b9c0d",
    `${ID}0`,
    ` ${ID}`,
    "018f3f5e-1c2d-7a3b-8c4d-5e6f7a8b9c0g",
    `{${ID}}`,
  ];

  it.each(INVALID)("%j is no UUID for any door", async (id) => {
    const bad = { code: "BAD_USER_INPUT" };
    for (const query of ["project", "document", "annotation"]) {
      expect(await server.refused(`query ($d: ID!) { ${query}(id: $d) { id } }`, { d: id })).toMatchObject({
        ...bad,
        field: "id",
      });
    }
    const doors: [string, object, string][] = [
      ["updateProject", { id }, "id"],
      ["deleteProject", { id }, "id"],
      ["importDocuments", { projectId: id, documents: [] }, "projectId"],
      [
        "importDocuments",
        {
          projectId: fixture.projectId,
          documents: [
            { title: "a", text: "a" },
            { id, title: "b", text: "b" },
          ],
        },
        "documents[1].id",
      ],
      ["updateDocument", { id }, "id"],
      ["deleteDocument", { id }, "id"],
      ["createAnnotation", create({ id }), "id"],
      ["createAnnotation", create({ documentId: id }), "documentId"],
      ["createAnnotation", create({ labelId: id }), "labelId"],
      ["updateAnnotation", { id, expectedVersion: 1 }, "id"],
      ["deleteAnnotation", { id, expectedVersion: 1 }, "id"],
      ["restoreAnnotation", { id }, "id"],
      ["createRelation", { typeId: id, sourceId: ID, targetId: ID }, "typeId"],
      ["createRelation", { typeId: ID, sourceId: id, targetId: ID }, "sourceId"],
      ["createRelation", { typeId: ID, sourceId: ID, targetId: id }, "targetId"],
      ["deleteRelation", { id }, "id"],
      ["restoreRelation", { id }, "id"],
      ["createComment", { annotationId: id, body: "x" }, "annotationId"],
      ["updateComment", { id }, "id"],
      ["deleteComment", { id }, "id"],
      ["restoreComment", { id }, "id"],
      ["createInvitation", { projectId: id, role: "VIEWER" }, "projectId"],
      ["setMemberRole", { projectId: fixture.projectId, userId: id, role: "VIEWER" }, "userId"],
      ["removeMember", { projectId: id, userId: ID }, "projectId"],
      ["revokeAccessToken", { id }, "id"],
    ];
    for (const [name, input, field] of doors) {
      expect({ name, ...(await server.refuses(name, input)) }).toMatchObject({
        name,
        ...bad,
        field: `input.${field}`,
      });
    }
    for (const [argument, field] of [
      [`projectId: $d`, "projectId"],
      [`projectId: "${fixture.projectId}", documentIds: [$d]`, "documentIds[0]"],
      [`projectId: "${fixture.projectId}", labels: [$d]`, "labels[0]"],
      [`projectId: "${fixture.projectId}", createdBy: [$d]`, "createdBy[0]"],
    ]) {
      expect(
        await server.refused(`query ($d: ID!) { annotations(filter: { ${argument} }) { totalCount } }`, {
          d: id,
        }),
      ).toMatchObject({ ...bad, field: `filter.${field}` });
    }
    expect(
      await server.refused(
        `query ($p: ID!, $d: ID!) { document(id: $p) { annotations(labels: [$d]) { totalCount } } }`,
        { p: fixture.documentId, d: id },
      ),
    ).toMatchObject({ ...bad, field: "labels[0]" });
    const file = await fetch(`${server.url}/projects/${encodeURIComponent(id || "x")}/export`, {
      headers: { authorization: `Bearer ${server.adminToken}` },
    });
    expect([file.status, await file.json()]).toMatchObject([
      400,
      { error: { code: "BAD_USER_INPUT", field: "id" } },
    ]);
  });

  it("in upper case are answered in lower case, and found in either", async () => {
    const id = randomUUID().toUpperCase();
    expect((await annotate(server, fixture, { id })).id).toBe(id.toLowerCase());
    for (const asked of [id, id.toLowerCase()]) {
      expect(await server.must(`query ($d: ID!) { annotation(id: $d) { id } }`, { d: asked })).toEqual({
        annotation: { id: id.toLowerCase() },
      });
    }
    const documentId = randomUUID().toUpperCase();
    expect(await importDocument(server, fixture.projectId, { id: documentId })).toBe(
      documentId.toLowerCase(),
    );
    const found = await server.must(
      `query ($p: ID!, $d: [ID!]) { annotations(filter: { projectId: $p, documentIds: $d }) { totalCount } }`,
      { p: fixture.projectId.toUpperCase(), d: [fixture.documentId.toUpperCase()] },
    );
    expect(found).toEqual({ annotations: { totalCount: 1 } });
  });

  it("of any version are taken, also the nil and the max UUID", async () => {
    for (const id of [
      "00000000-0000-0000-0000-000000000000",
      "ffffffff-ffff-ffff-ffff-ffffffffffff",
      "6ba7b810-9dad-11d1-80b4-00c04fd430c8",
    ]) {
      expect((await annotate(server, fixture, { id })).id).toBe(id);
    }
  });

  it("are used once: taken ones are a conflict, also after deletion, in any project and case", async () => {
    const id = randomUUID();
    await annotate(server, fixture, { id });
    const other = await makeFixture(server);
    const again = (given: string) =>
      server.refuses("createAnnotation", {
        documentId: other.documentId,
        labelId: other.labels.claim,
        fragments: [{ start: 0, end: 1 }],
        id: given,
      });
    expect(await again(id)).toMatchObject({ code: "CONFLICT", current: { id } });
    await server.mutate("deleteAnnotation", { id, expectedVersion: 1 }, "revision");
    expect(await again(id.toUpperCase())).toMatchObject({ code: "CONFLICT" });
    expect(await revision(other.documentId)).toBe(0);
  });

  it("of documents, relations and comments are used once too", async () => {
    const documentId = await importDocument(server, fixture.projectId, { id: randomUUID() });
    const same = {
      projectId: fixture.projectId,
      documents: [
        { title: "a", text: "a" },
        { id: documentId.toUpperCase(), title: "b", text: "b" },
      ],
    };
    expect(await server.refuses("importDocuments", same)).toMatchObject({ code: "CONFLICT" });
    await server.mutate("deleteDocument", { id: documentId }, "documentId");
    expect(await server.refuses("importDocuments", same)).toMatchObject({ code: "CONFLICT" });
    const twice = randomUUID();
    expect(
      await server.refuses("importDocuments", {
        projectId: fixture.projectId,
        documents: [
          { id: twice, title: "a", text: "a" },
          { id: twice.toUpperCase(), title: "b", text: "b" },
        ],
      }),
    ).toMatchObject({ code: "CONFLICT" });

    const speaker = await annotate(server, fixture, { label: "speaker" });
    const claim = await annotate(server, fixture, { label: "claim" });
    const relation = {
      id: randomUUID(),
      typeId: fixture.relationTypes.states,
      sourceId: speaker.id,
      targetId: claim.id,
    };
    await server.mutate("createRelation", relation, "revision");
    await server.mutate("deleteRelation", { id: relation.id }, "revision");
    expect(await server.refuses("createRelation", relation)).toMatchObject({ code: "CONFLICT" });
    const comment = { id: randomUUID(), annotationId: claim.id, body: "Hm." };
    await server.mutate("createComment", comment, "revision");
    expect(await server.refuses("createComment", comment)).toMatchObject({ code: "CONFLICT" });
    await server.mutate("deleteComment", { id: comment.id }, "revision");
    expect(await server.refuses("createComment", comment)).toMatchObject({ code: "CONFLICT" });
  });

  it("that two make in two documents at the same moment are a conflict for one of them", async () => {
    const documents = await Promise.all(
      Array.from({ length: 4 }, () => importDocument(server, fixture.projectId, { text: TEXT })),
    );
    for (let round = 0; round < 5; round++) {
      const id = randomUUID();
      const answers = await Promise.all(
        documents.map((documentId) =>
          server.ask(mutation("createAnnotation"), { i: create({ documentId, id }) }),
        ),
      );
      const codes = answers.map(({ errors }) => errors?.[0]?.extensions.code ?? "made").sort();
      expect(codes).toEqual(["CONFLICT", "CONFLICT", "CONFLICT", "made"]);
    }
  });
});

describe("versions", () => {
  it("that are stale are a conflict with the whole present state, and nothing changes", async () => {
    const { id } = await annotate(server, fixture, { note: "first" });
    await server.mutate(
      "updateAnnotation",
      {
        id,
        expectedVersion: 1,
        note: "second",
        fragments: [
          { start: 0, end: 1 },
          { start: 3, end: 4 },
        ],
      },
      "revision",
    );
    const owner = await server.must<{ viewer: { id: string; name: string } }>(`{ viewer { id name } }`);
    const current = {
      id,
      version: 2,
      labelId: fixture.labels.claim,
      fragments: [
        { start: 0, end: 1 },
        { start: 3, end: 4 },
      ],
      attributes: {},
      note: "second",
      updatedBy: owner.viewer,
      updatedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    };
    for (const expectedVersion of [1, 3, 0, -1]) {
      expect(await server.refuses("updateAnnotation", { id, expectedVersion, note: "third" })).toMatchObject({
        code: "CONFLICT",
        current,
      });
      const deleting = await server.refuses("deleteAnnotation", { id, expectedVersion });
      expect(deleting).toMatchObject({ code: "CONFLICT" });
      expect(deleting.current).toEqual(current);
    }
    expect(await revision()).toBe(2);
    expect(await server.must(`query ($d: ID!) { annotation(id: $d) { note version } }`, { d: id })).toEqual({
      annotation: { note: "second", version: 2 },
    });
  });

  it("let exactly one of many simultaneous changes through", async () => {
    const { id } = await annotate(server, fixture);
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, i) =>
        server.ask(mutation("updateAnnotation"), { i: { id, expectedVersion: 1, note: `by ${i}` } }),
      ),
    );
    const codes = answers.map(({ errors }) => errors?.[0]?.extensions.code ?? "made").sort();
    expect(codes).toEqual([...Array<string>(7).fill("CONFLICT"), "made"]);
    expect(await revision()).toBe(2);
  });
});

describe("null in an update", () => {
  it.each([["labelId"], ["fragments"], ["attributes"], ["note"]])(
    "is refused for an annotation's %s",
    async (key) => {
      const { id } = await annotate(server, fixture);
      expect(await server.refuses("updateAnnotation", { id, expectedVersion: 1, [key]: null })).toMatchObject(
        { code: "BAD_USER_INPUT", field: `input.${key}` },
      );
      expect(await revision()).toBe(1);
    },
  );

  it("is refused for documents, projects and comments", async () => {
    const { id: annotationId } = await annotate(server, fixture);
    const { comment } = await server.mutate<{ comment: { id: string } }>(
      "createComment",
      { annotationId, body: "Hm." },
      "comment { id }",
    );
    for (const [name, id, keys] of [
      ["updateDocument", fixture.documentId, ["title", "language", "metadata"]],
      ["updateProject", fixture.projectId, ["name", "description", "guidelines"]],
      ["updateComment", comment.id, ["body", "resolved"]],
    ] as const) {
      for (const key of keys) {
        expect({ key, ...(await server.refuses(name, { id, [key]: null })) }).toMatchObject({
          key,
          code: "BAD_USER_INPUT",
          field: `input.${key}`,
        });
      }
    }
  });

  it("means nothing where it says no clientMutationId", async () => {
    const { id } = await annotate(server, fixture);
    expect(
      await server.mutate(
        "updateAnnotation",
        { id, expectedVersion: 1, note: "x", clientMutationId: null },
        "clientMutationId revision",
      ),
    ).toEqual({ clientMutationId: null, revision: 2 });
  });
});

describe("what can't be stored", () => {
  // After a flag of two code points and two letters: position 4.
  const bad: [string, string][] = [
    ["a NUL", `🇰🇿ab${NUL}c`],
    ["a lone high surrogate", `🇰🇿ab${LONE}c`],
    ["a lone low surrogate", `🇰🇿ab\ude42c`],
    ["swapped surrogates", `🇰🇿ab\ude42\ud83d`],
  ];

  it.each(bad)("%s is refused in every field, with its position in code points", async (_name, value) => {
    const { id } = await annotate(server, fixture);
    const projectId = fixture.projectId;
    const doors: [string, object, string][] = [
      ["createProject", { name: value }, "input.name"],
      ["createProject", { name: "x", description: value }, "input.description"],
      ["updateProject", { id: projectId, guidelines: value }, "input.guidelines"],
      [
        "importDocuments",
        {
          projectId,
          documents: [
            { title: "a", text: "a" },
            { title: value, text: "b" },
          ],
        },
        "input.documents[1].title",
      ],
      ["importDocuments", { projectId, documents: [{ title: "a", text: value }] }, "input.documents[0].text"],
      [
        "importDocuments",
        { projectId, documents: [{ title: "a", text: "a", sourceId: value }] },
        "input.documents[0].sourceId",
      ],
      [
        "importDocuments",
        { projectId, documents: [{ title: "a", text: "a", language: value }] },
        "input.documents[0].language",
      ],
      [
        "importDocuments",
        { projectId, documents: [{ title: "a", text: "a", metadata: { deep: [{ er: value }] } }] },
        "input.documents[0].metadata.deep[0].er",
      ],
      ["updateDocument", { id: fixture.documentId, title: value }, "input.title"],
      ["createAnnotation", create({ note: value }), "input.note"],
      ["createAnnotation", create({ attributes: { a: value } }), "input.attributes.a"],
      ["createAnnotation", create({ clientMutationId: value }), "input.clientMutationId"],
      ["updateAnnotation", { id, expectedVersion: 1, note: value }, "input.note"],
      ["createComment", { annotationId: id, body: value }, "input.body"],
      ["createAccessToken", { name: value }, "input.name"],
      ["acceptInvitation", { token: value }, "input.token"],
    ];
    for (const [name, input, field] of doors) {
      const refusal = await server.refuses(name, input);
      expect({ name, ...refusal }).toMatchObject({ name, code: "BAD_USER_INPUT", field });
      expect(refusal.message).toMatch(/\b4\b/);
    }
    expect(await revision()).toBe(1);
  });

  it.each(bad)("%s is refused in the keys of JSON", async (_name, key) => {
    const inMetadata = await server.refuses("importDocuments", {
      projectId: fixture.projectId,
      documents: [{ title: "a", text: "a", metadata: { nested: { [key]: 1 } } }],
    });
    expect(inMetadata).toMatchObject({ code: "BAD_USER_INPUT", field: "input.documents[0].metadata.nested" });
    expect(inMetadata.message).toMatch(/\b4\b/);
    expect(await server.refuses("createAnnotation", create({ attributes: { [key]: 1 } }))).toMatchObject({
      code: "BAD_USER_INPUT",
      field: "input.attributes",
    });
  });

  it.each(bad)("%s is refused in arguments of queries", async (_name, value) => {
    const p = fixture.projectId;
    const searches: [string, string][] = [
      [
        `query ($p: ID!, $v: String) { annotations(filter: { projectId: $p, text: $v }) { totalCount } }`,
        "filter.text",
      ],
      [`query ($p: ID!, $v: String) { project(id: $p) { documents(query: $v) { totalCount } } }`, "query"],
    ];
    for (const [query, field] of searches) {
      const refusal = await server.refused(query, { p, v: value });
      expect(refusal).toMatchObject({ code: "BAD_USER_INPUT", field });
      expect(refusal.message).toMatch(/\b4\b/);
    }
    for (const query of [
      `query ($v: String) { projects(after: $v) { nodes { id } } }`,
      `query ($v: ID!) { document(id: $v) { id } }`,
      `query ($v: String!) { invitation(token: $v) { projectName } }`,
      `query ($v: String!) { setUpLinkWorks(token: $v) }`,
    ]) {
      expect({ query, ...(await server.refused(query, { v: value })) }).toMatchObject({
        query,
        code: "BAD_USER_INPUT",
      });
    }
    expect(
      await server.refused(
        `query ($d: ID!, $v: String) { document(id: $d) { annotations(after: $v) { totalCount } } }`,
        { d: fixture.documentId, v: value },
      ),
    ).toMatchObject({ code: "BAD_USER_INPUT", field: "after" });
  });

  it("includes numbers that JSON has none for", async () => {
    const body = JSON.stringify({
      query: mutation("updateDocument"),
      variables: { i: { id: fixture.documentId, metadata: { n: 123454321 } } },
    });
    expect(await sendRaw(body.replace("123454321", "1e400"))).toMatchObject({
      code: "BAD_USER_INPUT",
      field: "input.metadata.n",
    });
  });

  it("includes JSON of bottomless depth", async () => {
    const deep = `${"[".repeat(40_000)}${"]".repeat(40_000)}`;
    for (const [name, key] of [
      ["updateDocument", "metadata"],
      ["updateAnnotation", "attributes"],
    ] as const) {
      const { id } = await annotate(server, fixture);
      const body = JSON.stringify({
        query: mutation(name),
        variables: {
          i: {
            id: name === "updateDocument" ? fixture.documentId : id,
            [key]: { deep: "HERE" },
            ...(key === "attributes" ? { expectedVersion: 1 } : {}),
          },
        },
      });
      const refusal = await sendRaw(body.replace('"HERE"', deep));
      expect(refusal).toMatchObject({ code: "BAD_USER_INPUT" });
      expect(refusal.field).toMatch(new RegExp(`^input\\.${key}\\.deep`));
    }
  });
});

describe("texts and titles", () => {
  it("are stored as given: nothing trims, folds or normalises them", async () => {
    const text = "\ufeff  e\u0301 \u212b\r\n\u200d\u202e\u0085 \ufffe😀 ";
    const id = await importDocument(server, fixture.projectId, {
      text,
      title: "  Å  ",
      sourceId: " s ",
      metadata: { b: [1, null, { ü: "x" }], a: 0.1, __proto__x: {} },
    });
    const { document } = await server.must<{ document: unknown }>(
      `query ($d: ID!) { document(id: $d) { text title length language metadata } }`,
      { d: id },
    );
    expect(document).toEqual({
      text,
      title: "  Å  ",
      length: [...text].length,
      language: null,
      metadata: { b: [1, null, { ü: "x" }], a: 0.1, __proto__x: {} },
    });
  });

  it.each<[string, object, string]>([
    ["a blank title", { title: " \t\n\u00a0" }, "title"],
    ["an empty title", { title: "" }, "title"],
    ["a title of 1,001", { title: "😀".repeat(1_001) }, "title"],
    ["a blank source id", { sourceId: " " }, "sourceId"],
    ["a source id of 1,001", { sourceId: "x".repeat(1_001) }, "sourceId"],
    ["an empty language", { language: "" }, "language"],
    ["a language that is none", { language: "not a language" }, "language"],
    ["metadata over 100,000", { metadata: { a: "x".repeat(100_000) } }, "metadata"],
  ])("%s is refused", async (_name, part, key) => {
    const documents = [
      { title: "fine", text: "fine" },
      { title: "x", text: "x", ...part },
    ];
    expect(
      await server.refuses("importDocuments", { projectId: fixture.projectId, documents }),
    ).toMatchObject({ code: "BAD_USER_INPUT", field: `input.documents[1].${key}` });
    if (key !== "sourceId")
      expect(await server.refuses("updateDocument", { id: fixture.documentId, ...part })).toMatchObject({
        code: "BAD_USER_INPUT",
        field: `input.${key}`,
      });
    expect(
      await server.must(`query ($p: ID!) { project(id: $p) { revision documents { totalCount } } }`, {
        p: fixture.projectId,
      }),
    ).toEqual({ project: { revision: 1, documents: { totalCount: 1 } } });
  });

  it("metadata that is no object is refused by GraphQL", async () => {
    for (const metadata of [[], "x", 1, false]) {
      const input = { projectId: fixture.projectId, documents: [{ title: "x", text: "x", metadata }] };
      expect(await server.refuses("importDocuments", input)).toMatchObject({
        code: "BAD_USER_INPUT",
        field: "i.documents[0].metadata",
      });
    }
  });

  it("are counted in code points: 1,000 of two UTF-16 units are taken", async () => {
    expect(await importDocument(server, fixture.projectId, { title: "😀".repeat(1_000) })).toMatch(
      /^[0-9a-f-]{36}$/,
    );
  });

  it.each<[string, object, string]>([
    ["createProject", { name: " " }, "name"],
    ["createProject", { name: "x".repeat(201) }, "name"],
    ["createProject", { name: "x", description: "x".repeat(4_001) }, "description"],
    ["createAccessToken", { name: "" }, "name"],
    ["createAccessToken", { name: "x", expiresAt: "2001-01-01T00:00:00Z" }, "expiresAt"],
  ])("%s %j is refused", async (name, input, key) => {
    expect(await server.refuses(name, input)).toMatchObject({
      code: "BAD_USER_INPUT",
      field: `input.${key}`,
    });
  });

  it("notes take 20,000 code points and no more; comments are not blank", async () => {
    const { id } = await annotate(server, fixture, { note: "😀".repeat(20_000) });
    expect(
      await server.refuses("updateAnnotation", { id, expectedVersion: 1, note: "x".repeat(20_001) }),
    ).toMatchObject({ code: "BAD_USER_INPUT", field: "input.note" });
    for (const body of ["", " \n", "x".repeat(20_001)]) {
      expect(await server.refuses("createComment", { annotationId: id, body })).toMatchObject({
        code: "BAD_USER_INPUT",
        field: "input.body",
      });
    }
  });

  it("times that are none are refused by GraphQL", async () => {
    expect(await server.refuses("createAccessToken", { name: "x", expiresAt: "tomorrow" })).toMatchObject({
      code: "BAD_USER_INPUT",
      field: "i.expiresAt",
    });
  });
});

describe("imports", () => {
  it("take 1,000 documents and refuse 1,001, all or none", async () => {
    const documents = Array.from({ length: 1_001 }, (_, i) => ({ title: `Report ${i}`, text: `Text ${i}` }));
    expect(
      await server.refuses("importDocuments", { projectId: fixture.projectId, documents }),
    ).toMatchObject({ code: "BAD_USER_INPUT", field: "input.documents" });
    const count = async () =>
      (
        await server.must<{ project: { documents: { totalCount: number } } }>(
          `query ($p: ID!) { project(id: $p) { documents { totalCount } } }`,
          { p: fixture.projectId },
        )
      ).project.documents.totalCount;
    expect(await count()).toBe(1);
    await server.mutate(
      "importDocuments",
      { projectId: fixture.projectId, documents: documents.slice(1) },
      "documents { id }",
    );
    expect(await count()).toBe(1_001);
    expect(
      await server.mutate(
        "importDocuments",
        { projectId: fixture.projectId, documents: [] },
        "documents { id }",
      ),
    ).toEqual({ documents: [] });
  });

  it("answer the existing document for a known source id, in the order sent, in one import and across", async () => {
    const first = await importDocument(server, fixture.projectId, { sourceId: "s1" });
    const documents = ["s2", "s1", "s2"].map((sourceId) => ({ sourceId, title: sourceId, text: "x" }));
    const { documents: answered } = await server.mutate<{ documents: { id: string; title: string }[] }>(
      "importDocuments",
      { projectId: fixture.projectId, documents },
      "documents { id title }",
    );
    expect(answered.map(({ title }) => title)).toEqual(["s2", "Another report", "s2"]);
    expect(answered[1]?.id).toBe(first);
    expect(answered[2]?.id).toBe(answered[0]?.id);
    const other = await makeFixture(server);
    expect(await importDocument(server, other.projectId, { sourceId: "s1" })).not.toBe(first);
  });

  it("of the same source at the same moment make one document", async () => {
    const made = await Promise.all(
      Array.from({ length: 6 }, () => importDocument(server, fixture.projectId, { sourceId: "race" })),
    );
    expect(new Set(made).size).toBe(1);
  });

  it("over MAX_TEXT code points are too large, exactly", async () => {
    const small = await startServer({ maxText: 10 });
    await disposeLater(() => small.dispose());
    const { projectId } = await makeFixture(small, "😀".repeat(10));
    const documents = [
      { title: "a", text: "short" },
      { title: "b", text: "😀".repeat(11) },
    ];
    expect(await small.refuses("importDocuments", { projectId, documents })).toMatchObject({
      code: "TOO_LARGE",
      field: "input.documents[1].text",
    });
    expect(
      await small.must(`query ($p: ID!) { project(id: $p) { documents { totalCount } } }`, { p: projectId }),
    ).toEqual({ project: { documents: { totalCount: 1 } } });
  });
});

describe("a request's size", () => {
  const MIB = 1024 * 1024;
  const big = (bytes: number) =>
    JSON.stringify({
      query: `query ($x: String) { viewer { id } projects(after: $x) { totalCount } }`,
      variables: { x: null, unused: "x".repeat(bytes) },
    });

  it("is at most 1 MiB", async () => {
    expect(await sendRaw(big(MIB))).toMatchObject({ status: 413, code: "TOO_LARGE" });
    expect((await sendRaw(big(MIB - 1_000))).status).toBe(200);
  });

  it("is more for importDocuments, alone in its request", async () => {
    const text = "x".repeat(1_500_000);
    const id = await importDocument(server, fixture.projectId, { text });
    expect(await server.must(`query ($d: ID!) { document(id: $d) { length } }`, { d: id })).toEqual({
      document: { length: text.length },
    });
    const both = `mutation ($i: ImportDocumentsInput!) { importDocuments(input: $i) { documents { id } } createProject(input: { name: "x" }) { project { id } } }`;
    expect(
      await sendRaw(
        JSON.stringify({
          query: both,
          variables: { i: { projectId: fixture.projectId, documents: [{ title: "x", text }] } },
        }),
      ),
    ).toMatchObject({ status: 413, code: "TOO_LARGE" });
  });

  /** Sends a body in chunks, so that no header says how long it is. */
  function sendChunked(
    body: string,
    headers: Record<string, string>,
  ): Promise<{ status: number | undefined; answer: string }> {
    return new Promise((resolve, reject) => {
      const sending = request(
        `${server.url}/graphql`,
        {
          method: "POST",
          headers: { "content-type": "application/json", "transfer-encoding": "chunked", ...headers },
        },
        (response) => {
          readText(response).then((answer) => resolve({ status: response.statusCode, answer }), reject);
        },
      );
      sending.on("error", reject);
      sending.end(body);
    });
  }

  it("counts too when it comes in chunks, with no length said", async () => {
    const authorization = `Bearer ${server.adminToken}`;
    expect(await sendChunked(big(MIB), { authorization })).toMatchObject({
      status: 413,
      answer: expect.stringContaining("TOO_LARGE"),
    });
    expect(await sendChunked(big(1_000), { authorization })).toMatchObject({ status: 200 });
    const input = { projectId: fixture.projectId, documents: [{ title: "x", text: "y".repeat(MIB) }] };
    expect(
      await sendChunked(JSON.stringify({ query: mutation("importDocuments"), variables: { i: input } }), {
        authorization,
      }),
    ).toMatchObject({ status: 200 });
  });

  it("is at most 1 MiB for who is signed out, whatever is asked", async () => {
    const body = JSON.stringify({
      query: mutation("importDocuments"),
      variables: { i: { projectId: fixture.projectId, documents: [{ title: "x", text: "y".repeat(MIB) }] } },
    });
    const response = await fetch(`${server.url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body,
    });
    expect([response.status, await response.json()]).toMatchObject([
      413,
      { errors: [{ extensions: { code: "TOO_LARGE" } }] },
    ]);
    expect(await sendChunked(body, {})).toMatchObject({ status: 413 });
  });
});

describe("an operation's size", () => {
  /** `project { documents { nodes { project … { id } } } }`, with this many levels of fields. */
  function levels(depth: number): string {
    const names = ["project", "documents(first: 1)", "nodes"];
    const fields = Array.from({ length: depth - 1 }, (_, i) => names[i % 3]);
    return `${fields.map((field) => `${field} { `).join("")}id${" }".repeat(depth - 1)}`;
  }
  const nested = (depth: number) => `query ($d: ID!) { document(id: $d) { ${levels(depth - 1)} } }`;
  const allowed = ["GRAPHQL_VALIDATION_FAILED", "TOO_LARGE"];

  it("is at most 15 levels deep", async () => {
    await server.must(nested(15), { d: fixture.documentId });
    const refusal = await server.refused(nested(16), { d: fixture.documentId });
    expect(allowed).toContain(refusal.code);
    expect(refusal.status).toBe(400);
  });

  it("counts levels inside fragments", async () => {
    const inFragment = (depth: number) =>
      `query ($d: ID!) { document(id: $d) { ...F } } fragment F on Document { ${levels(depth - 1)} }`;
    await server.must(inFragment(15), { d: fixture.documentId });
    expect(allowed).toContain((await server.refused(inFragment(16), { d: fixture.documentId })).code);
  });

  it("does not count introspection", async () => {
    const type = (depth: number): string => (depth === 0 ? "name" : `name ofType { ${type(depth - 1)} }`);
    const { __schema } = await server.must<{ __schema: { types: unknown[] } }>(
      `{ __schema { types { fields { type { ${type(14)} } } } } }`,
    );
    expect(__schema.types.length).toBeGreaterThan(50);
  });

  it("is bounded in cost", async () => {
    const expensive = `query ($d: ID!) { document(id: $d) { annotations(first: 20000) { nodes { relations { source { relations { id } } } comments { annotation { comments { id } } } span { annotations { relations { id } } } } } } }`;
    const refusal = await server.refused(expensive, { d: fixture.documentId });
    expect(refusal).toMatchObject({ code: "TOO_LARGE", status: 400 });
    await server.must(expensive.replace("20000", "10"), { d: fixture.documentId });
  });

  it("costs what a variable or a default asks for", async () => {
    const query = (first: string) =>
      `query ($d: ID!, $f: Int) { document(id: $d) { annotations${first} { nodes { span { annotations { relations { source { relations { source { id } } } } } } } } } }`;
    expect(await server.refused(query("(first: $f)"), { d: fixture.documentId, f: 20_000 })).toMatchObject({
      code: "TOO_LARGE",
    });
    await server.must(query("(first: $f)"), { d: fixture.documentId, f: 10 });
  });

  it("lets a workbench have 20,000 annotations at once", async () => {
    await server.must(
      `query ($d: ID!) { document(id: $d) { text annotations(first: 20000) { nodes { id version note attributes origin createdAt updatedAt createdBy { id name } updatedBy { id name } label { id key } span { id start end quote prefix suffix fragments { start end } } relations { id } comments { id } } pageInfo { hasNextPage endCursor } } } }`,
      { d: fixture.documentId },
    );
  });

  it("is bounded in tokens", async () => {
    const many = `{ ${Array.from({ length: 9_000 }, (_, i) => `a${i}: __typename`).join(" ")} }`;
    expect(await server.refused(many)).toMatchObject({ code: "TOO_LARGE", status: 400 });
  });

  it.each<[string, string, string | null | undefined]>([
    ["signed in", "Query", undefined],
    ["signed out", "Query", null],
  ])("stays bounded when fragments repeat fragments (%s)", async (_name, type, token) => {
    const levels = 200;
    const fragments = Array.from(
      { length: levels },
      (_, i) => `fragment F${i} on ${type} { ...F${i + 1} ...F${i + 1} }`,
    ).join(" ");
    const { errors } = await server.ask(
      `{ ...F0 } ${fragments} fragment F${levels} on ${type} { viewer { id } }`,
      {},
      token,
    );
    expect(errors?.[0]?.extensions.code ?? "answered").toMatch(
      /^(answered|TOO_LARGE|GRAPHQL_VALIDATION_FAILED)$/,
    );
  });

  it("stays bounded when such fragments hang deeper", async () => {
    const levels = 200;
    const fragments = Array.from(
      { length: levels },
      (_, i) => `fragment F${i} on Document { ...F${i + 1} ...F${i + 1} }`,
    ).join(" ");
    const { errors } = await server.ask(
      `query ($d: ID!) { document(id: $d) { ...F0 } } ${fragments} fragment F${levels} on Document { id }`,
      { d: fixture.documentId },
    );
    expect(errors?.[0]?.extensions.code ?? "answered").toMatch(
      /^(answered|TOO_LARGE|GRAPHQL_VALIDATION_FAILED)$/,
    );
  });
});

describe("pages", () => {
  const lists: [string, string, number][] = [
    [
      "projects",
      `query ($p: ID!, $d: ID!, $f: Int, $a: String) { page: projects(first: $f, after: $a) { nodes { id } pageInfo { hasNextPage endCursor } totalCount } x: project(id: $p) { id } y: document(id: $d) { id } }`,
      50,
    ],
    [
      "project.documents",
      `query ($p: ID!, $d: ID!, $f: Int, $a: String) { at: project(id: $p) { page: documents(first: $f, after: $a) { nodes { id } pageInfo { hasNextPage endCursor } totalCount } } y: document(id: $d) { id } }`,
      50,
    ],
    [
      "document.annotations",
      `query ($p: ID!, $d: ID!, $f: Int, $a: String) { at: document(id: $d) { page: annotations(first: $f, after: $a) { nodes { id } pageInfo { hasNextPage endCursor } totalCount } } x: project(id: $p) { id } }`,
      1_000,
    ],
    [
      "document.relations",
      `query ($p: ID!, $d: ID!, $f: Int, $a: String) { at: document(id: $d) { page: relations(first: $f, after: $a) { nodes { id } pageInfo { hasNextPage endCursor } totalCount } } x: project(id: $p) { id } }`,
      1_000,
    ],
    [
      "document.comments",
      `query ($p: ID!, $d: ID!, $f: Int, $a: String) { at: document(id: $d) { page: comments(first: $f, after: $a) { nodes { id } pageInfo { hasNextPage endCursor } totalCount } } x: project(id: $p) { id } }`,
      1_000,
    ],
    [
      "annotations",
      `query ($p: ID!, $d: ID!, $f: Int, $a: String) { page: annotations(filter: { projectId: $p }, first: $f, after: $a) { nodes { id } pageInfo { hasNextPage endCursor } totalCount } y: document(id: $d) { id } }`,
      100,
    ],
  ];
  interface Page {
    nodes: { id: string }[];
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
    totalCount: number;
  }
  const pageOf = ({ page, at }: { page?: Page; at?: { page: Page } }): Page => {
    const found = page ?? at?.page;
    if (!found) throw new Error("no page was answered");
    return found;
  };
  const variables = (more: object) => ({ p: fixture.projectId, d: fixture.documentId, ...more });

  beforeEach(async () => {
    await importDocument(server, fixture.projectId);
    const speaker = await annotate(server, fixture, { label: "speaker" });
    const claims = [await annotate(server, fixture), await annotate(server, fixture)];
    for (const { id } of claims)
      await server.mutate(
        "createRelation",
        { typeId: fixture.relationTypes.states, sourceId: speaker.id, targetId: id },
        "revision",
      );
    for (const { id } of claims)
      await server.mutate("createComment", { annotationId: id, body: "Why?" }, "revision");
  });

  it.each(lists)("of %s: first is 0 to 20,000, null means the default", async (_name, query) => {
    for (const first of [-1, 20_001, -2_147_483_648]) {
      expect(await server.refused(query, variables({ f: first }))).toMatchObject({
        code: "BAD_USER_INPUT",
        field: "first",
      });
    }
    for (const first of [1.5, "1", 2 ** 31]) {
      expect(await server.refused(query, variables({ f: first }))).toMatchObject({
        code: "BAD_USER_INPUT",
        field: "f",
      });
    }
    const all = pageOf(await server.must(query, variables({})));
    expect(all.totalCount).toBeGreaterThanOrEqual(2);
    expect(pageOf(await server.must(query, variables({ f: null })))).toEqual(all);
    expect(pageOf(await server.must(query, variables({ f: 20_000 }))).totalCount).toBe(all.totalCount);
    expect(pageOf(await server.must(query, variables({ f: 0 })))).toEqual({
      nodes: [],
      pageInfo: { hasNextPage: true, endCursor: null },
      totalCount: all.totalCount,
    });
  });

  it.each(lists)("of %s: one by one they give the list", async (_name, query) => {
    const all = pageOf(await server.must(query, variables({ f: 200 })));
    const seen: string[] = [];
    let after: string | null = null;
    for (let more = true; more; ) {
      const { nodes, pageInfo }: Page = pageOf(await server.must(query, variables({ f: 1, a: after })));
      seen.push(...nodes.map(({ id }) => id));
      after = pageInfo.endCursor;
      more = pageInfo.hasNextPage;
    }
    expect(seen).toEqual(all.nodes.map(({ id }) => id));
  });

  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const U = "018f3f5e-1c2d-7a3b-8c4d-5e6f7a8b9c0d";
  it.each(lists)("of %s: what is no cursor of this list is refused", async (name, query) => {
    const cursors = [
      "",
      "garbage",
      "🙂",
      encode(null),
      encode({}),
      encode([]),
      encode([1]),
      ...(name === "projects" ? [] : [encode([U, U])]),
      encode(["x", "not-a-uuid"]),
      encode(["x", "-".repeat(36)]),
      encode([0, "-".repeat(36)]),
      encode([0, 0, "-".repeat(36)]),
      encode([0, 0, 0, "-".repeat(36)]),
      encode(["-".repeat(36)]),
      encode([1e15, 1e15, U]),
      encode([1, 1e15, 1e15, U]),
      encode([1.5, U]),
      encode([1.5, 0, U]),
      encode([0, 0, 0, 0, U]),
      encode([null, U]),
      encode([`a${NUL}`, U]),
      encode([[0], 0, U]),
    ];
    for (const after of cursors) {
      expect({ name, after, ...(await server.refused(query, variables({ a: after }))) }).toMatchObject({
        name,
        after,
        code: "BAD_USER_INPUT",
        field: "after",
      });
    }
  });

  it("take no cursor of another list", async () => {
    for (const [name, query] of lists) {
      const { pageInfo } = pageOf(await server.must(query, variables({ f: 1 })));
      for (const [other, otherQuery] of lists) {
        if (other === name) continue;
        expect({
          name,
          other,
          ...(await server.refused(otherQuery, variables({ a: pageInfo.endCursor }))),
        }).toMatchObject({ name, other, code: "BAD_USER_INPUT", field: "after" });
      }
    }
  });
});

describe("ranges", () => {
  it.each([
    [{ start: -1, end: 2 }, "range.start"],
    [{ start: 2, end: 2 }, "range.end"],
    [{ start: 3, end: 2 }, "range.end"],
  ])("%j is refused", async (range, field) => {
    expect(
      await server.refused(
        `query ($d: ID!, $r: RangeInput) { document(id: $d) { annotations(range: $r) { totalCount } } }`,
        { d: fixture.documentId, r: range },
      ),
    ).toMatchObject({ code: "BAD_USER_INPUT", field });
  });
});
