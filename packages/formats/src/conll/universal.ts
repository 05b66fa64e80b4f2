/** CoNLL-U: ten columns, with the text's own white space; annotations as `ner=` in the last; docs/formats/conll.md. */
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
import { readLines } from "../lines.ts";
import { titleOfPath } from "../path.ts";
import { errorAt, NOWHERE, warningAt } from "../problem.ts";
import { runsOf } from "./tags.ts";
import { leftOutOf, type Token, tag } from "./tokens.ts";

const LINE = /^\d+(?:[-.]\d+)?\t(?:[^\t]*\t){8}[^\t]*$/;

/** CoNLL-U. */
export const conllu: Format = {
  id: "conllu",
  name: "CoNLL-U",
  extensions: [".conllu", ".conll"],
  positions: "tokens",
  detect,
  read,
  write,
  carries: { ...CARRIES_TEXTS, sourceIds: true, languages: true, annotations: true },
};

function detect({ text }: Sample): number {
  const lines = text.split(/\r?\n/, 200).filter((line) => line.trim() !== "" && !line.startsWith("#"));
  // The sample's last line may be cut.
  const good = lines.slice(0, Math.max(1, lines.length - 1));
  return lines.length > 0 && good.every((line) => LINE.test(line)) ? 0.95 : 0;
}

/** Names of the members of the last column that are read as tags. */
const TAG = /^(?:ner|ne|entity)$/i;

class Builder {
  readonly draft: Draft;
  text = "";
  /** Whether a space is due before the next token. */
  #space = "";
  readonly #tokens: { start: number; end: number; line: number }[] = [];
  readonly #tags: string[] = [];
  #length = 0;
  /** The last word of a token that is written as several. */
  #covered = 0;
  otherColumns = false;
  /** Whether the file says to the letter what follows the last token. */
  #hasOwnSpace = false;

  constructor(title: string, place: FilePlace) {
    this.draft = emptyDraft(title, "", place);
  }

  line(columns: readonly string[], line: number): void {
    const [id = "", form = ""] = columns;
    if (id.includes(".")) return;
    const number = Number.parseInt(id, 10);
    const isRange = id.includes("-");
    if (!isRange && number <= this.#covered) return;
    if (isRange) this.#covered = Number.parseInt(id.slice(id.indexOf("-") + 1), 10);
    if (columns.slice(2, 9).some((column) => column !== "_")) this.otherColumns = true;
    const misc = miscOf(columns[9] ?? "_");
    this.#add(unescapeSpaces(misc.get("SpacesBefore") ?? "") || this.#space);
    const start = this.#length;
    this.#add(form);
    this.#tokens.push({ start, end: this.#length, line });
    const key = [...misc.keys()].find((name) => TAG.test(name));
    this.#tags.push(key === undefined ? "O" : (misc.get(key) ?? "O"));
    const after = misc.get("SpacesAfter");
    this.#space = after === undefined ? (misc.get("SpaceAfter") === "No" ? "" : " ") : unescapeSpaces(after);
    this.#hasOwnSpace = after !== undefined || misc.get("SpaceAfter") === "No";
  }

  /** Sentences stand on lines of their own, unless the file says what stands between them. */
  sentence(): void {
    this.#covered = 0;
    if (this.#tokens.length > 0 && !this.#hasOwnSpace) this.#space = "\n";
  }

  finish(): Draft {
    if (this.#hasOwnSpace) this.#add(this.#space);
    for (const { label, from, to } of runsOf(this.#tags)) {
      const [first, last] = [this.#tokens[from], this.#tokens[to - 1]];
      if (first === undefined || last === undefined) continue;
      const span = [{ start: first.start, end: last.end }];
      this.draft.annotations.push(
        draftAnnotation(`${from}`, unescapeName(label), span, null, { line: first.line, column: 1 }),
      );
    }
    this.draft.text = this.text;
    if (this.otherColumns)
      this.draft.problems.push(
        warningAt(this.draft.place, "Lemmas, parts of speech, features and dependencies are left out."),
      );
    return this.draft;
  }

  #add(part: string): void {
    this.text += part;
    this.#length += codePointLength(part);
  }
}

async function* read(file: InputFile): AsyncGenerator<Found, void, undefined> {
  const { lines, notice } = readLines(file.bytes, file.tellEncoding);
  const title = titleOfPath(file.path);
  let number = 0;
  let builder: Builder | null = null;
  const begin = (place: FilePlace): Builder => {
    number++;
    const made = new Builder(number === 1 ? title : `${title} ${number}`, place);
    const said = number === 1 ? notice() : null;
    if (said !== null) made.draft.problems.push(warningAt(NOWHERE, said));
    return made;
  };
  for await (const batch of lines)
    for (const { text, number: line } of batch) {
      const place = { line, column: 1 };
      if (text.startsWith("#")) {
        const [, key = "", value = ""] =
          /^#\s*(newdoc(?: id)?|title|source_id|language|sha256)\s*(?:=\s?(.*))?$/su.exec(text) ?? [];
        if (key.startsWith("newdoc")) {
          if (builder !== null) yield { kind: "draft", draft: builder.finish() };
          builder = begin(place);
        }
        if (key === "") continue;
        builder ??= begin(place);
        comment(builder, key, value);
      } else if (text.trim() === "") builder?.sentence();
      else {
        builder ??= begin(place);
        const columns = text.split("\t");
        if (LINE.test(text)) builder.line(columns, line);
        else
          builder.draft.problems.push(
            errorAt(
              place,
              `Ten columns with tabs between them were expected, the first of them a number, not ${shown(text)}.`,
            ),
          );
      }
    }
  if (builder !== null) yield { kind: "draft", draft: builder.finish() };
}

function comment(builder: Builder, key: string, value: string): void {
  const { draft } = builder;
  if (key === "newdoc id" && value !== "") {
    draft.sourceId = value;
    draft.title = value;
  } else if (key === "title") draft.title = unescapeSpaces(value);
  else if (key === "source_id") draft.sourceId = unescapeSpaces(value);
  else if (key === "language") draft.language = value;
  else if (key === "sha256") draft.sha256 = value;
}

function miscOf(column: string): Map<string, string> {
  const misc = new Map<string, string>();
  if (column === "_") return misc;
  for (const pair of column.split("|")) {
    const at = pair.indexOf("=");
    if (at > 0) misc.set(pair.slice(0, at), pair.slice(at + 1));
  }
  return misc;
}

/** UDPipe's signs for white space; what it has none for is written by its number. */
const SPACES: [string, string][] = [
  ["\\", "\\\\"],
  [" ", "\\s"],
  ["\t", "\\t"],
  ["\r", "\\r"],
  ["\n", "\\n"],
  ["|", "\\p"],
];
const SIGN_OF = new Map(SPACES);
const SPACE_OF = new Map(SPACES.map(([space, sign]) => [sign, space]));

function escapeSpaces(text: string): string {
  return text.replace(
    /[\\|\s\p{Cc}]/gu,
    (found) => SIGN_OF.get(found) ?? `\\u${found.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function unescapeSpaces(text: string): string {
  return text.replace(/\\(?:u([0-9a-f]{4})|.)/gu, (sign: string, code: string | undefined) =>
    code === undefined ? (SPACE_OF.get(sign) ?? sign) : String.fromCharCode(Number.parseInt(code, 16)),
  );
}

async function* write({ documents }: OutCorpus): AsyncGenerator<Written, void, undefined> {
  yield { kind: "file", path: "corpus.conllu" };
  let number = 0;
  for await (const document of documents) {
    const tagged = tag(document, escapeName);
    for (const message of leftOutOf(tagged, document.title))
      yield { kind: "left out", problem: warningAt(NOWHERE, message) };
    const { text, title, sourceId, language, sha256 } = document;
    const head = [`# newdoc`, `# title = ${escapeSpaces(title)}`];
    if (sourceId !== null) head.push(`# source_id = ${escapeSpaces(sourceId)}`);
    if (language !== null) head.push(`# language = ${language}`);
    head.push(`# sha256 = ${sha256}`);
    const sentences = sentencesOf(tagged.tokens, text);
    const lines: string[] = [...head];
    if (sentences.length === 0 && text !== "")
      yield {
        kind: "left out",
        problem: warningAt(
          NOWHERE,
          `${JSON.stringify(title)}: the text is left out: there are no words in it.`,
        ),
      };
    for (const [index, sentence] of sentences.entries()) {
      number++;
      const [first, last] = [sentence[0], sentence.at(-1)];
      if (first === undefined || last === undefined) continue;
      lines.push(
        `# sent_id = ${number}`,
        `# text = ${text.slice(first.start, last.end).replace(/[\s\p{Cc}]+/gu, " ")}`,
      );
      const next = sentences[index + 1]?.[0]?.start ?? text.length;
      const before = index === 0 ? text.slice(0, first.start) : "";
      lines.push(...linesOf(sentence, text, before, next), "");
    }
    yield { kind: "text", text: `${lines.join("\n")}\n` };
  }
}

/** A sentence ends with its line, but never inside of an annotation, which would fall apart. */
function sentencesOf(tokens: readonly Token[], text: string): Token[][] {
  const sentences: Token[][] = [];
  for (const token of tokens) {
    const last = sentences.at(-1);
    const end = last?.at(-1)?.end ?? 0;
    if (last !== undefined && (token.tag.startsWith("I-") || !text.slice(end, token.start).includes("\n")))
      last.push(token);
    else sentences.push([token]);
  }
  return sentences;
}

function linesOf(sentence: readonly Token[], text: string, before: string, next: number): string[] {
  return sentence.map(({ start, end, tag: own }, index) => {
    const after = text.slice(end, sentence[index + 1]?.start ?? next);
    const misc: string[] = [];
    if (index === 0 && before !== "") misc.push(`SpacesBefore=${escapeSpaces(before)}`);
    if (after === "") misc.push("SpaceAfter=No");
    // Said of every last word, even where a space is what anybody would expect.
    else if (after !== " " || index === sentence.length - 1) misc.push(`SpacesAfter=${escapeSpaces(after)}`);
    if (own !== "O") misc.push(`ner=${own}`);
    return [index + 1, text.slice(start, end), "_", "_", "_", "_", "_", "_", "_", misc.join("|") || "_"].join(
      "\t",
    );
  });
}
