// The workbench's annotations as the reading pane wants them: places with a label's look.
import type { Highlight, HighlightFeed } from "../../text/highlight.ts";
import type { LabelSource } from "./codebook/label-source.ts";
import type { Entry } from "./model/entries.ts";
import type { Workbench } from "./model/workbench.ts";

export function createHighlightFeed(workbench: Workbench, labels: LabelSource): HighlightFeed {
  function toHighlight(entry: Entry): Highlight {
    const label = labels.get(entry.labelId);
    return {
      id: entry.id,
      fragments: entry.fragments,
      labelId: entry.labelId,
      // a label that was made just now: grey and unnamed for the moment until the project's changes bring it
      color: label?.color ?? "STONE",
      letter: label?.letter ?? "?",
      state: entry.state,
      arrival: workbench.arrivalOf(entry.id),
    };
  }

  return {
    get(id) {
      const entry = workbench.get(id);
      return entry === undefined ? undefined : toHighlight(entry);
    },
    all: () => workbench.getSnapshot().inText.map(toHighlight),
    subscribe(listener) {
      const stops = [workbench.subscribeIds(listener), labels.subscribe(() => listener(null))];
      return () => {
        for (const stop of stops) stop();
      };
    },
  };
}
