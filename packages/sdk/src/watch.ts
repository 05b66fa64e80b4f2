/** Changes one after the other, each exactly once, over lost connections and restarted servers. */
import { ConcordError } from "./errors.ts";
import { delay, retryDelay } from "./retry.ts";
import { type Socket, socketFailure } from "./socket.ts";

/** How to watch. */
export interface WatchOptions {
  /** The last revision that you have: watching starts with the next one. Without it, with what comes from now on. */
  afterRevision?: number;
  /** Ends the watching, quietly. */
  signal?: AbortSignal;
  /** Called each time the connection is lost, before it is sought again. */
  onInterrupted?: (error: ConcordError) => void;
}

/** Changes as they come together. */
export interface Batch<Change> {
  toRevision: number;
  changes: Change[];
}

export interface Watched<Result, Change> {
  url: string;
  socket: Socket;
  query: string;
  id: string;
  batchOf: (result: Result) => Batch<Change>;
  /** How often to seek a server that was never there; one that was is sought for ever. */
  retries: number;
}

/**
 * Yields changes and subscribes again from the last one that was taken whenever the connection is lost.
 * @throws ConcordError for what does not pass: NOT_FOUND, FORBIDDEN, UNAUTHENTICATED, REVISION_GONE and the like
 */
export async function* watchChanges<Result, Change extends { revision: number }>(
  { url, socket, query, id, batchOf, retries }: Watched<Result, Change>,
  revision: number,
  { signal, onInterrupted }: WatchOptions,
): AsyncGenerator<Change, void, undefined> {
  let afterRevision = revision;
  let failures = 0;
  const connectionsBefore = socket.connections();
  while (!signal?.aborted) {
    const connections = socket.connections();
    const results = socket.client.iterate<Result>({ query, variables: { id, afterRevision } });
    const stop = () => void results.return?.();
    signal?.addEventListener("abort", stop);
    let failure: unknown = null;
    try {
      for await (const { data, errors } of results) {
        if (errors) throw errors;
        if (!data) continue;
        const { changes, toRevision } = batchOf(data);
        for (const change of changes) {
          if (signal?.aborted) return;
          yield change;
          afterRevision = change.revision;
        }
        afterRevision = toRevision;
      }
    } catch (error) {
      failure = error;
    } finally {
      signal?.removeEventListener("abort", stop);
      stop();
    }
    if (signal?.aborted) return;
    const error = socketFailure(url, failure ?? new Error("the server ended the subscription"));
    if (!(error instanceof ConcordError) || !isPassing(error)) throw error;
    if (socket.connections() > connections) failures = 0;
    const wasThere = socket.connections() > connectionsBefore;
    if (!wasThere && failures >= retries) throw error;
    onInterrupted?.(error);
    await delay(retryDelay(failures), signal);
    failures++;
  }
}

function isPassing({ code }: ConcordError): boolean {
  return code === "UNREACHABLE" || code === "RATE_LIMITED" || code === "INTERNAL_SERVER_ERROR";
}
