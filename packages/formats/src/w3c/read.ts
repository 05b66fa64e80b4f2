/** Reads Web Annotations: one, a list, a page or a collection; bodies by their purpose, targets by their selectors. */
import type { Fragment } from "@concord/core";
import { isMembers, type Members, type Path, shown } from "../checks.ts";
import type { CorpusUser } from "../corpus.ts";
import { readText } from "../decode.ts";
import { draftAnnotation, emptyDraft } from "../draft.ts";
import type { Draft, FilePlace, Found, InputFile } from "../format.ts";
import { type JsonItem, jsonItems } from "../json-items.ts";
import { Places } from "../json-parse.ts";
import { attributeMembers, textOrNull, timeOrNull } from "../json-value.ts";
import { titleOfPath } from "../path.ts";
import { errorAt, NOWHERE, Unreadable, warningAt } from "../problem.ts";
import { ATTRIBUTES, URN } from "./write.ts";

const MAX_BYTES = 256 * 1024 * 1024;

/** An annotation with where it stands. */
interface Stated {
  of: Members;
  place: FilePlace;
}

/** A text with the annotations beside it. */
export async function* readWebAnnotations(file: InputFile): AsyncGenerator<Found, void, undefined> {
  const partner = file.partners.get(".jsonld");
  if (partner === undefined)
    throw new Unreadable(
      NOWHERE,
      "These are annotations without their text: Web Annotation only names it. Put both into a zip, as NAME.txt and NAME.jsonld.",
    );
  const { text } = await readText(file.bytes, MAX_BYTES, file.tellEncoding);
  const draft = emptyDraft(titleOfPath(file.path), text, { line: 1, column: 1 });
  const reader = new Reader(draft);
  for await (const item of jsonItems(once(partner.bytes))) {
    if ("problem" in item) draft.problems.push({ ...item.problem, file: partner.path });
    else for (const stated of annotationsIn(item, partner.path)) reader.annotation(stated);
  }
  reader.finish();
  if (reader.users.size > 0)
    yield { kind: "words", words: { users: [...reader.users.values()] }, problems: [] };
  yield { kind: "draft", draft };
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
  yield bytes;
}

/** One annotation, or those of a page, a collection with its first page in it, or a graph. */
function annotationsIn(item: Extract<JsonItem, { value: unknown }>, file: string): Stated[] {
  const found: Stated[] = [];
  const places = new Places(item, file);
  const walk = (value: unknown, path: Path | null, depth: number) => {
    if (Array.isArray(value)) {
      for (const [key, member] of value.entries()) walk(member, { up: path, key }, depth);
      return;
    }
    if (!isMembers(value) || depth > 3) return;
    if (value.target !== undefined) found.push({ of: value, place: places.of(path) });
    else
      for (const key of ["items", "first", "@graph"])
        if (value[key] !== undefined) walk(value[key], { up: path, key }, depth + 1);
  };
  walk(item.value, null, 0);
  return found;
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : value == null ? [] : [value];
}

class Reader {
  readonly users = new Map<string, CorpusUser>();
  readonly #draft: Draft;
  readonly #links: Stated[] = [];

  constructor(draft: Draft) {
    this.#draft = draft;
  }

  annotation(stated: Stated): void {
    const { of, place } = stated;
    if (listOf(of.motivation).includes("linking")) {
      this.#links.push(stated);
      return;
    }
    const ref = textOrNull(of.id) ?? `#${this.#draft.annotations.length}`;
    const bodies = listOf(of.body).filter(isMembers);
    const purposeOf = (body: Members) => textOrNull(body.purpose) ?? textOrNull(of.motivation) ?? "";
    const tagged = bodies.filter((body) =>
      ["tagging", "classifying", "identifying", "highlighting"].includes(purposeOf(body)),
    );
    const label = tagged
      .map((body) => textOrNull(body.value) ?? textOrNull(body.source) ?? textOrNull(body.id))
      .find((value) => value !== null);
    const target = targetOf(of.target);
    if (target === null) {
      this.#draft.problems.push(
        errorAt(
          place,
          `${shown(ref)} marks no part of the text: it has neither a TextPositionSelector nor a TextQuoteSelector.`,
        ),
      );
      return;
    }
    const span = draftAnnotation(ref, label ?? "Annotation", target.fragments, target.quote, place);
    span.prefix = target.prefix;
    span.suffix = target.suffix;
    span.id = uuidOf(of.id);
    span.createdAt = timeOrNull(of.created);
    span.updatedAt = timeOrNull(of.modified);
    span.createdBy = this.#user(of.creator);
    for (const body of bodies) {
      const purpose = purposeOf(body);
      const value = textOrNull(body.value);
      if (value === null || tagged.includes(body)) continue;
      if (body.format === "application/json" && purpose === ATTRIBUTES)
        span.attributes = attributeMembers(parsed(value));
      else if (purpose === "replying") this.#comment(ref, body, value, place);
      else span.note = span.note === "" ? value : `${span.note}\n${value}`;
    }
    const addresses =
      listOf(of.body).length - bodies.filter((body) => textOrNull(body.value) !== null).length;
    if (tagged.length > 1 || (addresses > 0 && label === undefined))
      this.#draft.problems.push(
        warningAt(
          place,
          `${shown(ref)}: ${tagged.length > 1 ? "tags behind the first" : "bodies that are only named by their address"} are left out.`,
        ),
      );
    this.#draft.annotations.push(span);
  }

  finish(): void {
    for (const { of, place } of this.#links) {
      const targets = listOf(of.target).map((target) =>
        isMembers(target) ? (textOrNull(target.id) ?? textOrNull(target.source)) : textOrNull(target),
      );
      const [source, target] = targets;
      const type =
        listOf(of.body)
          .filter(isMembers)
          .map((body) => textOrNull(body.value))
          .find((value) => value !== null) ?? "linking";
      if (targets.length !== 2 || !source || !target) {
        this.#draft.problems.push(
          errorAt(place, `A link has two targets, each the id of an annotation; it has ${targets.length}.`),
        );
        continue;
      }
      this.#draft.relations.push({
        id: uuidOf(of.id),
        type,
        source,
        target,
        createdBy: this.#user(of.creator),
        createdAt: timeOrNull(of.created),
        place,
      });
    }
  }

  #comment(annotation: string, body: Members, value: string, place: FilePlace): void {
    const times = {
      createdAt: timeOrNull(body.created),
      updatedAt: timeOrNull(body.modified),
      resolvedAt: null,
    };
    this.#draft.comments.push({
      id: uuidOf(body.id),
      annotation,
      body: value,
      createdBy: this.#user(body.creator),
      ...times,
      place,
    });
  }

  /** People are taken over where their id is one of Concord's; any other address is no person of anybody's. */
  #user(creator: unknown): string | null {
    const [first] = listOf(creator);
    if (!isMembers(first)) return null;
    const id = uuidOf(first.id);
    if (id === null) return null;
    this.users.set(id, { id, name: textOrNull(first.name) || id });
    return id;
  }
}

/** What is marked; in parts where there are several targets. */
function targetOf(
  value: unknown,
): { fragments: Fragment[] | null; quote: string | null; prefix: string; suffix: string } | null {
  const fragments: Fragment[] = [];
  const quotes: string[] = [];
  const around = { prefix: "", suffix: "" };
  const targets = listOf(value);
  for (const [index, target] of targets.entries()) {
    for (const selector of listOf(isMembers(target) ? target.selector : null).flatMap((one) =>
      isMembers(one) ? [one, one.refinedBy] : [],
    )) {
      if (!isMembers(selector)) continue;
      if (
        selector.type === "TextPositionSelector" &&
        typeof selector.start === "number" &&
        typeof selector.end === "number"
      )
        fragments.push({ start: selector.start, end: selector.end });
      else if (selector.type === "TextQuoteSelector" && typeof selector.exact === "string") {
        quotes.push(selector.exact);
        if (index === 0) around.prefix = textOrNull(selector.prefix) ?? "";
        if (index === targets.length - 1) around.suffix = textOrNull(selector.suffix) ?? "";
      }
    }
  }
  if (fragments.length === 0 && quotes.length !== 1) return null;
  return {
    fragments: fragments.length === 0 ? null : fragments,
    quote: quotes.length === 0 ? null : quotes.join(" "),
    ...around,
  };
}

function uuidOf(id: unknown): string | null {
  if (typeof id !== "string" || !id.startsWith(URN)) return null;
  const uuid = id.slice(URN.length).toLowerCase();
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(uuid) ? uuid : null;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}
