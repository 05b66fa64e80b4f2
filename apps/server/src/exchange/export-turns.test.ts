import { expect, it } from "vitest";
import { createExportTurns } from "./export-turns.ts";

it("an export waits while others of one's own run, and is told when to come again", async () => {
  const turns = createExportTurns(0);
  const ends = await Promise.all([turns.take("a"), turns.take("a"), turns.take("b"), turns.take("b")]);
  await expect(turns.take("c")).rejects.toMatchObject({ code: "RATE_LIMITED", retryAfter: 10 });
  const patient = createExportTurns();
  const [end] = await Promise.all([patient.take("a"), patient.take("a")]);
  const order: string[] = [];
  const third = patient.take("a").then(() => order.push("a"));
  await patient.take("b").then(() => order.push("b"));
  end();
  await third;
  expect(order).toEqual(["b", "a"]);
  for (const each of ends) each();
  await turns.take("c");
});
