// The workbench's annotations as the reading pane wants them: places with a label's look.
import type { Highlight, HighlightFeed } from "../../text/highlight.ts";
import type { Label } from "./model/entities.ts";
import type { Entry } from "./model/entries.ts";
import type { Workbench } from "./model/workbench.ts";

export function createHighlightFeed(workbench: Workbench, labels: ReadonlyMap<string, Label>): HighlightFeed {
  function toHighlight(entry: Entry): Highlight {
    const label = labels.get(entry.labelId);
    return {
      id: entry.id,
      fragments: entry.fragments,
      labelId: entry.labelId,
      // a label made since the page was opened: grey and unnamed until the codebook is read again
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
    subscribe: workbench.subscribeIds,
  };
}
