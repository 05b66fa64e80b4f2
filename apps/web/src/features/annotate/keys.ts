// What a key press means in the workbench: bare letters belong to labels, commands take Shift. Pure.
import { characterOf } from "../../ui/key-character.ts";
import type { Label } from "./model/entities.ts";

export type KeyPress = Pick<KeyboardEvent, "key" | "code" | "shiftKey" | "ctrlKey" | "metaKey" | "altKey">;

export type WorkbenchCommand =
  | "next"
  | "previous"
  | "delete"
  | "undo"
  | "redo"
  | "help"
  | "close"
  | "open"
  | "relate"
  | "comment"
  | "arcs"
  | "guidelines"
  | "find"
  | "markAll"
  | "copyLink"
  | "nextDocument"
  | "previousDocument"
  | "unfinishedDocument"
  | "done";

const SHIFTED: Readonly<Record<string, WorkbenchCommand>> = {
  j: "next",
  k: "previous",
  r: "relate",
  c: "comment",
  g: "arcs",
  y: "guidelines",
  a: "markAll",
  l: "copyLink",
  n: "nextDocument",
  p: "previousDocument",
  u: "unfinishedDocument",
  d: "done",
};

export function labelFor(press: KeyPress, labels: readonly Label[]): Label | null {
  if (press.ctrlKey || press.metaKey || press.altKey || press.shiftKey) return null;
  const exact = labels.find((label) => label.shortcut?.toLowerCase() === press.key.toLowerCase());
  const character = characterOf(press);
  return exact ?? labels.find((label) => label.shortcut?.toLowerCase() === character) ?? null;
}

export function commandFor(press: KeyPress): WorkbenchCommand | null {
  const character = characterOf(press);
  if ((press.ctrlKey || press.metaKey) && !press.altKey) {
    if (character === "z") return press.shiftKey ? "redo" : "undo";
    return character === "y" && press.ctrlKey && !press.shiftKey ? "redo" : null;
  }
  if (press.altKey || press.ctrlKey || press.metaKey) return null;
  if (press.key === "Escape") return "close";
  if (press.key === "Delete") return "delete";
  if (press.key === "Enter" && !press.shiftKey) return "open";
  // some layouts write a slash with Shift, and others a question mark without
  if (press.key === "?") return "help";
  if (press.key === "/") return "find";
  if (character === "/") return press.shiftKey ? "help" : "find";
  return press.shiftKey && character !== null ? (SHIFTED[character] ?? null) : null;
}

/** Keys that write one character, which who dictates or hits keys by accident can switch off. */
export function isSingleKey({ key, ctrlKey, metaKey, altKey }: KeyPress): boolean {
  return !ctrlKey && !metaKey && !altKey && [...key].length === 1 && key !== " ";
}

export interface EdgeMove {
  readonly side: "start" | "end";
  readonly towards: "left" | "right";
  readonly step: "character" | "word";
}

/** Shift and an arrow move the selected annotation's end, with Alt its start, with Ctrl by words. */
export function edgeMoveFor(press: KeyPress): EdgeMove | null {
  const towards = press.key === "ArrowLeft" ? "left" : press.key === "ArrowRight" ? "right" : null;
  if (towards === null || !press.shiftKey || press.metaKey) return null;
  return { side: press.altKey ? "start" : "end", towards, step: press.ctrlKey ? "word" : "character" };
}

/** Keys never fire while typing, nor where a control has a use for them. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable ||
    target.matches("input, textarea, select, [role=combobox], [role=listbox], [role=textbox]")
  );
}
