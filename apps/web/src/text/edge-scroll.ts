// While something is dragged near the upper or lower edge of what is seen, the text moves on under it, also when the
// pointer rests there.

export interface EdgeScroll {
  /** Where the pointer is; `onMoved` is called after each step that this brings about. */
  at(y: number, onMoved: () => void): void;
  stop(): void;
}

/** A pointer this near to the edge of what is seen scrolls it. */
const NEAR = 40;
const STEP = 8;

export function createEdgeScroll(scroller: HTMLElement): EdgeScroll {
  let frame = 0;

  function stop(): void {
    cancelAnimationFrame(frame);
    frame = 0;
  }

  return {
    at(y, onMoved) {
      stop();
      const view = scroller.getBoundingClientRect();
      const by = y < view.top + NEAR ? -STEP : y > view.bottom - NEAR ? STEP : 0;
      if (by === 0) return;
      const step = () => {
        const before = scroller.scrollTop;
        scroller.scrollBy({ top: by });
        const isMoved = scroller.scrollTop !== before;
        frame = isMoved ? requestAnimationFrame(step) : 0;
        if (isMoved) onMoved();
      };
      frame = requestAnimationFrame(step);
    },
    stop,
  };
}
