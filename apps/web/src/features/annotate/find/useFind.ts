// Whether one is searching the text, and for what: kept while the document is open, so that `/` goes on where one was.
import { useCallback, useState } from "react";
import type { FindOptions } from "../../../text/find-in-text.ts";

export interface FindState {
  /** Counts how often the field was asked for; 0 while it is closed. */
  readonly asked: number;
  readonly typed: string;
  readonly options: FindOptions;
  /** Code point from which the present hit is looked for. */
  readonly from: number;
}

export interface Find extends FindState {
  readonly isOpen: boolean;
  open(from: number, typed: string | null): void;
  close(): void;
  change(state: Partial<Omit<FindState, "asked">>): void;
}

export function useFind(): Find {
  const [state, setState] = useState<FindState>({
    asked: 0,
    typed: "",
    options: { matchesCase: false, wholeWords: false },
    from: 0,
  });
  const open = useCallback((from: number, typed: string | null) => {
    setState((present) => ({ ...present, asked: present.asked + 1, from, typed: typed ?? present.typed }));
  }, []);
  const close = useCallback(() => setState((present) => ({ ...present, asked: 0 })), []);
  const change = useCallback(
    (next: Partial<Omit<FindState, "asked">>) => setState((present) => ({ ...present, ...next })),
    [],
  );
  return { ...state, isOpen: state.asked > 0, open, close, change };
}
