/** Reads Label Studio's tasks: regions of a text as annotations, what hangs on them as attributes. */
import { createOffsetMap, type Fragment, type OffsetMap } from "@concord/core";
import { isMembers, type Members, type Path, shown } from "../checks.ts";
import type { CorpusUser } from "../corpus.ts";
import { draftAnnotation, emptyDraft } from "../draft.ts";
import type { Draft, DraftAnnotation, FilePlace, Found, InputFile } from "../format.ts";
import { type JsonItem, jsonItems } from "../json-items.ts";
import { Places } from "../json-parse.ts";
import { jsonMembers, textOrNull, timeOrNull } from "../json-value.ts";
import { titleOfPath } from "../path.ts";
import { errorAt, warningAt } from "../problem.ts";
import { sha256 } from "../sha256.ts";

type GoodItem = Extract<JsonItem, { value: unknown }>;

/** Members of a task's data that are no metadata. */
const OWN_DATA = new Set(["title", "sourceId", "language", "sha256", "offsets", "metadata"]);

/** One document a task. */
export async function* readLabelStudio(file: InputFile): AsyncGenerator<Found, void, undefined> {
  let number = 0;
  for await (const item of jsonItems(file.bytes)) {
    number++;
    const place = { line: item.line, column: item.column };
    const refuse = (message: string): Found => ({
      kind: "document",
      document: null,
      place,
      problems: [errorAt(place, message)],
    });
    if ("problem" in item) yield { kind: "document", document: null, place, problems: [item.problem] };
    else if (!isMembers(item.value) || !isMembers(item.value.data))
      yield refuse('A task is an object with "data" in it.');
    else {
      const field = textField(item.value.data);
      if (field === null) {
        yield refuse(
          "The task has no text in its data; images, sound and tables of other things are not read.",
        );
        continue;
      }
      const reader = new TaskReader(
        item,
        item.value,
        item.value.data,
        field,
        `${titleOfPath(file.path)} ${number}`,
      );
      const draft = await reader.read();
      if (reader.users.size > 0)
        yield { kind: "words", words: { users: [...reader.users.values()] }, problems: [] };
      yield { kind: "draft", draft };
    }
  }
}

/** Which member of the data is the text: `text`, else the longest that is no address. */
function textField(data: Members): string | null {
  if (typeof data.text === "string") return "text";
  let longest: string | null = null;
  for (const [key, value] of Object.entries(data)) {
    if (typeof value !== "string" || OWN_DATA.has(key) || /^(?:https?:|s3:|gs:|data:|\/)/.test(value))
      continue;
    if (longest === null || value.length > String(data[longest]).length) longest = key;
  }
  return longest;
}

/** The annotations of one person, or the predictions of one model. */
interface Group {
  prefix: string;
  isPrediction: boolean;
  author: string | null;
  createdAt: string | null;
  updatedAt: string | null;
  path: Path;
}

class TaskReader {
  readonly users = new Map<string, CorpusUser>();
  readonly #places: Places;
  readonly #task: Members;
  readonly #draft: Draft;
  readonly #offsets: OffsetMap;
  readonly #regions = new Map<string, DraftAnnotation[]>();
  readonly #leftOut = new Map<string, number>();

  constructor(item: GoodItem, task: Members, data: Members, field: string, title: string) {
    this.#places = new Places(item);
    this.#task = task;
    const text = textOrNull(data[field]) ?? "";
    this.#draft = emptyDraft(textOrNull(data.title) ?? title, text, { line: item.line, column: item.column });
    this.#draft.sourceId = textOrNull(data.sourceId);
    this.#draft.language = textOrNull(data.language);
    this.#draft.sha256 = textOrNull(data.sha256);
    const others = Object.entries(data).filter(([key]) => key !== field && !OWN_DATA.has(key));
    Object.assign(this.#draft.metadata, jsonMembers(Object.fromEntries(others)), jsonMembers(data.metadata));
    this.#offsets = createOffsetMap(text);
  }

  async read(): Promise<Draft> {
    for (const key of ["annotations", "completions", "predictions"]) {
      const list = this.#task[key];
      for (const [index, value] of (Array.isArray(list) ? list : []).entries()) {
        if (!isMembers(value)) continue;
        if (value.was_cancelled === true || value.skipped === true)
          this.#leave("annotations that were cancelled");
        else await this.#group(value, key, index);
      }
    }
    for (const key of ["drafts", "comments"]) {
      const list = this.#task[key];
      if (Array.isArray(list)) for (const _one of list) this.#leave(key);
    }
    if (this.#leftOut.size > 0) {
      const what = [...this.#leftOut].map(([kind, count]) => `${kind} (${count})`);
      this.#draft.problems.push(warningAt(this.#draft.place, `Left out: ${what.join(", ")}.`));
    }
    return this.#draft;
  }

  #leave(what: string): void {
    this.#leftOut.set(what, (this.#leftOut.get(what) ?? 0) + 1);
  }

  async #group(value: Members, key: string, index: number): Promise<void> {
    const isPrediction = key === "predictions";
    const group: Group = {
      prefix: `${key}/${index}/`,
      isPrediction,
      author: isPrediction ? null : await this.#author(value.completed_by),
      createdAt: timeOrNull(value.created_at),
      updatedAt: timeOrNull(value.updated_at),
      path: { up: { up: { up: null, key }, key: index }, key: "result" },
    };
    if (Array.isArray(value.reviews)) for (const _one of value.reviews) this.#leave("reviews");
    const results = Array.isArray(value.result) ? value.result : [];
    const rest: [Members, FilePlace][] = [];
    for (const [number, result] of results.entries()) {
      if (!isMembers(result)) continue;
      const place = this.#places.of({ up: group.path, key: number });
      if (result.type === "labels" || result.type === "hypertextlabels" || result.type === "paragraphlabels")
        this.#region(result, group, place);
      else rest.push([result, place]);
    }
    for (const [result, place] of rest) this.#aboutRegion(result, group, place);
  }

  /** People have numbers or addresses there; ids here are made of those, so that the same person stays the same. */
  async #author(by: unknown): Promise<string | null> {
    if (by == null) return null;
    const of = isMembers(by) ? by : { id: by };
    const name =
      textOrNull(of.email) ||
      [of.first_name, of.last_name].filter(Boolean).join(" ") ||
      `Label Studio user ${String(of.id)}`;
    const hash = await sha256(`label-studio:${String(of.email ?? of.id)}`);
    const id = `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
    this.users.set(id, { id, name });
    return id;
  }

  #region(result: Members, group: Group, place: FilePlace): void {
    const value = isMembers(result.value) ? result.value : {};
    const meta = isMembers(result.meta) ? result.meta : {};
    const quote = textOrNull(meta.quote) ?? textOrNull(value.text);
    const fragments = this.#fragments(value, meta, quote);
    if (fragments === null) {
      this.#draft.problems.push(
        errorAt(
          place,
          `A region has start and end from 0 to ${this.#offsets.lengthUtf16}, the text's length in UTF-16 units, not ${shown(value.start)} and ${shown(value.end)}.`,
        ),
      );
      return;
    }
    const ref = group.prefix + String(result.id);
    const labels = value[String(result.type)];
    const made = (Array.isArray(labels) ? labels : []).map((label, index) => {
      const span = draftAnnotation(
        index === 0 ? ref : `${ref}#${index}`,
        String(label),
        fragments,
        quote,
        place,
      );
      const notes = Array.isArray(meta.text) ? meta.text : [meta.text];
      span.note = notes.filter((note) => typeof note === "string").join("\n");
      span.origin = group.isPrediction ? "SUGGESTION" : "IMPORT";
      span.createdBy = group.author;
      span.updatedBy = group.author;
      span.createdAt = group.createdAt;
      span.updatedAt = group.updatedAt;
      return span;
    });
    if (made.length === 0) this.#leave("regions without a label");
    this.#draft.annotations.push(...made);
    this.#regions.set(ref, made);
  }

  /** Positions come from a browser, in UTF-16 units, or from somebody's Python, in code points: the quote tells. */
  #fragments(value: Members, meta: Members, quote: string | null): Fragment[] | null {
    const global = isMembers(value.globalOffsets) ? value.globalOffsets : value;
    const pairs = Array.isArray(meta.fragments) ? meta.fragments : [[global.start, global.end]];
    const raw: Fragment[] = [];
    for (const pair of pairs) {
      const [start, end] = Array.isArray(pair) ? pair.map(Number) : [];
      if (start === undefined || end === undefined || !Number.isInteger(start) || !Number.isInteger(end))
        return null;
      if (start < 0 || end > this.#offsets.lengthUtf16) return quote === null ? null : [{ start, end }];
      raw.push({ start, end });
    }
    const [first] = raw;
    const isPoints =
      first !== undefined &&
      raw.length === 1 &&
      quote !== null &&
      first.end <= this.#offsets.length &&
      this.#offsets.slice(first.start, Math.max(first.start, first.end)) === quote;
    const converted = raw.map(({ start, end }) => ({
      start: this.#offsets.toCodePoint(start),
      end: this.#offsets.toCodePoint(end),
    }));
    const [own] = converted;
    const isUnits =
      own !== undefined &&
      quote !== null &&
      this.#offsets.slice(own.start, Math.max(own.start, own.end)) === quote;
    return isPoints && !isUnits ? raw : converted;
  }

  #aboutRegion(result: Members, group: Group, place: FilePlace): void {
    const type = String(result.type);
    if (type === "relation") {
      this.#relation(result, group, place);
      return;
    }
    const value = isMembers(result.value) ? result.value : {};
    const given = value[type] ?? value.choices ?? value.text ?? value.number ?? value.rating;
    const regions = this.#regions.get(group.prefix + String(result.id));
    const key = textOrNull(result.from_name) ?? type;
    if (given === undefined || (typeof given === "object" && !Array.isArray(given)))
      this.#leave(`${type} results`);
    else if (regions === undefined && ("start" in value || "x" in value)) this.#leave(`${type} regions`);
    else if (regions === undefined) this.#draft.metadata[key] = jsonMembers({ given }).given ?? null;
    else {
      const isFlag = isMembers(result.meta) && result.meta.kind === "boolean";
      for (const region of regions) region.attributes[key] = attributeOf(given, isFlag);
    }
  }

  #relation(result: Members, group: Group, place: FilePlace): void {
    const [from, to] = [group.prefix + String(result.from_id), group.prefix + String(result.to_id)];
    const ends = result.direction === "left" ? { source: to, target: from } : { source: from, target: to };
    const labels =
      Array.isArray(result.labels) && result.labels.length > 0 ? result.labels.map(String) : ["related"];
    if (result.direction === "bi") this.#leave("that relations go both ways");
    for (const type of labels)
      this.#draft.relations.push({
        id: null,
        type,
        ...ends,
        createdBy: group.author,
        createdAt: group.createdAt,
        place,
      });
  }
}

function attributeOf(given: unknown, isFlag: boolean): boolean | number | string {
  const values = Array.isArray(given) ? given : [given];
  const [first] = values;
  if (isFlag) return first === "true";
  if (values.length === 1 && typeof first === "number") return first;
  return values.map((value) => (typeof value === "string" ? value : JSON.stringify(value))).join("; ");
}
