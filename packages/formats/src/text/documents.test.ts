import { describe, expect, it } from "vitest";
import { completed, messages, read, write, zipOf } from "../arbitrary-corpus.ts";
import { detectEncoding } from "../decode.ts";

const seen = async (name: string, content: Uint8Array | string) => {
  const { documents, problems } = await read(name, content);
  return {
    documents: documents.map(({ title, language, text, metadata }) => ({ title, language, text, metadata })),
    problems: messages(problems),
  };
};

describe("plain text", () => {
  it("is kept to the letter, in whatever encoding", async () => {
    const text = "Zeile\r\nДва 😀\t\n\n";
    const utf16 = (swap: boolean) =>
      Uint8Array.from(
        [
          0xff,
          0xfe,
          ...[...text].flatMap((character) =>
            [...Array(character.length).keys()].flatMap((unit) => [
              character.charCodeAt(unit) & 0xff,
              character.charCodeAt(unit) >> 8,
            ]),
          ),
        ].flatMap((byte, at, all) => [swap ? (all[at ^ 1] ?? byte) : byte]),
      );
    for (const bytes of [
      new TextEncoder().encode(text),
      new TextEncoder().encode(`\ufeff${text}`),
      utf16(false),
      utf16(true),
    ])
      expect((await seen("a.txt", bytes)).documents[0]?.text).toBe(text);
    expect((await seen("a.txt", utf16(false))).problems).toEqual(["warning :: The file was read as UTF-16."]);
    expect(detectEncoding(Uint8Array.from([0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2]))).toBe("windows-1251");
    expect(detectEncoding(Uint8Array.from([0x63, 0x61, 0x66, 0xe9, 0x20, 0xe0]))).toBe("windows-1252");
  });
});

describe("a web page", () => {
  it("is its main text, by paragraphs", async () => {
    const story =
      "Terry Pratchett lived in Buckinghamshire, which is near Oxfordshire, and wrote there, as he often said, in great peace. ".repeat(
        3,
      );
    const page = `<!DOCTYPE html><html lang="en-GB"><head><title>Lives</title><link rel="canonical" href="https://example.org/lives"><meta property="article:published_time" content="2026-03-12T09:30:00Z"></head>
      <body><nav><a href="/">Home</a> <a href="/b">About us</a></nav><article><h1>Lives</h1><p>${story}</p><p>It was <b>said</b>&nbsp;that<br>he was <i>kind</i>.</p><ul><li>One</li><li>Two</li></ul><script>alert(1)</script></article><footer>© Us</footer></body></html>`;
    const { documents, problems } = await seen("page.html", page);
    expect(documents[0]?.text).toBe(`${story.trim()}\n\nIt was said\u00a0that\nhe was kind.\n\nOne\nTwo`);
    expect({ ...documents[0], text: "" }).toEqual({
      title: "Lives",
      language: "en-GB",
      text: "",
      metadata: { source: "https://example.org/lives", date: "2026-03-12" },
    });
    expect(problems).toEqual([
      expect.stringMatching(
        /^warning :: What is not the page's main text is left out: \d+ of \d+ characters\.$/,
      ),
    ]);
  });

  it("is told quickly, however many comments stand in front", async () => {
    const { documents } = await seen("a.txt", `${"<!-- x -->\n".repeat(5_000)}words`);
    expect(documents).toHaveLength(1);
    expect(
      (await seen("a", `${"<!-- x -->\n".repeat(5)}<!doctype html><p>One`)).documents.map(({ text }) => text),
    ).toEqual(["One"]);
  });

  it("is refused when it is nested for ever", async () => {
    const { problems } = await seen("a.html", `<html><body>${"<div>".repeat(100_000)}x`);
    expect(problems).toEqual(["error :: Its elements are nested too deep."]);
  });
});

describe("Markdown", () => {
  it("is its text without signs, with what stands in front as metadata", async () => {
    const { documents } = await seen(
      "a.md",
      '---\ntitle: "On *Sarn*"\nlang: de\ndate: 2026-03-12\n---\n# Heading\n\nSome **bold** and [a link](x).\nSame paragraph.\n\n- one\n- two\n\n```\ncode  kept\n  so\n```\n',
    );
    expect(documents).toEqual([
      {
        title: "On *Sarn*",
        language: "de",
        metadata: { date: "2026-03-12" },
        text: "Heading\n\nSome bold and a link. Same paragraph.\n\none\ntwo\n\ncode  kept\n  so",
      },
    ]);
    expect((await seen("b.md", "# The *title*\n\nText")).documents[0]?.title).toBe("The title");
  });
});

const word = (body: string, more: Record<string, string> = {}) =>
  zipOf({
    "[Content_Types].xml":
      '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
    "_rels/.rels":
      '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
    "word/document.xml": `<?xml version="1.0"?>${body.startsWith("<!") ? body : `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${body}</w:body></w:document>`}`,
    "docProps/core.xml":
      '<cp:coreProperties><dc:title>Report &amp; more</dc:title><dc:language>de-DE</dc:language><dcterms:created xsi:type="dcterms:W3CDTF">2026-03-12T09:30:00Z</dcterms:created></cp:coreProperties>',
    ...more,
  });
const paragraph = (text: string) => `<w:p><w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`;

describe("a Word document", () => {
  it("is its paragraphs, with title, language and date", async () => {
    const { documents, problems } = await seen(
      "a.docx",
      await word(paragraph("One 😀") + paragraph("Two &lt;b&gt;")),
    );
    expect(documents).toEqual([
      {
        title: "Report & more",
        language: "de-DE",
        text: "One 😀\n\nTwo <b>",
        metadata: { date: "2026-03-12" },
      },
    ]);
    expect(problems).toEqual([]);
  });

  it("is told from a bundle by what is in it, and may be in one", async () => {
    const bytes = await word(paragraph("One"));
    expect((await seen("upload.zip", bytes)).documents).toHaveLength(1);
    expect(
      (await seen("bundle.zip", await zipOf({ "a/b.docx": bytes, "c.txt": "C" }))).documents.map(
        ({ text }) => text,
      ),
    ).toEqual(["One", "C"]);
  });

  it("that declares entities is refused", async () => {
    const bomb = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><w:document/>';
    expect((await seen("a.docx", await word(bomb))).problems).toEqual([
      "error :: word/document.xml declares entities of its own, which is refused.",
    ]);
  });
});

describe("a PDF", () => {
  it("is its lines and paragraphs, with title and date", async () => {
    const stream =
      "BT /F1 12 Tf 72 700 Td (Terry Pratchett lives) Tj 0 -14 Td (in Sarn.) Tj 0 -40 Td (Next paragraph.) Tj ET";
    const objects = [
      "<</Type/Catalog/Pages 2 0 R>>",
      "<</Type/Pages/Kids[3 0 R]/Count 1>>",
      "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
      `<</Length ${stream.length}>>stream\n${stream}\nendstream`,
      "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
      "<</Title(A report)/CreationDate(D:20260312093000Z)>>",
    ];
    let file = "%PDF-1.4\n";
    const starts = objects.map((object, index) => {
      const start = file.length;
      file += `${index + 1} 0 obj${object}endobj\n`;
      return start;
    });
    const table = starts.map((start) => `${String(start).padStart(10, "0")} 00000 n \n`).join("");
    const whole = `${file}xref\n0 7\n0000000000 65535 f \n${table}trailer<</Size 7/Root 1 0 R/Info 6 0 R>>\nstartxref\n${file.length}\n%%EOF`;
    expect(await seen("a.pdf", whole)).toEqual({
      documents: [
        {
          title: "A report",
          language: null,
          text: "Terry Pratchett lives\nin Sarn.\n\nNext paragraph.",
          metadata: { date: "2026-03-12" },
        },
      ],
      problems: [],
    });
    expect((await seen("b.pdf", "%PDF-1.4 rubbish")).problems).toEqual([
      expect.stringContaining("The PDF can't be read: "),
    ]);
  }, 30_000);
});

describe("a workbook", () => {
  it("has three sheets going out, and gives its documents back", async () => {
    const document = await completed({
      title: "=A",
      sourceId: "s",
      language: "en",
      metadata: { n: 1 },
      text: " One\n😀 ",
      annotations: [],
      links: [],
      comment: null,
    });
    const { bytes, left } = await write("xlsx", [
      document,
      { ...document, title: "Long", sourceId: null, text: "x".repeat(40_000) },
    ]);
    expect(left.map(({ message }) => message)).toContain(
      "Sheet documents: one cell is cut at 32767 characters, the most that Excel holds.",
    );
    const { documents, problems } = await read("a.xlsx", bytes);
    expect(
      documents.map(({ title, sourceId, language, text }) => [title, sourceId, language, text.length]),
    ).toEqual([
      ["=A", "s", "en", 8],
      ["Long", null, "en", 32_767],
    ]);
    expect(documents[0]?.metadata).toMatchObject({ n: 1 });
    expect(messages(problems)).toEqual([
      'warning :: Only the first sheet is read; left out: "annotations", "statements".',
    ]);
  });
});
