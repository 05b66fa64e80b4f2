// What a person can do in the workbench, whether by key, press or click: made anew with each render from what it shows.
import type { Fragment } from "@concord/core";
import type { ReadingPaneHandle } from "../../text/ReadingPane.tsx";
import type { TextSelection } from "../../text/selection-control.ts";
import { t } from "../../words/words.ts";
import type { DocumentStep } from "./documents/useDocumentWalk.ts";
import type { Find } from "./find/useFind.ts";
import type { EdgeMove, WorkbenchCommand } from "./keys.ts";
import type { Annotation, Label } from "./model/entities.ts";
import type { Entry } from "./model/entries.ts";
import type { Workbench } from "./model/workbench.ts";
import type { PresentPerson } from "./presence/present-people.ts";
import type { Rights } from "./rights.ts";
import { describeAnnotation, neighbourOf } from "./walk.ts";

export interface ActionContext {
  readonly workbench: Workbench;
  readonly rights: Rights;
  readonly labels: ReadonlyMap<string, Label>;
  readonly inText: readonly Entry[];
  /** What the list shows, which is what one walks through. */
  readonly walked: () => readonly Entry[];
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
  /** Leads to where a comment on the selected annotation is written. */
  readonly askComment: () => void;
  /** Shows all relations beside the text, or only the selected one's. */
  readonly toggleArcs: () => void;
  readonly toggleGuidelines: () => void;
  readonly find: Pick<Find, "isOpen" | "open" | "close">;
  readonly goToDocument: (step: DocumentStep) => void;
  /** Says that one is done with the document, or no longer. */
  readonly toggleDone: () => void;
  /** Answers what to say of it. */
  readonly copyLink: (annotationId: string) => Promise<string>;
  /** Asks which other occurrences of a text are to be marked, and, where it isn't given, as what. */
  readonly askMarkAll: (text: string, label: Label | null) => void;
}

/** Longer than anybody looks for: a selection of that length was not made to be searched. */
const LONGEST_SEARCH = 200;

/** Where the inspector's focus goes when an annotation is opened. */
export const ANNOTATION_HEADING = "annotation-heading";

export function createActions(context: ActionContext) {
  const { workbench, rights, labels, inText, pane, selectedId, selected, selection, armed } = context;
  const { select, say, arm, hover } = context;

  const tag = (label: Label): boolean => {
    if (!rights.canAnnotate) return false;
    const place = selection ?? selected;
    if (place === undefined) {
      arm(label);
      say(t("marking:said.armed", { label: label.name }));
      return true;
    }
    mark(label, place);
    return true;
  };

  const mark = (label: Label, { fragments, quote }: Pick<Annotation, "fragments" | "quote">): void => {
    const twin = inText.find(
      (entry) => entry.labelId === label.id && JSON.stringify(entry.fragments) === JSON.stringify(fragments),
    );
    pane()?.clearSelection();
    select(twin?.id ?? workbench.tag({ fragments, quote }, label.id));
    say(t(twin === undefined ? "marking:said.marked" : "marking:said.already", { label: label.name }));
  };

  const markAll = (label: Label, places: readonly Pick<Annotation, "fragments" | "quote">[]): void => {
    workbench.asOneAct(() => {
      for (const place of places) workbench.tag(place, label.id);
    });
    say(t("marking:said.markedAll", { count: places.length, label: label.name }));
  };

  /** A selection that is complete: marked at once when a label is armed. */
  const takeSelection = (next: TextSelection) => {
    select(null);
    if (armed === null || !rights.canAnnotate) return;
    pane()?.clearSelection();
    workbench.tag(next, armed.id);
    say(t("marking:said.marked", { label: armed.name }));
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

  /** To what somebody has selected, or where they read. */
  const goToPerson = ({ selection: theirs, reading }: PresentPerson) => {
    if (theirs.length > 0) pane()?.reveal(theirs, true);
    else if (reading !== null) pane()?.reveal([{ start: reading.start, end: reading.start + 1 }], false);
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
    say(t("marking:said.deleted"));
    return true;
  };

  const travel = (side: "undo" | "redo"): boolean => {
    const done = t(side === "undo" ? "undo:undone" : "undo:redone");
    say(rights.obstacle ?? workbench[side](rights.canChange) ?? done);
    return true;
  };

  const close = (): boolean => {
    if (selection !== null) pane()?.clearSelection();
    else if (context.find.isOpen) context.find.close();
    else if (armed !== null) arm(null);
    else if (selectedId !== null) select(null);
    else return false;
    return true;
  };

  const walk = (by: 1 | -1): boolean => {
    const next = neighbourOf(context.walked(), selectedId, by, pane()?.visible().start ?? 0);
    if (next !== null) goTo(next);
    return next !== null;
  };

  const openSelected = (): boolean => {
    if (selected === undefined) return false;
    context.openInspector();
    document.getElementById(ANNOTATION_HEADING)?.focus();
    return true;
  };

  const reshape = (id: string, fragments: readonly Fragment[], quote: string) => {
    workbench.update(id, { fragments, quote });
    say(t("marking:said.edges"));
  };

  const moveEdge = ({ side, towards, step }: EdgeMove): boolean =>
    pane()?.nudge(side, towards, step) ?? false;

  const goToDocument = (step: DocumentStep): boolean => {
    context.goToDocument(step);
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
    arcs: () => {
      context.toggleArcs();
      return true;
    },
    guidelines: () => {
      context.toggleGuidelines();
      return true;
    },
    relate: () => {
      if (selected === undefined || !rights.canAnnotate) return false;
      context.askRelation();
      openSelected();
      pane()?.startLink();
      return true;
    },
    comment: () => {
      if (selected === undefined || !rights.canAnnotate) return false;
      context.askComment();
      context.openInspector();
      return true;
    },
    find: () => {
      const isText = selection !== null && selection.fragments.length === 1;
      const isShort = isText && selection.quote.length <= LONGEST_SEARCH;
      const from = (isText ? selection.fragments[0]?.start : undefined) ?? pane()?.visible().start ?? 0;
      context.find.open(from, isShort ? selection.quote : null);
      return true;
    },
    copyLink: () => {
      if (selected === undefined) return false;
      void context.copyLink(selected.id).then(say);
      return true;
    },
    nextDocument: () => goToDocument("next"),
    previousDocument: () => goToDocument("previous"),
    unfinishedDocument: () => goToDocument("unfinished"),
    done: () => {
      if (!rights.canAnnotate) return false;
      context.toggleDone();
      return true;
    },
    markAll: () => {
      const place = selection ?? selected;
      if (place === undefined || !rights.canAnnotate) return false;
      if (place.fragments.length > 1) say(t("marking:said.parts"));
      else
        context.askMarkAll(place.quote, selected === place ? (labels.get(selected.labelId) ?? null) : null);
      return true;
    },
  };

  return { tag, mark, markAll, takeSelection, goTo, goToPerson, pick, reshape, moveEdge, commands };
}
