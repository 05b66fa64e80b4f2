/** Reads brat's annotations beside their text. Line by line; what a line refers to may stand behind it. */
import { createOffsetMap, type Fragment, type OffsetMap } from "@concord/core";
import { shown } from "../checks.ts";
import { decodeWhole, detectEncoding, encodingNotice, readText } from "../decode.ts";
import { draftAnnotation, emptyDraft } from "../draft.ts";
import { unescapeName } from "../escaped-name.ts";
import type { Draft, DraftAnnotation, FilePlace, Found, InputFile, ReadOptions } from "../format.ts";
import { splitPath, titleOfPath } from "../path.ts";
import { errorAt, NOWHERE, Unreadable, warningAt } from "../problem.ts";
import { isSettings, readAnnotationConf, readVisualConf } from "./conf.ts";
import { ATTRIBUTE_NOTE, ONLY_LINE_BREAKS, PLAIN_NOTE, WHOLE_NOTE } from "./notes.ts";

/** Bytes of a text, or of the annotations of one. */
const MAX_BYTES = 256 * 1024 * 1024;

/** A text with its annotations, or settings. */
export async function* readBrat(
  file: InputFile,
  _options: ReadOptions,
): AsyncGenerator<Found, void, undefined> {
  const { text, encoding } = await readText(file.bytes, MAX_BYTES, file.tellEncoding);
  if (isSettings(file.path)) {
    yield wordsOf(file.path, text);
    return;
  }
  if (file.partners.size === 0 && splitPath(file.path)[1] !== ".txt")
    throw new Unreadable(
      NOWHERE,
      "These are annotations without their text: brat has it in a .txt file of the same name. Put both into a zip.",
    );
  const draft = emptyDraft(titleOfPath(file.path), text, { line: 1, column: 1 });
  const notice = encodingNotice(encoding);
  if (notice !== null) draft.problems.push(warningAt(NOWHERE, notice));
  const reader = new AnnReader(draft, text);
  for (const { path, bytes } of [...file.partners.values()].sort((a, b) => (a.path < b.path ? -1 : 1)))
    reader.read(decodeWhole(bytes, detectEncoding(bytes)), path);
  reader.finish();
  yield { kind: "draft", draft };
}

function wordsOf(path: string, text: string): Found {
  if (path.endsWith("annotation.conf"))
    return { kind: "words", words: readAnnotationConf(text), problems: [] };
  return { kind: "words", words: { names: readVisualConf(text) }, problems: [] };
}

/** What a line says, once all lines are known. */
type Later = () => void;

class AnnReader {
  readonly #draft: Draft;
  readonly #text: string;
  readonly #spans = new Map<string, DraftAnnotation>();
  /** Events by id; what is said of one is said of its trigger. */
  readonly #triggers = new Map<string, string>();
  /** Relations by id with the annotation that they start from. */
  readonly #relations = new Map<string, { type: string; source: string }>();
  readonly #later: Later[] = [];
  #offsets: OffsetMap | null = null;
  #events = 0;

  constructor(draft: Draft, text: string) {
    this.#draft = draft;
    this.#text = text;
  }

  read(annotations: string, file: string): void {
    let number = 0;
    for (const line of annotations.split("\n")) {
      number++;
      const bare = line.endsWith("\r") ? line.slice(0, -1) : line;
      if (bare.trim() !== "") this.#line(bare, { line: number, column: 1, file });
    }
  }

  finish(): void {
    for (const later of this.#later) later();
    if (this.#events > 0) {
      const what =
        this.#events === 1
          ? "One event became relations from its trigger to its arguments"
          : `${this.#events} events became relations from their triggers to their arguments`;
      this.#draft.problems.push(warningAt(NOWHERE, `${what}, named by their roles.`));
    }
  }

  #error(place: FilePlace, message: string): void {
    this.#draft.problems.push(errorAt(place, message));
  }

  #line(line: string, place: FilePlace): void {
    const [id = "", data = "", ...tail] = line.split("\t");
    const rest = tail.join("\t");
    switch (id[0]) {
      case "T":
        this.#span(id, data, tail.length === 0 ? null : rest, place);
        break;
      case "E":
        this.#event(id, data, place);
        break;
      case "R":
        this.#relation(id, data, place);
        break;
      case "*":
        this.#equivalence(data, place);
        break;
      case "A":
      case "M":
        this.#attribute(data, place);
        break;
      case "N":
        this.#normalization(data, rest, place);
        break;
      case "#":
        this.#note(data, rest, place);
        break;
      default:
        this.#error(place, `A line starts with T, E, R, A, M, N, # or *, not ${shown(id)}.`);
    }
  }

  #span(id: string, data: string, quote: string | null, place: FilePlace): void {
    const found = /^(\S+) (\d+ \d+(?:;\d+ \d+)*) *$/.exec(data);
    if (found === null) {
      this.#error(
        place,
        `${id}: a type and pairs of positions were expected, like "Person 0 5;8 12", not ${shown(data)}.`,
      );
      return;
    }
    if (this.#spans.has(id)) {
      this.#error(place, `${id} is there twice.`);
      return;
    }
    const [, type = "", pairs = ""] = found;
    const fragments = pairs.split(";").map((pair) => {
      const [start, end] = splitOnce(pair, " ");
      return { start: Number(start), end: Number(end) };
    });
    const joined = this.#joined(fragments);
    const span = draftAnnotation(id, unescapeName(type), joined, quote, place);
    this.#spans.set(id, span);
    this.#draft.annotations.push(span);
  }

  /** Parts that only a line break keeps apart are one: brat can't write them otherwise. */
  #joined(fragments: readonly Fragment[]): Fragment[] {
    if (fragments.length === 1) return [...fragments];
    const joined: Fragment[] = [];
    for (const fragment of fragments) {
      const last = joined.at(-1);
      if (last !== undefined && this.#isLineBreak(last.end, fragment.start)) last.end = fragment.end;
      else joined.push({ ...fragment });
    }
    return joined;
  }

  #isLineBreak(start: number, end: number): boolean {
    this.#offsets ??= createOffsetMap(this.#text);
    if (end < start || end - start > MAX_BREAK || end > this.#offsets.length) return false;
    return ONLY_LINE_BREAKS.test(this.#offsets.slice(start, end));
  }

  #event(id: string, data: string, place: FilePlace): void {
    const [head = "", ...args] = data.trim().split(/\s+/);
    const [, trigger = ""] = splitOnce(head, ":");
    if (trigger === "") {
      this.#error(
        place,
        `${id}: an event's type and trigger were expected, like "Move:T3 Who:T1", not ${shown(data)}.`,
      );
      return;
    }
    this.#triggers.set(id, trigger);
    if (args.length > 0) this.#events++;
    this.#later.push(() => {
      for (const arg of args) {
        const [role, target] = splitOnce(arg, ":");
        // Theme and Theme2 are the same role: brat numbers those that are there more than once.
        this.#link(unescapeName(role.replace(/(?<=\D)\d+$/, "")), id, target, place);
      }
    });
  }

  #relation(id: string, data: string, place: FilePlace): void {
    const [type = "", first = "", second = "", ...more] = data.trim().split(/\s+/);
    const [, source] = splitOnce(first, ":");
    const [, target] = splitOnce(second, ":");
    if (source === "" || target === "" || more.length > 0) {
      this.#error(
        place,
        `${id}: a type and two arguments were expected, like "Origin Arg1:T1 Arg2:T2", not ${shown(data)}.`,
      );
      return;
    }
    this.#relations.set(id, { type: unescapeName(type), source });
    this.#later.push(() => this.#link(unescapeName(type), source, target, place));
  }

  #equivalence(data: string, place: FilePlace): void {
    const [type = "", ...members] = data.trim().split(/\s+/);
    this.#later.push(() => {
      for (const [index, target] of members.entries()) {
        const source = members[index - 1];
        if (source !== undefined) this.#link(unescapeName(type), source, target, place);
      }
    });
  }

  #link(type: string, from: string, to: string, place: FilePlace): void {
    const [source, target] = [this.#spanId(from), this.#spanId(to)];
    this.#draft.relations.push({ id: null, type, source, target, createdBy: null, createdAt: null, place });
  }

  /** An event stands for its trigger. */
  #spanId(id: string): string {
    return this.#triggers.get(id) ?? id;
  }

  /** The annotation that a line is about; said as an error where there is none. */
  #about(id: string, place: FilePlace, then: (span: DraftAnnotation) => void): void {
    this.#later.push(() => {
      const span = this.#spans.get(this.#spanId(id));
      if (span === undefined) this.#error(place, `This is about ${shown(id)}, which is not there.`);
      else then(span);
    });
  }

  #attribute(data: string, place: FilePlace): void {
    const [name = "", target = "", value, ...more] = data.trim().split(/\s+/);
    if (target === "" || more.length > 0) {
      this.#error(
        place,
        `An attribute's name, an id and at most one value were expected, not ${shown(data)}.`,
      );
      return;
    }
    if (this.#relations.has(target)) {
      this.#leftOut(`The attribute ${shown(name)} of a relation`, place);
      return;
    }
    this.#about(target, place, (span) => {
      span.attributes[unescapeName(name)] = value ?? true;
    });
  }

  #leftOut(what: string, place: FilePlace): void {
    this.#draft.problems.push(warningAt(place, `${what} is left out: relations have none here.`));
  }

  #normalization(data: string, text: string, place: FilePlace): void {
    const [type = "", target = "", ...reference] = data.trim().split(" ");
    if (reference.length === 0) {
      this.#error(
        place,
        `A type, an id and a reference were expected, like "Reference T1 Wikipedia:42", not ${shown(data)}.`,
      );
      return;
    }
    this.#about(target, place, ({ attributes }) => {
      const name = unescapeName(type);
      // There may be several of one type.
      let key = name;
      for (let number = 2; Object.hasOwn(attributes, key); number++) key = `${name} ${number}`;
      attributes[key] = reference.join(" ");
      if (text !== "") attributes[`${key} text`] = text;
    });
  }

  #note(data: string, text: string, place: FilePlace): void {
    const [type = "", target = ""] = data.trim().split(/\s+/);
    const relation = this.#relations.get(target);
    if (target === "") {
      this.#error(place, `A note's type and an id were expected, not ${shown(data)}.`);
      return;
    }
    this.#about(relation?.source ?? target, place, (span) => {
      if (type === ATTRIBUTE_NOTE) {
        this.#typedAttribute(span, text, place);
        return;
      }
      const plain = type === WHOLE_NOTE ? parsedText(text) : text;
      const said = relation === undefined ? plain : `[${relation.type}] ${plain}`;
      if (relation !== undefined)
        this.#draft.problems.push(
          warningAt(place, "A relation's note went to the annotation where it starts."),
        );
      const named = type === PLAIN_NOTE || type === WHOLE_NOTE ? said : `[${type}] ${said}`;
      span.note = span.note === "" ? named : `${span.note}\n${named}`;
    });
  }

  #typedAttribute(span: DraftAnnotation, text: string, place: FilePlace): void {
    const [name, json] = splitOnce(text, " = ");
    try {
      const value: unknown = JSON.parse(json);
      if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") {
        span.attributes[unescapeName(name)] = value;
        return;
      }
    } catch {
      // Said below.
    }
    this.#error(
      place,
      `An attribute as ${ATTRIBUTE_NOTE} writes it was expected, like "stance = 2", not ${shown(text)}.`,
    );
  }
}

/** Line breaks in a row that are joined over. */
const MAX_BREAK = 1_000;

function parsedText(json: string): string {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === "string" ? value : json;
  } catch {
    return json;
  }
}

function splitOnce(text: string, by: string): [before: string, after: string] {
  const at = text.indexOf(by);
  return at === -1 ? [text, ""] : [text.slice(0, at), text.slice(at + by.length)];
}
