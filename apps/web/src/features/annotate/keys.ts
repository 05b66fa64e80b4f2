// What a key press means in the workbench: bare letters belong to labels, commands take Shift. Pure.
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
  | "relate";

/** The character a key stands for; with a layout that writes no Latin letters the physical key counts. */
export function characterOf({ key, code }: Pick<KeyPress, "key" | "code">): string | null {
  if (key.length === 1 && key >= "!" && key <= "~") return key.toLowerCase();
  const physical = /^(?:Key([A-Z])|Digit(\d))$/.exec(code);
  return (key.length <= 2 && (physical?.[1] ?? physical?.[2])?.toLowerCase()) || null;
}

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
  if (press.key === "?") return "help";
  if (press.key === "Enter" && !press.shiftKey) return "open";
  if (!press.shiftKey) return null;
  if (character === "j") return "next";
  if (character === "k") return "previous";
  return character === "r" ? "relate" : null;
}

/** Keys never fire while typing, nor where a control has a use for them. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable ||
    target.matches("input, textarea, select, [role=combobox], [role=listbox], [role=textbox]")
  );
}
