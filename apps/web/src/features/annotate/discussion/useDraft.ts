// What is being written, kept on the device until it is sent off: across a reload, a conflict, a lost session.
import { useMemo, useState } from "react";
import { createDraftStorage, type DraftKind } from "../model/note-draft.ts";

export interface DraftField {
  readonly text: string | null;
  readonly write: (text: string) => void;
  readonly drop: () => void;
  /** Empties the field; what it held is kept until `kept`. */
  readonly sendOff: (kept: Promise<void>) => void;
}

/** @param base what it was begun from */
export function useDraft(kind: DraftKind, viewerId: string, id: string, base: string): DraftField {
  const storage = useMemo(() => createDraftStorage(localStorage, kind, viewerId, id), [kind, viewerId, id]);
  const [text, setText] = useState(() => storage.load()?.text ?? null);
  return {
    text,
    write(next) {
      setText(next);
      if (next === base) storage.clear();
      else storage.save({ text: next, base });
    },
    drop() {
      setText(null);
      storage.clear();
    },
    sendOff(kept) {
      setText(null);
      void kept.then(() => {
        if (storage.load()?.text === text) storage.clear();
      });
    },
  };
}
