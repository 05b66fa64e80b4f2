// The inspector: the selected annotation, or the list of those around what is in view. This list is also how a screen
// reader gets at the highlights: label, quote and author of each, in text order.
import type { Fragment } from "@concord/core";
import { memo } from "react";
import { AnnotationDetail } from "./AnnotationDetail.tsx";
import type { Talk } from "./discussion/talk.ts";
import type { Members } from "./discussion/useMembers.ts";
import type { WorkbenchCommand } from "./keys.ts";
import { AnnotationList } from "./list/AnnotationList.tsx";
import type { ListFilter } from "./list/list-filter.ts";
import type { Discussions } from "./model/discussions.ts";
import type { Label } from "./model/entities.ts";
import type { Entry } from "./model/entries.ts";
import type { Workbench } from "./model/workbench.ts";
import type { Movement } from "./movement.ts";
import type { Presence } from "./presence/presence.ts";
import type { OpenDocument } from "./read-document.ts";
import type { Rights } from "./rights.ts";

export interface AnnotationsPanelProps {
  readonly document: OpenDocument;
  readonly workbench: Workbench;
  readonly inText: readonly Entry[];
  readonly labels: ReadonlyMap<string, Label>;
  readonly rights: Rights;
  readonly selectedId: string | null;
  readonly dimmedLabels: ReadonlySet<string>;
  readonly visible: () => Fragment;
  readonly movement: Movement;
  readonly presence: Presence;
  /** Changes when the keyboard asks for a new relation. */
  readonly asksRelation: number;
  readonly isComplete: boolean;
  readonly filter: ListFilter;
  readonly discussions: Discussions;
  /** Where something is open, or the viewer named. */
  readonly talk: Talk;
  readonly members: Members;
  /** Whether the keyboard has asked for the comment field, which takes the focus then. */
  readonly asksComment: boolean;
  readonly onCommentAsked: () => void;
  readonly onFilter: (filter: ListFilter) => void;
  readonly onSelect: (id: string | null) => void;
  readonly onHover: (id: string | null) => void;
  readonly onDelete: () => void;
  readonly onSay: (words: string) => void;
  readonly onCommand: (command: WorkbenchCommand) => void;
}

export const AnnotationsPanel = memo(function AnnotationsPanel(props: AnnotationsPanelProps) {
  const entry = props.selectedId === null ? undefined : props.workbench.get(props.selectedId);
  return entry === undefined ? (
    <AnnotationList {...props} />
  ) : (
    <AnnotationDetail key={entry.id} {...props} entry={entry} />
  );
});
