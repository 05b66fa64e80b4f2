// The one letter or digit that applies a label: whether it may, and which one a new label could have. Pure.
import { t } from "../../../words/words.ts";

interface HasShortcut {
  readonly id: string;
  readonly name: string;
  readonly shortcut: string | null;
}

const SHORTCUT = /^[\p{L}\p{N}]$/u;
const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();

/** The last sign of what is in the field: a key that is pressed replaces the one before it. */
export function lastSign(typed: string): string {
  return [...typed.trim()].at(-1)?.toLowerCase() ?? "";
}

/** What speaks against a key for a label, in words; null for nothing. */
export function shortcutProblem(
  wanted: string,
  ownId: string | null,
  labels: readonly HasShortcut[],
): string | null {
  if (wanted === "") return null;
  if (!SHORTCUT.test(wanted)) return t("codebook:shortcut.noSign");
  const holder = labels.find(
    ({ id, shortcut }) => id !== ownId && shortcut !== null && same(shortcut, wanted),
  );
  return holder === undefined
    ? null
    : t("codebook:shortcut.taken", { key: wanted.toUpperCase(), name: holder.name });
}

/** The first sign of a name that nobody has yet; "" for none. */
export function freeShortcut(name: string, labels: readonly HasShortcut[]): string {
  const signs = [...name.toLowerCase()].filter((sign) => SHORTCUT.test(sign));
  return signs.find((sign) => shortcutProblem(sign, null, labels) === null) ?? "";
}
