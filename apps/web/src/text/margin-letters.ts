// The letters in a paragraph's margin: one for each highlight that starts there, at the line where it starts, in the
// order in which they start, the outer before the inner. They are drawn on the paragraph's canvas: as elements, hundreds
// of them would have to be laid out while the text scrolls. Assistive technology has the list of annotations instead.
import type { LabelColor } from "@concord/core";
import type { Look } from "./highlight.ts";
import type { PlacedHighlight } from "./highlight-index.ts";
import type { Inks } from "./inks.ts";
import type { Box } from "./paint-paragraph.ts";
import { isOutOfReach } from "./pieces.ts";

/** Of a row, where one line of text has two. */
const ROW = 14;
/** Widths, in letters, of what stands beside one. */
const INITIALS = 1.8;
const MARK = 0.9;

export interface MarginLayout {
  /** Where the margin is right of the text, all of this counts from there, leftwards. */
  readonly isMirrored: boolean;
  /** Left edge of the letter next to the text, from the paragraph's border. */
  readonly right: number;
  /** Of a letter, and from one to the next. */
  readonly width: number;
  readonly pitch: number;
  /** Of the type. */
  readonly size: number;
  /** Rows of letters that one line of text has the height for, if they don't fit in one. */
  readonly rows: 1 | 2;
}

export interface MeasuredLetter {
  readonly item: PlacedHighlight;
  /** Of the first character's rectangle. */
  readonly top: number;
  readonly height: number;
}

export function measureLetters(
  items: readonly PlacedHighlight[],
  paragraph: number,
  measure: (start: number, end: number) => readonly Box[],
): MeasuredLetter[] {
  const letters: MeasuredLetter[] = [];
  for (const item of items) {
    const box = item.firstParagraph === paragraph ? measure(item.start, item.start + 1)[0] : undefined;
    if (box !== undefined) letters.push({ item, top: box.top, height: box.height });
  }
  return letters;
}

type Face =
  | { readonly kind: "letter"; readonly id: string; readonly look: "plain" | "off" | "hovered" | "selected" }
  | { readonly kind: "initials"; readonly color: string }
  | { readonly kind: "pending" | "refused" | "more" };

/** Something that stands in the margin, centred on `x`; the initials stand outwards from there. */
export interface MarginSign {
  readonly text: string;
  readonly x: number;
  readonly top: number;
  readonly height: number;
  readonly color: LabelColor;
  readonly face: Face;
}

function letterLook(item: PlacedHighlight, look: Look): "plain" | "off" | "hovered" | "selected" {
  if (item.id === look.selectedId || item.id === look.drawing?.targetId) return "selected";
  if (look.drawing !== null) return isOutOfReach(item, look) ? "off" : "hovered";
  if (item.id === look.isolatedId) return "hovered";
  return look.isolatedId !== null || look.dimmedLabels.has(item.highlight.labelId) ? "off" : "plain";
}

/** How much room a letter takes with what stands beside it. */
function roomFor({ item }: MeasuredLetter, { pitch }: MarginLayout): number {
  const { arrival, state } = item.highlight;
  return pitch + pitch * (arrival !== null ? INITIALS : state !== "saved" ? MARK : 0);
}

/** The letters in rows, as many in each as there is room for, the outermost first; `rest` is how many are left over. */
function rowsOf(
  inOrder: readonly MeasuredLetter[],
  layout: MarginLayout,
): { rows: MeasuredLetter[][]; rest: number } {
  const room = layout.right + layout.width;
  const widths = inOrder.map((letter) => roomFor(letter, layout));
  const rows: MeasuredLetter[][] = [[]];
  let taken = 0;
  let left = widths.reduce((sum, width) => sum + width, 0);
  for (const [index, letter] of inOrder.entries()) {
    const width = widths[index] ?? 0;
    if (taken > 0 && taken + width > room && rows.length < layout.rows) {
      rows.push([]);
      taken = 0;
    }
    // the last row keeps a place for the number of those that don't fit
    const isLast = rows.length === layout.rows;
    const kept = isLast && taken + left > room ? layout.pitch + 2 : 0;
    if (isLast && taken + width + kept > room) return { rows, rest: inOrder.length - index };
    rows.at(-1)?.push(letter);
    taken += width;
    left -= width;
  }
  return { rows, rest: 0 };
}

/** What stands beside one line, from the text outwards. */
function* signsOfLine(
  line: readonly MeasuredLetter[],
  look: Look,
  layout: MarginLayout,
): Generator<MarginSign> {
  const inOrder = [...line].sort((a, b) => a.item.start - b.item.start || b.item.end - a.item.end);
  const { rows, rest } = rowsOf(inOrder, layout);
  const { top: lineTop, height: lineHeight } = inOrder[0] ?? { top: 0, height: 0 };
  const height = rows.length > 1 ? ROW : lineHeight;
  for (const [index, shown] of rows.entries()) {
    const top = lineTop + (lineHeight - height * rows.length) / 2 + height * index;
    let x = layout.right + layout.width / 2;
    if (rest > 0 && index === rows.length - 1) {
      yield { text: `+${rest}`, x, top, height, color: "STONE", face: { kind: "more" } };
      x -= layout.pitch + 2;
    }
    for (const { item } of shown.reverse()) {
      const { color, letter, arrival, state } = item.highlight;
      const place = { top, height, color };
      yield {
        text: letter,
        x,
        ...place,
        face: { kind: "letter", id: item.id, look: letterLook(item, look) },
      };
      x -= layout.pitch;
      if (arrival !== null) {
        const face = { kind: "initials", color: arrival.color } as const;
        yield { text: arrival.initials, x: x + layout.width / 2, ...place, face };
        x -= layout.pitch * INITIALS;
      } else if (state !== "saved") {
        yield { text: state === "pending" ? "↑" : "!", x, ...place, face: { kind: state } };
        x -= layout.pitch * MARK;
      }
    }
  }
}

/** `width` is the paragraph's. */
export function placeSigns(
  letters: readonly MeasuredLetter[],
  look: Look,
  layout: MarginLayout,
  width: number,
): MarginSign[] {
  const lines = new Map<number, MeasuredLetter[]>();
  for (const letter of letters) {
    const line = Math.round(letter.top);
    const group = lines.get(line) ?? [];
    group.push(letter);
    lines.set(line, group);
  }
  const signs = [...lines.values()].flatMap((line) => [...signsOfLine(line, look, layout)]);
  return layout.isMirrored ? signs.map((sign) => ({ ...sign, x: width - sign.x })) : signs;
}

/** The highlight whose letter is there. */
export function letterAt(
  signs: readonly MarginSign[],
  layout: MarginLayout,
  x: number,
  y: number,
): string | null {
  for (const { x: middle, top, height, face } of signs)
    if (
      face.kind === "letter" &&
      Math.abs(x - middle) <= layout.pitch / 2 &&
      Math.abs(y - (top + height / 2)) <= Math.max(height, BOX) / 2
    )
      return face.id;
  return null;
}

const BOX = 16;
const RADIUS = 3;

export function drawSigns(
  ctx: CanvasRenderingContext2D,
  signs: readonly MarginSign[],
  layout: MarginLayout,
  inks: Inks,
): void {
  ctx.globalAlpha = 1;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  const font = `600 ${layout.size}px ${inks.font}`;
  ctx.font = font;
  for (const { text, x, top, height, color, face } of signs) {
    const middle = top + height / 2;
    if (face.kind === "initials") {
      ctx.font = `600 ${layout.size - 1.5}px ${inks.font}`;
      const width = ctx.measureText(text).width + 11;
      drawInitials(ctx, text, { left: layout.isMirrored ? x : x - width, width, middle }, inks, face.color);
      ctx.font = font;
      continue;
    }
    const own = inks.label[color];
    const isFilled = face.kind === "letter" && (face.look === "selected" || face.look === "hovered");
    if (isFilled) {
      ctx.globalAlpha = face.look === "selected" ? 1 : 0.14;
      ctx.fillStyle = own;
      const width = Math.min(BOX, layout.pitch + 1);
      const filled = Math.min(BOX, height);
      fillRounded(ctx, x - width / 2, middle - filled / 2, width, filled);
      ctx.globalAlpha = 1;
    }
    if (face.kind === "letter")
      ctx.fillStyle = face.look === "off" ? inks.muted : face.look === "selected" ? inks.paper : own;
    else ctx.fillStyle = { pending: inks.warn, refused: inks.danger, more: inks.muted }[face.kind];
    ctx.fillText(text, x, middle + 0.5);
  }
}

function fillRounded(
  ctx: CanvasRenderingContext2D,
  left: number,
  top: number,
  width: number,
  height: number,
): void {
  ctx.beginPath();
  ctx.roundRect(left, top, width, height, RADIUS);
  ctx.fill();
}

function drawInitials(
  ctx: CanvasRenderingContext2D,
  text: string,
  { left, width, middle }: { left: number; width: number; middle: number },
  inks: Inks,
  color: string,
): void {
  ctx.beginPath();
  ctx.roundRect(left + 0.75, middle - BOX / 2, width - 1.5, BOX, RADIUS);
  ctx.strokeStyle = inks.resolve(color);
  ctx.lineWidth = 1.5;
  ctx.fillStyle = inks.paper;
  ctx.fill();
  ctx.stroke();
  ctx.fillStyle = inks.ink;
  ctx.fillText(text, left + width / 2, middle + 0.5);
}
