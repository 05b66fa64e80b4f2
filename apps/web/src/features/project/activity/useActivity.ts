// Reads a project's activity page by page, and looks at its top again when something may have been done: the project's
// own changes are told, and so is that one comes back; what is said about documents is not, so that is asked for now and then.
import type { ApolloClient } from "@apollo/client";
import { useApolloClient } from "@apollo/client/react";
import { useCallback, useEffect, useRef, useState } from "react";
import { useProjectChange } from "../../../frame/project-changes/useProjectChanges.ts";
import { useOnReturn } from "../../../frame/useOnReturn.ts";
import type { ActivityFilterInput } from "../../../gql/graphql.ts";
import { toAct } from "./act.ts";
import { PROJECT_ACTIVITY } from "./activity-operations.ts";
import {
  type ActivityPage,
  type ActivityPages,
  addEarlier,
  lookAtTop,
  showWaiting,
  startWith,
} from "./activity-pages.ts";

const PAGE = 100;
const EVERY_MS = 30_000;

async function readPage(
  client: ApolloClient,
  projectId: string,
  filter: ActivityFilterInput,
  after: string | null,
): Promise<ActivityPage> {
  const { data } = await client.query({
    query: PROJECT_ACTIVITY,
    variables: { projectId, first: PAGE, after, filter },
    fetchPolicy: "no-cache",
  });
  const activity = data?.project?.activity;
  return {
    acts: activity?.edges.map(({ cursor, node }) => toAct(cursor, node)).filter((act) => act !== null) ?? [],
    endCursor: activity?.pageInfo.endCursor ?? null,
    hasMore: activity?.pageInfo.hasNextPage ?? false,
  };
}

export interface Activity {
  /** Null until read. */
  readonly pages: ActivityPages | null;
  readonly error: unknown;
  readonly isReadingMore: boolean;
  readonly readMore: () => void;
  readonly showNew: () => void;
  readonly retry: () => void;
}

/** @param filter the same object as long as the same is wanted */
export function useActivity(projectId: string, filter: ActivityFilterInput): Activity {
  const client = useApolloClient();
  const [pages, setPages] = useState<ActivityPages | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [isReadingMore, setReadingMore] = useState(false);
  /** A reading that began before something was done does not show it, so another follows. */
  const reading = useRef({ isUnderWay: false, isWantedAgain: false });

  const lookAgain = useCallback(async () => {
    const state = reading.current;
    if (state.isUnderWay) {
      state.isWantedAgain = true;
      return;
    }
    state.isUnderWay = true;
    try {
      do {
        state.isWantedAgain = false;
        const top = await readPage(client, projectId, filter, null);
        setPages((present) => (present ? lookAtTop(present, top) : startWith(top)));
        setError(null);
      } while (state.isWantedAgain);
    } catch (reason) {
      setError(reason);
    } finally {
      state.isUnderWay = false;
    }
  }, [client, projectId, filter]);

  useProjectChange(projectId, () => void lookAgain());
  useOnReturn(() => void lookAgain());
  useEffect(() => {
    void lookAgain();
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") void lookAgain();
    }, EVERY_MS);
    return () => clearInterval(timer);
  }, [lookAgain]);

  const readMore = async () => {
    if (!pages?.hasMore) return;
    setReadingMore(true);
    try {
      const page = await readPage(client, projectId, filter, pages.endCursor);
      setPages((present) => present && addEarlier(present, page));
      setError(null);
    } catch (reason) {
      setError(reason);
    } finally {
      setReadingMore(false);
    }
  };

  return {
    pages,
    error,
    isReadingMore,
    readMore: () => void readMore(),
    showNew: () => setPages((present) => present && showWaiting(present)),
    retry: () => void lookAgain(),
  };
}
