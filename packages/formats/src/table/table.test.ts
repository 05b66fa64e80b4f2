import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bareDocuments, completed, header, messages, read, view, write } from "../arbitrary-corpus.ts";
import { writeCorpus } from "../write-corpus.ts";
import { csv } from "./csv.ts";

describe.each(["csv", "tsv"] as const)("%s", (format) => {
  it("gives back documents, and names what it leaves out, for any corpus", async () => {
    await fc.assert(
      fc.asyncProperty(bareDocuments, fc.integer({ min: 1, max: 300 }), async (bare, size) => {
        const documents = await Promise.all(bare.map(completed));
        const { bytes, left } = await write(format, documents);
        const back = await read(`corpus.${format}`, bytes, { size });
        expect(messages(back.problems)).toEqual([]);
        // A cell that is empty is a cell that is not there.
        const texts = documents.map((document) => ({ ...document, sourceId: document.sourceId || null }));
        const seen = (list: typeof documents) =>
          list.map((document) =>
            view({ ...document, metadata: withoutTime(document.metadata) }, csv.carries),
          );
        expect(seen(back.documents)).toEqual(seen(texts));
        expect(left.some(({ message }) => / annotations? (is|are) left out/.test(message))).toBe(
          documents.some(({ annotations }) => annotations.length > 0),
        );
      }),
      { numRuns: 60 },
    );
  }, 60_000);
});

function withoutTime<Metadata extends Record<string, unknown>>({ created_at: _time, ...rest }: Metadata) {
  return rest as Omit<Metadata, "created_at">;
}

describe("tables", () => {
  it("are read in other encodings and with other separators, and say so", async () => {
    const cyrillic = Uint8Array.from(
      [...'id;Headline;Text;Дата\n7;Заголовок;"Он сказал: ""да""";12.03\n'].map((character) => {
        const code = character.charCodeAt(0);
        return code < 0x80 ? code : code - 0x350;
      }),
    );
    const { documents, problems } = await read("a.csv", cyrillic);
    expect(documents.map(({ title, sourceId, text, metadata }) => [title, sourceId, text, metadata])).toEqual(
      [["Заголовок", "7", 'Он сказал: "да"', { Дата: "12.03" }]],
    );
    expect(messages(problems)).toEqual([
      "warning :: The file is not UTF-8 and was read as windows-1251, which its bytes look like.",
    ]);
  });

  it("name the row that is wrong", async () => {
    const { documents, problems } = await read(
      "a.csv",
      'title,text\nA,"One\nmore"\nB,\nC,Two,3\nD,Three\nE,"open\n',
    );
    expect(documents.map(({ text }) => text)).toEqual(["One\nmore", "Three"]);
    expect(messages(problems)).toMatchInlineSnapshot(`
      [
        "error :7:1 The row can't be read: Quoted field unterminated.",
        "error :4:1 There is nothing in the column "text".",
        "error :5:1 The row has 3 cells, and there are 2 columns.",
      ]
    `);
    expect(messages((await read("a.csv", "a,b\n1,2\n")).problems)).toMatchInlineSnapshot(`
      [
        "error :1:1 None of the columns is known to be the text; say which: "a", "b".",
      ]
    `);
  });

  it("are separated by what separates their headings, whatever the texts are full of", async () => {
    const { documents } = await read("a.csv", 'title,source_id,text\na,,"|| | ; ; ;"\nb,,"| ; | ;"\n');
    expect(documents.map(({ text }) => text)).toEqual(["|| | ; ; ;", "| ; | ;"]);
  });

  it("say what their columns are taken for", async () => {
    const { events } = await read("a.csv", "url,Title,Body,lang,date\nx,A,One,en,2026\n");
    expect(events[0]).toMatchObject({
      kind: "files",
      format: "csv",
      table: {
        headings: ["url", "Title", "Body", "lang", "date"],
        rows: [["x", "A", "One", "en", "2026"]],
        columns: { text: "Body", title: "Title", sourceId: "url", language: "lang", metadata: null },
      },
    });
    const unknown = await read("a.csv", "a,b\n1,2\n");
    expect(unknown.events[0]).toMatchObject({ table: { headings: ["a", "b"], columns: null } });
    expect(messages(unknown.problems)).toEqual([
      'error :1:1 None of the columns is known to be the text; say which: "a", "b".',
    ]);
  });

  it("have statements: who, what kind, what and where", async () => {
    const { documents } = await read(
      "a.jsonl",
      '{"text":"😀 Ann likes Bo","entities":[{"id":1,"start_offset":2,"end_offset":5,"label":"Actor"},{"id":2,"start_offset":12,"end_offset":14,"label":"Actor"}],"relations":[{"from_id":1,"to_id":2,"type":"likes"}]}',
    );
    let text = "";
    for await (const piece of writeCorpus("csv", { header, documents }, { table: "statements" }))
      if (piece.kind === "text") text += piece.text;
    expect(text.replaceAll(/[0-9a-f]{64}/g, "HASH")).toMatchInlineSnapshot(`
      "document,source_id,sha256,type,source_label,source_text,source_start_codepoint,source_end_codepoint,target_label,target_text,target_start_codepoint,target_end_codepoint,created_by,created_at
      a 1,,HASH,likes,Actor,Ann,2,5,Actor,Bo,12,14,,
      "
    `);
  });
});
