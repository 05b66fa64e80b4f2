// Keeps what can be undone across a reload of the tab; another tab has its own.
import { EMPTY_STACK, type UndoStack } from "./undo.ts";

export interface UndoStorage {
  load(): UndoStack;
  save(stack: UndoStack): void;
}

/** Another form of the steps takes another name, and what is kept under this one is left alone. */
const keyOf = (userId: string, documentId: string) => `concord:undo:1:${userId}:${documentId}`;

export function createUndoStorage(
  store: Pick<Storage, "getItem" | "setItem">,
  userId: string,
  documentId: string,
): UndoStorage {
  const key = keyOf(userId, documentId);
  return {
    load() {
      try {
        const { undo, redo } = JSON.parse(store.getItem(key) ?? "{}");
        return Array.isArray(undo) && Array.isArray(redo) ? { undo, redo } : EMPTY_STACK;
      } catch {
        return EMPTY_STACK;
      }
    },
    save(stack) {
      try {
        store.setItem(key, JSON.stringify(stack));
      } catch (error) {
        // without room a reload forgets what could be undone, nothing else
        if (!(error instanceof DOMException)) throw error;
      }
    },
  };
}
