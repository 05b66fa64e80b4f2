// Keeps what Apollo's cache has of the open project up to date, for as long as one of its pages is there: the one place
// where changes of a project come in. Screens read the cache; who has to know of a change itself says so here.
import type { ApolloClient } from "@apollo/client";
import { useApolloClient } from "@apollo/client/react";
import { useEffect } from "react";
import { followChanges } from "../../apollo/follow-changes.ts";
import { freshAnswers } from "../../apollo/fresh-answers.ts";
import { retryDelay } from "../../apollo/retry-delay.ts";
import { useLatest } from "../../ui/useLatest.ts";
import { refreshPage } from "../life.ts";
import { applyChanges, fieldsToRead, type ProjectChange } from "./apply-changes.ts";
import { ProjectChangesDocument, ProjectRevisionDocument } from "./operations.ts";
import { createRereading } from "./reread.ts";

/** What failed for a reason that a person has to see to is tried again as seldom as if it had failed so often. */
const LATER_TRY = 3;

/** Hears the changes in order; `null` means that any may have been missed. */
type Listener = (changes: readonly ProjectChange[] | null) => void;

interface Followed {
  /** How far the cache is. Outlasts the pages: the next one of the project goes on from there. */
  readonly revisions: Map<string, number>;
  readonly listeners: Map<string, Set<Listener>>;
}

const followedBy = new WeakMap<ApolloClient, Followed>();

function followedOf(client: ApolloClient): Followed {
  const known = followedBy.get(client);
  if (known !== undefined) return known;
  const created: Followed = { revisions: new Map(), listeners: new Map() };
  followedBy.set(client, created);
  return created;
}

/**
 * Follows a project. `revision` is the one that the page's first answer names, and null before: what else the page reads
 * must be asked for after that. `onEnd`: the project is gone, or no longer the viewer's to see.
 */
export function useProjectChanges(projectId: string, revision: number | null, onEnd: () => void): void {
  const client = useApolloClient();
  const first = useLatest(() => revision ?? 0);
  const end = useLatest(onEnd);
  const isKnown = revision !== null;

  useEffect(() => {
    if (!isKnown) return;
    const { revisions, listeners } = followedOf(client);
    const rereading = createRereading(client);
    let isOver = false;
    let stop = () => {};
    let timer: ReturnType<typeof setTimeout> | undefined;

    const tell = (changes: readonly ProjectChange[] | null) => {
      for (const listener of listeners.get(projectId) ?? []) listener(changes);
    };

    function follow(): void {
      stop = followChanges(client, {
        query: ProjectChangesDocument,
        variables: () => ({ projectId, afterRevision: revisions.get(projectId) ?? first() }),
        take({ projectChanges: { changes, fromRevision, toRevision } }) {
          const seen = revisions.get(projectId) ?? first();
          if (fromRevision > seen + 1) return false;
          const fresh = changes.filter((change) => change.revision > seen);
          applyChanges(client.cache, projectId, fresh);
          if (fresh.length > 0) freshAnswers.noteChange();
          revisions.set(projectId, Math.max(seen, toRevision));
          rereading.want(fresh.flatMap(fieldsToRead));
          tell(fresh);
          return true;
        },
        onEnd({ code }) {
          if (code === "REVISION_GONE") void readAnew().catch(later);
          else if (code === "UNAUTHENTICATED") later();
          else end();
        },
      });
    }

    /** One signs in again on top of the page, which then goes on as it was. */
    function later(): void {
      if (!isOver) timer = setTimeout(follow, retryDelay(LATER_TRY));
    }

    /** The log no longer reaches back that far: all that is on the page is read again, after the revision it is for. */
    async function readAnew(): Promise<void> {
      const { data } = await client.query({
        query: ProjectRevisionDocument,
        variables: { id: projectId },
        fetchPolicy: "no-cache",
      });
      if (isOver) return;
      if (data?.project == null) {
        end();
        return;
      }
      revisions.set(projectId, data.project.revision);
      await refreshPage(client);
      if (isOver) return;
      tell(null);
      follow();
    }

    revisions.set(projectId, revisions.get(projectId) ?? first());
    follow();
    return () => {
      isOver = true;
      clearTimeout(timer);
      rereading.dispose();
      stop();
    };
  }, [client, projectId, isKnown, first, end]);
}

/** Hears of the project's changes, after the cache has them, while the component is there. */
export function useProjectChange(projectId: string, listener: Listener): void {
  const client = useApolloClient();
  const latest = useLatest(listener);
  useEffect(() => {
    const { listeners } = followedOf(client);
    const present = listeners.get(projectId) ?? new Set();
    listeners.set(projectId, present);
    present.add(latest);
    return () => {
      present.delete(latest);
      if (present.size === 0) listeners.delete(projectId);
    };
  }, [client, projectId, latest]);
}
