import { describe, expect, it } from "vitest";
import { commandFor, type KeyPress, labelFor } from "./keys.ts";
import type { Label } from "./model/entities.ts";
import { statusOf } from "./status.ts";

const press = (key: string, code: string, held: Partial<KeyPress> = {}): KeyPress => ({
  key,
  code,
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...held,
});
const claim: Label = {
  id: "1",
  name: "Claim",
  color: "RUST",
  letter: "C",
  shortcut: "c",
  description: "",
  isArchived: false,
  attributes: [],
};

describe("labelFor", () => {
  it("goes by the letter, and by the key where the layout writes no Latin letters", () => {
    expect(labelFor(press("c", "KeyC"), [claim])).toBe(claim);
    expect(labelFor(press("с", "KeyC"), [claim])).toBe(claim);
    expect(labelFor(press("j", "KeyC"), [claim])).toBeNull();
    expect(labelFor(press("C", "KeyC", { shiftKey: true }), [claim])).toBeNull();
    expect(labelFor(press("c", "KeyC", { ctrlKey: true }), [claim])).toBeNull();
  });
});

describe("commandFor", () => {
  it("takes commands with Shift, undo with Ctrl or ⌘", () => {
    expect(commandFor(press("J", "KeyJ", { shiftKey: true }))).toBe("next");
    expect(commandFor(press("О", "KeyJ", { shiftKey: true }))).toBe("next");
    expect(commandFor(press("j", "KeyJ"))).toBeNull();
    expect(commandFor(press("z", "KeyZ", { metaKey: true }))).toBe("undo");
    expect(commandFor(press("Z", "KeyZ", { ctrlKey: true, shiftKey: true }))).toBe("redo");
    expect(commandFor(press("?", "Slash", { shiftKey: true }))).toBe("help");
  });
});

describe("statusOf", () => {
  const facts = { operations: [], isReachable: true, socket: "connected", isOnline: true } as const;
  const waiting = {
    clientMutationId: "1",
    at: "",
    command: { kind: "restoreAnnotation", id: "a" },
    state: "waiting",
    problem: null,
  } as const;

  it("says one honest word", () => {
    expect(statusOf(facts).word).toBe("Saved");
    expect(statusOf({ ...facts, operations: [waiting] }).word).toBe("Saving");
    expect(statusOf({ ...facts, operations: [waiting], isReachable: false }).word).toBe("Offline, 1 waiting");
    expect(statusOf({ ...facts, isOnline: false }).word).toBe("Offline");
    expect(statusOf({ ...facts, socket: "offline" }).word).toBe("Reconnecting");
    const problem = { code: "FORBIDDEN", message: "", current: null };
    expect(statusOf({ ...facts, operations: [{ ...waiting, state: "refused", problem }] }).word).toBe(
      "1 needs a look",
    );
  });
});
