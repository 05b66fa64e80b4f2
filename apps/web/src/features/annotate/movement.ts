// Tells those who care that the text has moved on the screen, without rendering anything for it: a scroll fires this at
// every frame.

export interface Movement {
  notify(): void;
  /** At every movement. */
  subscribe(listener: () => void): () => void;
  /** Once the text has come to rest. */
  subscribeRest(listener: () => void): () => void;
  /** Counts the rests. */
  getRests(): number;
}

const REST_MS = 150;

export function createMovement(): Movement {
  const moving = new Set<() => void>();
  const resting = new Set<() => void>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let rests = 0;

  function rest(): void {
    rests++;
    for (const listener of resting) listener();
  }

  const add = (listeners: Set<() => void>) => (listener: () => void) => {
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  };

  return {
    notify() {
      for (const listener of moving) listener();
      if (resting.size === 0) return;
      clearTimeout(timer);
      timer = setTimeout(rest, REST_MS);
    },
    subscribe: add(moving),
    subscribeRest: add(resting),
    getRests: () => rests,
  };
}
