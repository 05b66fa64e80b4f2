// Sends one person's operations, one at a time and in order, until each is answered. Of several tabs one sends: whoever
// holds the lock, which goes on to the next when that tab is closed. A lost connection only makes operations wait: they go
// again under the same id, which the server applies once, so that two tabs that both send do no harm either.
import { nextToSend, type Operation, type Problem } from "./operation.ts";
import type { Outbox } from "./outbox.ts";
import type { Change } from "./server-state.ts";

export type Outcome =
  | { readonly kind: "applied"; readonly change: Change }
  | { readonly kind: "refused"; readonly problem: Problem }
  /** No answer: the network, the server's shutdown, a limit; `problem` when the server itself is in trouble. */
  | { readonly kind: "unanswered"; readonly problem?: Problem };

/** So often the server may fail over one operation before a person is asked, and the others go on. */
const MOST_FAILURES = 5;

export type Send = (operation: Operation, signal: AbortSignal) => Promise<Outcome>;

/** Runs a job while no other tab does; `steal` takes that from the tab that is at it. Ends also when it was taken away. */
export type Exclusively = (
  job: () => Promise<void>,
  options: { readonly steal: boolean; readonly signal: AbortSignal },
) => Promise<void>;

export interface SenderOptions {
  readonly outbox: Outbox;
  readonly send: Send;
  readonly exclusively: Exclusively;
  /** How long to wait after so many tries without an answer. */
  readonly pause: (tries: number) => number;
}

export function createSender({ outbox, send, exclusively, pause }: SenderOptions) {
  /** The turn that this tab waits for or has; a turn that is not this one any more stops. */
  let turn: AbortController | null = null;
  let atWork: AbortController | null = null;
  let endPause: (() => void) | null = null;
  let sending: AbortController | null = null;
  let tries = 0;
  /** How often in a row the server has failed. */
  let failures = 0;
  let isDisposed = false;

  const hasWork = () => nextToSend(outbox.getSnapshot().operations) !== null;

  function wait(ms: number, { signal }: AbortController): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        signal.removeEventListener("abort", done);
        endPause = null;
        resolve();
      };
      const timer = setTimeout(done, ms);
      signal.addEventListener("abort", done);
      endPause = done;
    });
  }

  /** Sends the next operation; false when it got no answer. */
  async function sendNext(operation: Operation): Promise<boolean> {
    sending = new AbortController();
    const outcome = await send(operation, sending.signal);
    sending = null;
    if (isDisposed) return false;
    // Gone from here it was acknowledged by the subscription, or given up: its lost answer says nothing.
    const isAnswered = outcome.kind !== "unanswered" || outbox.find(operation.clientMutationId) === undefined;
    if (outcome.kind === "applied") outbox.acknowledge(operation.clientMutationId, outcome.change);
    if (outcome.kind === "refused") outbox.refuse(operation, outcome.problem);
    const failure = outcome.kind === "unanswered" ? outcome.problem : undefined;
    failures = failure === undefined ? 0 : failures + 1;
    if (failure !== undefined && failures > MOST_FAILURES) {
      failures = 0;
      outbox.refuse(operation, failure);
      return true;
    }
    outbox.setReachable(isAnswered);
    return isAnswered;
  }

  async function work(mine: AbortController): Promise<void> {
    atWork = mine;
    try {
      await sendAll(mine);
    } finally {
      if (atWork === mine) atWork = null;
    }
  }

  async function sendAll(mine: AbortController): Promise<void> {
    while (!mine.signal.aborted) {
      // a write is kept before it is sent
      await outbox.written();
      const next = nextToSend(outbox.getSnapshot().operations);
      if (next === null || mine.signal.aborted) return;
      if (await sendNext(next)) tries = 0;
      else if (!mine.signal.aborted) await wait(pause(tries++), mine);
    }
  }

  function take(steal: boolean): void {
    if (isDisposed || !hasWork() || (turn !== null && !steal)) return;
    turn?.abort();
    const mine = new AbortController();
    turn = mine;
    void exclusively(() => work(mine), { steal, signal: mine.signal })
      .finally(() => {
        mine.abort();
        if (turn === mine) turn = null;
      })
      // what came while the turn was ending
      .then(() => take(false));
  }

  const stopWatching = outbox.subscribe(() => take(false));

  return {
    /** Sends what waits without waiting longer. */
    wake() {
      tries = 0;
      endPause?.();
      take(false);
    },
    /** After a sleep: a request from before it will get no answer. */
    startOver() {
      sending?.abort();
      this.wake();
    },
    /** The tab that somebody looks at sends; a hidden one may be asleep with its turn. */
    takeOver() {
      if (turn === null || atWork !== turn) take(true);
    },
    dispose() {
      isDisposed = true;
      stopWatching();
      turn?.abort();
      sending?.abort();
    },
  };
}
