/**
 * One execution for all who sent the same subscription. That it may be shared is not declared but seen: an execution
 * that asks who is asking makes its document personal from then on.
 */
import { type ExecutionArgs, type ExecutionResult, execute } from "graphql";
import type { Caller, Context } from "../context.ts";
import { createFrame } from "../live/frames.ts";
import type { Share } from "../live/group.ts";
import { insist } from "../live/insist.ts";
import type { PreparedDocument } from "./documents.ts";
import { createLoaders } from "./loaders.ts";

/** A context for one event, with loaders of its own, noting whether anything asked for the caller. */
function watchContext(context: Context): { context: Context; wasCallerAsked: () => boolean } {
  const { db } = context.live;
  let asked = false;
  const caller = (): Caller | null => {
    asked = true;
    return context.caller;
  };
  return {
    context: {
      ...context,
      db,
      get caller() {
        return caller();
      },
      loaders: createLoaders(db, () => caller()?.viewer.id ?? null),
    },
    wasCallerAsked: () => asked,
  };
}

/**
 * What a subscription has in common with others: everything but its place in the log and, unless its answer depends on
 * that, its viewer.
 * @param mask makes a result fit to leave the server
 */
export function shareOf(
  prepared: PreparedDocument,
  args: ExecutionArgs,
  context: Context,
  mask: (result: ExecutionResult) => object,
): Share {
  // As of now: the key and what the key allows belong together.
  const { isPersonal, resumesFrom, text } = prepared;
  const variables = Object.entries(args.variableValues ?? {})
    .filter(([name]) => name !== resumesFrom)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    key: JSON.stringify([
      isPersonal ? (context.caller?.viewer.id ?? null) : null,
      args.operationName ?? null,
      variables,
      text,
    ]),
    render: (event) =>
      insist(async () => {
        const watched = watchContext(context);
        const result = await execute({ ...args, rootValue: event, contextValue: watched.context });
        if (watched.wasCallerAsked() && !isPersonal) {
          prepared.isPersonal = true;
          return null;
        }
        // Without data the batch is not told: the subscriber must not believe to have seen it.
        if (result.data == null) throw result.errors?.[0] ?? new Error("an execution gave nothing at all");
        return createFrame(JSON.stringify(mask(result)));
      }),
  };
}
