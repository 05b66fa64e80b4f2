/**
 * Feeds the watchers of each layer from its log: replay first, then what is committed, in order, each once.
 *
 * A watcher is only a position in the log. It sleeps while it is at the head and reads on when the head moves, so
 * nothing can be lost between replay and tail, and a slow one costs no memory. Reads of the same pages by many
 * watchers share one query.
 */
import { revisionGone } from "../errors.ts";
import type { ChangeBatch, LoggedChange } from "./change.ts";

/** Where the hub reads from; the database, or a stand-in in a test of interleavings. */
export interface LogSource {
  /** Changes above `after` up to `upTo`, in order, at least one when there is one. */
  read(layerId: string, after: number, upTo: number): Promise<LoggedChange[]>;
}

interface WatchedLayer {
  head: number;
  watchers: Set<Watcher>;
  /** Reads under way, by the revision they start from. */
  reads: Map<string, Promise<LoggedChange[]>>;
}

/** One subscription. */
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

export interface Hub {
  watch(request: WatchRequest): AsyncIterableIterator<ChangeBatch> & { fail(error: Error): void };
  /** The log of a layer has come this far. */
  advanced(layerId: string, revision: number): void;
  /** Layers that somebody watches. */
  watchedLayers(): string[];
  /** Ends every subscription. */
  dispose(): void;
}

/** A hub over a log. */
export function createHub(source: LogSource): Hub {
  const layers = new Map<string, WatchedLayer>();

  function join(layerId: string, watcher: Watcher): WatchedLayer {
    let layer = layers.get(layerId);
    if (!layer) {
      layer = { head: 0, watchers: new Set(), reads: new Map() };
      layers.set(layerId, layer);
    }
    layer.watchers.add(watcher);
    return layer;
  }

  function leave(layerId: string, layer: WatchedLayer, watcher: Watcher): void {
    layer.watchers.delete(watcher);
    if (layer.watchers.size === 0 && layers.get(layerId) === layer) layers.delete(layerId);
  }

  function read(layerId: string, layer: WatchedLayer, after: number): Promise<LoggedChange[]> {
    const key = `${after}-${layer.head}`;
    const underWay = layer.reads.get(key);
    if (underWay !== undefined) return underWay;
    const reading = source.read(layerId, after, layer.head).finally(() => layer.reads.delete(key));
    layer.reads.set(key, reading);
    return reading;
  }

  return {
    watch({ layerId, documentId, afterRevision }) {
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

      async function next(): Promise<IteratorResult<ChangeBatch>> {
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
          const changes = await readOn();
          if (ended || failure) continue;
          const [first] = changes;
          const last = changes.at(-1);
          if (first?.revision !== position + 1 || !last) {
            end();
            throw revisionGone(
              `The log no longer reaches back to revision ${position}. Read the document again.`,
            );
          }
          position = last.revision;
          return {
            done: false,
            value: { documentId, fromRevision: first.revision, toRevision: last.revision, changes },
          };
        }
      }

      async function readOn(): Promise<LoggedChange[]> {
        try {
          return await read(layerId, layer, position);
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
        fail: watcher.fail,
      };
    },

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
