// How far one is with the open document, and the way to say so: a change like any other, kept and sent by the outbox.
import { useQuery } from "@apollo/client/react";
import { useOnReturn } from "../../../frame/useOnReturn.ts";
import { statusName } from "../../../frame/work-status/work-status.ts";
import type { WorkStatus, WorkStatus_DocumentFragment } from "../../../gql/graphql.ts";
import { useLatest } from "../../../ui/useLatest.ts";
import { t } from "../../../words/words.ts";
import type { OpenedDocument } from "../useOpenDocument.ts";
import { useSnapshot } from "../useSnapshot.ts";
import { shownStatus, toggledStatus, waitingStatus } from "./my-status.ts";
import { DOCUMENT_STATUS } from "./status-operations.ts";

export interface MyStatus {
  /** Null until it is known. */
  readonly mine: WorkStatus | null;
  readonly others: WorkStatus_DocumentFragment["statuses"];
  readonly set: (status: WorkStatus) => void;
  readonly toggleDone: () => void;
}

export function useMyStatus(
  { document, workbench }: Pick<OpenedDocument, "document" | "workbench">,
  hasOwnAnnotations: boolean,
  say: (words: string) => void,
): MyStatus {
  const { id, viewer } = document;
  // An addition to the text: without an answer the page does without it.
  const { data, refetch } = useQuery(DOCUMENT_STATUS, {
    variables: { id },
    fetchPolicy: "cache-and-network",
    nextFetchPolicy: "cache-first",
  });
  useOnReturn(() => void refetch().catch(() => undefined));
  const { operations } = useSnapshot(workbench);
  const known = data?.document ?? null;
  const said = waitingStatus(operations) ?? known?.myStatus ?? null;
  const mine = said && shownStatus(said, hasOwnAnnotations);

  const set = useLatest((status: WorkStatus) => {
    if (mine === null || status === mine) return;
    workbench.setStatus(status);
    say(t("status:control.now", { status: statusName(shownStatus(status, hasOwnAnnotations)) }));
  });

  return {
    mine,
    others: known?.statuses.filter(({ user }) => user.id !== viewer.id) ?? [],
    set,
    toggleDone: () => {
      if (mine !== null) set(toggledStatus(mine));
    },
  };
}
