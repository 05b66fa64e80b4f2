/** Who is taken together with whom, and what becomes of each. */
import { describe, expect, it } from "vitest";
import { createLayerQueue, type Outcomes } from "./layer-queue.ts";

const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

/** A queue whose runs end when the test says so. */
function createSlowQueue(most = 64) {
  const runs: {
    layerId: string;
    writes: string[];
    end(outcomes?: Outcomes<string>): void;
    fail(error: Error): void;
  }[] = [];
  const queue = createLayerQueue<string, string>(most, async (layerId, take) => {
    const { promise, resolve, reject } = Promise.withResolvers<Outcomes<string>>();
    const writes = take();
    const done = () => writes.map((write) => ({ status: "fulfilled" as const, value: `${write} done` }));
    runs.push({ layerId, writes, end: (outcomes = done()) => resolve(outcomes), fail: reject });
    return promise;
  });
  return { queue, runs };
}

describe("the queue of a layer", () => {
  it("lets the first go at once and takes together who comes meanwhile", async () => {
    const { queue, runs } = createSlowQueue();
    const answers = ["a", "b", "c"].map((write) => queue.push("layer", write));
    expect(runs.map(({ writes }) => writes)).toEqual([["a"]]);
    runs[0]?.end();
    expect(await answers[0]).toBe("a done");
    await settle();
    expect(runs.map(({ writes }) => writes)).toEqual([["a"], ["b", "c"]]);
    runs[1]?.end();
    expect(await Promise.all(answers)).toEqual(["a done", "b done", "c done"]);
    void queue.push("layer", "d");
    expect(runs[2]?.writes).toEqual(["d"]);
  });

  it("takes no more than it may", async () => {
    const { queue, runs } = createSlowQueue(2);
    for (const write of ["a", "b", "c", "d"]) void queue.push("layer", write);
    runs[0]?.end();
    await settle();
    runs[1]?.end();
    await settle();
    expect(runs.map(({ writes }) => writes)).toEqual([["a"], ["b", "c"], ["d"]]);
  });

  it("keeps layers apart", () => {
    const { queue, runs } = createSlowQueue();
    void queue.push("one", "a");
    void queue.push("other", "b");
    expect(runs.map(({ layerId }) => layerId)).toEqual(["one", "other"]);
  });

  it("gives each its own outcome, and all of them what the run throws", async () => {
    const { queue, runs } = createSlowQueue();
    const first = queue.push("layer", "a");
    const [second, third] = [queue.push("layer", "b"), queue.push("layer", "c")];
    runs[0]?.fail(new Error("lost"));
    await expect(first).rejects.toThrow("lost");
    await settle();
    runs[1]?.end([
      { status: "rejected", reason: new Error("refused") },
      { status: "fulfilled", value: "c done" },
    ]);
    await expect(second).rejects.toThrow("refused");
    expect(await third).toBe("c done");
  });

  it("is disposed when nobody waits any more", async () => {
    const { queue, runs } = createSlowQueue();
    const answer = queue.push("layer", "a");
    let disposed = false;
    const disposing = queue.dispose().then(() => {
      disposed = true;
    });
    await settle();
    expect(disposed).toBe(false);
    runs[0]?.end();
    await answer;
    await disposing;
  });
});
