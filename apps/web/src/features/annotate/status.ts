// The one honest word about whether work is safe, and the sentence behind it. Pure.
import type { SocketState } from "../../apollo/socket-state.ts";
import type { Operation } from "./model/operation.ts";

export interface Status {
  readonly kind: "saved" | "saving" | "offline" | "reconnecting" | "conflict" | "refused";
  readonly word: string;
  readonly explanation: string;
}

export interface StatusFacts {
  readonly operations: readonly Operation[];
  /** Whether the last operation got an answer. */
  readonly isReachable: boolean;
  readonly socket: SocketState;
  /** What the browser says; it only knows of its own network. */
  readonly isOnline: boolean;
}

export function statusOf({ operations, isReachable, socket, isOnline }: StatusFacts): Status {
  const conflicts = operations.filter(({ problem }) => problem?.current != null).length;
  const refused = operations.filter(({ state }) => state === "refused").length - conflicts;
  const waiting = operations.length - refused - conflicts;
  if (conflicts > 0) {
    return {
      kind: "conflict",
      word: "Conflict",
      explanation: "Somebody changed the same annotation. Open it to choose between the two versions.",
    };
  }
  if (refused > 0)
    return {
      kind: "refused",
      word: `${refused} needs a look`,
      explanation: "The server refused a change. The annotation says why.",
    };
  if (!isOnline || !isReachable) {
    const word = waiting === 0 ? "Offline" : `Offline, ${waiting} waiting`;
    return {
      kind: "offline",
      word,
      explanation:
        "What you do is kept on this device, also when the tab is closed, and sent when the server answers again.",
    };
  }
  if (socket === "offline") {
    return {
      kind: "reconnecting",
      word: "Reconnecting",
      explanation: "The live connection broke. What others do shows when it is back; nothing is lost.",
    };
  }
  if (waiting > 0) return { kind: "saving", word: "Saving", explanation: "On its way to the server." };
  return { kind: "saved", word: "Saved", explanation: "All changes are on the server." };
}
