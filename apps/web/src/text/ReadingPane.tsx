// The reading pane: a text as paragraphs, with everything that is drawn on and around it. React renders the paragraphs
// once per text and never for a highlight; the session behind it is imperative and told of looks and changes.
import type { Fragment } from "@concord/core";
import { memo, type ReactNode, type Ref, useImperativeHandle, useLayoutEffect, useMemo, useRef } from "react";
import type { Arc } from "./arcs.ts";
import { isRightToLeft } from "./direction.ts";
import type { Point } from "./drawn-line.ts";
import type { HighlightFeed, ReaderLook } from "./highlight.ts";
import type { LinkRules } from "./link-handle.ts";
import type { OthersFeed } from "./others.ts";
import { createPaneSession } from "./pane-session.ts";
import type { PaneSession } from "./pane-types.ts";
import { createParagraphIndex, type Paragraph } from "./paragraph-index.ts";
import css from "./reading-pane.module.css";
import type { TextSelection } from "./selection-control.ts";
import { PARAGRAPH } from "./text-dom.ts";
import { createSegmenters } from "./words.ts";

export type ReadingPaneHandle = Omit<PaneSession, "setLook" | "setLinkRules" | "showArcs" | "dispose">;

export interface ReadingPaneProps {
  readonly text: string;
  readonly language: string | null;
  readonly feed: HighlightFeed;
  /** Who else is in the text. */
  readonly others: OthersFeed;
  readonly look: ReaderLook;
  /** Relations to draw beside the text. */
  readonly arcs: readonly Arc[];
  /** What relations may be drawn from the selected highlight; null for none. */
  readonly linkRules: LinkRules | null;
  /** Stands above the text and scrolls with it. */
  readonly header?: ReactNode;
  /** What the text is called to those who hear it. */
  readonly name: string;
  /** What a screen reader hears of the highlights besides the text. */
  readonly description: string;
  readonly onPick: (id: string | null) => void;
  readonly onHover: (id: string | null) => void;
  readonly onReshape: (id: string, fragments: readonly Fragment[], quote: string) => void;
  readonly onSelection: (selection: TextSelection | null) => void;
  readonly onDrawing: (how: "key" | "pointer" | null) => void;
  readonly onLink: (targetId: string, at: Point) => void;
  readonly onNoLink: (words: string) => void;
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
  others,
  look,
  arcs,
  linkRules,
  header,
  name,
  description,
  ref,
  ...told
}: ReadingPaneProps) {
  const root = useRef<HTMLDivElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const ruler = useRef<HTMLCanvasElement>(null);
  const rulerView = useRef<HTMLDivElement>(null);
  const rulerFaces = useRef<HTMLDivElement>(null);
  const session = useRef<PaneSession>(null);
  const index = useMemo(() => createParagraphIndex(text), [text]);
  const isMirrored = useMemo(() => isRightToLeft(text), [text]);
  const segmenters = useMemo(() => createSegmenters(language), [language]);
  // the session outlives renders: it calls whatever the last render passed
  const callbacks = useRef(told);
  useLayoutEffect(() => {
    callbacks.current = told;
  });

  useLayoutEffect(() => {
    if (
      root.current === null ||
      scroller.current === null ||
      ruler.current === null ||
      rulerView.current === null ||
      rulerFaces.current === null
    )
      return;
    const elements = {
      root: root.current,
      scroller: scroller.current,
      ruler: ruler.current,
      rulerView: rulerView.current,
      rulerFaces: rulerFaces.current,
    };
    const created = createPaneSession(elements, index, segmenters, feed, others, {
      onPick: (id) => callbacks.current.onPick(id),
      onHover: (id) => callbacks.current.onHover(id),
      onReshape: (id, fragments, quote) => callbacks.current.onReshape(id, fragments, quote),
      onSelection: (selection) => callbacks.current.onSelection(selection),
      onDrawing: (how) => callbacks.current.onDrawing(how),
      onLink: (targetId, at) => callbacks.current.onLink(targetId, at),
      onNoLink: (words) => callbacks.current.onNoLink(words),
      onMove: () => callbacks.current.onMove(),
    });
    session.current = created;
    return () => {
      session.current = null;
      created.dispose();
    };
  }, [index, segmenters, feed, others]);

  // after a new session, too: it begins with a plain look
  // biome-ignore lint/correctness/useExhaustiveDependencies: what makes a new session is listed for that
  useLayoutEffect(() => session.current?.setLook(look), [look, index, segmenters, feed, others]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: as above
  useLayoutEffect(() => session.current?.showArcs(arcs), [arcs, index, segmenters, feed]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: as above
  useLayoutEffect(
    () => session.current?.setLinkRules(linkRules),
    [linkRules, index, segmenters, feed, others],
  );

  useImperativeHandle(ref, () => {
    const nowhere = { start: 0, end: 0 };
    return {
      clearSelection: () => session.current?.clearSelection(),
      reshapeSelection: (how) => session.current?.reshapeSelection(how),
      startLink: () => session.current?.startLink(),
      addPartNext: () => session.current?.addPartNext(),
      nudge: (side, towards, step) => session.current?.nudge(side, towards, step) ?? false,
      reveal: (fragments, flash) => session.current?.reveal(fragments, flash),
      rectsOf: (fragments) => session.current?.rectsOf(fragments) ?? [],
      scrollBy: (pixels) => session.current?.scrollBy(pixels),
      visible: () => session.current?.visible() ?? nowhere,
      focus: () => session.current?.focus(),
      showFound: (hits, current) => session.current?.showFound(hits, current),
      placeCaret: (position) => session.current?.placeCaret(position),
    };
  }, []);

  return (
    <div
      className={css.pane}
      data-patterns={look.patterns || undefined}
      data-mirrored={isMirrored || undefined}
    >
      <div ref={scroller} className={css.scroller}>
        <article className={css.column}>
          {header}
          <section
            ref={root}
            className={css.text}
            data-testid="text"
            aria-label={name}
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
        <div ref={rulerFaces} className={css.rulerFaces} />
      </div>
    </div>
  );
}
