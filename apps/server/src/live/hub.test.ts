/** The hub under arbitrary interleavings: whatever is committed, said, lost, slow or left, each watcher sees each revision once. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ChangeBatch } from "./change.ts";
import { createHub, type Hub, type LogSource } from "./hub.ts";
import { change, LAYERS, PAGE } from "./log.fixture.ts";

/** A log in memory whose reads are answered only when the test says so. */
function createSlowLog() {
  const heads = new Map<string, number>();
  const waiting: { answer(): void; fail(error: Error): void }[] = [];
  const source: LogSource = {
    read(layerId, after, upTo) {
      return new Promise((resolve, reject) => {
        waiting.push({
          answer() {
            const last = Math.min(upTo, heads.get(layerId) ?? 0, after + PAGE);
            resolve(
              Array.from({ length: Math.max(0, last - after) }, (_, index) => change(after + 1 + index)),
            );
          },
          fail: reject,
        });
      });
    },
  };
  return {
    source,
    waiting,
    head: (layerId: string) => heads.get(layerId) ?? 0,
    commit: (layerId: string, count: number) => void heads.set(layerId, (heads.get(layerId) ?? 0) + count),
  };
}

type SlowLog = ReturnType<typeof createSlowLog>;

/** Reads a subscription to its end; what it saw and how it ended. */
function follow(hub: Hub, layerId: string, afterRevision: number) {
  const batches: ChangeBatch[] = [];
  const changes = hub.watch({ layerId, documentId: `document of ${layerId}`, afterRevision });
  const ended = (async () => {
    try {
      for await (const batch of changes) batches.push(batch);
      return null;
    } catch (error) {
      return error;
    }
  })();
  return {
    layerId,
    afterRevision,
    batches,
    changes,
    ended,
    revisions: () => batches.flatMap((batch) => batch.changes.map(({ revision }) => revision)),
  };
}

const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Answers all reads until nothing asks any more. */
async function drain(log: SlowLog): Promise<void> {
  for (await settle(); log.waiting.length > 0; await settle()) {
    for (const read of log.waiting.splice(0)) read.answer();
  }
}

const range = (from: number, to: number) =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);

const layer = fc.constantFrom(...LAYERS);
const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      act: fc.constant("commit" as const),
      layer,
      count: fc.integer({ min: 1, max: 5 }),
      told: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ act: fc.constant("toldLate" as const), layer, behind: fc.nat(6) }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant("watch" as const), layer, behind: fc.nat(8) }) },
  { weight: 3, arbitrary: fc.record({ act: fc.constant("answer" as const), which: fc.nat(7) }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant("leave" as const), which: fc.nat(7) }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant("settle" as const) }) },
);

describe("createHub", () => {
  it("gives every watcher every revision once, in order, under any interleaving", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        const log = createSlowLog();
        const hub = createHub(log.source);
        const open: ReturnType<typeof follow>[] = [];
        const left: ReturnType<typeof follow>[] = [];
        const takeOne = (which: number) => open.splice(which % Math.max(1, open.length), 1)[0];

        for (const it of steps) {
          if (it.act === "commit") {
            log.commit(it.layer, it.count);
            if (it.told) hub.advanced(it.layer, log.head(it.layer));
          } else if (it.act === "toldLate") {
            hub.advanced(it.layer, Math.max(0, log.head(it.layer) - it.behind));
          } else if (it.act === "watch") {
            const seen = follow(hub, it.layer, Math.max(0, log.head(it.layer) - it.behind));
            open.push(seen);
            // As live.ts does: it asks how far the log has come after it has joined.
            hub.advanced(it.layer, log.head(it.layer));
          } else if (it.act === "answer") {
            log.waiting.splice(it.which % Math.max(1, log.waiting.length), 1)[0]?.answer();
          } else if (it.act === "leave") {
            const gone = takeOne(it.which);
            if (!gone) continue;
            left.push(gone);
            await gone.changes.return?.();
          } else await settle();
        }
        // The sweep, which makes up for every message that was lost.
        for (const layerId of hub.watchedLayers()) hub.advanced(layerId, log.head(layerId));
        await drain(log);

        for (const { revisions, afterRevision, layerId, batches } of [...open, ...left]) {
          const seen = revisions();
          expect(seen).toEqual(range(afterRevision + 1, afterRevision + seen.length));
          for (const { fromRevision, toRevision, changes, documentId } of batches) {
            expect([fromRevision, toRevision, documentId]).toEqual([
              changes[0]?.revision,
              changes.at(-1)?.revision,
              `document of ${layerId}`,
            ]);
          }
        }
        for (const { revisions, afterRevision, layerId } of open)
          expect(revisions()).toEqual(range(afterRevision + 1, log.head(layerId)));
        for (const { ended } of left) expect(await ended).toBeNull();
        expect(new Set(hub.watchedLayers())).toEqual(new Set(open.map(({ layerId }) => layerId)));
        hub.dispose();
        for (const { ended } of open) expect(await ended).toBeInstanceOf(Error);
        expect(hub.watchedLayers()).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it("shares one read among watchers at the same place", async () => {
    const log = createSlowLog();
    const hub = createHub(log.source);
    log.commit("layer-a", 2);
    const watchers = [follow(hub, "layer-a", 0), follow(hub, "layer-a", 0), follow(hub, "layer-a", 0)];
    hub.advanced("layer-a", 2);
    await settle();
    expect(log.waiting).toHaveLength(1);
    await drain(log);
    for (const { revisions } of watchers) expect(revisions()).toEqual([1, 2]);
    hub.dispose();
  });

  it("reads nothing for a watcher that has all, and nothing for a layer nobody watches", async () => {
    const log = createSlowLog();
    const hub = createHub(log.source);
    log.commit("layer-a", 4);
    const seen = follow(hub, "layer-a", 4);
    hub.advanced("layer-a", 4);
    hub.advanced("layer-b", 9);
    await settle();
    expect(log.waiting).toHaveLength(0);
    expect(hub.watchedLayers()).toEqual(["layer-a"]);
    await seen.changes.return?.();
    expect(hub.watchedLayers()).toEqual([]);
  });

  it("ends a watcher whose read fails with that error, and leaves the others alone", async () => {
    const log = createSlowLog();
    const hub = createHub(log.source);
    log.commit("layer-a", 1);
    const first = follow(hub, "layer-a", 0);
    hub.advanced("layer-a", 1);
    await settle();
    log.waiting.splice(0)[0]?.fail(new Error("the database is away"));
    expect(await first.ended).toMatchObject({ message: "the database is away" });
    const second = follow(hub, "layer-a", 0);
    hub.advanced("layer-a", 1);
    await drain(log);
    expect(second.revisions()).toEqual([1]);
    hub.dispose();
  });

  it.each([
    ["has lost its beginning", 3],
    ["has lost all", 9],
  ])(
    "ends a watcher with REVISION_GONE where the log %s, rather than leaving a gap or asking for ever",
    async (_name, firstKept) => {
      const hub = createHub({
        read: async (_layerId, after, upTo) =>
          range(Math.max(after + 1, firstKept), Math.min(upTo, 5)).map(change),
      });
      const seen = follow(hub, "layer-a", 0);
      hub.advanced("layer-a", 5);
      expect(await seen.ended).toMatchObject({ extensions: { code: "REVISION_GONE" } });
      expect(seen.revisions()).toEqual([]);
      const later = follow(hub, "layer-a", firstKept - 1);
      hub.advanced("layer-a", 5);
      await settle();
      expect(later.revisions()).toEqual(range(firstKept, 5));
      await later.changes.return?.();
    },
  );

  it("ends a sleeping watcher at once when it is left", async () => {
    const hub = createHub(createSlowLog().source);
    const leaving = follow(hub, "layer-a", 0);
    await settle();
    await leaving.changes.return?.();
    expect(await leaving.ended).toBeNull();
    expect(await leaving.changes.next()).toEqual({ done: true, value: undefined });
  });

  it("puts what comes while it is paced into one batch", async () => {
    const log = createSlowLog();
    const hub = createHub(log.source);
    let pass = () => {};
    const pace = () => new Promise<void>((resolve) => (pass = resolve));
    const changes = hub.watch({ layerId: "layer-a", documentId: "document", afterRevision: 0 }, pace);
    const first = changes.next();
    for (const count of [1, 2]) {
      log.commit("layer-a", count);
      hub.advanced("layer-a", log.head("layer-a"));
      await settle();
    }
    expect(log.waiting).toHaveLength(0);
    pass();
    await drain(log);
    expect(await first).toMatchObject({ value: { fromRevision: 1, toRevision: 3 } });
    await changes.return?.();
  });
});
