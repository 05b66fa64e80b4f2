import { once } from "node:events";
import { expect, it } from "vitest";
import { guarded } from "./stall-guard.ts";

it("an answer is cut off when its reader takes nothing", async () => {
  let ended = false;
  async function* endless() {
    try {
      for (;;) yield new Uint8Array(65_536);
    } finally {
      ended = true;
    }
  }
  const response = { setTimeout: () => response, destroy: () => response };
  const stream = guarded(endless(), response, 50);
  stream.read(1);
  const [error] = await once(stream, "error");
  expect(error).toMatchObject({ message: expect.stringContaining("cut off") });
  expect(ended).toBe(true);
});
