// How often one says where one is.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createPresenceSender } from "./presence-sender.ts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function createWorld() {
  const state = { place: 0, canSend: true, fails: false };
  const said: unknown[] = [];
  const sender = createPresenceSender({
    present: () => ({ place: state.place }),
    async send(present) {
      said.push(present);
      if (state.fails) throw new Error("no");
    },
    canSend: () => state.canSend,
  });
  const move = () => {
    state.place++;
    sender.changed();
  };
  return { state, said, sender, move };
}

test("says it at once, and a storm of changes five times a second, the last one too", async () => {
  const { said, move } = createWorld();
  move();
  await vi.advanceTimersByTimeAsync(0);
  expect(said).toEqual([{ place: 1 }]);
  for (let i = 0; i < 100; i++) {
    move();
    await vi.advanceTimersByTimeAsync(10);
  }
  await vi.advanceTimersByTimeAsync(200);
  expect(said.length).toBeLessThanOrEqual(7);
  expect(said.at(-1)).toEqual({ place: 101 });
});

test("gives a sign of life every four seconds, also after a failure", async () => {
  const { state, said, sender } = createWorld();
  state.fails = true;
  sender.changed();
  await vi.advanceTimersByTimeAsync(12_500);
  expect(said.length).toBe(4);
  sender.dispose();
  await vi.advanceTimersByTimeAsync(12_500);
  expect(said.length).toBe(4);
});

test("is silent while nobody can hear it, and says the latest afterwards", async () => {
  const { state, said, sender, move } = createWorld();
  state.canSend = false;
  move();
  await vi.advanceTimersByTimeAsync(20_000);
  move();
  expect(said).toEqual([]);
  state.canSend = true;
  sender.changed();
  await vi.advanceTimersByTimeAsync(0);
  expect(said).toEqual([{ place: 2 }]);
});
