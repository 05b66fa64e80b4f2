import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { onWake } from "./wake.ts";

const page = Object.assign(new EventTarget(), { visibilityState: "visible" });
const browser = new EventTarget();

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("document", page);
  vi.stubGlobal("addEventListener", browser.addEventListener.bind(browser));
  vi.stubGlobal("removeEventListener", browser.removeEventListener.bind(browser));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it("tells of the network, of coming back to the tab, and of a sleep, until it is stopped", () => {
  const heard = vi.fn();
  const stop = onWake(heard);
  vi.advanceTimersByTime(600_000);
  expect(heard).not.toHaveBeenCalled();

  browser.dispatchEvent(new Event("online"));
  page.dispatchEvent(new Event("visibilitychange"));
  page.visibilityState = "hidden";
  page.dispatchEvent(new Event("visibilitychange"));
  expect(heard.mock.calls).toEqual([[{ hasSlept: false }], [{ hasSlept: false }]]);

  // timers stand still while the machine sleeps, the clock does not
  vi.setSystemTime(Date.now() + 3_600_000);
  vi.advanceTimersByTime(5_000);
  expect(heard).toHaveBeenLastCalledWith({ hasSlept: true });

  stop();
  vi.setSystemTime(Date.now() + 3_600_000);
  vi.advanceTimersByTime(5_000);
  browser.dispatchEvent(new Event("online"));
  expect(heard).toHaveBeenCalledTimes(3);
});
