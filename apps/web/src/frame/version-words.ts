// What a corrected text would do to the annotations, in words.
import type { NotCarriedReason } from "../gql/graphql.ts";
import { t } from "../words/words.ts";

/** "41 of 44 annotations keep their place; 3 don’t." */
export function carriedWords(carried: number, lost: number): string {
  const all = carried + lost;
  if (all === 0) return t("frame:carried.nothing");
  if (lost === 0) return t("frame:carried.all", { count: all });
  if (carried === 0) return t("frame:carried.none", { count: all });
  return t("frame:carried.some", { count: carried, all, lost: t("frame:carried.lost", { count: lost }) });
}

export const reasonWords: Readonly<Record<NotCarriedReason, string>> = {
  NOT_FOUND: t("frame:notCarried.notFound"),
  AMBIGUOUS: t("frame:notCarried.ambiguous"),
};
