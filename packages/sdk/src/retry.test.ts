import { describe, expect, it } from "vitest";
import { ConcordError } from "./errors.ts";
import { delay, patiently, retryDelay } from "./retry.ts";

describe("retryDelay", () => {
  it("grows to ten seconds and never waits less than half of that", () => {
    expect(retryDelay(0, () => 0)).toBe(125);
    expect(retryDelay(0, () => 1)).toBe(250);
    expect(retryDelay(3, () => 1)).toBe(2_000);
    expect(retryDelay(1_000, () => 0)).toBe(5_000);
    expect(retryDelay(1_000, () => 1)).toBe(10_000);
  });
});

describe("patiently", () => {
  const failing = (code: string, times: number) => {
    let calls = 0;
    return {
      calls: () => calls,
      act: async () => {
        if (calls++ < times) throw new ConcordError(code, "no");
        return "done";
      },
    };
  };

  it("does again what may be done twice after what passes", async () => {
    for (const code of ["UNREACHABLE", "INTERNAL_SERVER_ERROR", "RATE_LIMITED"])
      expect(await patiently(failing(code, 1).act, { retries: 1, repeatable: true })).toBe("done");
  });

  it("does what may not be done twice again only when it was not done", async () => {
    const limited = failing("RATE_LIMITED", 1);
    expect(await patiently(limited.act, { retries: 1, repeatable: false })).toBe("done");
    const lost = failing("UNREACHABLE", 1);
    await expect(patiently(lost.act, { retries: 5, repeatable: false })).rejects.toThrow(ConcordError);
    expect(lost.calls()).toBe(1);
  });

  it("gives up at what does not pass, and when it was tried often enough", async () => {
    const refused = failing("BAD_USER_INPUT", 9);
    await expect(patiently(refused.act, { retries: 5, repeatable: true })).rejects.toThrow(ConcordError);
    expect(refused.calls()).toBe(1);
    const away = failing("UNREACHABLE", 9);
    await expect(patiently(away.act, { retries: 1, repeatable: true })).rejects.toThrow(ConcordError);
    expect(away.calls()).toBe(2);
  });

  it("stops waiting when it is called off", async () => {
    const abort = new AbortController();
    const away = failing("UNREACHABLE", 99);
    const waiting = patiently(away.act, { retries: 99, repeatable: true, signal: abort.signal });
    abort.abort();
    await expect(waiting).rejects.toThrow("aborted");
    await delay(60_000, abort.signal);
  });
});
