// An annotation's history as it is shown: each thing that was done with what it changed, the latest first. Relations are
// in it as far as they are still there: the API tells an annotation's own changes only. Pure.
import type { Annotation, Person, Relation } from "../model/entities.ts";
import { differences, type FieldName } from "../model/fields.ts";

/** As the API tells it. */
export interface HistoryEvent {
  readonly revision: number;
  readonly at: string;
  readonly author: Person;
  readonly kind: "CREATED" | "CHANGED" | "DELETED" | "RESTORED";
  /** As of then; null where it was deleted. */
  readonly annotation: Annotation | null;
}

export interface HistoryRow {
  readonly key: string;
  readonly at: string;
  readonly author: Person;
  readonly kind: HistoryEvent["kind"] | "RELATED";
  readonly fields: readonly FieldName[];
  /** Null where it isn't known. */
  readonly before: Annotation | null;
  readonly after: Annotation | null;
  readonly relation: Relation | null;
}

export interface HistorySource {
  /** The latest first. */
  readonly events: readonly HistoryEvent[];
  readonly hasMore: boolean;
  readonly annotation: Annotation;
  readonly relations: readonly Relation[];
}

function eventRows(events: readonly HistoryEvent[]): HistoryRow[] {
  return events.map(({ revision, at, author, kind, annotation: after }, index) => {
    const before = events.slice(index + 1).find(({ annotation }) => annotation !== null)?.annotation ?? null;
    const fields = kind === "CHANGED" && before !== null && after !== null ? differences(before, after) : [];
    return { key: String(revision), at, author, kind, fields, before, after, relation: null };
  });
}

const NOTHING = { fields: [], before: null, after: null, relation: null } as const;

export function historyRows({ events, hasMore, annotation, relations }: HistorySource): HistoryRow[] {
  const rows = eventRows(events);
  // what came in with the text has no event of its own
  if (!hasMore && events.at(-1)?.kind !== "CREATED") {
    const { createdAt: at, createdBy: author } = annotation;
    rows.push({ ...NOTHING, key: "made", at, author, kind: "CREATED" });
  }
  const earliest = Date.parse(rows.at(-1)?.at ?? annotation.createdAt);
  for (const relation of relations) {
    const { id, createdAt: at, createdBy: author } = relation;
    if (Date.parse(at) >= earliest) rows.push({ ...NOTHING, key: id, at, author, kind: "RELATED", relation });
  }
  // stable, so that what was done at the same moment stays in the log's order
  return rows.sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
}
