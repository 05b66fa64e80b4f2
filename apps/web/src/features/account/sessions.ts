// Where one is signed in, read from the sign-in addresses: when the page opens, when it is come back to, and after changes.
import { useCallback, useEffect, useState } from "react";
import { type AuthFailure, listSessions, type Session } from "../../apollo/auth.ts";
import { useOnReturn } from "../../frame/useOnReturn.ts";

const listeners = new Set<() => void>();

/** Sessions began or ended by what was done elsewhere on the page. */
export function sessionsChanged(): void {
  for (const listener of listeners) listener();
}

export interface Sessions {
  /** Null until known. */
  readonly list: readonly Session[] | null;
  readonly failure: AuthFailure | null;
  readonly reload: () => void;
}

export function useSessions(): Sessions {
  const [list, setList] = useState<readonly Session[] | null>(null);
  const [failure, setFailure] = useState<AuthFailure | null>(null);
  const reload = useCallback(() => {
    void listSessions().then((answer) => {
      if ("ok" in answer) setFailure(answer);
      else {
        setFailure(null);
        setList(answer);
      }
    });
  }, []);
  useEffect(() => {
    reload();
    listeners.add(reload);
    return () => {
      listeners.delete(reload);
    };
  }, [reload]);
  useOnReturn(reload);
  return { list, failure, reload };
}
