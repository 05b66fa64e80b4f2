// A marked passage, so that the product explains itself. Drawn with underlines and tints of its own: it is a picture of
// the reading pane, not the pane.
import type { LabelColor } from "@concord/core";
import { useLayoutEffect, useRef } from "react";
import { labelColorVar } from "../../theme/label-color.ts";
import classes from "./Specimen.module.css";

interface Mark {
  readonly color: LabelColor;
  readonly letter: string;
}

interface Piece {
  readonly text: string;
  /** From the outermost; the index is the underline's lane, the last one gives the tint. */
  readonly marks?: readonly Mark[];
  /** Those that begin here and so have their letter in the margin. */
  readonly begins?: readonly Mark[];
}

const speaker: Mark = { color: "INDIGO", letter: "S" };
const claim: Mark = { color: "RUST", letter: "C" };
const initiative: Mark = { color: "GREEN", letter: "I" };
const actor: Mark = { color: "ROSE", letter: "O" };
const condition: Mark = { color: "OLIVE", letter: "N" };

const pieces: readonly Piece[] = [
  { text: "“" },
  { text: "A warning is worth what people do with it", marks: [claim], begins: [claim] },
  { text: ". I want " },
  { text: "the League", marks: [initiative, actor], begins: [initiative, actor] },
  { text: " to run four rehearsals a year in every harbour, schools included", marks: [initiative] },
  { text: ". " },
  { text: "If ", marks: [initiative, condition], begins: [initiative, condition] },
  { text: "Kelmoria", marks: [initiative, condition, actor], begins: [actor] },
  { text: " opens its reservoir ledger by midsummer", marks: [initiative, condition] },
  { text: ", Vastrand will carry half the cost of the desk", marks: [initiative] },
  { text: ",” said " },
  { text: "Eddermark", marks: [speaker], begins: [speaker] },
  { text: "." },
];

function MarkedPiece({ text, marks = [], begins = [] }: Piece) {
  const isOverlapped = marks.length > 1;
  let content = <>{text}</>;
  const innermost = marks.at(-1);
  if (innermost) {
    content = (
      <span
        className={classes.tint}
        style={{ "--c": labelColorVar(innermost.color), "--depth": marks.length }}
      >
        {content}
      </span>
    );
  }
  for (const [lane, { color, letter }] of marks.entries()) {
    content = (
      <span
        key={letter}
        className={classes.line}
        data-overlapped={isOverlapped || undefined}
        style={{ "--c": labelColorVar(color), "--lane-index": lane }}
      >
        {content}
      </span>
    );
  }
  return (
    <>
      {begins.map(({ color, letter }) => (
        <i key={letter} className={classes.letter} style={{ "--c": labelColorVar(color) }} aria-hidden>
          {letter}
        </i>
      ))}
      {content}
    </>
  );
}

/** Letters of one line stand side by side, the last one nearest to the text. */
function placeLetters(host: HTMLElement): void {
  const perLine = new Map<number, number>();
  for (const letter of [...host.querySelectorAll("i")].reverse()) {
    const line = Math.round(letter.offsetTop);
    const before = perLine.get(line) ?? 0;
    letter.style.setProperty("--place", String(before));
    perLine.set(line, before + 1);
  }
}

export function Specimen() {
  const host = useRef<HTMLParagraphElement>(null);
  useLayoutEffect(() => {
    const element = host.current;
    if (!element) return;
    const observer = new ResizeObserver(() => placeLetters(element));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return (
    <p className={classes.text} ref={host} lang="en">
      {pieces.map((piece) => (
        <MarkedPiece key={piece.text} {...piece} />
      ))}
    </p>
  );
}
