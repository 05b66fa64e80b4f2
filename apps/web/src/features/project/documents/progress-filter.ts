// Narrows the documents down by how far people are with them, as the address says (`progress=notMine`). Pure.
import type { WorkStatus_DocumentFragment } from "../../../gql/graphql.ts";
import { t } from "../../../words/words.ts";

export const PROGRESS_FILTERS = ["all", "notMine", "untouched", "begun", "done"] as const;
export type ProgressFilter = (typeof PROGRESS_FILTERS)[number];

export type Progressing = Pick<WorkStatus_DocumentFragment, "myStatus" | "statuses">;

export function hasProgress({ myStatus, statuses }: Progressing, filter: ProgressFilter): boolean {
  switch (filter) {
    case "all":
      return true;
    case "notMine":
      return myStatus !== "DONE";
    case "untouched":
      return statuses.length === 0;
    case "begun":
      return statuses.length > 0;
    case "done":
      return statuses.some(({ status }) => status === "DONE");
  }
}

export function progressFilterName(filter: ProgressFilter): string {
  switch (filter) {
    case "all":
      return t("status:filter.all");
    case "notMine":
      return t("status:filter.notMine");
    case "untouched":
      return t("status:filter.untouched");
    case "begun":
      return t("status:filter.begun");
    case "done":
      return t("status:filter.done");
  }
}

export function progressFromParameter(parameter: string | null): ProgressFilter {
  return PROGRESS_FILTERS.find((filter) => filter === parameter) ?? "all";
}

export function progressToParameter(filter: ProgressFilter): string | null {
  return filter === "all" ? null : filter;
}
