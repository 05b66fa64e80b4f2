// Keeps unsent operations across reloads and crashes: one record each in IndexedDB, under the person whose they are.
// Says whether it could; a browser that keeps nothing costs the safety net, not the work.
import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { KeyValueStore } from "./note-draft.ts";
import { takeOldOperations } from "./old-outbox.ts";
import type { Operation } from "./operation.ts";

export interface OutboxStorage {
  /** This person's operations, in no order; null when they can't be read. */
  load(): Promise<readonly Operation[] | null>;
  /** All or nothing; false when it could not be kept. */
  write(save: readonly Operation[], remove: readonly string[]): Promise<boolean>;
  close(): void;
}

interface Schema extends DBSchema {
  operations: {
    key: string;
    value: { readonly userId: string; readonly clientMutationId: string; readonly operation: Operation };
    indexes: { userId: string };
  };
}

const NAME = "concord";
/** Some browsers have left an open request without any answer; work must not wait for it. */
const PATIENCE_MS = 4_000;

async function open(onGone: () => void): Promise<IDBPDatabase<Schema>> {
  return openDB<Schema>(NAME, 1, {
    upgrade(db) {
      db.createObjectStore("operations", { keyPath: "clientMutationId" }).createIndex("userId", "userId");
    },
    // a later version of this page, in another tab, wants to change the database
    blocking: (_current, _wanted, event) => {
      onGone();
      if (event.target instanceof IDBDatabase) event.target.close();
    },
    terminated: onGone,
  });
}

function orNothing<Value>(promise: Promise<Value>): Promise<Value | null> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(null), PATIENCE_MS);
    promise.then(resolve, () => resolve(null)).finally(() => clearTimeout(timer));
  });
}

/** @param old where an earlier version of this page kept what it had not sent */
export function createOutboxStorage(userId: string, old: KeyValueStore | null): OutboxStorage {
  let opened: Promise<IDBPDatabase<Schema> | null> | null = null;

  function database(): Promise<IDBPDatabase<Schema> | null> {
    opened ??= orNothing(
      open(() => {
        opened = null;
      }),
    );
    return opened;
  }

  async function tryToWrite(save: readonly Operation[], remove: readonly string[]): Promise<boolean> {
    const db = await database();
    try {
      const transaction = db?.transaction("operations", "readwrite");
      if (transaction === undefined) throw new DOMException("no database", "InvalidStateError");
      await Promise.all([
        ...save.map((operation) =>
          transaction.store.put({ userId, clientMutationId: operation.clientMutationId, operation }),
        ),
        ...remove.map((id) => transaction.store.delete(id)),
        transaction.done,
      ]);
      return true;
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
      // opened anew next time: the connection may be gone, and what was full or locked may be free by then
      opened = null;
      db?.close();
      return false;
    }
  }

  return {
    async load() {
      const db = await database();
      if (db === null) return null;
      if (old !== null) await takeOldOperations(old, userId, (operations) => tryToWrite(operations, []));
      try {
        const records = await db.getAllFromIndex("operations", "userId", userId);
        return records.map(({ operation }) => operation);
      } catch (error) {
        if (!(error instanceof DOMException)) throw error;
        opened = null;
        return null;
      }
    },
    write: async (save, remove) => (await tryToWrite(save, remove)) || tryToWrite(save, remove),
    close() {
      void opened?.then((db) => db?.close());
      opened = null;
    },
  };
}
