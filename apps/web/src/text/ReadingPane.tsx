// The reading pane: a text as paragraphs, with everything that is drawn on and around it. React renders the paragraphs
// once per text and never for a highlight; the session behind it is imperative and told of looks and changes.
import { memo, type ReactNode, type Ref, useImperativeHandle, useLayoutEffect, useMemo, useRef } from "react";
import type { HighlightFeed, Look } from "./highlight.ts";
import { createPaneSession, type PaneSession } from "./pane-session.ts";
import { createParagraphIndex, type Paragraph } from "./paragraph-index.ts";
import css from "./reading-pane.module.css";
import type { TextSelection } from "./selection-control.ts";
import { PARAGRAPH } from "./text-dom.ts";
import { createSegmenters } from "./words.ts";

export type ReadingPaneHandle = Omit<PaneSession, "setLook" | "dispose">;

export interface ReadingPaneProps {
  readonly text: string;
  readonly language: string | null;
  readonly feed: HighlightFeed;
  readonly look: Look;
  /** Stands above the text and scrolls with it. */
  readonly header?: ReactNode;
  /** What a screen reader hears of the highlights besides the text. */
  readonly description: string;
  readonly onPick: (id: string | null) => void;
  readonly onHover: (id: string | null) => void;
  readonly onSelection: (selection: TextSelection | null) => void;
  readonly onMove: () => void;
  readonly ref?: Ref<ReadingPaneHandle>;
}

/** Above this, content-visibility goes on sections of ten: fewer boxes to look at in each frame. */
const MANY_PARAGRAPHS = 1000;
const SECTION = 10;
/** About what a line of the column holds; only for heights of what was never laid out. */
const CHARACTERS_A_LINE = 71;
const OPENING_QUOTE = /^["“„«‘‚‹]/u;

function estimatedHeight({ text }: Paragraph): number {
  return text === "" ? 0 : 34 * Math.ceil(text.length / CHARACTERS_A_LINE) + 14;
}

function ParagraphElement({
  paragraph,
  number,
  isBlock,
}: {
  paragraph: Paragraph;
  number: number;
  isBlock: boolean;
}) {
  const style =
    isBlock && paragraph.text !== ""
      ? { containIntrinsicBlockSize: `auto ${estimatedHeight(paragraph)}px` }
      : undefined;
  const kind = paragraph.text === "" ? css.blank : css.paragraph;
  const classes = [kind, isBlock && css.block, OPENING_QUOTE.test(paragraph.text) && css.quoted]
    .filter(Boolean)
    .join(" ");
  return (
    <p className={classes} dir="auto" style={style} {...{ [PARAGRAPH]: number }}>
      {paragraph.text}
    </p>
  );
}

const Paragraphs = memo(function Paragraphs({ paragraphs }: { paragraphs: readonly Paragraph[] }) {
  if (paragraphs.length <= MANY_PARAGRAPHS) {
    return paragraphs.map((paragraph, number) => (
      <ParagraphElement key={paragraph.start} paragraph={paragraph} number={number} isBlock />
    ));
  }
  const sections = Array.from({ length: Math.ceil(paragraphs.length / SECTION) }, (_, index) =>
    paragraphs.slice(index * SECTION, (index + 1) * SECTION),
  );
  return sections.map((section, index) => {
    const height = section.reduce((sum, paragraph) => sum + estimatedHeight(paragraph), 0);
    return (
      <div
        key={section[0]?.start}
        className={css.block}
        style={{ containIntrinsicBlockSize: `auto ${height}px` }}
      >
        {section.map((paragraph, offset) => (
          <ParagraphElement
            key={paragraph.start}
            paragraph={paragraph}
            number={index * SECTION + offset}
            isBlock={false}
          />
        ))}
      </div>
    );
  });
});

export function ReadingPane({
  text,
  language,
  feed,
  look,
  header,
  description,
  onPick,
  onHover,
  onSelection,
  onMove,
  ref,
}: ReadingPaneProps) {
  const root = useRef<HTMLDivElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const ruler = useRef<HTMLCanvasElement>(null);
  const rulerView = useRef<HTMLDivElement>(null);
  const session = useRef<PaneSession>(null);
  const index = useMemo(() => createParagraphIndex(text), [text]);
  const segmenters = useMemo(() => createSegmenters(language), [language]);
  // the session outlives renders: it calls whatever the last render passed
  const callbacks = useRef({ onPick, onHover, onSelection, onMove });
  useLayoutEffect(() => {
    callbacks.current = { onPick, onHover, onSelection, onMove };
  });

  useLayoutEffect(() => {
    if (
      root.current === null ||
      scroller.current === null ||
      ruler.current === null ||
      rulerView.current === null
    )
      return;
    const elements = {
      root: root.current,
      scroller: scroller.current,
      ruler: ruler.current,
      rulerView: rulerView.current,
    };
    const created = createPaneSession(elements, index, segmenters, feed, {
      onPick: (id) => callbacks.current.onPick(id),
      onHover: (id) => callbacks.current.onHover(id),
      onSelection: (selection) => callbacks.current.onSelection(selection),
      onMove: () => callbacks.current.onMove(),
    });
    session.current = created;
    return () => {
      session.current = null;
      created.dispose();
    };
  }, [index, segmenters, feed]);

  // after a new session, too: it begins with a plain look
  // biome-ignore lint/correctness/useExhaustiveDependencies: what makes a new session is listed for that
  useLayoutEffect(() => session.current?.setLook(look), [look, index, segmenters, feed]);

  useImperativeHandle(ref, () => {
    const nowhere = { start: 0, end: 0 };
    return {
      clearSelection: () => session.current?.clearSelection(),
      reshapeSelection: (how) => session.current?.reshapeSelection(how),
      addPartNext: () => session.current?.addPartNext(),
      reveal: (fragments, flash) => session.current?.reveal(fragments, flash),
      rectsOf: (fragments) => session.current?.rectsOf(fragments) ?? [],
      visible: () => session.current?.visible() ?? nowhere,
      focus: () => session.current?.focus(),
    };
  }, []);

  return (
    <div className={css.pane} data-patterns={look.patterns || undefined}>
      <div ref={scroller} className={css.scroller}>
        <article className={css.column}>
          {header}
          <section
            ref={root}
            className={css.text}
            data-testid="text"
            aria-label="Text"
            aria-description={description}
            // the caret moves through it by arrow keys, and the page below it scrolls by them
            // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable, selectable region must be reachable by keyboard
            tabIndex={0}
            lang={language ?? undefined}
          >
            <Paragraphs paragraphs={index.paragraphs} />
          </section>
        </article>
      </div>
      <div className={css.ruler} aria-hidden="true">
        <canvas ref={ruler} />
        <div ref={rulerView} className={css.rulerView} />
      </div>
    </div>
  );
}
