// How fast a document's tabs may speak: a crowd is answered late.
import { randomUUID } from "node:crypto";
import Fastify from "fastify";
import { expect, it } from "vitest";
import { createPresence } from "./presence.ts";

it("answers a tab at once where a hundred are, later the more there are, and never too late to be believed", async () => {
  const waits: number[] = [];
  const presence = createPresence({
    guard: { hold: () => () => {}, check: async () => {} },
    redis: null,
    log: Fastify().log,
    wait: async (time) => void waits.push(time),
  });
  const come = async (count: number) => {
    for (let index = 0; index < count; index++) {
      await presence.put("d", {
        tabId: randomUUID(),
        user: { id: randomUUID(), name: "Somebody" },
        reading: null,
        selection: [],
        annotationId: null,
        editing: false,
      });
    }
    return waits.at(-1);
  };
  expect(await come(100)).toBe(undefined);
  expect(await come(100)).toBe(400);
  expect(await come(1_800)).toBe(2_000);
  await presence.dispose();
});
