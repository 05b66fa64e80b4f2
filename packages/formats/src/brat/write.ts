/** Writes brat standoff: for each document a text and its annotations, and the codebook as brat's settings. */
import { compareCodePoints, type Fragment, type OffsetMap } from "@concord/core";
import { ManifestWriter } from "../bundle/manifest.ts";
import type { CorpusAnnotation, CorpusDocument, Problem } from "../corpus.ts";
import { escapeName } from "../escaped-name.ts";
import type { OutCorpus, Written } from "../format.ts";
import { createFileNames } from "../path.ts";
import { NOWHERE, warningAt } from "../problem.ts";
import { annotationConf, visualConf } from "./conf.ts";
import { ATTRIBUTE_NOTE, LINE_BREAK, ONLY_LINE_BREAKS, PLAIN_NOTE, WHOLE_NOTE } from "./notes.ts";

/** Positions are code points, as brat's Python counts; each span has its text beside it. */
export async function* writeBrat({ header, documents }: OutCorpus): AsyncGenerator<Written, void, undefined> {
  yield { kind: "file", path: "annotation.conf" };
  yield { kind: "text", text: annotationConf(header) };
  yield { kind: "file", path: "visual.conf" };
  yield { kind: "text", text: visualConf(header) };
  const nameOf = createFileNames();
  const manifest = new ManifestWriter("code points");
  for await (const document of documents) {
    const name = nameOf(document.title);
    manifest.add(`${name}.txt`, document, true);
    yield { kind: "file", path: `${name}.txt` };
    yield { kind: "text", text: document.text };
    const { lines, problems } = new AnnWriter(document).write();
    for (const problem of problems) yield { kind: "left out", problem };
    yield { kind: "file", path: `${name}.ann` };
    yield { kind: "text", text: lines.map((line) => `${line}\n`).join("") };
  }
  yield* manifest.file();
}

class AnnWriter {
  readonly #document: CorpusDocument;
  readonly #lines: string[] = [];
  readonly #problems: Problem[] = [];
  readonly #numbers = new Map<string, number>();
  #attributes = 0;
  #notes = 0;
  #normalizations = 0;

  constructor(document: CorpusDocument) {
    this.#document = document;
  }

  write(): { lines: string[]; problems: Problem[] } {
    const { annotations, relations, offsets } = this.#document;
    let without = 0;
    let changed = 0;
    let number = 0;
    for (const annotation of annotations) {
      const pieces = piecesOf(offsets, annotation.fragments);
      if (pieces.length === 0) {
        without++;
        continue;
      }
      if (!isReadBack(offsets, annotation.fragments, pieces)) changed++;
      number++;
      if (annotation.id !== null) this.#numbers.set(annotation.id, number);
      this.#annotation(annotation, `T${number}`, pieces);
    }
    this.#announce(
      without,
      "with nothing but line breaks in it is left out",
      "with nothing but line breaks in them are left out",
    );
    this.#announce(
      changed,
      "has line breaks at an edge of its parts, which brat can't mark: they are left out",
      "have line breaks at an edge of their parts, which brat can't mark: they are left out",
    );
    let links = 0;
    for (const { type, source, target } of relations) {
      const [from, to] = [this.#numbers.get(source), this.#numbers.get(target)];
      if (from !== undefined && to !== undefined)
        this.#lines.push(`R${++links}\t${escapeName(type)} Arg1:T${from} Arg2:T${to}\t`);
    }
    if (links < relations.length)
      this.#problems.push(
        warningAt(
          NOWHERE,
          `${JSON.stringify(this.#document.title)}: relations of annotations that are left out are left out too (${relations.length - links}).`,
        ),
      );
    return { lines: this.#lines, problems: this.#problems };
  }

  #announce(count: number, one: string, many: string): void {
    if (count === 0) return;
    const what = count === 1 ? `one annotation ${one}` : `${count} annotations ${many}`;
    this.#problems.push(warningAt(NOWHERE, `${JSON.stringify(this.#document.title)}: ${what}.`));
  }

  #annotation({ label, attributes, note }: CorpusAnnotation, id: string, pieces: readonly Fragment[]): void {
    const pairs = pieces.map(({ start, end }) => `${start} ${end}`).join(";");
    const quote = pieces.map(({ start, end }) => this.#document.offsets.slice(start, end)).join(" ");
    this.#lines.push(`${id}\t${escapeName(label)} ${pairs}\t${quote}`);
    const done = new Set<string>();
    for (const key of Object.keys(attributes).sort(compareCodePoints)) {
      const value = attributes[key];
      const text = attributes[`${key} text`];
      if (value === undefined || done.has(key)) continue;
      if (isReference(value) && typeof text === "string" && text !== "" && isLine(text)) {
        done.add(`${key} text`);
        this.#lines.push(`N${++this.#normalizations}\t${escapeName(key)} ${id} ${value}\t${text}`);
      } else this.#attribute(key, value, id);
    }
    if (note === "") return;
    this.#note(isLine(note) ? PLAIN_NOTE : WHOLE_NOTE, id, isLine(note) ? note : asciiLine(note));
  }

  #attribute(key: string, value: boolean | number | string, id: string): void {
    if (value === true) this.#lines.push(`A${++this.#attributes}\t${escapeName(key)} ${id}`);
    else if (typeof value === "string" && /^\S+$/u.test(value) && isLine(value))
      this.#lines.push(`A${++this.#attributes}\t${escapeName(key)} ${id} ${value}`);
    else this.#note(ATTRIBUTE_NOTE, id, `${escapeName(key)} = ${asciiLine(value)}`);
  }

  #note(type: string, id: string, text: string): void {
    this.#lines.push(`#${++this.#notes}\t${type} ${id}\t${text}`);
  }
}

/** An id in another collection: what brat's normalizations have. */
function isReference(value: boolean | number | string): boolean {
  return typeof value === "string" && /^[^\s:]+:\S+$/u.test(value) && isLine(value);
}

function isLine(text: string): boolean {
  return !LINE_BREAK.test(text) && text.trim() === text;
}

/** JSON without any character that ends a line. */
function asciiLine(value: boolean | number | string): string {
  return JSON.stringify(value).replace(
    /[\x85\u2028\u2029]/g,
    (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** Fragments cut at line breaks, which a line of annotations can't hold. */
function piecesOf(offsets: OffsetMap, fragments: readonly Fragment[]): Fragment[] {
  const pieces: Fragment[] = [];
  for (const { start, end } of fragments) {
    const text = offsets.slice(start, end);
    if (!LINE_BREAK.test(text)) {
      pieces.push({ start, end });
      continue;
    }
    let from = start;
    let at = start;
    for (const character of text) {
      if (LINE_BREAK.test(character)) {
        if (at > from) pieces.push({ start: from, end: at });
        from = at + 1;
      }
      at++;
    }
    if (at > from) pieces.push({ start: from, end: at });
  }
  return pieces;
}

/** Whether joining the pieces over line breaks, as reading does, gives the fragments again. */
function isReadBack(
  offsets: OffsetMap,
  fragments: readonly Fragment[],
  pieces: readonly Fragment[],
): boolean {
  const joined: Fragment[] = [];
  for (const piece of pieces) {
    const last = joined.at(-1);
    if (last !== undefined && ONLY_LINE_BREAKS.test(offsets.slice(last.end, piece.start)))
      last.end = piece.end;
    else joined.push({ ...piece });
  }
  return (
    joined.length === fragments.length &&
    joined.every(({ start, end }, index) => fragments[index]?.start === start && fragments[index].end === end)
  );
}
