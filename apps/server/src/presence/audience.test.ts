// Who is told, how often, and what a slow reader is told.
import { describe, expect, it } from "vitest";
import { createFrame, type Frame } from "../live/frames.ts";
import { createAudiences } from "./audience.ts";

const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Audiences of one document whose list is a number, with paces and sends that take as long as the test says. */
function createWorld() {
  const state = { version: 1 };
  const paces: (() => void)[] = [];
  const windows: (() => number)[] = [];
  let renders = 0;
  const personal = new Set<string>();
  const numbers = new WeakMap<Frame, number>();
  const audiences = createAudiences(
    {
      version: () => state.version,
      list: (documentId) => ({ documentId, tabs: [], tabCount: state.version, personCount: 0 }),
    },
    (window) => {
      windows.push(window);
      return () => new Promise((resolve) => paces.push(resolve));
    },
  );

  function follow(name: string, selection = "all", isSlow = false) {
    const seen: number[] = [];
    const sends: (() => void)[] = [];
    let ends = 0;
    const membership = audiences.follow("d", {
      share: () => {
        const isPersonal = personal.has(selection);
        return {
          key: `${selection} ${isPersonal ? name : ""}`,
          async render() {
            renders++;
            if (selection === "failing") throw new Error("no");
            if (selection === "personal" && !isPersonal) {
              personal.add(selection);
              return null;
            }
            const frame = createFrame("{}");
            numbers.set(frame, state.version);
            return frame;
          },
        };
      },
      receiver: {
        push: () => {
          throw new Error("presence waits for the socket");
        },
        send: (frame) =>
          new Promise((resolve) => {
            seen.push(numbers.get(frame) ?? 0);
            if (isSlow) sends.push(() => resolve(true));
            else resolve(true);
          }),
      },
      onEnd: () => ends++,
    });
    const ended = membership.next().then(
      () => "ended",
      (error: Error) => error.message,
    );
    return { seen, sends, ended, membership, ends: () => ends };
  }

  const go = async () => {
    for (const pass of paces.splice(0)) pass();
    await settle();
  };
  const change = () => {
    state.version++;
    audiences.changed("d");
  };
  return { follow, go, change, renders: () => renders, window: () => windows[0]?.() };
}

describe("an audience", () => {
  it("gets the list at once, one execution for all, and a newcomer the list there is", async () => {
    const { follow, go, renders } = createWorld();
    const [a, b] = [follow("a"), follow("b")];
    await go();
    const late = follow("late");
    await settle();
    expect([a.seen, b.seen, late.seen, renders()]).toEqual([[1], [1], [1], 1]);
  });

  it("is told of many changes by one list", async () => {
    const { follow, go, change, renders } = createWorld();
    const a = follow("a");
    await go();
    for (let i = 0; i < 100; i++) change();
    await go();
    await go();
    expect([a.seen, renders()]).toEqual([[1, 101], 2]);
  });

  it("waits for a slow reader, who skips what is out of date", async () => {
    const { follow, go, change } = createWorld();
    const [slow, quick] = [follow("slow", "all", true), follow("quick")];
    await go();
    for (let i = 0; i < 3; i++) {
      change();
      await go();
    }
    expect([slow.seen, quick.seen]).toEqual([[1], [1, 2, 3, 4]]);
    slow.sends[0]?.();
    await settle();
    expect(slow.seen).toEqual([1, 4]);
  });

  it("parts by person where the answer depends on who asks", async () => {
    const { follow, go, change, renders } = createWorld();
    const [a, b] = [follow("a", "personal"), follow("b", "personal")];
    await go();
    await go();
    change();
    await go();
    expect([a.seen, b.seen, renders()]).toEqual([[1, 2], [1, 2], 5]);
  });

  it("is told in lots where it is large, and others have their turn between them", async () => {
    const { follow, go } = createWorld();
    const all = Array.from({ length: 120 }, (_, index) => follow(`${index}`));
    const told = () => all.filter(({ seen }) => seen.length === 1).length;
    await go();
    expect(told()).toBe(50);
    await expect.poll(told).toBe(120);
  });

  it("is told less often the larger it is", async () => {
    const { follow, window } = createWorld();
    follow("a");
    expect(window()).toBe(100);
    for (let i = 0; i < 999; i++) follow("b");
    expect(window()).toBe(2_000);
  });

  it("ends for who leaves, is refused or can't be answered, once each", async () => {
    const { follow, go, change, renders } = createWorld();
    const [leaver, refused, failing] = [follow("a"), follow("b"), follow("c", "failing")];
    await go();
    await leaver.membership.return();
    refused.membership.fail(new Error("refused"));
    refused.membership.fail(new Error("again"));
    expect(await Promise.all([leaver.ended, refused.ended, failing.ended])).toEqual([
      "ended",
      "refused",
      "no",
    ]);
    const before = renders();
    change();
    await go();
    expect([renders(), leaver.seen, refused.seen]).toEqual([before, [1], [1]]);
    expect([leaver, refused, failing].map(({ ends }) => ends())).toEqual([1, 1, 1]);
  });
});
