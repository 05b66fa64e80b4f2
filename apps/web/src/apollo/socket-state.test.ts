import { expect, it, vi } from "vitest";
import { createSocketState } from "./socket-state.ts";

it("is offline from the first failure until it is connected, whatever is tried", () => {
  const state = createSocketState();
  const heard = vi.fn();
  state.subscribe(heard);
  state.note("connecting");
  expect(state.get()).toBe("connecting");
  state.note("failed");
  state.note("connecting");
  expect(state.get()).toBe("offline");
  state.note("connected");
  expect(state.get()).toBe("connected");
  state.note("ended");
  expect(state.get()).toBe("idle");
  expect(heard).toHaveBeenCalledTimes(4);
});

it("is barred after some failed tries in a row; to break is no failed try", () => {
  const state = createSocketState();
  state.note("connected");
  state.note("failed");
  expect([state.get(), state.failedTries()]).toEqual(["offline", 0]);
  for (let tries = 1; tries < 4; tries++) {
    state.note("connecting");
    state.note("failed");
    expect([state.get(), state.failedTries()]).toEqual(["offline", tries]);
  }
  state.note("failed");
  state.note("connecting");
  expect(state.get()).toBe("barred");
  state.note("connected");
  expect([state.get(), state.failedTries()]).toEqual(["connected", 0]);
});
