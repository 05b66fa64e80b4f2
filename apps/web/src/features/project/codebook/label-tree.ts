// Labels in codebook order, children right below their parent.
interface TreeLabel {
  readonly id: string;
  readonly parent?: { readonly id: string } | null;
}

export interface LabelWithDepth<L> {
  readonly label: L;
  readonly depth: number;
}

export function withDepth<L extends TreeLabel>(labels: readonly L[]): readonly LabelWithDepth<L>[] {
  const known = new Set(labels.map(({ id }) => id));
  const childrenOf = Map.groupBy(labels, ({ parent }) => (parent && known.has(parent.id) ? parent.id : null));
  const walk = (parentId: string | null, depth: number): LabelWithDepth<L>[] =>
    (childrenOf.get(parentId) ?? []).flatMap((label) => [{ label, depth }, ...walk(label.id, depth + 1)]);
  return walk(null, 0);
}
