// How far people are with a document: the three states in words and in order, and what a document's row reads of them.
import type { WorkStatus } from "../../gql/graphql.ts";
import { graphql } from "../../gql/index.ts";
import { t } from "../../words/words.ts";

export const WORK_STATUSES = ["NEW", "IN_PROGRESS", "DONE"] as const satisfies readonly WorkStatus[];

export const WorkStatusFragment = graphql(`
  fragment WorkStatus_document on Document {
    id
    myStatus
    statuses {
      status
      changedAt
      user {
        id
        name
      }
    }
  }
`);

export function statusName(status: WorkStatus): string {
  switch (status) {
    case "NEW":
      return t("status:name.new");
    case "IN_PROGRESS":
      return t("status:name.inProgress");
    case "DONE":
      return t("status:name.done");
  }
}

export function countDone(statuses: readonly { readonly status: WorkStatus }[]): number {
  return statuses.filter(({ status }) => status === "DONE").length;
}

/** More for each who is done than any number of those who have only begun: a table's order of progress. */
export function progressOf(statuses: readonly { readonly status: WorkStatus }[]): number {
  return countDone(statuses) + 1 - 1 / (1 + statuses.length);
}
