// Whether the outbox says the truth about the server being there.
import { expect, test } from "vitest";
import { buildOperation, createMemoryStore } from "./builders.ts";
import { createOutbox, type Outcome } from "./outbox.ts";
import { createOutboxStorage } from "./outbox-storage.ts";

/** An outbox whose first operation, `first`, is on its way until the test answers it. */
function sendingOne() {
  const { promise, resolve: answer } = Promise.withResolvers<Outcome>();
  const answered = Promise.withResolvers<void>();
  const outbox = createOutbox(
    createOutboxStorage(createMemoryStore(), "mira", "document"),
    () => promise,
    () => answered.resolve(),
  );
  outbox.add(buildOperation("first", { kind: "restoreAnnotation", id: "a" }));
  return { outbox, answer, taken: answered.promise };
}

test("an operation without an answer makes the server unreachable, until the live connection tells of it", async () => {
  const { outbox, answer, taken } = sendingOne();
  answer({ kind: "unanswered" });
  await taken;
  expect(outbox.isReachable).toBe(false);
  expect(outbox.acknowledge("first")).toEqual(["a"]);
  expect(outbox.isReachable).toBe(true);
  outbox.dispose();
});

test("an answer that is lost after the live connection told of the operation changes nothing", async () => {
  const { outbox, answer } = sendingOne();
  outbox.acknowledge("first");
  answer({ kind: "unanswered" });
  // Lets the outbox take the answer in: it has nothing to call back for.
  await new Promise((resolve) => setImmediate(resolve));
  expect(outbox.operations).toEqual([]);
  expect(outbox.isReachable).toBe(true);
  outbox.dispose();
});
