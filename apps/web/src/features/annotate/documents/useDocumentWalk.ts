// Goes to the document before or after the open one, or to the next that one is not done with.
import type { ApolloClient } from "@apollo/client";
import { useApolloClient } from "@apollo/client/react";
import { useEffect, useRef } from "react";
import { useNavigate } from "react-router";
import { describeError } from "../../../apollo/error-message.ts";
import { graphql } from "../../../gql/gql.ts";
import { useLatest } from "../../../ui/useLatest.ts";
import { t } from "../../../words/words.ts";
import type { OpenDocument } from "../read-document.ts";
import { neighbourDocument, type OrderedDocument, unfinishedAfter } from "./document-walk.ts";

const DOCUMENT_ORDER = graphql(`
  query DocumentOrder($projectId: ID!, $after: String) {
    project(id: $projectId) {
      id
      documents(first: 2000, after: $after, archived: false) {
        nodes { id myStatus }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`);

export type DocumentStep = "next" | "previous" | "unfinished";

function readPage(client: ApolloClient, projectId: string, after: string | null) {
  return client.query({
    query: DOCUMENT_ORDER,
    variables: { projectId, after },
    fetchPolicy: "no-cache",
  });
}

async function readOrder(client: ApolloClient, projectId: string): Promise<OrderedDocument[]> {
  const order: OrderedDocument[] = [];
  for (let after: string | null = null, more = true; more; ) {
    const { data }: Awaited<ReturnType<typeof readPage>> = await readPage(client, projectId, after);
    const page = data?.project?.documents;
    order.push(...(page?.nodes ?? []));
    after = page?.pageInfo.endCursor ?? null;
    more = page?.pageInfo.hasNextPage === true;
  }
  return order;
}

const NOWHERE: Readonly<Record<DocumentStep, string>> = {
  next: t("workbench:documents.last"),
  previous: t("workbench:documents.first"),
  unfinished: t("status:unfinished.none"),
};

export function useDocumentWalk(
  open: OpenDocument,
  say: (words: string) => void,
): (step: DocumentStep) => void {
  const client = useApolloClient();
  const navigate = useNavigate();
  /** The step under way; another page's answer must not move this one. */
  const underWay = useRef<DocumentStep | null>(null);
  useEffect(
    () => () => {
      underWay.current = null;
    },
    [],
  );

  async function go(step: DocumentStep): Promise<void> {
    const order = await readOrder(client, open.project.id);
    const target =
      step === "unfinished"
        ? unfinishedAfter(order, open.id)
        : neighbourDocument(order, open.id, step === "next" ? 1 : -1);
    if (underWay.current === null) return;
    if (target === null) say(NOWHERE[step]);
    else await navigate(`/documents/${target.id}`);
  }

  return useLatest((step: DocumentStep) => {
    if (underWay.current !== null) return;
    underWay.current = step;
    go(step)
      .catch((error: unknown) => say(describeError(error).message))
      .finally(() => {
        underWay.current = null;
      });
  });
}
