// The outbox in a real IndexedDB's stand-in: kept for its person, in whatever state the browser is.
import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { beforeEach, expect, test, vi } from "vitest";
import { buildAnnotation, buildOperation, buildUpdate, createMemoryStore } from "./builders.ts";
import { createOutboxStorage } from "./outbox-storage.ts";

beforeEach(() => {
  vi.stubGlobal("indexedDB", new IDBFactory());
});

const change = (id: string) => buildOperation(id, buildUpdate(buildAnnotation("a"), { note: id }));
const idsOf = async (userId: string) =>
  (await createOutboxStorage(userId, null).load())?.map(({ clientMutationId }) => clientMutationId).sort();

test("gives back what was not answered, to its person only", async () => {
  const mira = createOutboxStorage("mira", null);
  expect(await mira.write([change("1"), change("2")], [])).toBe(true);
  expect(await mira.write([change("3")], ["1"])).toBe(true);
  await createOutboxStorage("dov", null).write([change("4")], []);
  expect(await idsOf("mira")).toEqual(["2", "3"]);
  expect(await idsOf("dov")).toEqual(["4"]);
});

test("opens anew after the browser closed the connection", async () => {
  const storage = createOutboxStorage("mira", null);
  await storage.write([change("1")], []);
  storage.close();
  expect(await storage.write([change("2")], [])).toBe(true);
  expect(await idsOf("mira")).toEqual(["1", "2"]);
});

test("says so where the browser keeps nothing", async () => {
  vi.stubGlobal("indexedDB", {
    open() {
      throw new DOMException("Not here.", "SecurityError");
    },
  });
  const storage = createOutboxStorage("mira", null);
  expect(await storage.write([change("1")], [])).toBe(false);
  expect(await storage.load()).toBeNull();
});

test("takes over what an earlier version kept elsewhere, once", async () => {
  const old = createMemoryStore();
  const command = { kind: "deleteRelation", id: "r" };
  old.setItem(
    "concord:outbox:mira:d:1",
    JSON.stringify({ clientMutationId: "1", at: "2026", command, state: "sending", problem: null }),
  );
  old.setItem("concord:outbox:mira:d:9", "{half");
  old.setItem("concord:outbox:dov:d:2", "{}");
  const [operation] = (await createOutboxStorage("mira", old).load()) ?? [];
  expect(operation).toMatchObject({
    clientMutationId: "1",
    document: { id: "d" },
    state: "waiting",
    command,
  });
  expect(old.length).toBe(1);
  expect(await idsOf("mira")).toEqual(["1"]);
});
