/** Groups under arbitrary interleavings of commit, word of it, joining, slow reading, slow making, leaving and refusal. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ChangeBatch } from "./change.ts";
import { createFrame, type Frame } from "./frames.ts";
import { createGroups, type Groups } from "./group.ts";
import { createHub, type Hub } from "./hub.ts";
import { change, LAYERS, PAGE } from "./log.fixture.ts";

const range = (from: number, to: number) =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);

const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

/** A server's live part in which everything that takes time takes as long as the test says. */
function createSlowWorld() {
  const heads = new Map<string, number>();
  /** What waits to be let through: reads, executions, sends and paces. */
  const waiting: (() => void)[] = [];
  const inItsTime = <Value>(value: () => Value) =>
    new Promise<Value>((resolve) => waiting.push(() => resolve(value())));
  const head = (layerId: string) => heads.get(layerId) ?? 0;
  const hub: Hub = createHub({
    read: (layerId, after, upTo) =>
      inItsTime(() => range(after + 1, Math.min(upTo, head(layerId), after + PAGE)).map(change)),
  });
  const groups: Groups = createGroups(hub, () => () => inItsTime(() => {}));
  const batches = new WeakMap<Frame, ChangeBatch>();
  const personal = new Set<string>();
  const executions: string[] = [];

  /** A subscription; `shared` are those with one selection, which an execution may show to be personal. */
  function follow(layerId: string, afterRevision: number, selection: string, name: string) {
    const seen: number[] = [];
    const state = { isOpen: true, isClosing: false, ends: 0 };
    const take = (frame: Frame) => {
      expect(state.isOpen).toBe(true);
      seen.push(...(batches.get(frame)?.changes.map(({ revision }) => revision) ?? []));
    };
    const release = hub.hold(layerId);
    const membership = groups.follow(
      { layerId, documentId: `document of ${layerId}`, afterRevision },
      {
        share() {
          const isPersonal = personal.has(selection);
          const key = `${layerId} ${selection} ${isPersonal ? name : ""}`;
          return {
            key,
            render: (batch: ChangeBatch) =>
              inItsTime(() => {
                if (personal.has(selection) && !isPersonal) return null;
                executions.push(`${key} ${batch.fromRevision}-${batch.toRevision}`);
                const frame = createFrame("{}");
                batches.set(frame, batch);
                return frame;
              }),
          };
        },
        receiver: {
          push: take,
          send(frame) {
            if (state.isClosing) return Promise.resolve(false);
            take(frame);
            return inItsTime(() => !state.isClosing);
          },
        },
        onEnd() {
          state.ends++;
          release();
        },
      },
    );
    // As live.ts does: it asks how far the log has come after it has begun to hold.
    hub.advanced(layerId, head(layerId));
    const ended = membership.next().then(
      () => null,
      (error: unknown) => error,
    );
    return { layerId, afterRevision, seen, state, membership, ended };
  }

  return {
    hub,
    groups,
    waiting,
    personal,
    executions,
    head,
    follow,
    commit: (layerId: string, count: number) => void heads.set(layerId, head(layerId) + count),
    /** Lets everything through until nothing waits any more. */
    async drain() {
      for (await settle(); waiting.length > 0; await settle()) for (const pass of waiting.splice(0)) pass();
    },
  };
}

// Mostly one layer and one selection: what matters happens between those who share.
const layer = fc.constantFrom("layer-a", "layer-a", ...LAYERS);
const selection = fc.constantFrom("x", "x", "y");
const which = fc.nat(9);
const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      act: fc.constant("commit" as const),
      layer,
      count: fc.integer({ min: 1, max: 5 }),
      told: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ act: fc.constant("toldLate" as const), layer, behind: fc.nat(6) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      act: fc.constant("follow" as const),
      layer,
      behind: fc.oneof(fc.constant(0), fc.nat(8)),
      selection,
    }),
  },
  { weight: 6, arbitrary: fc.record({ act: fc.constant("pass" as const), which }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant("leave" as const), which }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant("refuse" as const), which }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant("closing" as const), which }) },
  {
    weight: 1,
    arbitrary: fc.record({ act: fc.constant("personal" as const), selection }),
  },
  { weight: 6, arbitrary: fc.record({ act: fc.constant("settle" as const) }) },
);

describe("createGroups", () => {
  it("gives every member every revision once, in order, under any interleaving", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 80 }), async (steps) => {
        const world = createSlowWorld();
        const { hub, head } = world;
        type Followed = ReturnType<typeof world.follow>;
        const open: Followed[] = [];
        const left: Followed[] = [];
        const refused: Followed[] = [];
        const takeOne = (index: number) => open.splice(index % Math.max(1, open.length), 1)[0];

        for (const [index, it] of steps.entries()) {
          if (it.act === "commit") {
            world.commit(it.layer, it.count);
            if (it.told) hub.advanced(it.layer, head(it.layer));
          } else if (it.act === "toldLate") hub.advanced(it.layer, Math.max(0, head(it.layer) - it.behind));
          else if (it.act === "follow") {
            const after = Math.max(0, head(it.layer) - it.behind);
            open.push(world.follow(it.layer, after, it.selection, `member ${index}`));
          } else if (it.act === "pass") {
            world.waiting.splice(it.which % Math.max(1, world.waiting.length), 1)[0]?.();
          } else if (it.act === "leave") {
            const gone = takeOne(it.which);
            if (!gone) continue;
            left.push(gone);
            await gone.membership.return();
            gone.state.isOpen = false;
          } else if (it.act === "refuse") {
            const lost = takeOne(it.which);
            if (!lost) continue;
            refused.push(lost);
            lost.membership.fail(new Error("no longer a member"));
            lost.state.isOpen = false;
          } else if (it.act === "closing") {
            const closing = takeOne(it.which);
            if (!closing) continue;
            left.push(closing);
            closing.state.isClosing = true;
          } else if (it.act === "personal") world.personal.add(it.selection);
          else await settle();
        }
        // The sweep, which makes up for every message that was lost.
        for (const layerId of hub.watchedLayers()) hub.advanced(layerId, head(layerId));
        await world.drain();

        for (const { seen, afterRevision } of [...open, ...left, ...refused])
          expect(seen).toEqual(range(afterRevision + 1, afterRevision + seen.length));
        for (const { seen, afterRevision, layerId } of open)
          expect(seen).toEqual(range(afterRevision + 1, head(layerId)));
        for (const { membership } of left) await membership.return();
        for (const { ended } of left) expect(await ended).toBeNull();
        for (const { ended } of refused) expect(await ended).toMatchObject({ message: "no longer a member" });
        hub.dispose();
        await world.drain();
        for (const { ended } of open)
          expect(await ended).toMatchObject({ message: "the server is stopping" });
        for (const { state } of [...open, ...left, ...refused]) expect(state.ends).toBe(1);
        expect(world.groups.size()).toBe(0);
        expect(hub.watchedLayers()).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it("makes a batch once for all who are at the tail or at the same place behind it", async () => {
    const world = createSlowWorld();
    world.commit("layer-a", 2);
    const members = range(1, 50).map((n) => world.follow("layer-a", n % 2, "x", `member ${n}`));
    await world.drain();
    world.commit("layer-a", 3);
    world.hub.advanced("layer-a", 5);
    await world.drain();
    for (const { seen, afterRevision } of members) expect(seen).toEqual(range(afterRevision + 1, 5));
    expect(world.executions.sort()).toEqual(["layer-a x  1-2", "layer-a x  2-2", "layer-a x  3-5"]);
    for (const { membership } of members) await membership.return();
    expect(world.groups.size()).toBe(0);
  });

  it("lets who joined ahead of the tail read the rest of a batch that spans its place", async () => {
    const world = createSlowWorld();
    const first = world.follow("layer-a", 0, "x", "first");
    await settle();
    world.commit("layer-a", 1);
    world.hub.advanced("layer-a", 1);
    await settle();
    const ahead = world.follow("layer-a", 1, "x", "ahead");
    await settle();
    world.commit("layer-a", 1);
    world.hub.advanced("layer-a", 2);
    await world.drain();
    expect([first.seen, ahead.seen]).toEqual([[1, 2], [2]]);
    expect(world.executions).toEqual(["layer-a x  1-2", "layer-a x  2-2"]);
    for (const { membership } of [first, ahead]) await membership.return();
  });

  it("parts those for whom an execution shows that it depends on the viewer, and loses nothing by it", async () => {
    const world = createSlowWorld();
    const members = ["ann", "bob"].map((name) => world.follow("layer-a", 0, "x", name));
    await world.drain();
    world.personal.add("x");
    world.commit("layer-a", 1);
    world.hub.advanced("layer-a", 1);
    await world.drain();
    for (const { seen } of members) expect(seen).toEqual([1]);
    expect(world.executions.sort()).toEqual(["layer-a x ann 1-1", "layer-a x bob 1-1"]);
    expect(world.groups.size()).toBe(2);
    for (const { membership } of members) await membership.return();
  });

  it("ends a member that leaves before it began, or is refused before it began", async () => {
    const world = createSlowWorld();
    const request = { layerId: "layer-a", documentId: "document", afterRevision: 0 };
    let ends = 0;
    const subscriber = {
      share: () => ({ key: "x", render: async () => createFrame("{}") }),
      receiver: { push: () => {}, send: async () => true },
      onEnd: () => void ends++,
    };
    const leaving = world.groups.follow(request, subscriber);
    await leaving.return();
    expect(await leaving.next()).toEqual({ done: true, value: undefined });
    const refused = world.groups.follow(request, subscriber);
    refused.fail(new Error("gone"));
    await expect(refused.next()).rejects.toThrow("gone");
    expect([ends, world.groups.size()]).toEqual([2, 0]);
  });
});
