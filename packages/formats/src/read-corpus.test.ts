import { Zip, ZipDeflate, ZipPassThrough } from "fflate";
import { describe, expect, it } from "vitest";
import { limits, messages, read, write, zipOf } from "./arbitrary-corpus.ts";
import { unzip } from "./bundle/unzip.ts";
import { detectFormat, sampleOf } from "./formats.ts";
import { readCorpus } from "./read-corpus.ts";

const doccano = '{"text":"One two","label":[[0,3,"X"]]}\n';

describe("a file", () => {
  it.each([
    ["a.txt", "Just some words.", "text"],
    ["a.txt", "New B-LOC\nYork I-LOC\n. O\n", "conll"],
    ["a.conllu", "1\tA\t_\t_\t_\t_\t_\t_\t_\t_\n", "conllu"],
    ["a.json", '{"version":1,"format":"concord-corpus"}', "concord"],
    ["a.ndjson", doccano, "doccano"],
    ["export", `{"text":"${"word ".repeat(20_000)}","label":[]}`, "doccano"],
    ["a.json", '[{"id":1,"data":{"text":"a"},"annotations":[]}]', "labelstudio"],
    ["a.json", '{"%TYPES":{}}', "uima"],
    ["a.json", '{"@context":"http://www.w3.org/ns/anno.jsonld"}', "w3c"],
    ["a.csv", "id,text\n1,a\n", "csv"],
    ["export", "id\ttext\n1\ta\n", "tsv"],
    ["a", "<!DOCTYPE html><p>a", "html"],
    ["a", "T1\tX 0 3\tOne\nR1\ta Arg1:T1 Arg2:T2\n", "brat"],
    ["a.pdf", "%PDF-1.7", "pdf"],
  ])("%s is told by its content: %.40s", (name, content, id) => {
    expect(detectFormat(sampleOf(name, new TextEncoder().encode(content))).format?.id).toBe(id);
  });

  it("that could be several things is asked about, by name", async () => {
    const unsure = await read("file", "Some words.");
    expect(messages(unsure.problems)).toEqual([
      "error :: It is not sure what this is; say which: Plain text (text).",
    ]);
    expect(unsure.events[0]).toMatchObject({ kind: "files", format: null, candidates: ["text"] });
    const none = await read("file", new Uint8Array([0, 1, 2, 0xff]));
    expect(messages(none.problems)).toEqual(["error :: This is none of the formats that are read."]);
    expect(none.events[0]).toMatchObject({ candidates: [] });
  });

  it("says its labels first, with attributes of the kinds that are met", async () => {
    const { events, header } = await read(
      "a.jsonl",
      `${doccano}{"text":"a","entities":[{"id":1,"start_offset":0,"end_offset":1,"label":"Y","attributes":{"n":1,"flag":true,"t":"x"}}]}`,
    );
    expect(events.map(({ kind }) => kind)).toEqual(["files", "header", "document", "document"]);
    expect(
      header?.labels.map(({ key, color, attributes }) => [
        key,
        color,
        attributes.map((one) => `${one.key} ${one.kind}`),
      ]),
    ).toEqual([
      ["X", "INDIGO", []],
      ["Y", "RUST", ["n NUMBER", "flag BOOLEAN", "t TEXT"]],
    ]);
  });

  it("says in which encoding it is", async () => {
    const { events } = await read("a.txt", Uint8Array.from([0x63, 0x61, 0x66, 0xe9, 0x2e]));
    expect(events[0]).toMatchObject({ files: [{ name: "a.txt", encoding: "windows-1252" }] });
  });

  it("that can't be fetched is not taken for a bad one, whoever met it", async () => {
    const lost = new Error("lost");
    let opened = 0;
    async function* open() {
      const isLast = ++opened === 3;
      yield new TextEncoder().encode(doccano.repeat(10_000));
      if (isLast) throw lost;
    }
    const reading = async () => {
      for await (const _event of readCorpus({ name: "a.jsonl", open }, { format: "auto", limits }));
    };
    await expect(reading()).rejects.toBe(lost);
    expect(opened).toBe(3);
  });

  it("can be gone on with", async () => {
    async function* open() {
      yield new TextEncoder().encode(doccano.repeat(3));
    }
    const seen: number[] = [];
    for await (const event of readCorpus({ name: "a.jsonl", open }, { format: "auto", limits, from: 2 }))
      if (event.kind === "document") seen.push(event.ordinal);
    expect(seen).toEqual([2]);
  });
});

describe("a bundle", () => {
  it("may hold several formats, and one bad file keeps none of the others out", async () => {
    const files = {
      "a/1.txt": "One",
      "a/1.ann": "T1\tA 0 3\tOne\n",
      "b.jsonl": doccano,
      "c.csv": "title,text\nC,Three\n",
      "d.html": "<html><title>D</title><p>Four",
      "e.conll": "Five B-E\n",
      "f.bin": new Uint8Array([0, 255, 0, 1]),
      ".DS_Store": "x",
      "__MACOSX/._a": "x",
    };
    const { documents, events, header, problems } = await read("bundle.zip", await zipOf(files), {
      size: 100,
    });
    expect(events[0]).toMatchObject({
      format: "zip",
      files: [
        { name: "a/1.txt", format: "brat", encoding: "utf-8" },
        { name: "b.jsonl", format: "doccano", encoding: "utf-8" },
        { name: "c.csv", format: "csv", encoding: "utf-8" },
        { name: "d.html", format: "html", encoding: "utf-8" },
        { name: "e.conll", format: "conll", encoding: "utf-8" },
        { name: "f.bin", format: null, encoding: null },
      ],
    });
    expect(events.flatMap((event) => (event.kind === "document" ? event.file : []))).toEqual([
      "a/1.txt",
      "b.jsonl",
      "c.csv",
      "d.html",
      "e.conll",
    ]);
    expect(documents.map(({ title, text }) => `${title}: ${text}`)).toEqual([
      "1: One",
      "b 1: One two",
      "C: Three",
      "D: Four",
      "e: Five",
    ]);
    expect(header?.labels.map(({ key }) => key)).toEqual(["A", "X", "E"]);
    expect(messages(problems)).toEqual(["error f.bin:: This is none of the formats that are read."]);
  });

  it("pairs texts with annotations wherever they stand", async () => {
    const { documents } = await read(
      "a.zip",
      await zipOf({
        "2.ann": "T1\tA 0 3\tTwo\n",
        "1.txt": "One",
        "2.txt": "Two",
        "3.txt": "Three",
        "1.ann": "",
      }),
    );
    expect(documents.map(({ text, annotations }) => [text, annotations.length])).toEqual([
      ["Two", 1],
      ["Three", 0],
      ["One", 0],
    ]);
  });

  it("keeps titles, source ids, languages and metadata beside files that have no place for them, and checks the texts", async () => {
    const { documents } = await read("a.csv", 'title,source_id,language,text,n\n"A/B: ""c""",s,de,One,1\n');
    const { bytes, files } = await write("brat", documents);
    expect(files).toContain("A-B- -c-.txt");
    const back = await read("a.zip", bytes);
    expect(back.documents).toMatchObject([
      { title: 'A/B: "c"', sourceId: "s", language: "de", metadata: { n: "1" } },
    ]);
    const changed = await read(
      "a.zip",
      await zipOf({
        "a.txt": "One!",
        "a.ann": "",
        "concord-documents.ndjson": `{"file":"a.txt","sha256":"${"0".repeat(64)}"}\n`,
      }),
    );
    expect(messages(changed.problems)).toEqual([
      expect.stringMatching(/^error a\.txt:1:1 The text is not the one that was annotated/),
    ]);
  });

  it("may have folders and zips in it, each with texts, annotations and a list of documents of its own", async () => {
    const part = (text: string) => ({
      "a.txt": text,
      "a.ann": "T1\tA 0 3\tOne\n",
      "concord-documents.ndjson": `{"file":"a.txt","title":"${text}"}\n`,
    });
    const folder = Object.entries(part("One in a folder")).map(([name, text]) => [`b/${name}`, text]);
    const { documents, events, problems } = await read(
      "a.zip",
      await zipOf({
        "x.zip": await zipOf({ ...part("One in a zip"), "y.zip": await zipOf({ "a.txt": "Too deep" }) }),
        "damaged.zip": (await zipOf({ "1.txt": "Lost", "2.txt": "Lost" })).subarray(0, 80),
        ...Object.fromEntries(folder),
        "no.zip": "A text, whatever it is called.",
      }),
      { size: 100 },
    );
    expect(documents.map(({ title, annotations }) => [title, annotations.length])).toEqual([
      ["One in a zip", 1],
      ["One in a folder", 1],
    ]);
    expect(events[0]).toMatchObject({
      files: ["x.zip/a.txt", "x.zip/y.zip", "damaged.zip", "b/a.txt", "no.zip"].map((name) => ({ name })),
    });
    expect(messages(problems)).toEqual([
      "error x.zip/y.zip:: A zip in a zip in a zip is not read. Send it by itself, or unpack it.",
      "error damaged.zip:: The zip ends too early.",
      expect.stringMatching(/^error no.zip:: It is not sure what this is/),
    ]);
  });

  it("that says only behind a file how long it is may have zips in it, packed again or not", async () => {
    // Their parts are packed as well as can be, and so they are in it as they are.
    let random = 1;
    const noise = new Uint8Array(40_000).map(() => {
      random = (Math.imul(random, 1_664_525) + 1_013_904_223) >>> 0;
      return random >>> 24;
    });
    const inner = await zipOf({ "a.txt": "One", "noise.bin": noise, "b.txt": "Two" });
    for (const entryOf of [
      (path: string) => new ZipPassThrough(path),
      (path: string) => new ZipDeflate(path),
    ]) {
      const chunks: Uint8Array<ArrayBuffer>[] = [];
      const zip = new Zip((_error, chunk) => chunks.push(new Uint8Array(chunk)));
      for (const path of ["first.zip", "last.zip"]) {
        const entry = entryOf(path);
        zip.add(entry);
        entry.push(inner.slice(), true);
      }
      zip.end();
      const whole = new Uint8Array(await new Blob(chunks).arrayBuffer());
      for (const size of [1_000, 65_536]) {
        const { documents, problems } = await read("a.zip", whole, { size });
        expect(documents.map(({ text }) => text)).toEqual(["One", "Two", "One", "Two"]);
        expect(problems.map(({ file }) => file)).toEqual(["first.zip/noise.bin", "last.zip/noise.bin"]);
      }
    }
  });

  it.each([
    ["with a sign before them", [0x50, 0x4b, 7, 8], 4],
    ["without one", [], 4],
    ["of large files", [0x50, 0x4b, 7, 8], 8],
    ["of large files without one", [], 8],
  ])("may state lengths %s", async (_name, sign, sizeBytes) => {
    const text = [...new TextEncoder().encode("One PK\u0001\u0002 two")];
    const size = [text.length, ...Array.from({ length: sizeBytes - 1 }, () => 0)];
    const header = [0x50, 0x4b, 3, 4, 20, 0, 8, 0, ...Array.from({ length: 18 }, () => 0), 5, 0, 0, 0];
    const name = [...new TextEncoder().encode("a.txt")];
    const end = [0x50, 0x4b, 1, 2, ...Array.from({ length: 50 }, () => 0), 0x50, 0x4b, 5, 6];
    const { documents } = await read(
      "a.zip",
      Uint8Array.from([
        ...[...header, ...name, ...text],
        ...[...sign, 0, 0, 0, 0, ...size, ...size],
        ...[...end, ...Array.from({ length: 18 }, () => 0)],
      ]),
      { size: 7 },
    );
    expect(documents.map((document) => document.text)).toEqual(["One PK\u0001\u0002 two"]);
  });

  it("that is a bomb is refused, by what is in it and by how many files there are", async () => {
    const opened = async (zip: Uint8Array) => {
      async function* bytes() {
        yield zip;
      }
      const bounds = { files: 20, bytes: 6_000_000, ratio: 100, ratioFrom: 1_000_000 };
      for await (const file of unzip(bytes(), bounds)) for await (const _chunk of file.bytes);
    };
    await expect(
      opened(await zipOf({ "a.txt": "One", "zeros.txt": new Uint8Array(5_000_000) })),
    ).rejects.toThrow("zeros.txt: this is more than 100 times as large as its part of the zip.");
    let random = 1;
    const noise = new Uint8Array(4_000_000).map(() => {
      random = (Math.imul(random, 1_664_525) + 1_013_904_223) >>> 0;
      return random >>> 24;
    });
    await expect(opened(await zipOf({ a: noise, b: noise }))).rejects.toThrow(
      "The zip's files are more than 6000000 bytes.",
    );
    const many = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`${index}.txt`, "x"]));
    await expect(opened(await zipOf(many))).rejects.toThrow("The zip has more than 20 files.");
  }, 60_000);

  it("that is damaged or empty is refused, and says so", async () => {
    const whole = await zipOf({ "a.txt": "One", "b.txt": "Two ".repeat(500) });
    expect((await read("a.zip", whole.subarray(0, 90))).problems.map(({ severity }) => severity)).toContain(
      "error",
    );
    expect(messages((await read("a.zip", await zipOf({}))).problems)).toEqual([
      "error :: The zip has no files in it.",
    ]);
  });
});
