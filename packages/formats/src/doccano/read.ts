/** Reads doccano's lines: `label` or `labels` as triples, or `entities` and `relations`. */
import { isMembers, type Members, shown } from "../checks.ts";
import type { Problem } from "../corpus.ts";
import { draftAnnotation, emptyDraft } from "../draft.ts";
import type { Draft, DraftAnnotation, FilePlace, Found, InputFile, ReadOptions } from "../format.ts";
import { type JsonItem, jsonItems } from "../json-items.ts";
import { attributeMembers, jsonMembers, textOrNull } from "../json-value.ts";
import { titleOfPath } from "../path.ts";
import { errorAt, warningAt } from "../problem.ts";
import { OWN_MEMBERS } from "./write.ts";

/** What doccano itself has in a line; all else is metadata. */
const KNOWN = new Set([
  "id",
  "text",
  "data",
  "label",
  "labels",
  "entities",
  "relations",
  "meta",
  "Comments",
  OWN_MEMBERS,
]);

/** One document a line, or a list of them. */
export async function* readDoccano(
  file: InputFile,
  _options: ReadOptions,
): AsyncGenerator<Found, void, undefined> {
  let number = 0;
  for await (const item of jsonItems(file.bytes, { lines: true })) {
    number++;
    yield foundIn(item, `${titleOfPath(file.path)} ${number}`);
  }
}

function foundIn(item: JsonItem, title: string): Found {
  const place = { line: item.line, column: item.column };
  const refused = (problem: Problem): Found => ({
    kind: "document",
    document: null,
    place,
    problems: [problem],
  });
  if ("problem" in item) return refused(item.problem);
  const of = item.value;
  if (!isMembers(of)) return refused(errorAt(place, "A document is an object with a text."));
  const text = of.text ?? of.data;
  if (typeof text !== "string")
    return refused(
      errorAt(place, `There is no text in this line: a member "text" was expected, not ${shown(text)}.`),
    );
  const draft = emptyDraft(title, text, place);
  fillIn(draft, of);
  const entities = listOf(draft, of, "entities");
  const triples = [...listOf(draft, of, "label"), ...listOf(draft, of, "labels")];
  for (const [index, value] of [...entities, ...triples].entries()) addSpan(draft, value, index, place);
  for (const value of listOf(draft, of, "relations")) addRelation(draft, value, place);
  return { kind: "draft", draft };
}

/** Title and the rest, as a Concord export has them; else whatever doccano calls metadata. */
function fillIn(draft: Draft, of: Members): void {
  const own = isMembers(of[OWN_MEMBERS]) ? of[OWN_MEMBERS] : {};
  draft.title = textOrNull(own.title) ?? draft.title;
  draft.sourceId = textOrNull(own.sourceId);
  draft.language = textOrNull(own.language);
  draft.sha256 = textOrNull(own.sha256);
  const { meta } = of;
  const others = Object.entries(of).filter(([key]) => !KNOWN.has(key));
  draft.metadata = jsonMembers({
    ...Object.fromEntries(others),
    ...(isMembers(meta) ? meta : meta == null ? {} : { meta }),
  });
  const comments = Array.isArray(of.Comments) ? of.Comments.length : 0;
  if (comments > 0)
    draft.problems.push(
      warningAt(draft.place, `Comments on the document as a whole are left out (${comments}).`),
    );
}

function listOf(draft: Draft, of: Members, key: string): unknown[] {
  const value = of[key];
  if (value == null) return [];
  if (Array.isArray(value)) return value;
  draft.problems.push(errorAt(draft.place, `"${key}" must be a list, not ${shown(value)}.`));
  return [];
}

function addSpan(draft: Draft, value: unknown, index: number, place: FilePlace): void {
  const span = Array.isArray(value)
    ? spanOf({ start_offset: value[0], end_offset: value[1], label: value[2] }, index, place)
    : isMembers(value)
      ? spanOf(value, index, place)
      : null;
  if (span !== null) draft.annotations.push(span);
  else
    draft.problems.push(
      errorAt(
        place,
        `A label is [start, end, "label"] or an object with start_offset, end_offset and label, not ${shown(JSON.stringify(value))}.`,
      ),
    );
}

function spanOf(of: Members, index: number, place: FilePlace): DraftAnnotation | null {
  const { start_offset: start, end_offset: end, label } = of;
  if (typeof start !== "number" || typeof end !== "number" || typeof label !== "string") return null;
  const ref = typeof of.id === "number" || typeof of.id === "string" ? String(of.id) : `#${index}`;
  const fragments = isPairs(of.fragments)
    ? of.fragments.map(([from, to]) => ({ start: from, end: to }))
    : [{ start, end }];
  const span = draftAnnotation(ref, label, fragments, typeof of.quote === "string" ? of.quote : null, place);
  if (typeof of.note === "string") span.note = of.note;
  span.attributes = attributeMembers(of.attributes);
  return span;
}

function isPairs(value: unknown): value is [number, number][] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every(
      (pair) => Array.isArray(pair) && pair.length === 2 && pair.every((end) => typeof end === "number"),
    )
  );
}

function addRelation(draft: Draft, value: unknown, place: FilePlace): void {
  if (!isMembers(value) || value.from_id == null || value.to_id == null || typeof value.type !== "string") {
    draft.problems.push(
      errorAt(place, `A relation has from_id, to_id and type: ${shown(JSON.stringify(value))}.`),
    );
    return;
  }
  const ends = { source: String(value.from_id), target: String(value.to_id) };
  draft.relations.push({ id: null, type: value.type, ...ends, createdBy: null, createdAt: null, place });
}
