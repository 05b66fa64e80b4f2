// Who is at a document and for how long, by a clock of the test's own.
import { describe, expect, it } from "vitest";
import { createPresenceStore, type PresentTab } from "./presence-store.ts";

function createWorld() {
  const clock = { now: 0 };
  const changes: string[] = [];
  const store = createPresenceStore(
    (documentId) => changes.push(documentId),
    () => clock.now,
  );
  const tab = (person: string, tabId: string, more: Partial<PresentTab> = {}): PresentTab => ({
    tabId,
    user: { id: person, name: person },
    reading: null,
    selection: [],
    annotationId: null,
    editing: false,
    ...more,
  });
  const here = (documentId = "d") =>
    store.list(documentId).tabs.map(({ user, tabId }) => `${user.id}/${tabId}`);
  return { clock, changes, store, tab, here };
}

describe("the store", () => {
  it("keeps a tab's latest word, the latest change first", () => {
    const { store, tab, here } = createWorld();
    store.put("d", tab("ada", "1"));
    store.put("d", tab("bo", "1"));
    store.put("d", tab("ada", "2"));
    expect(here()).toEqual(["ada/2", "bo/1", "ada/1"]);
    expect(store.list("d")).toMatchObject({ documentId: "d", tabCount: 3, personCount: 2 });
    store.put("d", tab("bo", "1", { selection: [{ start: 1, end: 2 }] }));
    expect(here()).toEqual(["bo/1", "ada/2", "ada/1"]);
    expect(here("another")).toEqual([]);
  });

  it("tells of what is new, and of nothing else", () => {
    const { changes, store, tab } = createWorld();
    store.put("d", tab("ada", "1"));
    const version = store.version("d");
    store.put("d", tab("ada", "1"));
    store.remove({ documentId: "d", personId: "ada", tabId: "other" });
    store.remove({ documentId: "d", personId: "bo", tabId: "1" });
    expect([changes, store.version("d")]).toEqual([["d"], version]);
    store.put("d", tab("ada", "1", { editing: true, annotationId: "a" }));
    expect(changes).toEqual(["d", "d"]);
    expect(store.version("d")).not.toBe(version);
  });

  it("forgets a tab that was silent for 10 s, and none that said the same again", () => {
    const { clock, changes, store, tab, here } = createWorld();
    store.put("d", tab("ada", "1"));
    store.put("d", tab("bo", "1"));
    clock.now = 6_000;
    store.put("d", tab("ada", "1"));
    clock.now = 9_999;
    store.expire();
    expect(here()).toEqual(["bo/1", "ada/1"]);
    clock.now = 10_000;
    store.expire();
    expect(here()).toEqual(["ada/1"]);
    expect(changes.length).toBe(3);
    clock.now = 16_000;
    store.expire();
    expect(here()).toEqual([]);
    expect(changes.length).toBe(4);
  });

  it("tells an empty list from an earlier one with as many changes", () => {
    const { store, tab } = createWorld();
    const seen = new Set([store.version("d")]);
    for (let round = 0; round < 3; round++) {
      store.put("d", tab("ada", "1"));
      expect(seen.has(store.version("d"))).toBe(false);
      seen.add(store.version("d"));
      store.remove({ documentId: "d", personId: "ada", tabId: "1" });
      expect(store.version("d")).toBe(0);
    }
  });

  it("bounds a list, and says how many there are", () => {
    const { store, tab } = createWorld();
    for (let i = 0; i < 200; i++) store.put("d", tab(`person ${i}`, "1"));
    const { tabs, tabCount, personCount } = store.list("d");
    expect([tabs.length, tabCount, personCount]).toEqual([50, 200, 200]);
    expect(tabs[0]?.user.id).toBe("person 199");
  });

  it("bounds one person's tabs: the one that was silent longest gives way", () => {
    const { store, tab, here } = createWorld();
    for (let i = 0; i < 10; i++) store.put("d", tab("ada", `${i}`));
    store.put("d", tab("ada", "0"));
    store.put("d", tab("bo", "0"));
    store.put("d", tab("ada", "new"));
    expect(here()).not.toContain("ada/1");
    expect(store.list("d")).toMatchObject({ tabCount: 11, personCount: 2 });
    expect(store.tabsOf("d", "ada").sort()).toEqual(["0", "2", "3", "4", "5", "6", "7", "8", "9", "new"]);
  });
});
