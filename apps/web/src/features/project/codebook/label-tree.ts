// Labels in codebook order, children right below their parent, and the places that a label can be moved to. Pure.
interface TreeLabel {
  readonly id: string;
  readonly parent?: { readonly id: string } | null;
}

export interface LabelWithDepth<L> {
  readonly label: L;
  readonly depth: number;
}

function childrenOf<L extends TreeLabel>(labels: readonly L[]): Map<string | null, L[]> {
  const known = new Set(labels.map(({ id }) => id));
  return Map.groupBy(labels, ({ parent }) => (parent && known.has(parent.id) ? parent.id : null));
}

export function withDepth<L extends TreeLabel>(labels: readonly L[]): readonly LabelWithDepth<L>[] {
  const children = childrenOf(labels);
  const walk = (parentId: string | null, depth: number): LabelWithDepth<L>[] =>
    (children.get(parentId) ?? []).flatMap((label) => [{ label, depth }, ...walk(label.id, depth + 1)]);
  return walk(null, 0);
}

/** The label's own id and all below it: none of them can be above it. */
export function familyOf(labels: readonly TreeLabel[], id: string): ReadonlySet<string> {
  const children = childrenOf(labels);
  const walk = (one: string): string[] => [
    one,
    ...(children.get(one) ?? []).flatMap((child) => walk(child.id)),
  ];
  return new Set(walk(id));
}

/** Where a label is to stand: below which one, and before which of all labels; null for the end. */
export interface LabelPlace {
  readonly parentId: string | null;
  readonly beforeId: string | null;
}

export type Step = "up" | "down" | "in" | "out";

interface Standing<L> {
  readonly label: L;
  readonly parent: L | null;
  readonly siblings: readonly L[];
  readonly index: number;
}

function standingOf<L extends TreeLabel>(labels: readonly L[], id: string): Standing<L> | null {
  const label = labels.find((one) => one.id === id);
  if (label === undefined) return null;
  const parent = labels.find((one) => one.id === label.parent?.id) ?? null;
  const siblings = childrenOf(labels).get(parent?.id ?? null) ?? [];
  return { label, parent, siblings, index: siblings.indexOf(label) };
}

/** One step among the labels that are shown; null where there is none. */
export function stepTo(labels: readonly TreeLabel[], id: string, step: Step): LabelPlace | null {
  const standing = standingOf(labels, id);
  if (standing === null) return null;
  const { label, parent, siblings, index } = standing;
  const before = siblings[index - 1];
  const after = siblings[index + 1];
  const parentId = label.parent?.id ?? null;
  switch (step) {
    case "up":
      return before === undefined ? null : { parentId, beforeId: before.id };
    case "down":
      return after === undefined ? null : { parentId, beforeId: siblings[index + 2]?.id ?? null };
    case "in":
      return before === undefined ? null : { parentId: before.id, beforeId: null };
    case "out": {
      if (parent === null) return null;
      const above = standingOf(labels, parent.id);
      return { parentId: parent.parent?.id ?? null, beforeId: above?.siblings[above.index + 1]?.id ?? null };
    }
  }
}

export type Zone = "before" | "inside" | "after";

/** Where a label comes to stand that is dropped on another; null where it can't or already stands. */
export function dropAt(
  labels: readonly TreeLabel[],
  id: string,
  targetId: string,
  zone: Zone,
): LabelPlace | null {
  if (familyOf(labels, id).has(targetId)) return null;
  const standing = standingOf(labels, id);
  const target = standingOf(labels, targetId);
  if (standing === null || target === null) return null;
  if (zone === "inside")
    return standing.label.parent?.id === targetId ? null : { parentId: targetId, beforeId: null };
  const others = target.siblings.filter((one) => one.id !== id);
  const at = others.findIndex((one) => one.id === targetId);
  const beforeId = zone === "before" ? targetId : (others[at + 1]?.id ?? null);
  const parentId = target.label.parent?.id ?? null;
  const stands =
    parentId === (standing.label.parent?.id ?? null) &&
    beforeId === (standing.siblings[standing.index + 1]?.id ?? null);
  return stands ? null : { parentId, beforeId };
}
