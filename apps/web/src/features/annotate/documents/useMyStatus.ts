// How far one is with the open document, and the way to say so. It shows at once and goes back when it was not stored.
import { useMutation, useQuery } from "@apollo/client/react";
import { describeError } from "../../../apollo/error-message.ts";
import { useOnReturn } from "../../../frame/useOnReturn.ts";
import { statusName } from "../../../frame/work-status/work-status.ts";
import type { WorkStatus, WorkStatus_DocumentFragment } from "../../../gql/graphql.ts";
import { useLatest } from "../../../ui/useLatest.ts";
import { t } from "../../../words/words.ts";
import type { OpenDocument } from "../read-document.ts";
import { shownStatus, toggledStatus, withMine } from "./my-status.ts";
import { DOCUMENT_STATUS, SET_STATUS } from "./status-operations.ts";

export interface MyStatus {
  /** Null until it is known. */
  readonly mine: WorkStatus | null;
  readonly others: WorkStatus_DocumentFragment["statuses"];
  /** Why the last change was not stored. */
  readonly problem: string | null;
  readonly set: (status: WorkStatus) => void;
  readonly toggleDone: () => void;
}

export function useMyStatus(
  { id, viewer }: Pick<OpenDocument, "id" | "viewer">,
  hasOwnAnnotations: boolean,
  say: (words: string) => void,
): MyStatus {
  // An addition to the text: without an answer the page does without it.
  const { data, refetch } = useQuery(DOCUMENT_STATUS, {
    variables: { id },
    fetchPolicy: "cache-and-network",
    nextFetchPolicy: "cache-first",
  });
  useOnReturn(() => void refetch().catch(() => undefined));
  const [send, { error }] = useMutation(SET_STATUS);
  const known = data?.document ?? null;
  const mine = known && shownStatus(known.myStatus, hasOwnAnnotations);

  const set = useLatest((status: WorkStatus) => {
    if (known === null || status === mine) return;
    const next = shownStatus(status, hasOwnAnnotations);
    // With their types, by which the cache knows what this is about.
    const document = {
      __typename: "Document",
      id,
      myStatus: next,
      statuses: withMine(known.statuses, viewer, next, new Date()),
    };
    const setDocumentStatus = { __typename: "SetDocumentStatusPayload", document };
    send({
      variables: { input: { documentId: id, status } },
      optimisticResponse: { setDocumentStatus },
    })
      .then(() => say(t("status:control.now", { status: statusName(next) })))
      .catch((reason: unknown) => say(t("status:control.failed", { reason: describeError(reason).message })));
  });

  return {
    mine,
    others: known?.statuses.filter(({ user }) => user.id !== viewer.id) ?? [],
    problem: error ? t("status:control.failed", { reason: describeError(error).message }) : null,
    set,
    toggleDone: () => {
      if (mine !== null) set(toggledStatus(mine));
    },
  };
}
