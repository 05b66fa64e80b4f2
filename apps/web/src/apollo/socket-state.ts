// How the socket is doing, for an honest status word. Fed by the graphql-ws client's events, read by components.
import { useSyncExternalStore } from "react";

/**
 * `idle`: nothing is watched, so there is no socket. `connecting`: the first try. `offline`: it broke, or a try failed.
 * `barred`: so many tries in a row have failed that something on the way may not let it through.
 */
export type SocketState = "idle" | "connecting" | "connected" | "offline" | "barred";

/** `failed`: it broke, or did not come up. `ended`: it was no longer needed. */
export type SocketEvent = "connecting" | "connected" | "failed" | "ended";

/** Some seconds, with the waits between; a server that restarts is often back by then. */
const MOST_FAILED_TRIES = 4;

export interface SocketStateStore {
  get(): SocketState;
  /** How many tries have failed since it was last connected. */
  failedTries(): number;
  note(event: SocketEvent): void;
  subscribe(listener: () => void): () => void;
}

export function createSocketState(): SocketStateStore {
  let state: SocketState = "idle";
  let failedTries = 0;
  const listeners = new Set<() => void>();

  function after(event: SocketEvent): SocketState {
    switch (event) {
      case "connecting":
        // what failed is not well before it is connected
        return state === "idle" ? "connecting" : state;
      case "connected":
        failedTries = 0;
        return "connected";
      case "failed":
        if (state !== "connected") failedTries++;
        return failedTries < MOST_FAILED_TRIES ? "offline" : "barred";
      case "ended":
        failedTries = 0;
        return "idle";
    }
  }

  return {
    get: () => state,
    failedTries: () => failedTries,
    note(event) {
      const before = state;
      state = after(event);
      if (state === before) return;
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
