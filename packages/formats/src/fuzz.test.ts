/// <reference types="node" />
import { checkFragments } from "@concord/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bareDocuments, completed, limits, write, zipOf } from "./arbitrary-corpus.ts";
import { unzip } from "./bundle/unzip.ts";
import type { CorpusEvent } from "./corpus.ts";
import { readBytes } from "./decode.ts";
import { FORMATS } from "./formats.ts";
import { readCorpus } from "./read-corpus.ts";

/** A damage that a file may have come to. */
type Damage = {
  at: number;
  length: number;
  kind: "cut" | "drop" | "twice" | "junk" | "flip";
  junk: Uint8Array;
};

const SIGNS = [
  '"',
  "{",
  "[",
  "]",
  "}",
  "\n",
  "\t",
  "\\",
  "<",
  "&x;",
  "\0",
  "\ufeff",
  "T1\tX 0 1;",
  "[".repeat(300),
  "9".repeat(400),
  "\ud83d",
  '"start":-1,',
  ",,,,",
];
const junk = fc.oneof(
  fc.constantFrom(...SIGNS).map((sign) => new TextEncoder().encode(sign)),
  fc.uint8Array({ maxLength: 12 }),
);
const damage = fc.record<Damage>({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.integer({ min: 1, max: 200 }),
  kind: fc.constantFrom("cut", "drop", "twice", "junk", "flip"),
  junk,
});

function damaged(bytes: Uint8Array, { at, length, kind, junk: bad }: Damage): Uint8Array {
  const start = Math.floor(at * bytes.length);
  const [before, part, after] = [
    bytes.subarray(0, start),
    bytes.subarray(start, start + length),
    bytes.subarray(start + length),
  ];
  const parts = {
    cut: [before],
    drop: [before, after],
    twice: [before, part, part, after],
    junk: [before, bad, part, after],
    flip: [before, part.map((byte) => byte ^ 0x11), after],
  }[kind];
  const whole = new Uint8Array(parts.reduce((sum, one) => sum + one.length, 0));
  let to = 0;
  for (const one of parts) {
    whole.set(one, to);
    to += one.length;
  }
  return whole;
}

/** Reads to the end, whatever is in it; what comes out must be good. */
async function survives(
  name: string,
  bytes: Uint8Array,
  format: Parameters<typeof readCorpus>[1]["format"],
): Promise<void> {
  async function* open(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += 997) yield bytes.slice(at, at + 997);
  }
  const start = performance.now();
  let event: CorpusEvent;
  for await (event of readCorpus({ name, open }, { format, limits })) {
    for (const { message } of event.problems) expect(message.length).toBeGreaterThan(5);
    if (event.kind !== "document") continue;
    if (event.document === null)
      expect(event.problems.some(({ severity }) => severity === "error")).toBe(true);
    else
      for (const { fragments } of event.document.annotations)
        expect(checkFragments(fragments, event.document.offsets.length)).toBeNull();
  }
  // On a machine that has other things to do.
  expect(performance.now() - start).toBeLessThan(10_000);
}

const PAGE =
  "<!doctype html><html lang=en><title>T</title><body><p>One <b>two</b> three.<ul><li>a<li>b</ul><table><tr><td>x</table></body></html>";
const GIVEN: Record<string, string> = {
  html: PAGE,
  markdown: "---\ntitle: T\n---\n# One\n\n* two\n* **three**\n\n| a | b |\n|---|---|\n| 1 | 2 |\n",
  text: "One\r\ntwo 😀",
  pdf: "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF",
};

async function sampleOf(id: (typeof FORMATS)[number]["id"]): Promise<Uint8Array> {
  const given = GIVEN[id];
  if (given !== undefined) return new TextEncoder().encode(given);
  if (id === "docx")
    return zipOf({
      "[Content_Types].xml": "<Types/>",
      "word/document.xml": "<w:document xmlns:w='w'><w:body><w:p/></w:body></w:document>",
    });
  const [bare = []] = fc.sample(bareDocuments, { seed: 7, numRuns: 1 });
  return (await write(id, await Promise.all(bare.map(completed)))).bytes;
}

/** What a file is made of: those in its zip, or itself. */
async function filesOf(id: Parameters<typeof sampleOf>[0], name: string): Promise<Map<string, Uint8Array>> {
  const whole = await sampleOf(id);
  if (whole[0] !== 0x50 || whole[1] !== 0x4b) return new Map([[name, whole]]);
  async function* once() {
    yield whole;
  }
  const files = new Map<string, Uint8Array>();
  for await (const { path, bytes } of unzip(once())) files.set(path, await readBytes(bytes, 1e9));
  return files;
}

describe.each(
  FORMATS.map(({ id, extensions, isBundle }) => [id, isBundle ? ".zip" : (extensions[0] ?? "")] as const),
)("%s", (id, extension) => {
  it("survives any damage, quickly and in little memory", async () => {
    const files = await filesOf(id, `file${extension}`);
    const isZip = extension === ".zip" || id === "docx" || id === "xlsx";
    const before = process.memoryUsage().rss;
    await fc.assert(
      fc.asyncProperty(
        fc.array(damage, { minLength: 1, maxLength: 4 }),
        fc.boolean(),
        fc.nat(files.size),
        async (damages, isAuto, which) => {
          const [name, content = new Uint8Array()] = [...files][which % files.size] ?? ["", undefined];
          const hurt = damages.reduce(damaged, content);
          // What is in a zip is damaged, or the zip as a whole.
          const inside = isZip ? await zipOf({ ...Object.fromEntries(files), [name]: hurt }) : hurt;
          const bytes =
            isZip && which === files.size
              ? damages.reduce(damaged, await zipOf(Object.fromEntries(files)))
              : inside;
          await survives(`file${extension}`, bytes, isAuto ? "auto" : id);
        },
      ),
      { numRuns: id === "pdf" || isZip ? 25 : 40 },
    );
    expect(process.memoryUsage().rss - before).toBeLessThan(700 * 1024 * 1024);
  }, 60_000);

  it("survives what is no file of its own", async () => {
    const noise = new TextEncoder().encode("[".repeat(200_000));
    for (const bytes of [
      new Uint8Array(),
      new Uint8Array(5_000),
      noise,
      new TextEncoder().encode("{}"),
      new TextEncoder().encode("null"),
      Uint8Array.from({ length: 9_000 }, (_, at) => (at * 37) % 256),
    ])
      await survives(`file${extension}`, bytes, id);
  }, 60_000);
});
