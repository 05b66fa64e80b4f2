/** Reads a CAS: a document for each text in it, layers as labels, features as attributes. Positions are UTF-16 units. */
import { createOffsetMap, type Fragment, type OffsetMap } from "@concord/core";
import { isMembers, type Members, shown } from "../checks.ts";
import { draftAnnotation, emptyDraft } from "../draft.ts";
import type { Draft, FilePlace, Found, InputFile } from "../format.ts";
import { jsonItems } from "../json-items.ts";
import { Places } from "../json-parse.ts";
import { attributeMembers, isJson, jsonMembers, textOrNull } from "../json-value.ts";
import { titleOfPath } from "../path.ts";
import { errorAt, warningAt } from "../problem.ts";
import { fromIdentifier, RELATION_TYPES, SPAN_TYPES } from "./names.ts";
import { DOCUMENT_TYPE } from "./write.ts";

/** A feature structure with where it stands in the file. */
interface Structure {
  id: string;
  of: Members;
  type: string;
  place: FilePlace;
}

const SOFA_TYPE = "uima.cas.Sofa";

/** Layers that say how a text is built or how a tool works, not what was annotated. */
const APPARATUS =
  /^(?:de\.tudarmstadt\.ukp\.(?:dkpro\.core\.api\.(?:segmentation|metadata)|clarin\.webanno\.api|inception)|org\.dkpro\.core\.api\.xml)\.|^uima\.(?!tcas\.Annotation$)/;

/** Features that name a relation's type, as INCEpTION's own layers have them. */
const TYPE_FEATURES = ["DependencyType", "relationType", "role", "value", "label"];

/** One document for each sofa that has a text. */
export async function* readCas(file: InputFile): AsyncGenerator<Found, void, undefined> {
  for await (const item of jsonItems(file.bytes, { whole: true })) {
    const start = { line: item.line, column: item.column };
    const refuse = (message: string): Found => ({
      kind: "document",
      document: null,
      place: start,
      problems: [errorAt(start, message)],
    });
    if ("problem" in item) {
      yield { kind: "document", document: null, place: start, problems: [item.problem] };
      continue;
    }
    if (!isMembers(item.value)) {
      yield refuse("A CAS is an object with %TYPES, %FEATURE_STRUCTURES and %VIEWS.");
      continue;
    }
    const structures = structuresOf(item.value, item);
    const sofas = structures.filter(({ type }) => type === SOFA_TYPE);
    const texts = sofas.filter(({ of }) => typeof of.sofaString === "string");
    if (texts.length === 0)
      yield refuse(
        sofas.length === 0
          ? "The CAS is empty: it has no text."
          : "The CAS has no text of its own, only the address of one.",
      );
    for (const [index, sofa] of texts.entries()) {
      const title = titleOfPath(file.path) + (index === 0 ? "" : ` ${String(sofa.of.sofaID ?? index + 1)}`);
      yield { kind: "draft", draft: new CasReader(structures, sofa, title).read() };
    }
  }
}

/** A list, or an object by id. */
function structuresOf(cas: Members, item: { json: string; line: number; column: number }): Structure[] {
  const all = cas["%FEATURE_STRUCTURES"];
  const root = { up: null, key: "%FEATURE_STRUCTURES" };
  const places = new Places(item);
  const entries: [string | number, unknown][] = Array.isArray(all)
    ? [...all.entries()]
    : isMembers(all)
      ? Object.entries(all)
      : [];
  return entries.flatMap(([key, of]) => {
    if (!isMembers(of)) return [];
    const id = String(of["%ID"] ?? key);
    const type = textOrNull(of["%TYPE"]) ?? "";
    // Every document's own place is asked for, which should not have all others worked out.
    const place = (type === SOFA_TYPE ? new Places(item) : places).of({ up: root, key });
    return [{ id, of, type, place }];
  });
}

class CasReader {
  readonly #structures: readonly Structure[];
  readonly #byId: ReadonlyMap<string, Structure>;
  readonly #sofa: Structure;
  readonly #draft: Draft;
  readonly #offsets: OffsetMap;
  readonly #names: ReadonlyMap<string, string>;
  readonly #leftOut = new Map<string, number>();
  readonly #spans = new Set<string>();

  constructor(structures: readonly Structure[], sofa: Structure, title: string) {
    this.#structures = structures;
    this.#byId = new Map(structures.map((structure) => [structure.id, structure]));
    this.#sofa = sofa;
    const text = textOrNull(sofa.of.sofaString) ?? "";
    this.#draft = emptyDraft(title, text, sofa.place);
    this.#offsets = createOffsetMap(text);
    this.#names = shortNames(structures.map(({ type }) => type));
  }

  read(): Draft {
    const own = this.#structures.filter(
      ({ of, type }) => type === DOCUMENT_TYPE || String(of["@sofa"]) === this.#sofa.id,
    );
    const spans = own.filter((structure) => this.#isSpan(structure));
    for (const { id } of spans) this.#spans.add(id);
    for (const structure of own) {
      if (this.#spans.has(structure.id)) this.#span(structure);
      else if (isRelation(structure.of)) this.#relation(structure);
      else this.#aboutDocument(structure);
    }
    if (this.#leftOut.size > 0) {
      const names = [...this.#leftOut].map(([type, count]) => `${type} (${count})`);
      this.#draft.problems.push(
        warningAt(
          this.#draft.place,
          `Layers that say how the text is built are left out: ${names.join(", ")}.`,
        ),
      );
    }
    return this.#draft;
  }

  #isSpan({ of, type }: Structure): boolean {
    return (
      typeof of.begin === "number" && typeof of.end === "number" && !APPARATUS.test(type) && !isRelation(of)
    );
  }

  /** Title, language and the like; whatever else is no span is only counted. */
  #aboutDocument({ of, type }: Structure): void {
    const draft = this.#draft;
    if (type === DOCUMENT_TYPE) {
      draft.title = textOrNull(of.title) ?? draft.title;
      draft.sourceId = textOrNull(of.sourceId);
      draft.language = textOrNull(of.language);
      draft.sha256 = textOrNull(of.sha256);
      draft.metadata = jsonMembers(parsed(textOrNull(of.metadata) ?? "{}"));
    } else if (type.endsWith(".DocumentMetaData") || type === "uima.tcas.DocumentAnnotation") {
      draft.title = textOrNull(of.documentTitle) ?? draft.title;
      draft.sourceId ??= textOrNull(of.documentId);
      const language = textOrNull(of.language);
      if (language !== null && language !== "x-unspecified") draft.language ??= language;
    } else this.#leftOut.set(shortName(type), (this.#leftOut.get(shortName(type)) ?? 0) + 1);
  }

  #span({ id, of, type, place }: Structure): void {
    const fragments = this.#fragments(of, place);
    if (fragments === null) return;
    const label = this.#names.get(type) ?? type;
    const span = draftAnnotation(id, label, fragments, textOrNull(of.concord_quote), place);
    span.note = textOrNull(of.concord_note) ?? "";
    const lost: string[] = [];
    for (const [key, value] of Object.entries(of)) {
      if (/^[%^]/.test(key) || OWN_FEATURES.has(key) || value === null) continue;
      if (key.startsWith("@")) this.#reference(id, key.slice(1), String(value), place);
      else {
        const name = fromIdentifier(key.replace(/^#/, ""));
        const [attribute] = Object.values(attributeMembers({ [name]: value }));
        if (attribute === undefined) lost.push(name);
        else span.attributes[name] = attribute;
      }
    }
    if (lost.length > 0)
      this.#draft.problems.push(
        warningAt(place, `Features with several values are left out: ${lost.join(", ")}.`),
      );
    this.#draft.annotations.push(span);
  }

  /** In code points; the parts of a span that has several are written beside it. */
  #fragments(of: Members, place: FilePlace): Fragment[] | null {
    const pairs = textOrNull(of.concord_fragments)
      ?.split(" ")
      .map((pair) => pair.split("-").map(Number)) ?? [[of.begin, of.end]];
    const fragments: Fragment[] = [];
    for (const [begin, end] of pairs) {
      const { lengthUtf16 } = this.#offsets;
      const isIn = (position: unknown): position is number =>
        typeof position === "number" &&
        Number.isInteger(position) &&
        position >= 0 &&
        position <= lengthUtf16;
      if (!isIn(begin) || !isIn(end)) {
        this.#draft.problems.push(
          errorAt(
            place,
            `begin and end are from 0 to ${lengthUtf16}, the text's length in UTF-16 units; they are ${shown(begin)} and ${shown(end)}.`,
          ),
        );
        return null;
      }
      fragments.push({ start: this.#offsets.toCodePoint(begin), end: this.#offsets.toCodePoint(end) });
    }
    // Marks nothing; UIMA has such, and a corpus none.
    if (fragments.length === 1 && fragments[0]?.start === fragments[0]?.end) {
      this.#draft.problems.push(
        warningAt(place, `An annotation without any text at ${String(of.begin)} is left out.`),
      );
      return null;
    }
    return fragments;
  }

  /** A feature that leads to another annotation, or to a list of links with roles. */
  #reference(source: string, feature: string, id: string, place: FilePlace): void {
    if (feature === "sofa") return;
    const target = this.#byId.get(id);
    if (target === undefined) return;
    if (this.#spans.has(id)) {
      this.#link(fromIdentifier(feature), source, id, place);
      return;
    }
    const elements = target.of["%ELEMENTS"];
    for (const element of Array.isArray(elements) ? elements : []) {
      const link = this.#byId.get(String(element));
      if (this.#spans.has(String(element)))
        this.#link(fromIdentifier(feature), source, String(element), place);
      else if (link !== undefined && this.#spans.has(String(link.of["@target"])))
        this.#link(
          textOrNull(link.of.role) || fromIdentifier(feature),
          source,
          String(link.of["@target"]),
          link.place,
        );
    }
  }

  #relation({ of, type, place }: Structure): void {
    const [source, target] = [
      String(of["@Governor"] ?? of["@source"]),
      String(of["@Dependent"] ?? of["@target"]),
    ];
    if (!this.#spans.has(source) || !this.#spans.has(target)) {
      const kind = shortName(type);
      this.#leftOut.set(kind, (this.#leftOut.get(kind) ?? 0) + 1);
      return;
    }
    const named = TYPE_FEATURES.map((feature) => textOrNull(of[feature])).find(
      (value) => value !== null && value !== "",
    );
    this.#link(
      type.startsWith(RELATION_TYPES)
        ? (this.#names.get(type) ?? type)
        : (named ?? this.#names.get(type) ?? type),
      source,
      target,
      place,
    );
  }

  #link(type: string, source: string, target: string, place: FilePlace): void {
    this.#draft.relations.push({ id: null, type, source, target, createdBy: null, createdAt: null, place });
  }
}

const OWN_FEATURES = new Set(["begin", "end", "@sofa", "concord_note", "concord_quote", "concord_fragments"]);

function isRelation(of: Members): boolean {
  return (
    (of["@Governor"] !== undefined && of["@Dependent"] !== undefined) ||
    (of["@source"] !== undefined && of["@target"] !== undefined)
  );
}

function shortName(type: string): string {
  return type.slice(type.lastIndexOf(".") + 1);
}

/** Layers by the last part of their names, or by all of it where two share that. */
function shortNames(types: readonly string[]): Map<string, string> {
  const names = new Map<string, string>();
  const given = new Map<string, string>();
  for (const type of new Set(types)) {
    const isOwn = type.startsWith(SPAN_TYPES) || type.startsWith(RELATION_TYPES);
    const short = isOwn ? fromIdentifier(shortName(type)) : shortName(type);
    const holder = given.get(short);
    names.set(type, holder === undefined || isOwn ? short : type);
    if (holder === undefined) given.set(short, type);
  }
  return names;
}

function parsed(json: string): unknown {
  try {
    const value: unknown = JSON.parse(json);
    return isJson(value) ? value : {};
  } catch {
    return {};
  }
}
