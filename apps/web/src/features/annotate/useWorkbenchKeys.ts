// Connects the keyboard to the workbench, wherever on the page the focus is, except in fields and dialogs.
import { useEffect, useRef } from "react";
import {
  commandFor,
  type EdgeMove,
  edgeMoveFor,
  isSingleKey,
  isTyping,
  labelFor,
  type WorkbenchCommand,
} from "./keys.ts";
import type { Label } from "./model/entities.ts";

export interface KeyActions {
  /** False leaves the key to the browser. */
  readonly onLabel: (label: Label) => boolean;
  readonly onCommand: (command: WorkbenchCommand) => boolean;
  readonly onEdge: (move: EdgeMove) => boolean;
}

export function useWorkbenchKeys(
  labels: readonly Label[],
  hasSingleKeys: boolean,
  actions: KeyActions,
): void {
  const latest = useRef({ labels, hasSingleKeys, actions });
  useEffect(() => {
    latest.current = { labels, hasSingleKeys, actions };
  });

  useEffect(() => {
    function press(event: KeyboardEvent): void {
      if (event.defaultPrevented || event.isComposing || isTyping(event.target)) return;
      const isInDialog =
        event.target instanceof Element && event.target.closest("[aria-modal=true]") !== null;
      if (isInDialog || (isSingleKey(event) && !latest.current.hasSingleKeys)) return;
      const { labels: offered, actions: act } = latest.current;
      const move = edgeMoveFor(event);
      if (move !== null) {
        if (act.onEdge(move)) event.preventDefault();
        return;
      }
      const command = commandFor(event);
      // Enter presses the button that has the focus
      if (command === "open" && event.target instanceof Element && event.target.matches("button, a")) return;
      const label = command === null && !event.repeat ? labelFor(event, offered) : null;
      const isDone = command !== null ? act.onCommand(command) : label !== null && act.onLabel(label);
      if (isDone) event.preventDefault();
    }
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, []);
}
