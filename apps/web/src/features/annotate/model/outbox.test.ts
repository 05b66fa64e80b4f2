// The outbox and who sends it: kept before it is sent, one tab at a time, and honest about the server being there.
import { describe, expect, it, vi } from "vitest";
import {
  buildAnnotation,
  buildOperation,
  buildProblem,
  buildUpdate,
  conflictWith,
  createMemoryOutbox,
  DOV,
  saved,
  settle,
} from "./builders.ts";
import type { Operation } from "./operation.ts";
import { type Channel, createOutbox } from "./outbox.ts";
import { createSender, type Exclusively, type Outcome } from "./sender.ts";

const create = (id: string) =>
  buildOperation(id, {
    kind: "createAnnotation",
    id: `of ${id}`,
    labelId: "claim",
    fragments: [{ start: 0, end: 4 }],
    quote: "text",
  });
const applied = (revision: number, { command }: Operation): Outcome => ({
  kind: "applied",
  change: saved(revision, buildAnnotation(command.id)),
});

/** Tabs of one person: what one says the others hear, and one lock for all. */
function createBrowser() {
  const storage = createMemoryOutbox();
  const channels = new Set<Channel>();
  const waiting: { run: () => Promise<void>; signal: AbortSignal }[] = [];
  let holder: { giveUp: () => void } | null = null;

  function openChannel(): Channel {
    const channel: Channel = {
      onmessage: null,
      postMessage(message) {
        for (const other of channels)
          if (other !== channel) other.onmessage?.({ data: structuredClone(message) } as MessageEvent);
      },
      close: () => void channels.delete(channel),
    };
    channels.add(channel);
    return channel;
  }

  function next(): void {
    const one = waiting.shift();
    if (one !== undefined) void (one.signal.aborted ? next() : one.run());
  }

  const exclusively: Exclusively = (job, { steal, signal }) =>
    new Promise((resolve) => {
      const run = async () => {
        const mine = { giveUp: resolve };
        holder = mine;
        await job();
        resolve();
        if (holder !== mine) return;
        holder = null;
        next();
      };
      if (steal) {
        holder?.giveUp();
        void run();
      } else if (holder === null) void run();
      else {
        waiting.push({ run, signal });
        signal.addEventListener("abort", () => resolve());
      }
    });

  async function openTab() {
    const sent: { operation: Operation; answer: (outcome: Outcome) => Promise<void> }[] = [];
    const outbox = createOutbox(storage, openChannel());
    await outbox.refresh();
    const send = (operation: Operation, signal: AbortSignal) =>
      new Promise<Outcome>((resolve) => {
        signal.addEventListener("abort", () => resolve({ kind: "unanswered" }));
        sent.push({
          operation,
          async answer(outcome) {
            resolve(outcome);
            await settle();
          },
        });
      });
    const sender = createSender({ outbox, send, exclusively, pause: () => 1e6 });
    const ids = () => outbox.getSnapshot().operations.map(({ clientMutationId }) => clientMutationId);
    return { outbox, sender, sent, ids };
  }
  return { storage, openTab };
}

describe("sending", () => {
  it("keeps an operation before it is sent, and forgets it when it is answered", async () => {
    const { storage, openTab } = createBrowser();
    const tab = await openTab();
    tab.outbox.edit({ save: [create("1")] });
    expect(tab.sent).toHaveLength(0);
    await settle();
    expect([...storage.kept.keys()]).toEqual(["1"]);
    await tab.sent[0]?.answer(applied(1, create("1")));
    expect(storage.kept.size).toBe(0);
    expect(tab.ids()).toEqual([]);
  });

  it("waits without an answer and goes again under the same id, from the next tab too", async () => {
    const { openTab } = createBrowser();
    const first = await openTab();
    first.outbox.edit({ save: [create("1"), create("2")] });
    await settle();
    await first.sent[0]?.answer({ kind: "unanswered" });
    expect(first.outbox.getSnapshot().isReachable).toBe(false);
    first.sender.dispose();
    first.outbox.dispose();
    const second = await openTab();
    expect(second.ids()).toEqual(["1", "2"]);
    second.sender.wake();
    await settle();
    expect(second.sent.map(({ operation }) => operation.clientMutationId)).toEqual(["1"]);
    await second.sent[0]?.answer(applied(1, create("1")));
    expect(second.sent[1]?.operation.clientMutationId).toBe("2");
  });

  it("goes on without waiting when it is woken, and at once when the machine slept", async () => {
    const { openTab } = createBrowser();
    const { outbox, sender, sent } = await openTab();
    outbox.edit({ save: [create("1")] });
    await settle();
    await sent[0]?.answer({ kind: "unanswered" });
    sender.wake();
    await settle();
    expect(sent).toHaveLength(2);
    // no answer will come to this one
    sender.startOver();
    await settle();
    sender.wake();
    await settle();
    expect(sent).toHaveLength(3);
  });

  it("takes the live connection's word for an answer, and a lost answer then says nothing", async () => {
    const { openTab } = createBrowser();
    const { outbox, sent, ids } = await openTab();
    outbox.edit({ save: [create("1")] });
    await settle();
    outbox.acknowledge("1", saved(1, buildAnnotation("of 1")));
    await sent[0]?.answer({ kind: "unanswered" });
    expect(ids()).toEqual([]);
    expect(outbox.getSnapshot().isReachable).toBe(true);
  });

  it("asks a person when the server fails over one operation again and again, and goes on with the others", async () => {
    const { openTab } = createBrowser();
    const { outbox, sender, sent } = await openTab();
    outbox.edit({ save: [create("1"), create("2")] });
    await settle();
    for (let index = 0; index < 6; index++) {
      await sent
        .at(-1)
        ?.answer({ kind: "unanswered", problem: buildProblem({ code: "INTERNAL_SERVER_ERROR" }) });
      sender.wake();
      await settle();
    }
    expect(sent.at(-1)?.operation.clientMutationId).toBe("2");
    expect(outbox.find("1")?.state).toBe("refused");
  });

  it("takes a conflict over nothing for done", async () => {
    const { openTab } = createBrowser();
    const { outbox, sent, ids } = await openTab();
    const base = buildAnnotation("a");
    outbox.edit({ save: [buildOperation("1", buildUpdate(base, { note: "same" }))] });
    await settle();
    const theirs = { ...base, note: "same", version: 2, updatedBy: DOV };
    await sent[0]?.answer({ kind: "refused", problem: conflictWith(theirs) });
    expect(ids()).toEqual([]);
  });
});

describe("two tabs", () => {
  it("see the same, and one of them sends", async () => {
    const { openTab } = createBrowser();
    const [a, b] = [await openTab(), await openTab()];
    a.outbox.edit({ save: [create("1")] });
    await settle();
    expect(b.ids()).toEqual(["1"]);
    b.outbox.edit({ save: [create("2")] });
    await settle();
    expect([a.sent.length, b.sent.length]).toEqual([1, 0]);
    const heard = vi.fn();
    b.outbox.subscribe(heard);
    await a.sent[0]?.answer(applied(1, create("1")));
    expect(heard).toHaveBeenCalledWith(
      expect.objectContaining({ change: expect.objectContaining({ revision: 1 }) }),
    );
    expect(a.sent[1]?.operation.clientMutationId).toBe("2");
    await a.sent[1]?.answer(applied(2, create("2")));
    expect([a.ids(), b.ids(), b.sent.length]).toEqual([[], [], 0]);
  });

  it("hand over when the one that sends is closed", async () => {
    const { openTab } = createBrowser();
    const [a, b] = [await openTab(), await openTab()];
    a.outbox.edit({ save: [create("1")] });
    await settle();
    await a.sent[0]?.answer({ kind: "unanswered" });
    a.sender.dispose();
    a.outbox.dispose();
    await settle();
    expect(b.sent.map(({ operation }) => operation.clientMutationId)).toEqual(["1"]);
  });

  it("let the one that somebody looks at take over; both may send the same", async () => {
    const { openTab } = createBrowser();
    const [a, b] = [await openTab(), await openTab()];
    a.outbox.edit({ save: [create("1")] });
    await settle();
    b.sender.takeOver();
    await settle();
    expect(b.sent).toHaveLength(1);
    await b.sent[0]?.answer(applied(1, create("1")));
    await a.sent[0]?.answer(applied(1, create("1")));
    expect([a.ids(), b.ids()]).toEqual([[], []]);
  });

  it("find out after a freeze what they were not told", async () => {
    const { storage, openTab } = createBrowser();
    const tab = await openTab();
    tab.outbox.edit({ save: [create("1")] });
    await settle();
    await storage.write([create("2")], ["1"]);
    await tab.outbox.refresh();
    expect(tab.ids()).toEqual(["2"]);
    await storage.write([{ ...create("2"), state: "refused" }], []);
    await tab.outbox.refresh();
    expect(tab.outbox.find("2")?.state).toBe("refused");
  });
});

it("says so when the browser would not keep it, and sends it all the same", async () => {
  const storage = { ...createMemoryOutbox(), write: async () => false };
  const outbox = createOutbox(storage, null);
  const send = vi.fn(async (operation: Operation): Promise<Outcome> => applied(1, operation));
  createSender({ outbox, send, exclusively: (job) => job(), pause: () => 0 });
  outbox.edit({ save: [create("1")] });
  await outbox.written();
  expect(outbox.getSnapshot().isKept).toBe(false);
  await settle();
  expect(send).toHaveBeenCalledTimes(1);
  expect(outbox.getSnapshot().operations).toEqual([]);
});
