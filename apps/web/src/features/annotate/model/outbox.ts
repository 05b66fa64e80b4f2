// Sends own operations, one at a time and in order, and keeps them until they are answered. A lost connection only makes
// them wait: they go again under the same id, which the server applies once.
import { nextToSend, type Operation, type Problem } from "./operation.ts";
import type { OutboxStorage } from "./outbox-storage.ts";
import type { Change } from "./server-state.ts";

export type Outcome =
  | { readonly kind: "applied"; readonly change: Change }
  | { readonly kind: "refused"; readonly problem: Problem }
  /** No answer: the network, the server's shutdown, a limit. */
  | { readonly kind: "unanswered" };

export type Send = (operation: Operation) => Promise<Outcome>;

const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 15_000;

export function createOutbox(
  storage: OutboxStorage,
  send: Send,
  onAnswer: (operation: Operation, change: Change | null) => void,
) {
  let operations: readonly Operation[] = storage.load();
  let isSending = false;
  let isReachable = true;
  let isDisposed = false;
  let pause = FIRST_PAUSE_MS;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function find(clientMutationId: string): Operation | undefined {
    return operations.find((operation) => operation.clientMutationId === clientMutationId);
  }

  function replace(old: Operation, next: Operation): void {
    operations = operations.map((operation) =>
      operation.clientMutationId === old.clientMutationId ? next : operation,
    );
    if (old.clientMutationId !== next.clientMutationId) storage.remove(old.clientMutationId);
    storage.save(next);
  }

  function remove({ clientMutationId }: Operation): void {
    operations = operations.filter((operation) => operation.clientMutationId !== clientMutationId);
    storage.remove(clientMutationId);
  }

  /** Sends the next operation; false when there is none or it got no answer. */
  async function sendNext(): Promise<boolean> {
    const next = nextToSend(operations);
    if (next === null) return false;
    const sending: Operation = { ...next, state: "sending" };
    replace(next, sending);
    const outcome = await send(sending);
    const present = find(sending.clientMutationId);
    // Gone from here it was acknowledged by the subscription, or given up: its lost answer says nothing.
    isReachable = outcome.kind !== "unanswered" || present === undefined;
    if (isDisposed || present === undefined) return isReachable && !isDisposed;
    if (outcome.kind === "applied") remove(present);
    else if (outcome.kind === "refused")
      replace(present, { ...present, state: "refused", problem: outcome.problem });
    else replace(present, { ...present, state: "waiting" });
    onAnswer(present, outcome.kind === "applied" ? outcome.change : null);
    return isReachable;
  }

  async function pump(): Promise<void> {
    if (isSending || isDisposed || nextToSend(operations) === null) return;
    clearTimeout(timer);
    isSending = true;
    try {
      while (await sendNext()) pause = FIRST_PAUSE_MS;
    } finally {
      isSending = false;
    }
    if (!isReachable && !isDisposed) {
      timer = setTimeout(() => void pump(), pause);
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
      return;
    }
    // one that was added while the last answer was being taken in
    await pump();
  }

  return {
    get operations() {
      return operations;
    },
    /** False after an operation got no answer, until one does. */
    get isReachable() {
      return isReachable;
    },
    add(operation: Operation) {
      operations = [...operations, operation];
      storage.save(operation);
      void pump();
    },
    replace(old: Operation, next: Operation) {
      replace(old, next);
      void pump();
    },
    reset(next: readonly Operation[]) {
      for (const old of operations) if (!next.includes(old)) storage.remove(old.clientMutationId);
      for (const operation of next) if (!operations.includes(operation)) storage.save(operation);
      operations = next;
      void pump();
    },
    /** The server has told of it by the subscription; answers what it was about. */
    acknowledge(clientMutationId: string | null): string[] {
      const operation = clientMutationId === null ? undefined : find(clientMutationId);
      if (operation === undefined) return [];
      remove(operation);
      isReachable = true;
      return [operation.command.id];
    },
    wake() {
      pause = FIRST_PAUSE_MS;
      void pump();
    },
    dispose() {
      isDisposed = true;
      clearTimeout(timer);
    },
  };
}
