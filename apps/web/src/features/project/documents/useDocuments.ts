// A project's documents page by page. The server keeps them in import order; any other order needs all of them, as does
// asking for those at some point of progress, so both read the rest first and say how far they are.
import { NetworkStatus } from "@apollo/client";
import { useQuery } from "@apollo/client/react";
import { useEffect, useState } from "react";
import type { DocumentRow_DocumentFragment } from "../../../gql/graphql.ts";
import { graphql } from "../../../gql/index.ts";
import { type Sort, sortDocuments } from "./document-order.ts";
import { hasProgress, type ProgressFilter } from "./progress-filter.ts";

const PAGE = 100;
const SORT_PAGE = 1000;

/** @public Read by the code generator. */
export const DocumentRowFragment = graphql(`
  fragment DocumentRow_document on Document {
    id
    title
    language
    length
    metadata
    annotationCount
    changedAt
    ...WorkStatus_document
  }
`);

const DocumentsDocument = graphql(`
  query Documents($projectId: ID!, $first: Int!, $after: String, $query: String, $archived: Boolean!) {
    project(id: $projectId) {
      ...ProjectHead_project
      documents(first: $first, after: $after, query: $query, archived: $archived) {
        totalCount
        nodes {
          ...DocumentRow_document
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
`);

export interface Documents {
  readonly rows: readonly DocumentRow_DocumentFragment[];
  /** Null until known. */
  readonly total: number | null;
  /** Those that fit of what was read. */
  readonly matching: number;
  readonly loaded: number;
  /** A sort or a filter waits for the rest. */
  readonly isIncomplete: boolean;
  readonly hasMore: boolean;
  readonly isLoadingMore: boolean;
  readonly error: unknown;
  readonly showMore: () => void;
  readonly retry: () => void;
}

export interface DocumentsWanted {
  readonly search: string;
  readonly sort: Sort | null;
  readonly progress: ProgressFilter;
  readonly archived: boolean;
}

export function useDocuments(
  projectId: string,
  { search, sort, progress, archived }: DocumentsWanted,
): Documents {
  const [visible, setVisible] = useState(PAGE);
  const query = search === "" ? undefined : search;
  const { data, previousData, error, networkStatus, fetchMore, refetch } = useQuery(DocumentsDocument, {
    variables: { projectId, first: PAGE, query, archived },
    fetchPolicy: "cache-and-network",
    nextFetchPolicy: "cache-first",
    notifyOnNetworkStatusChange: true,
  });
  // While a search is under way the last rows stay, so that nothing jumps; but archived ones never stand in for those in use.
  const [lastRead, setLastRead] = useState(archived);
  if (data && lastRead !== archived) setLastRead(archived);
  const connection = (data ?? (lastRead === archived ? previousData : undefined))?.project?.documents;
  const loaded = connection?.nodes.length ?? 0;
  const { hasNextPage = false, endCursor = null } = connection?.pageInfo ?? {};
  const isIncomplete = (sort !== null || progress !== "all") && hasNextPage;
  const isIdle = networkStatus === NetworkStatus.ready;

  useEffect(() => {
    if (!isIncomplete || !isIdle) return;
    // A failure shows as the query's error, with its retry.
    fetchMore({ variables: { first: SORT_PAGE, after: endCursor } }).catch(() => undefined);
  }, [isIncomplete, isIdle, endCursor, fetchMore]);

  const fitting = (connection?.nodes ?? []).filter((document) => hasProgress(document, progress));
  const rows = sortDocuments(fitting, isIncomplete ? null : sort).slice(0, visible);
  return {
    rows,
    total: connection?.totalCount ?? null,
    matching: fitting.length,
    loaded,
    isIncomplete,
    hasMore: visible < fitting.length || hasNextPage,
    isLoadingMore: networkStatus === NetworkStatus.fetchMore,
    error,
    showMore: () => {
      const wanted = visible + PAGE;
      setVisible(wanted);
      if (wanted > fitting.length && hasNextPage)
        fetchMore({ variables: { after: endCursor } }).catch(() => undefined);
    },
    retry: () => void refetch().catch(() => undefined),
  };
}
