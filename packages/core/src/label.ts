/** How a label is told from others at a glance: one of eight colours and one letter. */
import { firstGrapheme } from "./grapheme.ts";

/** The eight hues, each legible as text and as a line in both themes. */
export const LABEL_COLORS = ["INDIGO", "RUST", "GREEN", "PURPLE", "ROSE", "TEAL", "OLIVE", "STONE"] as const;

/** One of the eight hues. */
export type LabelColor = (typeof LABEL_COLORS)[number];

/**
 * The sign beside a label's colour: its shortcut in capitals, else its name's first grapheme in capitals.
 * @example letterOf({ name: "Claim", shortcut: "c" }); // "C"
 */
export function letterOf(label: { name: string; shortcut: string | null }): string {
  return (label.shortcut ?? firstGrapheme(label.name)).toUpperCase();
}
