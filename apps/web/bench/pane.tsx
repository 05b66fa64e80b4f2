// The reading pane alone on a page, for `npm run bench -- render`, which says what `subject` must be able to do.
import "@mantine/core/styles.layer.css";
import "../src/theme/fonts.css";
import "../src/theme/tokens.css";
import "../src/theme/base.css";
import { MantineProvider } from "@mantine/core";
import type { ReactNode } from "react";
import { flushSync } from "react-dom";
import { createRoot } from "react-dom/client";
import type { Highlight, HighlightFeed } from "../src/text/highlight.ts";
import { PLAIN_LOOK } from "../src/text/highlight.ts";
import { ReadingPane, type ReadingPaneHandle } from "../src/text/ReadingPane.tsx";
import type { TextSelection } from "../src/text/selection-control.ts";
import { cssVariablesResolver, theme } from "../src/theme/theme.ts";

interface Data {
  readonly text: string;
  readonly annotations: readonly Pick<Highlight, "id" | "labelId" | "color" | "letter" | "fragments">[];
}

const root = createRoot(document.getElementById("root") ?? document.body);
const highlights = new Map<string, Highlight>();
const listeners = new Set<(ids: readonly string[] | null) => void>();
const feed: HighlightFeed = {
  get: (id) => highlights.get(id),
  all: () => highlights.values(),
  subscribe(listener) {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};
let pane: ReadingPaneHandle | null = null;
let tagged = 0;

/** As with a label armed: what is selected is marked at once. */
function tag(selection: TextSelection | null): void {
  if (selection?.isFinal !== true) return;
  const id = `tag-${++tagged}`;
  const { fragments } = selection;
  pane?.clearSelection();
  highlights.set(id, {
    id,
    fragments,
    labelId: "label-0",
    color: "RUST",
    letter: "C",
    state: "pending",
    arrival: null,
  });
  for (const listener of listeners) listener([id]);
}

const nothing = () => undefined;
const nobody = { get: () => [], subscribe: () => nothing };

/** Within what the whole client stands in, which is there long before a text is opened. */
const show = (pane: ReactNode) =>
  root.render(
    <MantineProvider theme={theme} cssVariablesResolver={cssVariablesResolver}>
      {pane}
    </MantineProvider>,
  );
// As above any text: something in the interface's face and in the reading one.
show(
  <p style={{ fontFamily: "var(--ui)" }}>
    Saved <span style={{ fontFamily: "var(--read)" }}>Concord</span>
  </p>,
);

const subject = {
  open({ text, annotations }: Data): void {
    for (const one of annotations) highlights.set(one.id, { ...one, state: "saved", arrival: null });
    flushSync(() =>
      show(
        <ReadingPane
          ref={(handle) => {
            pane = handle;
          }}
          text={text}
          language="en"
          feed={feed}
          look={PLAIN_LOOK}
          arcs={[]}
          linkRules={null}
          others={nobody}
          name="Text"
          description=""
          onPick={nothing}
          onHover={nothing}
          onReshape={nothing}
          onSelection={tag}
          onDrawing={nothing}
          onLink={nothing}
          onNoLink={nothing}
          onMove={nothing}
        />,
      ),
    );
  },
  isShown: () =>
    [...document.querySelectorAll<HTMLCanvasElement>("section canvas")].some(({ width }) => width > 0),
  tagCount: () => tagged,
};

Object.assign(window, { subject });
