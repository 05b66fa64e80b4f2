/**
 * Knows how far each watched layer has come, and reads its log for those who watch. Projects' logs are read by a hub of
 * their own: to it a layer's id is the project's.
 *
 * A watcher is only a position in the log. It sleeps while it is at the head and reads on when the head moves, so
 * nothing can be lost between replay and tail, and a slow one costs no memory. Reads of the same pages by many
 * watchers share one query.
 */
import { revisionGone } from "../errors.ts";
import type { ChangeBatch, LoggedChange } from "./change.ts";

/** Where the hub reads from; the database, or a stand-in in a test of interleavings. */
export interface LogSource<Logged = LoggedChange> {
  /** Changes above `after` up to `upTo`, in order, at least one when there is one. */
  read(layerId: string, after: number, upTo: number): Promise<Logged[]>;
}

interface WatchedLayer<Logged> {
  head: number;
  watchers: Set<Watcher>;
  /** Reads under way, by the revisions they are between. */
  reads: Map<string, Promise<Logged[]>>;
}

/** One who wants to hear of a layer. */
interface Watcher {
  wake(): void;
  fail(error: Error): void;
}

/** What somebody wants to watch. */
export interface WatchRequest {
  layerId: string;
  documentId: string;
  /** The last revision the watcher has. */
  afterRevision: number;
}

export interface Hub<Logged = LoggedChange> {
  /**
   * Everything above a revision, for ever.
   * @param pace waited for between hearing of changes and reading them: what comes meanwhile joins the same batch
   */
  watch(request: WatchRequest, pace?: () => Promise<void>): AsyncIterableIterator<ChangeBatch<Logged>>;
  /**
   * One batch of what is known to be there, of a layer that is held or watched.
   * @throws REVISION_GONE when the log does not go on from there
   */
  read(request: WatchRequest, upTo: number): Promise<ChangeBatch<Logged>>;
  /** Hears of a layer from now on, until the answer is called. */
  hold(layerId: string): () => void;
  /** How far a layer that is held or watched has come, as far as it was heard. */
  head(layerId: string): number;
  /** The log of a layer has come this far. */
  advanced(layerId: string, revision: number): void;
  /** Layers that somebody holds or watches. */
  watchedLayers(): string[];
  /** Ends everything that watches. */
  dispose(): void;
}

/** A hub over a log. */
export function createHub<Logged extends { revision: number } = LoggedChange>(
  source: LogSource<Logged>,
): Hub<Logged> {
  const layers = new Map<string, WatchedLayer<Logged>>();

  function join(layerId: string, watcher: Watcher): WatchedLayer<Logged> {
    let layer = layers.get(layerId);
    if (!layer) {
      layer = { head: 0, watchers: new Set(), reads: new Map() };
      layers.set(layerId, layer);
    }
    layer.watchers.add(watcher);
    return layer;
  }

  function leave(layerId: string, layer: WatchedLayer<Logged>, watcher: Watcher): void {
    layer.watchers.delete(watcher);
    if (layer.watchers.size === 0 && layers.get(layerId) === layer) layers.delete(layerId);
  }

  function readOnce(layer: WatchedLayer<Logged>, layerId: string, after: number, upTo: number) {
    const key = `${after}-${upTo}`;
    const underWay = layer.reads.get(key);
    if (underWay !== undefined) return underWay;
    const reading = source.read(layerId, after, upTo).finally(() => layer.reads.delete(key));
    layer.reads.set(key, reading);
    return reading;
  }

  async function readBatch(
    layer: WatchedLayer<Logged>,
    { layerId, documentId, afterRevision }: WatchRequest,
    upTo: number,
  ): Promise<ChangeBatch<Logged>> {
    const changes = await readOnce(layer, layerId, afterRevision, upTo);
    const [first] = changes;
    const last = changes.at(-1);
    if (first?.revision !== afterRevision + 1 || !last) {
      throw revisionGone(
        `The log no longer reaches back to revision ${afterRevision}. Read what is there now.`,
      );
    }
    return { documentId, fromRevision: first.revision, toRevision: last.revision, changes };
  }

  return {
    watch({ layerId, documentId, afterRevision }, pace) {
      let position = afterRevision;
      let ended = false;
      let failure: Error | null = null;
      let wakeUp: (() => void) | null = null;
      const watcher: Watcher = {
        wake: () => wakeUp?.(),
        fail(error) {
          failure ??= error;
          wakeUp?.();
        },
      };
      // Joined here and not in the first next(): what is committed from now on must be heard of.
      const layer = join(layerId, watcher);
      const end = () => {
        ended = true;
        leave(layerId, layer, watcher);
        wakeUp?.();
      };
      const sleepUntilWoken = () =>
        new Promise<void>((resolve) => {
          wakeUp = () => {
            wakeUp = null;
            resolve();
          };
        });

      async function next(): Promise<IteratorResult<ChangeBatch<Logged>>> {
        for (;;) {
          if (ended) return { done: true, value: undefined };
          if (failure) {
            end();
            throw failure;
          }
          if (position >= layer.head) {
            await sleepUntilWoken();
            continue;
          }
          await pace?.();
          if (ended || failure) continue;
          const batch = await readOn();
          if (ended || failure) continue;
          position = batch.toRevision;
          return { done: false, value: batch };
        }
      }

      async function readOn(): Promise<ChangeBatch<Logged>> {
        try {
          return await readBatch(layer, { layerId, documentId, afterRevision: position }, layer.head);
        } catch (error) {
          end();
          throw error;
        }
      }

      return {
        next,
        async return() {
          end();
          return { done: true, value: undefined };
        },
        [Symbol.asyncIterator]() {
          return this;
        },
      };
    },

    async read(request, upTo) {
      const layer = layers.get(request.layerId);
      if (!layer) throw new Error("only a layer that is held or watched can be read");
      return readBatch(layer, request, upTo);
    },

    hold(layerId) {
      const watcher: Watcher = { wake: () => {}, fail: () => {} };
      const layer = join(layerId, watcher);
      return () => leave(layerId, layer, watcher);
    },

    head: (layerId) => layers.get(layerId)?.head ?? 0,

    advanced(layerId, revision) {
      const layer = layers.get(layerId);
      if (!layer || revision <= layer.head) return;
      layer.head = revision;
      for (const watcher of layer.watchers) watcher.wake();
    },

    watchedLayers: () => [...layers.keys()],

    dispose() {
      for (const layer of layers.values()) {
        for (const watcher of layer.watchers) watcher.fail(new Error("the server is stopping"));
      }
    },
  };
}
