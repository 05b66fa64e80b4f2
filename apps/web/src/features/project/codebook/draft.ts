// What is being written in the codebook and not saved yet: kept on the device, with what it was begun from, so that it
// survives a reload and another's change of the same field is seen.

export interface Draft<T> {
  readonly value: T;
  readonly base: T;
}

type Store = Pick<Storage, "getItem" | "setItem" | "removeItem">;

export const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Whether somebody else's words stand against what is being written. */
export function isContested<T>(draft: Draft<T> | null, present: T): boolean {
  return draft !== null && !isSame(draft.base, present) && !isSame(draft.value, present);
}

/** Drafts of words; of what is chosen by one click nothing is kept. */
export function createDraftStorage(store: Store, userId: string, place: string) {
  const key = `concord:codebook:${userId}:${place}`;
  return {
    load(): Draft<string> | null {
      try {
        const kept: unknown = JSON.parse(store.getItem(key) ?? "null");
        if (typeof kept !== "object" || kept === null || !("value" in kept) || !("base" in kept)) return null;
        return { value: String(kept.value), base: String(kept.base) };
      } catch {
        return null;
      }
    },
    save(draft: Draft<string>): void {
      try {
        store.setItem(key, JSON.stringify(draft));
      } catch (error) {
        // without room the words still stand in the field
        if (!(error instanceof DOMException)) throw error;
      }
    },
    clear: () => store.removeItem(key),
  };
}
