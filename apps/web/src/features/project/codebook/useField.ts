// One field of a label or relation type under somebody's hands: shown at once, sent when it is done, and never replaced by
// what others do. Where they have changed the same field, both stand there until one of them is chosen.
import { useMemo, useState } from "react";
import { describeError, type ShownError } from "../../../apollo/error-message.ts";
import { useViewer } from "../../../frame/viewer.ts";
import { createDraftStorage, type Draft, isContested, isSame } from "./draft.ts";

export interface Field<T> {
  readonly value: T;
  /** Set when another's value waits beside the one being written. */
  readonly theirs: { readonly value: T } | null;
  readonly problem: ShownError | null;
  readonly isBusy: boolean;
  readonly write: (value: T) => void;
  /** Sends what was written; for a choice, write and send in one. */
  readonly send: (value?: T) => void;
  readonly keepTheirs: () => void;
  readonly keepMine: () => void;
}

export interface FieldOptions<T> {
  readonly present: T;
  /** Sends a value that was begun from another one. */
  readonly save: (value: T, base: T) => Promise<"saved" | "contested">;
}

export function useField<T>({ present, save }: FieldOptions<T>, keep: Keeper<T> | null = null): Field<T> {
  const [draft, setDraft] = useState<Draft<T> | null>(() => keep?.load() ?? null);
  const [problem, setProblem] = useState<ShownError | null>(null);
  const [isBusy, setBusy] = useState(false);
  const isDisputed = isContested(draft, present);

  const hold = (next: Draft<T>) => {
    setDraft(next);
    keep?.save(next);
  };
  const drop = () => {
    setDraft(null);
    setProblem(null);
    keep?.clear();
  };
  const write = (value: T) => {
    setProblem(null);
    hold({ value, base: draft?.base ?? present });
  };
  const sendFrom = async (next: Draft<T>) => {
    hold(next);
    if (isSame(next.value, present)) {
      drop();
      return;
    }
    setBusy(true);
    setProblem(null);
    try {
      const outcome = await save(next.value, next.base);
      // What was written on meanwhile is a draft of its own, begun from what was saved.
      if (outcome === "saved")
        setDraft((now) =>
          now === null || isSame(now.value, next.value) ? null : { ...now, base: next.value },
        );
      if (outcome === "saved") keep?.clear();
    } catch (error) {
      setProblem(describeError(error));
    } finally {
      setBusy(false);
    }
  };
  return {
    value: draft === null ? present : draft.value,
    theirs: isDisputed ? { value: present } : null,
    problem,
    isBusy,
    write,
    send(value) {
      const next = value === undefined ? draft : { value, base: draft?.base ?? present };
      if (next === null || isContested(next, present)) {
        if (next !== null) hold(next);
        return;
      }
      void sendFrom(next);
    },
    keepTheirs: drop,
    keepMine: () => {
      if (draft !== null) void sendFrom({ value: draft.value, base: present });
    },
  };
}

export interface Keeper<T> {
  readonly load: () => Draft<T> | null;
  readonly save: (draft: Draft<T>) => void;
  readonly clear: () => void;
}

/** The same for words, which are kept on this device until they are saved. `place` names the field. */
export function useWordsField(place: string, options: FieldOptions<string>): Field<string> {
  const { id } = useViewer();
  const keep = useMemo(() => createDraftStorage(localStorage, id, place), [id, place]);
  return useField(options, keep);
}
