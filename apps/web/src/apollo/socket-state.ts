// How the socket is doing, for an honest status word. Fed by the graphql-ws client's events, read by components.
import { useSyncExternalStore } from "react";

/** `idle`: nothing is watched, so there is no socket. `connecting`: the first try. `offline`: a try failed. */
export type SocketState = "idle" | "connecting" | "connected" | "offline";

export interface SocketStateStore {
  get(): SocketState;
  set(next: SocketState): void;
  subscribe(listener: () => void): () => void;
}

export function createSocketState(): SocketStateStore {
  let state: SocketState = "idle";
  const listeners = new Set<() => void>();
  return {
    get: () => state,
    set(next) {
      if (next === state) return;
      state = next;
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** The one socket's state. */
export const socketState = createSocketState();

export function useSocketState(): SocketState {
  return useSyncExternalStore(socketState.subscribe, socketState.get);
}
