/** Somebody's watch of a project's changes: the hub's, ended from outside when the right to read has ended. */

/** What a watch is of, and whose. */
export interface ProjectWatchRequest {
  projectId: string;
  personId: string;
  afterRevision: number;
}

/** A watch that can be refused while it goes on. */
export interface ProjectWatch<Batch> extends AsyncIterableIterator<Batch> {
  request: ProjectWatchRequest;
  /** Ends it with an error; nothing is handed over from then on. May be called repeatedly. */
  refuse(error: Error): void;
}

/**
 * @param tail what is watched; asleep in `next`, it wakes up by `return`
 * @param onEnd called once, however it ends
 */
export function createProjectWatch<Batch>(
  request: ProjectWatchRequest,
  tail: AsyncIterableIterator<Batch>,
  onEnd: () => void,
): ProjectWatch<Batch> {
  let refusal: Error | null = null;
  let ended = false;
  const end = () => {
    if (!ended) onEnd();
    ended = true;
  };
  return {
    request,
    refuse(error) {
      refusal ??= error;
      void tail.return?.();
    },
    async next() {
      try {
        const result = await tail.next();
        if (refusal !== null) throw refusal;
        if (result.done) end();
        return result;
      } catch (error) {
        end();
        throw error;
      }
    },
    async return() {
      end();
      await tail.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
