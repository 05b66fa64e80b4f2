// Keeps unsent operations across reloads and crashes: one entry each in localStorage, written before it is sent and
// removed when it is answered. One entry an operation, so that two tabs on one document never overwrite each other; what
// both send is the same operation under the same clientMutationId, which the server applies once.
import type { Operation } from "./operation.ts";

export interface OutboxStorage {
  load(): Operation[];
  save(operation: Operation): void;
  remove(clientMutationId: string): void;
}

/** The part of `Storage` that is needed: tests bring their own. */
export type KeyValueStore = Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length">;

const KINDS = new Set([
  "createAnnotation",
  "updateAnnotation",
  "deleteAnnotation",
  "restoreAnnotation",
  "createRelation",
  "deleteRelation",
]);

function isOperation(value: unknown): value is Operation {
  if (typeof value !== "object" || value === null || !("clientMutationId" in value) || !("command" in value))
    return false;
  const { command } = value;
  return (
    typeof value.clientMutationId === "string" &&
    typeof command === "object" &&
    command !== null &&
    "kind" in command &&
    KINDS.has(String(command.kind))
  );
}

function parse(text: string | null): Operation | null {
  try {
    const value: unknown = JSON.parse(text ?? "null");
    return isOperation(value) ? value : null;
  } catch {
    // a half-written entry of a crashed browser is no operation
    return null;
  }
}

export function createOutboxStorage(store: KeyValueStore, userId: string, documentId: string): OutboxStorage {
  const prefix = `concord:outbox:${userId}:${documentId}:`;
  return {
    load() {
      const operations: Operation[] = [];
      for (let index = 0; index < store.length; index++) {
        const key = store.key(index);
        const operation = key?.startsWith(prefix) === true ? parse(store.getItem(key)) : null;
        // what was under way may or may not have arrived: it is sent again under the same id
        if (operation !== null)
          operations.push(operation.state === "sending" ? { ...operation, state: "waiting" } : operation);
      }
      // UUIDv7 ids sort by the time they were made
      return operations.sort((a, b) => (a.clientMutationId < b.clientMutationId ? -1 : 1));
    },
    save(operation) {
      try {
        store.setItem(prefix + operation.clientMutationId, JSON.stringify(operation));
      } catch (error) {
        // a full or forbidden store costs the safety net, not the work: it is sent from memory all the same
        if (!(error instanceof DOMException)) throw error;
      }
    },
    remove: (clientMutationId) => store.removeItem(prefix + clientMutationId),
  };
}
