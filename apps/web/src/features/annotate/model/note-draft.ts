// A note or a comment that is being written: kept on the device until it is saved, and never replaced by what comes in.

/** The part of `Storage` that is needed: tests bring their own. */
export type KeyValueStore = Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length">;

/** A note of an annotation, a new comment on one, or another wording of a comment. */
export type DraftKind = "note" | "comment" | "wording";

export interface Draft {
  readonly text: string;
  /** The text it was begun from: another one by now means that somebody else has changed it. */
  readonly base: string;
}

const prefixOf = (kind: DraftKind, userId: string) => `concord:${kind}:${userId}:`;

export function createDraftStorage(
  store: Pick<KeyValueStore, "getItem" | "setItem" | "removeItem">,
  kind: DraftKind,
  userId: string,
  /** Of the annotation, or of the comment that is worded anew. */
  id: string,
) {
  const key = prefixOf(kind, userId) + id;
  return {
    load(): Draft | null {
      try {
        const value: unknown = JSON.parse(store.getItem(key) ?? "null");
        if (typeof value !== "object" || value === null || !("text" in value) || !("base" in value))
          return null;
        return { text: String(value.text), base: String(value.base) };
      } catch {
        return null;
      }
    },
    save(draft: Draft) {
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

/** The text that is being written, which is somebody else's to keep from now on; null when there is none. */
export function takeDraft(store: KeyValueStore, kind: DraftKind, userId: string, id: string): string | null {
  const storage = createDraftStorage(store, kind, userId, id);
  const draft = storage.load();
  storage.clear();
  return draft === null || draft.text === draft.base ? null : draft.text;
}

/** What a person has begun to write on an annotation and not saved. */
export interface UnsavedText {
  readonly kind: "note" | "comment";
  readonly annotationId: string;
  readonly text: string;
}

/** All of it on the annotations that count, notes first. */
export function draftsOf(
  store: KeyValueStore,
  userId: string,
  counts: (annotationId: string) => boolean,
): UnsavedText[] {
  const found: UnsavedText[] = [];
  for (const kind of ["note", "comment"] as const) {
    const prefix = prefixOf(kind, userId);
    for (let index = 0; index < store.length; index++) {
      const key = store.key(index);
      if (key?.startsWith(prefix) !== true) continue;
      const annotationId = key.slice(prefix.length);
      const draft = counts(annotationId)
        ? createDraftStorage(store, kind, userId, annotationId).load()
        : null;
      if (draft !== null) found.push({ kind, annotationId, text: draft.text });
    }
  }
  return found;
}

/** Whether somebody else's note stands against the one being written. */
export function isContested(draft: Draft | null, note: string): boolean {
  return draft !== null && draft.base !== note && draft.text !== note;
}
