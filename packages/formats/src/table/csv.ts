/** CSV and TSV: documents in; documents, annotations or statements out; docs/formats/tables.md. */
import Papa from "papaparse";
import { type Encoding, encodingNotice } from "../decode.ts";
import type {
  Format,
  FormatId,
  Found,
  InputFile,
  OutCorpus,
  ReadOptions,
  Sample,
  WriteOptions,
  Written,
} from "../format.ts";
import { decoded } from "../lines.ts";
import { splitPath, titleOfPath } from "../path.ts";
import { errorAt, NOWHERE, Unreadable, warningAt } from "../problem.ts";
import {
  createRowReader,
  guessColumns,
  isOfAnnotations,
  isWorthAsking,
  type Row,
  tableStart,
} from "./documents.ts";
import { carriedBy, rowsOf } from "./rows.ts";

/** Text that is parsed in one go. */
const BATCH = 1024 * 1024;
/** A record is longer than that only where a quotation mark was not closed. */
const MAX_RECORD = 64 * 1024 * 1024;

/** Comma-separated values, whatever separates them. */
export const csv = tableFormat("csv", "CSV", ",");
/** Tab-separated values. */
export const tsv = tableFormat("tsv", "TSV", "\t");

function tableFormat(id: FormatId & ("csv" | "tsv"), name: string, delimiter: string): Format {
  return {
    id,
    name,
    extensions: [`.${id}`],
    positions: "code points",
    detect: (sample) => detect(sample, `.${id}`, delimiter),
    read,
    write: (corpus, options) => write(corpus, options, delimiter, id),
    carries: carriedBy({}),
    carriesWith: carriedBy,
    isTable: true,
  };
}

function detect({ path, text }: Sample, extension: string, delimiter: string): number {
  if (text === "" || /^\s*(?:\{\s*"|\[\s*\{)/.test(text)) return 0;
  const isNamed = splitPath(path)[1] === extension;
  const { data } = Papa.parse<string[]>(text.slice(0, 16_384), {
    preview: 20,
    delimiter: isNamed && delimiter === "," ? delimiterOf(text, "\n") : delimiter,
  });
  const [headings = []] = data;
  if (headings.length < 2 || new Set(headings).size < headings.length) return isNamed ? 0.5 : 0;
  if (guessColumns(headings) !== null || isOfAnnotations(headings)) return isNamed ? 0.9 : 0.7;
  return isNamed ? 0.8 : 0;
}

async function* read(file: InputFile, { columns }: ReadOptions): AsyncGenerator<Found, void, undefined> {
  let number = 0;
  let reader: ((row: Row, number: number) => Found) | null = null;
  const table = new Records(splitPath(file.path)[1] === ".tsv" ? "\t" : "");
  for await (const rows of table.read(file.bytes, file.tellEncoding)) {
    let first = 0;
    if (reader === null) {
      const [headings] = rows;
      if (headings === undefined) continue;
      const body = rows.slice(1).map(({ cells }) => cells);
      const start = tableStart(headings.cells, body, columns);
      if (isWorthAsking(start)) yield { kind: "table", table: start };
      reader = createRowReader(start, headings.place, titleOfPath(file.path));
      first = 1;
      const notice = table.notice();
      if (notice !== null) yield { kind: "words", words: {}, problems: [warningAt(NOWHERE, notice)] };
    }
    for (const row of rows.slice(first)) yield reader(row, ++number);
    const problem = table.takeProblem();
    if (problem !== null) yield { kind: "broken", problems: [problem] };
  }
}

/** Records out of a stream of text: cut where a line ends outside of quotation marks, and parsed piece by piece. */
class Records {
  #problem: ReturnType<typeof errorAt> | null = null;
  #encoding: Encoding | null = null;
  #delimiter: string;
  #newline: "\r\n" | "\n" | "\r" = "\n";
  #line = 1;
  #begun = false;

  constructor(delimiter: string) {
    this.#delimiter = delimiter;
  }

  notice(): string | null {
    return this.#encoding === null ? null : encodingNotice(this.#encoding);
  }

  /** The first row of the last piece that could not be read. */
  takeProblem(): ReturnType<typeof errorAt> | null {
    const problem = this.#problem;
    this.#problem = null;
    return problem;
  }

  async *read(
    bytes: AsyncIterable<Uint8Array>,
    tellOthers: (encoding: Encoding) => void,
  ): AsyncGenerator<Row[], void, undefined> {
    /** What no row has ended in yet, and what comes before it. */
    const [rest, whole]: [string[], string[]] = [[], []];
    let [waiting, ended] = [0, 0];
    let isOpen = false;
    const tell = (encoding: Encoding) => {
      this.#encoding = encoding;
      tellOthers(encoding);
    };
    for await (const text of decoded(bytes, tell, () => this.#line)) {
      let cut = 0;
      for (let at = 0; at < text.length; at++) {
        const code = text.charCodeAt(at);
        if (code === QUOTE) isOpen = !isOpen;
        else if (code === LINE_FEED && !isOpen) cut = at + 1;
      }
      if (cut > 0) {
        whole.push(rest.splice(0).join("") + text.slice(0, cut));
        ended += waiting + cut;
        waiting = 0;
      }
      rest.push(text.slice(cut));
      waiting += text.length - cut;
      if (ended >= BATCH) {
        yield this.#parse(whole.splice(0).join(""));
        ended = 0;
      } else if (ended + waiting > MAX_RECORD + BATCH)
        throw new Unreadable(
          { line: this.#line, column: 1 },
          `A row is longer than ${MAX_RECORD} characters; is a quotation mark not closed?`,
        );
    }
    const last = [...whole, ...rest].join("");
    if (last !== "") yield this.#parse(last);
  }

  #parse(text: string): Row[] {
    if (!this.#begun) this.#begin(text);
    const rows: Row[] = [];
    let cursor = 0;
    Papa.parse<string[]>(text, {
      delimiter: this.#delimiter,
      newline: this.#newline,
      step: ({ data, errors, meta }) => {
        const place = { line: this.#line, column: 1 };
        for (
          let at = text.indexOf("\n", cursor);
          at !== -1 && at < meta.cursor;
          at = text.indexOf("\n", at + 1)
        )
          this.#line++;
        cursor = meta.cursor;
        const [error] = errors.filter(({ type }) => type === "Quotes");
        if (error !== undefined) this.#problem ??= errorAt(place, `The row can't be read: ${error.message}.`);
        else if (data.length > 1 || (data[0] ?? "").trim() !== "") rows.push({ cells: data, place });
      },
    });
    return rows;
  }

  /** What separates cells and rows, told from the first piece. */
  #begin(text: string): void {
    this.#begun = true;
    const bare = text.replace(/"[^"]*"/g, "");
    this.#newline = bare.includes("\r\n")
      ? "\r\n"
      : bare.includes("\n") || !bare.includes("\r")
        ? "\n"
        : "\r";
    if (this.#delimiter === "") this.#delimiter = delimiterOf(text, this.#newline);
  }
}

const DELIMITERS = [",", ";", "\t", "|"];

/** The headings tell what separates cells, since texts may hold any of it: what gives a column of texts, else the most columns. */
function delimiterOf(text: string, newline: "\r\n" | "\n" | "\r"): string {
  const headingsBy = (delimiter: string) =>
    Papa.parse<string[]>(text, { preview: 1, delimiter, newline }).data[0] ?? [];
  const all = DELIMITERS.map((delimiter) => ({ delimiter, headings: headingsBy(delimiter) }));
  const named = all.find(({ headings }) => headings.length > 1 && guessColumns(headings) !== null);
  const [most] = all.toSorted((a, b) => b.headings.length - a.headings.length);
  return (named ?? most)?.delimiter ?? ",";
}

const QUOTE = 0x22;
const LINE_FEED = 0x0a;

async function* write(
  corpus: OutCorpus,
  options: WriteOptions,
  delimiter: string,
  extension: string,
): AsyncGenerator<Written, void, undefined> {
  yield { kind: "file", path: `${options.table ?? "documents"}.${extension}` };
  for await (const row of rowsOf(corpus, options))
    yield { kind: "text", text: `${Papa.unparse([row], { delimiter, newline: "\n" })}\n` };
}
