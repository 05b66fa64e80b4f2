// What a corrected text would do to the annotations, in words.
import type { NotCarriedReason } from "../gql/graphql.ts";
import { formatNumber } from "../ui/count.ts";

/** "41 of 44 annotations keep their place; 3 don’t." */
export function carriedWords(carried: number, lost: number): string {
  const all = carried + lost;
  if (all === 0) return "There are no annotations to carry over.";
  if (lost === 0)
    return all === 1
      ? "The one annotation keeps its place."
      : `All ${formatNumber(all)} annotations keep their place.`;
  if (all === 1) return "The one annotation doesn’t keep its place.";
  if (carried === 0) return `None of the ${formatNumber(all)} annotations keeps its place.`;
  return `${formatNumber(carried)} of ${formatNumber(all)} annotations ${carried === 1 ? "keeps its" : "keep their"} place; ${formatNumber(lost)} ${lost === 1 ? "doesn’t" : "don’t"}.`;
}

export const reasonWords: Readonly<Record<NotCarriedReason, string>> = {
  NOT_FOUND: "These words are not in the new text.",
  AMBIGUOUS: "These words stand in several places that fit equally well.",
};
