// Follows a log of changes from the last revision that was seen, also after any reconnect. What a batch means is for the
// caller; nothing is ever fetched again for it.
import type { ApolloClient, OperationVariables, TypedDocumentNode } from "@apollo/client";
import type { Subscription } from "rxjs";
import { describeError, type ShownError } from "./error-message.ts";
import { retryDelay } from "./retry-delay.ts";
import { socketState } from "./socket-state.ts";

/** What asking again would not change. Anything else, a server in trouble above all, passes. */
const LASTING: ReadonlySet<string> = new Set(["FORBIDDEN", "NOT_FOUND", "UNAUTHENTICATED", "REVISION_GONE"]);

export interface Followed<Data, Variables extends OperationVariables> {
  readonly query: TypedDocumentNode<Data, Variables>;
  /** Asked whenever the stream begins anew: they name the last revision that was seen. */
  readonly variables: () => Variables;
  /** Answers false where changes are missing before these, which are then asked for. */
  readonly take: (data: Data) => boolean;
  /** The stream has ended for good. */
  readonly onEnd: (error: ShownError) => void;
}

/** Answers what ends it. */
export function followChanges<Data, Variables extends OperationVariables>(
  client: ApolloClient,
  { query, variables, take, onEnd }: Followed<Data, Variables>,
): () => void {
  let subscription: Subscription | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isOver = false;
  /** How often the stream has ended for no lasting reason since something came by it. */
  let tries = 0;

  function end(error: unknown): void {
    const shown = describeError(error);
    if (!LASTING.has(shown.code)) {
      again();
      return;
    }
    isOver = true;
    onEnd(shown);
  }

  function again(): void {
    clearTimeout(timer);
    timer = setTimeout(follow, retryDelay(tries++));
  }

  function follow(): void {
    subscription?.unsubscribe();
    if (isOver) return;
    const options = { query, variables: variables(), fetchPolicy: "no-cache" } as const;
    subscription = client.subscribe<Data, OperationVariables>(options).subscribe({
      next({ data, error }) {
        if (error !== undefined) {
          end(error);
          return;
        }
        tries = 0;
        if (data != null && !take(data)) follow();
      },
      error: end,
      complete: () => {
        if (!isOver) again();
      },
    });
  }

  // The socket's own retry would ask from the revision this began with and be sent everything since. Asking anew at
  // the moment it breaks, from the last revision seen, is exact: nothing can come in between.
  const stopWatching = socketState.subscribe(() => {
    if (socketState.get() === "offline") follow();
  });
  follow();
  return () => {
    isOver = true;
    clearTimeout(timer);
    stopWatching();
    subscription?.unsubscribe();
  };
}
