// A note that is being written: kept on the device until it is saved, and never replaced by what comes in.
import type { KeyValueStore } from "./outbox-storage.ts";

export interface NoteDraft {
  readonly text: string;
  /** The note it was begun from: another one by now means that somebody else has changed it. */
  readonly base: string;
}

const prefixOf = (userId: string) => `concord:note:${userId}:`;

export function createDraftStorage(
  store: Pick<KeyValueStore, "getItem" | "setItem" | "removeItem">,
  userId: string,
  annotationId: string,
) {
  const key = prefixOf(userId) + annotationId;
  return {
    load(): NoteDraft | null {
      try {
        const value: unknown = JSON.parse(store.getItem(key) ?? "null");
        if (typeof value !== "object" || value === null || !("text" in value) || !("base" in value))
          return null;
        return { text: String(value.text), base: String(value.base) };
      } catch {
        return null;
      }
    },
    save(draft: NoteDraft) {
      try {
        store.setItem(key, JSON.stringify(draft));
      } catch (error) {
        // without room the note still stands in the field and is saved with it
        if (!(error instanceof DOMException)) throw error;
      }
    },
    clear: () => store.removeItem(key),
  };
}

/** Notes that a person has begun and not saved, on the annotations that count. */
export function draftsOf(
  store: KeyValueStore,
  userId: string,
  counts: (annotationId: string) => boolean,
): { annotationId: string; text: string }[] {
  const prefix = prefixOf(userId);
  const found: { annotationId: string; text: string }[] = [];
  for (let index = 0; index < store.length; index++) {
    const key = store.key(index);
    if (key?.startsWith(prefix) !== true) continue;
    const annotationId = key.slice(prefix.length);
    const draft = counts(annotationId) ? createDraftStorage(store, userId, annotationId).load() : null;
    if (draft !== null) found.push({ annotationId, text: draft.text });
  }
  return found;
}

/** Whether somebody else's note stands against the one being written. */
export function isContested(draft: NoteDraft | null, note: string): boolean {
  return draft !== null && draft.base !== note && draft.text !== note;
}
