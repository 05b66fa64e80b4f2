// Presence for as long as the workbench is open, told what the viewer has selected, open and on the screen.
import { useApolloClient } from "@apollo/client/react";
import type { Fragment } from "@concord/core";
import { type FocusEvent, useEffect, useState } from "react";
import { useLatest } from "../../../ui/useLatest.ts";
import type { Movement } from "../movement.ts";
import { createPresence, type Presence } from "./presence.ts";

export interface UsePresenceOptions {
  readonly documentId: string;
  readonly viewerId: string;
  readonly selection: readonly Fragment[] | undefined;
  /** The annotation that is open. */
  readonly annotationId: string | null;
  /** What is on the screen. */
  readonly visible: () => Fragment;
  readonly movement: Movement;
}

export function usePresence({
  documentId,
  viewerId,
  selection,
  annotationId,
  visible,
  movement,
}: UsePresenceOptions): Presence {
  const client = useApolloClient();
  const [presence] = useState(() => createPresence(client, documentId, viewerId));
  const tellReading = useLatest(() => {
    const { start, end } = visible();
    presence.tell({ reading: start < end ? { start, end } : null });
  });
  useEffect(() => presence.start(), [presence]);
  useEffect(() => presence.tell({ selection: selection ?? [] }), [presence, selection]);
  useEffect(() => presence.tell({ annotationId }), [presence, annotationId]);
  useEffect(() => {
    tellReading();
    return movement.subscribeRest(tellReading);
  }, [movement, tellReading]);
  return presence;
}

/** Who comments on the annotation changes nothing of it. */
const FIELDS = ":is(input, textarea, [contenteditable]):not([data-discussion] *)";

/** For the element around an annotation's fields: while one of them has the focus, the annotation is being edited. */
export function useTellEditing(presence: Presence) {
  useEffect(() => () => presence.tell({ editing: false }), [presence]);
  return {
    onFocus: (event: FocusEvent) => presence.tell({ editing: event.target.matches(FIELDS) }),
    onBlur: () => presence.tell({ editing: false }),
  };
}
