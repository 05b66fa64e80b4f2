// What the workbench knows of annotations, relations and comments, in the shape the store keeps: ids in place of objects.
import type { AttributeDefinition, Fragment, LabelColor } from "@concord/core";

export interface Person {
  readonly id: string;
  readonly name: string;
}

export interface Annotation {
  readonly id: string;
  readonly labelId: string;
  readonly fragments: readonly Fragment[];
  readonly quote: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly note: string;
  /** Absent from what was kept before it was read. */
  readonly origin?: "HUMAN" | "IMPORT" | "SUGGESTION";
  readonly createdBy: Person;
  readonly createdAt: string;
  readonly updatedBy: Person;
  readonly updatedAt: string;
  readonly version: number;
}

export interface Relation {
  readonly id: string;
  readonly typeId: string;
  readonly sourceId: string;
  readonly targetId: string;
  readonly createdBy: Person;
  readonly createdAt: string;
}

/** Part of the one thread that an annotation's comments are, in order of time. */
export interface Comment {
  readonly id: string;
  readonly annotationId: string;
  readonly body: string;
  readonly author: Person;
  readonly createdAt: string;
  /** Set when it is settled. */
  readonly resolvedAt: string | null;
}

export interface Label {
  readonly id: string;
  readonly name: string;
  readonly color: LabelColor;
  readonly letter: string;
  readonly shortcut: string | null;
  readonly description: string;
  readonly isArchived: boolean;
  readonly attributes: readonly AttributeDefinition[];
}

export interface RelationType {
  readonly id: string;
  readonly name: string;
  readonly isArchived: boolean;
  readonly sourceLabelIds: readonly string[];
  readonly targetLabelIds: readonly string[];
}

/** An empty list of labels means that any will do. */
export function isEndAllowed(labelIds: readonly string[], labelId: string): boolean {
  return labelIds.length === 0 || labelIds.includes(labelId);
}

/** Order of time, as the API gives it: by when they were written, then id. */
export function compareInTime(a: Comment, b: Comment): number {
  const [before, after] = [Date.parse(a.createdAt), Date.parse(b.createdAt)];
  return before - after || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

/** Text order, as the API gives it: by start, then end, then id. */
export function compareInText(a: Annotation, b: Annotation): number {
  const [aStart, bStart] = [a.fragments[0]?.start ?? 0, b.fragments[0]?.start ?? 0];
  const [aEnd, bEnd] = [a.fragments.at(-1)?.end ?? 0, b.fragments.at(-1)?.end ?? 0];
  return aStart - bStart || aEnd - bEnd || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}
