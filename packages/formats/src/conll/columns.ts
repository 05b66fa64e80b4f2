/** CoNLL-2002 and 2003: a token a line, its tag in the last column; docs/formats/conll.md. */

import { codePointLength } from "@concord/core";
import { shown } from "../checks.ts";
import { draftAnnotation, emptyDraft } from "../draft.ts";
import { escapeName, unescapeName } from "../escaped-name.ts";
import {
  CARRIES_TEXTS,
  type Draft,
  type FilePlace,
  type Format,
  type Found,
  type InputFile,
  type OutCorpus,
  type Sample,
  type Written,
} from "../format.ts";
import { type Line, readLines } from "../lines.ts";
import { titleOfPath } from "../path.ts";
import { errorAt, NOWHERE, warningAt } from "../problem.ts";
import { isTag, runsOf } from "./tags.ts";
import { leftOutOf, tag } from "./tokens.ts";

const DOCUMENT_START = "-DOCSTART-";

/** CoNLL columns. */
export const conll: Format = {
  id: "conll",
  name: "CoNLL-2003 columns",
  extensions: [".conll", ".iob", ".bio", ".txt", ".tsv"],
  positions: "tokens",
  detect,
  read,
  write,
  carries: { ...CARRIES_TEXTS, titles: false, annotations: true },
};

function detect({ text }: Sample): number {
  if (/^\s*(?:\{\s*"|\[\s*\{)/.test(text)) return 0;
  const lines = text.split(/\r?\n/, 200);
  const full = lines.filter((line) => line.trim() !== "" && !line.startsWith("# "));
  const tags = full.filter((line) => {
    const columns = line.trimEnd().split(/[\t ]+/);
    return columns.length >= 2 && isTag(columns.at(-1) ?? "");
  });
  // Ten columns that begin with a number are CoNLL-U.
  if (full.length === 0 || full.every((line) => /^[\d.-]+\t(?:[^\t]*\t){8}[^\t]*$/.test(line))) return 0;
  const share = tags.length / full.length;
  return share > 0.9 ? 0.85 : share > 0.6 ? 0.4 : 0;
}

/** A document that is being put together: tokens joined by spaces, sentences by line breaks. */
class Builder {
  readonly draft: Draft;
  #parts: string[] = [];
  #length = 0;
  #tokens: { start: number; end: number; text: string }[] = [];
  #tags: string[] = [];
  #place: FilePlace = NOWHERE;

  constructor(title: string, place: FilePlace) {
    this.draft = emptyDraft(title, "", place);
  }

  get isEmpty(): boolean {
    return this.#length === 0 && this.draft.problems.length === 0;
  }

  token(text: string, tag: string, place: FilePlace): void {
    if (this.#tokens.length === 0) {
      if (this.#length > 0) this.#add("\n");
      this.#place = place;
    } else this.#add(" ");
    const start = this.#length;
    this.#add(text);
    this.#tokens.push({ start, end: this.#length, text });
    this.#tags.push(tag);
  }

  sentence(): void {
    for (const { label, from, to } of runsOf(this.#tags)) {
      const [first, last] = [this.#tokens[from], this.#tokens[to - 1]];
      if (first === undefined || last === undefined) continue;
      const place = { line: (this.#place.line ?? 1) + from, column: 1 };
      const span = [{ start: first.start, end: last.end }];
      this.draft.annotations.push(
        draftAnnotation(`${this.draft.annotations.length}`, unescapeName(label), span, null, place),
      );
    }
    this.#tokens = [];
    this.#tags = [];
  }

  finish(): Draft {
    this.sentence();
    this.draft.text = this.#parts.join("");
    return this.draft;
  }

  #add(text: string): void {
    this.#parts.push(text);
    this.#length += codePointLength(text);
  }
}

async function* read(file: InputFile): AsyncGenerator<Found, void, undefined> {
  const { lines, notice } = readLines(file.bytes, file.tellEncoding);
  const title = titleOfPath(file.path);
  let byTab: boolean | null = null;
  let number = 0;
  let builder: Builder | null = null;
  const begin = (place: FilePlace): Builder => {
    number++;
    const made = new Builder(number === 1 ? title : `${title} ${number}`, place);
    const said = number === 1 ? notice() : null;
    if (said !== null) made.draft.problems.push(warningAt(NOWHERE, said));
    return made;
  };
  for await (const batch of lines) {
    byTab ??= isByTab(batch);
    for (const { text, number: line } of batch) {
      const place = { line, column: 1 };
      if (text.trim() === "") {
        builder?.sentence();
        continue;
      }
      const columns = byTab ? text.split("\t") : text.trim().split(/ +/);
      if (columns[0] === DOCUMENT_START) {
        if (builder !== null && !builder.isEmpty) yield { kind: "draft", draft: builder.finish() };
        builder = begin(place);
        continue;
      }
      if (columns.length < 2 && text.startsWith("#")) continue;
      builder ??= begin(place);
      addLine(builder, columns, place, byTab);
    }
  }
  if (builder !== null) yield { kind: "draft", draft: builder.finish() };
}

/** Tabs part the columns where most lines have one: then spaces belong to tokens. */
function isByTab(batch: readonly Line[]): boolean {
  const full = batch.filter(({ text }) => text.trim() !== "").slice(0, 1_000);
  return full.filter(({ text }) => text.includes("\t")).length > full.length / 2;
}

function addLine(builder: Builder, columns: readonly string[], place: FilePlace, byTab: boolean): void {
  const [token = ""] = columns;
  const tagOf = columns.at(-1)?.trim() ?? "";
  if (columns.length < 2 || token.trim() === "" || tagOf === "")
    builder.draft.problems.push(
      errorAt(
        place,
        `A token and its tag were expected, with ${byTab ? "a tab" : "a space"} between them, not ${shown(columns.join(" "))}.`,
      ),
    );
  else builder.token(token, tagOf, place);
}

async function* write({ documents }: OutCorpus): AsyncGenerator<Written, void, undefined> {
  yield { kind: "file", path: "corpus.conll" };
  for await (const document of documents) {
    const tagged = tag(document, escapeName);
    for (const message of leftOutOf(tagged, document.title))
      yield { kind: "left out", problem: warningAt(NOWHERE, message) };
    const lines = [`${DOCUMENT_START}\tO`, ""];
    let end = 0;
    for (const { start, end: next, tag: own } of tagged.tokens) {
      // A sentence ends with its line, but never inside of an annotation, which would fall apart.
      if (end > 0 && !own.startsWith("I-") && document.text.slice(end, start).includes("\n")) lines.push("");
      lines.push(`${document.text.slice(start, next)}\t${own}`);
      end = next;
    }
    yield { kind: "text", text: `${lines.join("\n")}\n\n` };
  }
}
