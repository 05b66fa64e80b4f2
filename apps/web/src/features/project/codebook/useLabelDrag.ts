// Dragging a label by its handle, with mouse, pen or finger: where it would fall follows the pointer, and is told when it
// is let go. Nothing moves before.
import { type PointerEvent, useRef, useState } from "react";
import type { Zone } from "./label-tree.ts";

/** What a row that can be dropped on says it is. */
export const DROP_TARGET = "data-label-id";

export interface DropTarget {
  readonly id: string;
  readonly zone: Zone;
}

export interface LabelDrag {
  readonly draggedId: string | null;
  readonly target: DropTarget | null;
  readonly handle: (id: string) => {
    readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void;
    readonly onPointerMove: (event: PointerEvent<HTMLElement>) => void;
    readonly onPointerUp: () => void;
    readonly onPointerCancel: () => void;
  };
}

/** The row under a point, and which part of it: the outer quarters are before and after, between them is inside. */
function targetAt(x: number, y: number): DropTarget | null {
  const row = document.elementFromPoint(x, y)?.closest(`[${DROP_TARGET}]`);
  const id = row?.getAttribute(DROP_TARGET);
  if (row == null || id == null) return null;
  const { top, height } = row.getBoundingClientRect();
  const part = (y - top) / height;
  return { id, zone: part < 0.25 ? "before" : part > 0.75 ? "after" : "inside" };
}

export function useLabelDrag(
  isAllowed: (id: string, target: DropTarget) => boolean,
  onDrop: (id: string, target: DropTarget) => void,
): LabelDrag {
  const [draggedId, setDraggedId] = useState<string | null>(null);
  const [target, setTarget] = useState<DropTarget | null>(null);
  // Between two events of one drag there may be no render.
  const latest = useRef<{ id: string; target: DropTarget | null } | null>(null);

  const end = () => {
    latest.current = null;
    setDraggedId(null);
    setTarget(null);
  };
  return {
    draggedId,
    target,
    handle: (id) => ({
      onPointerDown(event) {
        if (event.button !== 0) return;
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
        latest.current = { id, target: null };
        setDraggedId(id);
      },
      onPointerMove(event) {
        if (latest.current === null) return;
        const found = targetAt(event.clientX, event.clientY);
        const next = found !== null && isAllowed(id, found) ? found : null;
        latest.current = { id, target: next };
        setTarget(next);
      },
      onPointerUp() {
        const dropped = latest.current;
        end();
        if (dropped?.target != null) onDrop(dropped.id, dropped.target);
      },
      onPointerCancel: end,
    }),
  };
}
