// A change of one attribute in a label's list, made on whatever the list is by then. Pure.
import type { AttributeDefinition } from "@concord/core";
import { isSame } from "./draft.ts";

export interface AttributeEdit {
  /** What it was when it was begun; null for a new one. */
  readonly from: AttributeDefinition | null;
  /** What it is to be; null to take it away. */
  readonly to: AttributeDefinition | null;
}

/** Without what the client adds to answers, and in one order of names. */
export function plainAttribute({
  key,
  name,
  kind,
  choices,
  required,
}: AttributeDefinition): AttributeDefinition {
  return { key, name, kind, choices: [...choices], required };
}

/** The list after the edit; null where somebody has changed that attribute, or taken it away, since it was begun. */
export function applyEdit(
  list: readonly AttributeDefinition[],
  { from, to }: AttributeEdit,
): readonly AttributeDefinition[] | null {
  const present = list.map(plainAttribute);
  if (from === null) return to === null ? present : [...present, to];
  const at = present.findIndex(({ key }) => key === from.key);
  if (at < 0) return to === null ? present : null;
  if (!isSame(present[at], plainAttribute(from))) return null;
  return to === null ? present.toSpliced(at, 1) : present.with(at, to);
}

/** The list with an attribute one place further up or down. */
export function moveAttribute(
  list: readonly AttributeDefinition[],
  key: string,
  by: 1 | -1,
): readonly AttributeDefinition[] {
  const present = list.map(plainAttribute);
  const at = present.findIndex((one) => one.key === key);
  const moved = present[at];
  const to = at + by;
  if (moved === undefined || to < 0 || to >= present.length) return present;
  return present.toSpliced(at, 1).toSpliced(to, 0, moved);
}

/** A key for a new attribute, made from its name; values are stored under it for ever. */
export function keyFor(name: string, list: readonly AttributeDefinition[]): string {
  const plain = name.trim().toLowerCase().replaceAll(/\s+/gu, "-");
  const taken = new Set(list.map(({ key }) => key));
  let key = plain;
  for (let n = 2; taken.has(key); n++) key = `${plain}-${n}`;
  return key;
}
