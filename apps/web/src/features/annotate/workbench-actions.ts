// What a person can do in the workbench, whether by key, press or click: made anew with each render from what it shows.
import type { ReadingPaneHandle } from "../../text/ReadingPane.tsx";
import type { TextSelection } from "../../text/selection-control.ts";
import type { WorkbenchCommand } from "./keys.ts";
import type { Label } from "./model/entities.ts";
import type { Entry } from "./model/entries.ts";
import type { Workbench } from "./model/workbench.ts";
import type { Rights } from "./rights.ts";
import { describeAnnotation, neighbourOf } from "./walk.ts";

export interface ActionContext {
  readonly workbench: Workbench;
  readonly rights: Rights;
  readonly labels: ReadonlyMap<string, Label>;
  readonly inText: readonly Entry[];
  readonly dimmedLabels: ReadonlySet<string>;
  readonly pane: () => ReadingPaneHandle | null;
  readonly selectedId: string | null;
  readonly selected: Entry | undefined;
  readonly selection: TextSelection | null;
  readonly armed: Label | null;
  readonly select: (id: string | null) => void;
  /** Tells what was done, or why it could not be. */
  readonly say: (words: string) => void;
  readonly arm: (label: Label | null) => void;
  readonly hover: (id: string | null) => void;
  readonly openInspector: () => void;
  readonly openKeys: () => void;
  readonly askRelation: () => void;
}

/** Where the inspector's focus goes when an annotation is opened. */
export const ANNOTATION_HEADING = "annotation-heading";

export function createActions(context: ActionContext) {
  const { workbench, rights, labels, inText, dimmedLabels, pane, selectedId, selected, selection, armed } =
    context;
  const { select, say, arm, hover } = context;

  const tag = (label: Label): boolean => {
    if (!rights.canAnnotate) return false;
    const place = selection ?? selected;
    if (place === undefined) {
      arm(label);
      say(`Each selection becomes ${label.name} until you press Escape.`);
      return true;
    }
    const { fragments, quote } = place;
    const twin = inText.find(
      (entry) => entry.labelId === label.id && JSON.stringify(entry.fragments) === JSON.stringify(fragments),
    );
    pane()?.clearSelection();
    select(twin?.id ?? workbench.tag({ fragments, quote }, label.id));
    say(twin === undefined ? `Marked as ${label.name}.` : `This is marked as ${label.name} already.`);
    return true;
  };

  /** A selection that is complete: marked at once when a label is armed. */
  const takeSelection = (next: TextSelection) => {
    select(null);
    if (armed === null || !rights.canAnnotate) return;
    pane()?.clearSelection();
    workbench.tag(next, armed.id);
    say(`Marked as ${armed.name}.`);
  };

  const goTo = (id: string | null) => {
    // what was hovered in a list goes with the list
    hover(null);
    select(id);
    const entry = id === null ? undefined : workbench.get(id);
    if (entry === undefined) return;
    pane()?.reveal(entry.fragments, false);
    say(describeAnnotation(entry, labels, inText));
  };

  const pick = (id: string | null) => {
    select(id);
    if (id !== null) context.openInspector();
  };

  const remove = (): boolean => {
    if (selected === undefined || !rights.canChange(selected)) return false;
    workbench.remove(selected.id);
    hover(null);
    select(null);
    say("Deleted.");
    return true;
  };

  const travel = (side: "undo" | "redo"): boolean => {
    if (!rights.canAnnotate) return false;
    say(workbench[side]() ?? (side === "undo" ? "Undone." : "Done again."));
    return true;
  };

  const close = (): boolean => {
    if (selection !== null) pane()?.clearSelection();
    else if (armed !== null) arm(null);
    else if (selectedId !== null) select(null);
    else return false;
    return true;
  };

  const walk = (by: 1 | -1): boolean => {
    const visible = inText.filter((entry) => !dimmedLabels.has(entry.labelId));
    const next = neighbourOf(visible, selectedId, by, pane()?.visible().start ?? 0);
    if (next !== null) goTo(next);
    return next !== null;
  };

  const openSelected = (): boolean => {
    if (selected === undefined) return false;
    context.openInspector();
    document.getElementById(ANNOTATION_HEADING)?.focus();
    return true;
  };

  const commands: Readonly<Record<WorkbenchCommand, () => boolean>> = {
    next: () => walk(1),
    previous: () => walk(-1),
    delete: remove,
    undo: () => travel("undo"),
    redo: () => travel("redo"),
    help: () => {
      context.openKeys();
      return true;
    },
    close,
    open: openSelected,
    relate: () => {
      if (selected === undefined || !rights.canAnnotate) return false;
      context.askRelation();
      return openSelected();
    },
  };

  return { tag, takeSelection, goTo, pick, commands };
}
