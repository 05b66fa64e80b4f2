import { describe, expect, it } from "vitest";
import { commandFor, isSingleKey, type KeyPress, labelFor } from "./keys.ts";
import type { Label } from "./model/entities.ts";

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

describe("commandFor with other layouts", () => {
  it("goes by the physical key for letters and the slash", () => {
    const shift = { shiftKey: true };
    expect(commandFor(press("Ф", "KeyA", shift))).toBe("markAll");
    expect(commandFor(press("П", "KeyG", shift))).toBe("arcs");
    expect(commandFor(press("Т", "KeyN", shift))).toBe("nextDocument");
    expect(commandFor(press("З", "KeyP", shift))).toBe("previousDocument");
    expect(commandFor(press("Г", "KeyU", shift))).toBe("unfinishedDocument");
    expect(commandFor(press("D", "KeyD", shift))).toBe("done");
    expect(commandFor(press("Д", "KeyL", shift))).toBe("copyLink");
    // Kazakh writes № there, German a slash with Shift and 7, Russian a question mark with the same.
    expect(commandFor(press("№", "Slash"))).toBe("find");
    expect(commandFor(press("/", "Digit7", shift))).toBe("find");
    expect(commandFor(press("?", "Digit7", shift))).toBe("help");
    expect(commandFor(press(".", "Slash"))).toBeNull();
  });
});

describe("isSingleKey", () => {
  it("is what writes a character, also with Shift, and nothing else", () => {
    const singles = [
      press("c", "KeyC"),
      press("J", "KeyJ", { shiftKey: true }),
      press("/", "Slash"),
      press("с", "KeyC"),
    ];
    expect(singles.map(isSingleKey)).toEqual([true, true, true, true]);
    const others = [
      press("Enter", "Enter"),
      press("Escape", "Escape"),
      press("Delete", "Delete"),
      press("ArrowLeft", "ArrowLeft", { shiftKey: true }),
      press("k", "KeyK", { ctrlKey: true }),
      press("z", "KeyZ", { metaKey: true }),
    ];
    expect(others.map(isSingleKey)).toEqual([false, false, false, false, false, false]);
  });
});
