/** What is kept, and what goes when it is too much. */
import { expect, it } from "vitest";
import { createTextCache } from "./text-cache.ts";

it("reads a text once while it is kept, and lets go of the one asked for longest ago", async () => {
  const reads: string[] = [];
  const cache = createTextCache(400);
  const ask = async (name: string) =>
    (
      await cache.of(name, async () => {
        reads.push(name);
        return name.repeat(80);
      })
    ).length;
  for (const name of ["a", "b", "a", "c"]) expect(await ask(name)).toBe(80);
  expect(reads).toEqual(["a", "b", "c"]);
  await ask("a");
  expect(reads).toEqual(["a", "b", "c"]);
  await ask("b");
  expect(reads).toEqual(["a", "b", "c", "b"]);
});

it("keeps a single text that is larger than all may be", async () => {
  const cache = createTextCache(10);
  let reads = 0;
  const ask = () =>
    cache.of("a", async () => {
      reads++;
      return "x".repeat(100);
    });
  await ask();
  await ask();
  expect(reads).toBe(1);
});

it("reads again what could not be read", async () => {
  const cache = createTextCache();
  await expect(cache.of("a", () => Promise.reject(new Error("lost")))).rejects.toThrow("lost");
  expect((await cache.of("a", async () => "x")).length).toBe(1);
});
