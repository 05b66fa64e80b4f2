/** From what a reader found to a document that may come in: everything checked, quotes against positions too. */
import {
  checkFragments,
  codePointLength,
  createOffsetMap,
  type Fragment,
  findUnstorable,
  type JsonValue,
} from "@concord/core";
import { shown } from "./checks.ts";
import type { CorpusAnnotation, CorpusDocument, Problem, ReadLimits } from "./corpus.ts";
import type { Draft, DraftAnnotation, FilePlace, ReadOptions } from "./format.ts";
import { noMembers } from "./json-value.ts";
import { errorAt, warningAt } from "./problem.ts";
import { type Anchor, createAnchor } from "./re-anchor.ts";
import { sha256 } from "./sha256.ts";

/** Problems named for one document; more say nothing new. */
const MAX_PROBLEMS = 20;

/** A draft with nothing in it but its text. @example emptyDraft("Title", "Text.", { line: 1, column: 1 }) */
export function emptyDraft(title: string, text: string, place: FilePlace): Draft {
  return {
    ...{ id: null, sourceId: null, title, language: null, metadata: noMembers<JsonValue>() },
    ...{ createdAt: null, text, sha256: null },
    ...{ annotations: [], relations: [], comments: [], place, problems: [] },
  };
}

/** An annotation with what most formats have; the rest can be set on it. */
export function draftAnnotation(
  ref: string,
  label: string,
  fragments: Fragment[] | null,
  quote: string | null,
  place: FilePlace,
): DraftAnnotation {
  return {
    ...{ ref, id: null, label, fragments, quote, prefix: "", suffix: "", note: "" },
    attributes: noMembers(),
    ...{
      origin: "IMPORT",
      createdBy: null,
      createdAt: null,
      updatedBy: null,
      updatedAt: null,
      version: 1,
      place,
    },
  };
}

/** The document, or null where an error among the problems refuses it. */
export async function finishDraft(
  draft: Draft,
  { limits, newId = () => crypto.randomUUID() }: ReadOptions,
): Promise<{ document: CorpusDocument | null; problems: Problem[] }> {
  const report = new Report(draft.problems);
  const { text, place } = draft;
  report.text(text, limits.text, place, () => "The text");
  if (report.refused) return { document: null, problems: report.problems() };
  const offsets = createOffsetMap(text);
  const hash = await sha256(text);
  if (draft.sha256 !== null && draft.sha256.toLowerCase() !== hash)
    report.error(
      place,
      `The text is not the one that was annotated: its SHA-256 is ${hash}, and ${shown(draft.sha256)} is stated.`,
    );
  const anchor = createAnchor(offsets, text);
  const annotations: CorpusAnnotation[] = [];
  const byRef = new Map<string, CorpusAnnotation>();
  for (const found of draft.annotations) {
    // It stays out anyway, and looking for quotes takes time.
    if (report.isFull) break;
    const annotation = finishAnnotation(found, anchor, offsets.length, limits, report);
    if (annotation === null) continue;
    annotations.push(annotation);
    byRef.set(found.ref, annotation);
  }
  const document: CorpusDocument = {
    id: draft.id,
    sourceId: sourceIdOf(draft, limits, report),
    title: titleOf(draft, limits, report),
    language: languageOf(draft, report),
    metadata: metadataOf(draft, limits, report),
    createdAt: draft.createdAt,
    text,
    offsets,
    sha256: hash,
    annotations,
    relations: [],
    comments: [],
  };
  const idOf = (ref: string): string | null => {
    const annotation = byRef.get(ref);
    if (annotation === undefined) return null;
    annotation.id ??= newId();
    return annotation.id;
  };
  addRelations(document, draft, idOf, limits, report);
  addComments(document, draft, idOf, limits, report);
  return { document: report.refused ? null : document, problems: report.problems() };
}

/** Collects problems, the first of them word by word. */
class Report {
  refused = false;
  readonly #problems: Problem[];
  #more: number;

  constructor(problems: readonly Problem[]) {
    const errors = problems.filter(({ severity }) => severity === "error");
    const told =
      problems.length <= MAX_PROBLEMS
        ? problems
        : [...errors, ...problems.filter(({ severity }) => severity !== "error")];
    this.#problems = told.slice(0, MAX_PROBLEMS);
    this.#more = problems.length - this.#problems.length;
    this.refused = errors.length > 0;
  }

  /** Whether the document is refused and no further reason would be named. */
  get isFull(): boolean {
    return this.refused && this.#problems.length >= MAX_PROBLEMS;
  }

  error(place: FilePlace, message: string): void {
    this.refused = true;
    this.#add(place, message, errorAt);
  }

  warn(place: FilePlace, message: string): void {
    this.#add(place, message, warningAt);
  }

  /** A place may take time to work out, so it is asked for only where it is told. */
  #add(place: FilePlace, message: string, made: typeof errorAt): void {
    if (this.#problems.length < MAX_PROBLEMS) this.#problems.push(made(place, message));
    else this.#more++;
  }

  /** Refuses what is too long or can't be stored. */
  text(value: string, max: number, place: FilePlace, what: () => string): void {
    const length = value.length <= max ? value.length : codePointLength(value);
    if (length > max) this.error(place, `${what()} has ${length} characters; at most ${max} are accepted.`);
    const found = findUnstorable(value);
    if (found !== null)
      this.error(
        place,
        `${what()} has a ${found.what} at position ${found.position} (counted in code points), which can't be stored.`,
      );
  }

  problems(): Problem[] {
    const [first] = this.#problems;
    if (this.#more === 0 || first === undefined) return this.#problems;
    const more = `${this.#more} more of such problems in this document.`;
    return [...this.#problems, { ...first, message: more, severity: "warning" }];
  }
}

function finishAnnotation(
  { ref, fragments: stated, quote, prefix, suffix, place, ...rest }: DraftAnnotation,
  anchor: Anchor,
  length: number,
  limits: ReadLimits,
  report: Report,
): CorpusAnnotation | null {
  // Only what is wrong is named.
  const name = () => `${shown(rest.label)} at ${stated === null ? "no position" : pairsText(stated)}`;
  report.text(rest.label, limits.name, place, () => `The label of ${name()}`);
  if (rest.label.trim() === "") report.error(place, `${name()} has no label.`);
  report.text(rest.note, limits.note, place, () => `The note of ${name()}`);
  for (const [key, value] of Object.entries(rest.attributes)) {
    report.text(key, limits.name, place, () => `An attribute's name of ${name()}`);
    if (typeof value === "string")
      report.text(value, limits.json, place, () => `The attribute ${shown(key)} of ${name()}`);
  }
  if (JSON.stringify(rest.attributes).length > limits.json)
    report.error(place, `The attributes of ${name()} are more than ${limits.json} characters of JSON.`);
  const anchored = anchor.place({
    fragments: stated === null ? null : inOrder(stated),
    quote,
    prefix,
    suffix,
  });
  if (anchored.fragments === null) {
    report.error(
      place,
      `${name()} can't be placed: ${quote === null ? "it" : shown(quote)} ${anchored.why}.`,
    );
    return null;
  }
  const fragments = anchored.fragments;
  const problem = checkFragments(fragments, length);
  if (problem !== null) {
    report.error(place, `${name()} is no place in the text: ${problem.message}`);
    return null;
  }
  if (anchored.how !== null)
    report.warn(place, `${name()} was moved to ${pairsText(fragments)}: ${anchored.how} (${shown(quote)}).`);
  return { ...rest, fragments };
}

/** In text order; fragments that touch are one. */
function inOrder(fragments: readonly Fragment[]): Fragment[] {
  const sorted = fragments.toSorted((a, b) => a.start - b.start || a.end - b.end);
  const joined: Fragment[] = [];
  for (const { start, end } of sorted) {
    const last = joined.at(-1);
    if (last !== undefined && last.end === start && end > start) last.end = end;
    else joined.push({ start, end });
  }
  return joined;
}

function pairsText(fragments: readonly Fragment[]): string {
  const some = fragments.slice(0, 3).map(({ start, end }) => `${start}–${end}`);
  return fragments.length > 3 ? `${some.join(", ")} …` : some.join(", ");
}

function titleOf({ title, place }: Draft, limits: ReadLimits, report: Report): string {
  const trimmed = title.trim() === "" ? "Untitled" : title;
  const points = Array.from(trimmed.slice(0, limits.title * 2 + 2));
  const cut = points.length > limits.title ? points.slice(0, limits.title).join("") : trimmed;
  if (cut !== trimmed) report.warn(place, `The title is longer than ${limits.title} characters and was cut.`);
  report.text(cut, limits.title, place, () => "The title");
  return cut;
}

function sourceIdOf({ sourceId, place }: Draft, limits: ReadLimits, report: Report): string | null {
  if (sourceId !== null) report.text(sourceId, limits.sourceId, place, () => "The source id");
  return sourceId;
}

function languageOf({ language, place }: Draft, report: Report): string | null {
  if (language === null || language === "") return null;
  try {
    Intl.getCanonicalLocales(language);
    return language;
  } catch {
    report.warn(place, `${shown(language)} is no language tag such as "en" or "zh-Hant" and was left out.`);
    return null;
  }
}

function metadataOf(
  { metadata, place }: Draft,
  limits: ReadLimits,
  report: Report,
): Record<string, JsonValue> {
  const json = JSON.stringify(metadata);
  if (json.length > limits.json)
    report.error(
      place,
      `The metadata are ${json.length} characters of JSON; at most ${limits.json} are accepted.`,
    );
  // Escaped in JSON, and so not found as they are.
  else if (/\\u0000|\\ud[89a-f]/i.test(json)) checkStorable(metadata, place, report);
  return metadata;
}

function checkStorable(value: JsonValue | undefined, place: FilePlace, report: Report): void {
  if (typeof value === "string") {
    if (findUnstorable(value) !== null)
      report.error(place, `The metadata hold ${shown(value)}, which can't be stored.`);
  } else if (typeof value === "object" && value !== null)
    for (const [key, item] of Object.entries(value)) {
      checkStorable(key, place, report);
      checkStorable(item, place, report);
    }
}

function addRelations(
  document: CorpusDocument,
  draft: Draft,
  idOf: (ref: string) => string | null,
  limits: ReadLimits,
  report: Report,
): void {
  const links = new Set<string>();
  for (const { place, source: from, target: to, ...rest } of draft.relations) {
    const source = idOf(from);
    const target = idOf(to);
    const name = () => `The relation ${shown(rest.type)} from ${shown(from)} to ${shown(to)}`;
    report.text(rest.type, limits.name, place, () => `The type of ${name()}`);
    if (rest.type.trim() === "") report.error(place, `${name()} has no type.`);
    if (source === null || target === null) {
      report.error(
        place,
        `${name()} leads to an annotation that is not there: ${shown(source === null ? from : to)}.`,
      );
      continue;
    }
    const link = JSON.stringify([rest.type, source, target]);
    if (source === target)
      report.warn(place, `${name()} was left out: an annotation can't be linked with itself.`);
    else if (links.has(link)) report.warn(place, `${name()} was left out: it is there twice.`);
    else document.relations.push({ ...rest, source, target });
    links.add(link);
  }
}

function addComments(
  document: CorpusDocument,
  draft: Draft,
  idOf: (ref: string) => string | null,
  limits: ReadLimits,
  report: Report,
): void {
  for (const { place, annotation: ref, ...rest } of draft.comments) {
    const annotation = idOf(ref);
    report.text(rest.body, limits.comment, place, () => "A comment");
    if (annotation === null) report.error(place, `A comment is about ${shown(ref)}, which is not there.`);
    else if (rest.body.trim() !== "") document.comments.push({ ...rest, annotation });
  }
}
