/** The one way in which a layer changes. */
import type { Pool } from "pg";
import { requireProject } from "../access/access.service.ts";
import { type Context, viewerOf } from "../context.ts";
import type { Sql } from "../database/sql.ts";
import { type RepeatableInput, refuseTaken, rememberedOutcome, repeatableOf } from "../graphql/apply-once.ts";
import { createLayerQueue } from "./layer-queue.ts";
import { type LayerOutcome, type LayerWrite, type LayerWriter, writeTogether } from "./layer-transaction.ts";

/** How many writes share a transaction: bounds how long the first of them waits for its commit. */
const MOST_TOGETHER = 64;

/** Where all who write to a layer on this server meet. */
export interface Layers {
  write(layerId: string, write: LayerWrite): Promise<LayerOutcome>;
  /** Waits for what is under way. */
  dispose(): Promise<void>;
}

/**
 * @param pool for the layers' transactions alone, one connection each: who waits for a layer that is locked elsewhere
 * must not keep others from anything else
 */
export function createLayers(pool: Pool, published: (layerId: string, revision: number) => void): Layers {
  const queue = createLayerQueue<LayerWrite, LayerOutcome>(MOST_TOGETHER, (layerId, take) =>
    writeTogether(pool, layerId, take, published),
  );
  return { write: queue.push, dispose: queue.dispose };
}

/** Whose layer, found by what the mutation names. */
type Place = Pick<LayerWrite, "documentId"> & { layerId: string };

/**
 * Changes a layer: rows, revision and log in one transaction, maybe together with others who write to it at the same
 * time, at most once for each clientMutationId; after the commit everybody who watches is told.
 *
 * That a clientMutationId is known comes before every other rule. It is looked for under the layer's lock and after any
 * refusal, so that an ordinary write need not look for it beforehand.
 *
 * @param placeOf finds the layer, and by that whether the viewer may know of it; before the layer is locked
 * @param write makes the change under the layer's lock; see LayerWrite
 */
export function changeLayer<Result extends object>(
  ctx: Context,
  mutation: string,
  input: RepeatableInput,
  placeOf: () => Promise<Place>,
  write: (writer: LayerWriter) => Promise<Result>,
): Promise<Result & LayerOutcome> {
  const nothing = () => Promise.resolve();
  return changeLayerAfter(ctx, mutation, input, placeOf, nothing, (writer) => write(writer));
}

/**
 * The same for what is written often.
 * @param read reads under the lock what no write to a layer changes, at once for all who write together
 * @param write is given what was read
 */
export async function changeLayerAfter<Read, Result extends object>(
  ctx: Context,
  mutation: string,
  input: RepeatableInput,
  placeOf: () => Promise<Place>,
  read: (sql: Sql) => Promise<Read>,
  write: (writer: LayerWriter, reading: Promise<Read>) => Promise<Result>,
): Promise<Result & LayerOutcome> {
  const repeatable = repeatableOf(mutation, input);
  try {
    const { documentId, layerId } = await placeOf();
    let result: Result | undefined;
    const outcome = await ctx.layers.write(layerId, {
      personId: viewerOf(ctx).id,
      documentId,
      repeatable,
      prepare(sql) {
        const reading = read(sql);
        // Who is refused before does not ask.
        reading.catch(() => {});
        return async (writer) => {
          result = await write(writer, reading);
          return result;
        };
      },
    });
    if (result === undefined) throw new Error("a write has an outcome but was not made");
    return { ...result, ...outcome };
  } catch (error) {
    const earlier =
      repeatable === null
        ? null
        : await rememberedOutcome<Result & LayerOutcome>(ctx, repeatable, ({ projectId }) =>
            requireProject(ctx, projectId, "read"),
          );
    return earlier?.outcome ?? refuseTaken(error);
  }
}
