// The one honest word about whether work is safe, and the sentence behind it. Pure.
import type { SocketState } from "../../apollo/socket-state.ts";
import { t } from "../../words/words.ts";
import { isConflict, refusedOnes } from "./model/conflict.ts";
import type { OutboxSnapshot } from "./model/outbox.ts";

export interface Status {
  readonly kind: "saved" | "saving" | "offline" | "reconnecting" | "conflict" | "refused";
  readonly word: string;
  readonly explanation: string;
}

export interface StatusFacts extends OutboxSnapshot {
  readonly documentId: string;
  readonly socket: SocketState;
  /** What the browser says; it only knows of its own network. */
  readonly isOnline: boolean;
}

const NOT_KEPT = t("outbox:notKept");

export function statusOf(facts: StatusFacts): Status {
  const { operations, documentId, isReachable, isKept, socket, isOnline } = facts;
  const refused = refusedOnes(operations);
  const conflicts = refused.filter(isConflict).length;
  const waiting = operations.length - refused.length;
  const others = operations.filter(({ document }) => document.id !== documentId).length;
  const elsewhere = others === 0 ? "" : ` ${t("outbox:elsewhere", { count: others })}`;
  if (conflicts > 0) {
    return {
      kind: "conflict",
      word: t("outbox:conflict.word", { count: conflicts }),
      explanation: t("outbox:conflict.words"),
    };
  }
  if (refused.length > 0)
    return {
      kind: "refused",
      word: t("outbox:refused.word", { count: refused.length }),
      explanation: t("outbox:refused.words"),
    };
  if (!isOnline || !isReachable) {
    return {
      kind: "offline",
      word:
        waiting === 0
          ? t("outbox:offline.word")
          : t(isKept ? "outbox:offline.waiting" : "outbox:offline.inTab", { count: waiting }),
      explanation: isKept ? t("outbox:offline.words") + elsewhere : NOT_KEPT,
    };
  }
  if (socket === "offline") {
    return {
      kind: "reconnecting",
      word: t("outbox:reconnecting.word"),
      explanation: t("outbox:reconnecting.words"),
    };
  }
  if (waiting > 0)
    return {
      kind: "saving",
      word: t("outbox:saving.word"),
      explanation: isKept ? t("outbox:saving.words") + elsewhere : NOT_KEPT,
    };
  // one's own goes by requests, which need no socket
  if (socket === "barred")
    return { kind: "reconnecting", word: t("outbox:notLive.word"), explanation: t("outbox:notLive.words") };
  return { kind: "saved", word: t("saved"), explanation: t("outbox:savedWords") };
}
