import type { GraphQLResolveInfo } from "graphql";

const OF_AN_ID = new Set(["id", "__typename"]);

/** Whether of what a field answers nothing is asked but its id, which who names it knows without a look-up. */
export function asksOnlyId({ fieldNodes }: Pick<GraphQLResolveInfo, "fieldNodes">): boolean {
  return fieldNodes.every(({ selectionSet }) =>
    selectionSet?.selections.every(
      (selection) => selection.kind === "Field" && OF_AN_ID.has(selection.name.value),
    ),
  );
}
