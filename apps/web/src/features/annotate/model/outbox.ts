// One person's unsent operations in this browser, the same in all tabs: in memory at once, then in IndexedDB, then told to
// the other tabs. Who sends them is another matter, see sender.ts.
import { isMoot } from "./conflict.ts";
import { countedFrom, inOrder, type Operation, type Problem } from "./operation.ts";
import type { OutboxStorage } from "./outbox-storage.ts";
import type { Change } from "./server-state.ts";

/** What becomes of a list of operations. */
export interface Edit {
  readonly save?: readonly Operation[];
  readonly remove?: readonly Operation[];
}

export interface OutboxEvent {
  /** What was added, changed or has gone. */
  readonly operations: readonly Operation[];
  /** What the server answered one of them, for the store of its document. */
  readonly change: Change | null;
}

export interface OutboxSnapshot {
  /** Of all documents, in the order they go. */
  readonly operations: readonly Operation[];
  /** False after an operation got no answer, until one does. */
  readonly isReachable: boolean;
  /** False when the browser would not keep some of them beyond this page. */
  readonly isKept: boolean;
}

interface Message extends OutboxEvent {
  readonly save: readonly Operation[];
  readonly removed: readonly string[];
  readonly isReachable: boolean;
}

/** The part of a BroadcastChannel that is needed. */
export interface Channel {
  postMessage(message: unknown): void;
  onmessage: ((event: MessageEvent) => void) | null;
  close(): void;
}

export type Outbox = ReturnType<typeof createOutbox>;

export function createOutbox(storage: OutboxStorage, channel: Channel | null) {
  const byId = new Map<string, Operation>();
  /** Ids that are gone: one never comes back, in whatever order the tabs hear of it. */
  const gone = new Set<string>();
  /** Not in the storage, or not as they are now. */
  const unwritten = new Set<string>();
  const listeners = new Set<(event: OutboxEvent) => void>();
  let isReachable = true;
  let isKept = true;
  let snapshot = makeSnapshot();
  let written: Promise<void> = Promise.resolve();

  function makeSnapshot(): OutboxSnapshot {
    return { operations: inOrder(byId.values()), isReachable, isKept };
  }

  function tell(operations: readonly Operation[], change: Change | null): void {
    snapshot = makeSnapshot();
    for (const listener of listeners) listener({ operations, change });
  }

  /** Takes it in; answers what is different now. */
  function take(save: readonly Operation[], removed: readonly string[]): Operation[] {
    const touched: Operation[] = [];
    for (const id of removed) {
      gone.add(id);
      const operation = byId.get(id);
      if (operation === undefined) continue;
      touched.push(operation);
      byId.delete(id);
      unwritten.delete(id);
    }
    for (const operation of save) {
      if (gone.has(operation.clientMutationId)) continue;
      byId.set(operation.clientMutationId, operation);
      touched.push(operation);
    }
    return touched;
  }

  async function write(removed: readonly string[]): Promise<void> {
    const left = [...byId.values()].filter(({ clientMutationId }) => unwritten.has(clientMutationId));
    const isDone = await storage.write(left, removed);
    // what changed while it was being written is written again by the change's own turn
    if (isDone)
      for (const one of left)
        if (byId.get(one.clientMutationId) === one) unwritten.delete(one.clientMutationId);
    if (isKept !== isDone) {
      isKept = isDone;
      tell([], null);
    }
  }

  function edit({ save = [], remove = [] }: Edit, change: Change | null = null): void {
    const removed = remove.map(({ clientMutationId }) => clientMutationId);
    const operations = take(save, removed);
    for (const { clientMutationId } of save) if (byId.has(clientMutationId)) unwritten.add(clientMutationId);
    tell(operations, change);
    written = written.then(async () => {
      await write(removed);
      post({ save, removed, operations, change });
    });
  }

  function post(message: Omit<Message, "isReachable">): void {
    channel?.postMessage({ ...message, isReachable } satisfies Message);
  }

  /** Reads again what is kept: a page that was frozen has missed what the other tabs told. */
  function refresh(): Promise<void> {
    written = written.then(async () => {
      const kept = await storage.load();
      if (kept === null) return;
      const ids = new Set(kept.map(({ clientMutationId }) => clientMutationId));
      const lost = [...byId.keys()].filter((id) => !ids.has(id) && !unwritten.has(id));
      const news = kept.filter(
        (operation) =>
          !unwritten.has(operation.clientMutationId) &&
          JSON.stringify(byId.get(operation.clientMutationId)) !== JSON.stringify(operation),
      );
      const operations = take(news, lost);
      if (operations.length > 0) tell(operations, null);
    });
    return written;
  }

  if (channel !== null)
    channel.onmessage = ({ data }: MessageEvent<Message>) => {
      isReachable = data.isReachable;
      take(data.save, data.removed);
      tell(data.operations, data.change);
    };

  const find = (id: string | null) => (id === null ? undefined : byId.get(id));

  return {
    getSnapshot: () => snapshot,
    subscribe(listener: (event: OutboxEvent) => void) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    find,
    edit,
    refresh,
    /** When all that was done until now is kept, as far as the browser keeps anything. */
    written: () => written,
    /** The server has it, as an answer or the subscription told. */
    acknowledge(clientMutationId: string | null, change: Change) {
      const operation = find(clientMutationId);
      if (operation === undefined) return;
      const version = change.kind === "annotationSaved" ? change.annotation.version : null;
      isReachable = true;
      edit(
        {
          save: version === null ? [] : countedFrom(snapshot.operations, operation, version),
          remove: [operation],
        },
        change,
      );
    },
    refuse({ clientMutationId }: Operation, problem: Problem) {
      const operation = find(clientMutationId);
      if (operation === undefined) return;
      const refused: Operation = { ...operation, state: "refused", problem };
      edit(isMoot(refused) ? { remove: [operation] } : { save: [refused] });
    },
    setReachable(next: boolean) {
      if (next === isReachable) return;
      isReachable = next;
      tell([], null);
      post({ save: [], removed: [], operations: [], change: null });
    },
    dispose() {
      listeners.clear();
      if (channel !== null) channel.onmessage = null;
      // what is still being written is told to the other tabs too
      void written.then(() => {
        channel?.close();
        storage.close();
      });
    },
  };
}
