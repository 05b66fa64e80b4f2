// An annotation's history, read while it is open and again when the annotation has changed.
import { useQuery } from "@apollo/client/react";
import { useEffect, useMemo, useRef } from "react";
import { describeError, type ShownError } from "../../../apollo/error-message.ts";
import { graphql } from "../../../gql/gql.ts";
import type { Entry } from "../model/entries.ts";
import { toAnnotation } from "../model/from-graphql.ts";
import type { HistoryEvent } from "./history-rows.ts";

// Not kept: each event holds the annotation as of then, under the one id.
const HISTORY = graphql(`
  query WorkbenchHistory($id: ID!, $first: Int!) {
    annotation(id: $id) {
      id
      history(first: $first) {
        nodes { revision at kind author { id name } annotation { ...AnnotationFields } }
        pageInfo { hasNextPage }
      }
    }
  }
`);

export interface History {
  /** Null while they are not known. */
  readonly events: readonly HistoryEvent[] | null;
  readonly hasMore: boolean;
  readonly error: ShownError | null;
  readonly retry: () => void;
}

export function useHistory({ id, version, state }: Entry, first: number): History {
  const query = useQuery(HISTORY, { variables: { id, first }, fetchPolicy: "no-cache" });
  const { refetch, error } = query;
  const history = (query.data ?? query.previousData)?.annotation?.history;
  const shown = useRef(version);
  // one's own change is there to be read once it is saved
  useEffect(() => {
    if (state !== "saved" || shown.current === version) return;
    shown.current = version;
    refetch().catch(() => undefined);
  }, [state, version, refetch]);
  return useMemo(
    () => ({
      events:
        history?.nodes.map(({ annotation, ...event }) => ({
          ...event,
          annotation: annotation === null ? null : toAnnotation(annotation),
        })) ?? null,
      hasMore: history?.pageInfo.hasNextPage ?? false,
      error: error === undefined ? null : describeError(error),
      retry: () => void refetch().catch(() => undefined),
    }),
    [history, error, refetch],
  );
}
