/** Subscriptions executed for each subscriber, as graphql-ws would, but with fresh loaders for each event. */
import { type ExecutionArgs, type ExecutionResult, execute } from "graphql";
import type { Context } from "../context.ts";
import { createLoaders } from "./loaders.ts";

/**
 * Executes each event with loaders of its own: what they cache is stale by the next. One that was refused before its
 * first event fails, which makes it end with an `error` message as later refusals do.
 */
async function* executeEvents(
  args: ExecutionArgs,
  events: AsyncIterable<unknown> | ExecutionResult,
  context: Context,
): AsyncGenerator<ExecutionResult> {
  if (!(Symbol.asyncIterator in events))
    throw events.errors?.[0] ?? new Error("a subscription gave neither events nor errors");
  for await (const event of events) {
    const contextValue: Context = {
      ...context,
      loaders: createLoaders(context.db, context.caller?.viewer.id ?? null),
    };
    yield await execute({ ...args, rootValue: event, contextValue });
  }
}

/** Ends the source at once when the subscriber leaves: a generator waits in its `await` until the next event. */
function endingWithSource(
  results: AsyncGenerator<ExecutionResult>,
  events: AsyncIterable<unknown>,
  ended: () => void,
): AsyncGenerator<ExecutionResult> {
  const source = events[Symbol.asyncIterator]();
  let open = true;
  const end = () => {
    if (open) ended();
    open = false;
  };
  const stop = async () => {
    end();
    await source.return?.();
  };
  return {
    async next() {
      try {
        const result = await results.next();
        if (result.done) end();
        return result;
      } catch (error) {
        end();
        throw error;
      }
    },
    async return() {
      await stop();
      return { done: true, value: undefined };
    },
    async throw(error: unknown) {
      await stop();
      throw error;
    },
    async [Symbol.asyncDispose]() {
      await stop();
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

/** A subscription's results, one for each event of its source. */
export function resultsOf(
  args: ExecutionArgs,
  source: AsyncIterable<unknown> | ExecutionResult,
  context: Context,
  onEnd: () => void,
): AsyncGenerator<ExecutionResult> {
  const results = executeEvents(args, source, context);
  return Symbol.asyncIterator in source ? endingWithSource(results, source, onEnd) : results;
}
