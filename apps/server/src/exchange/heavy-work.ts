import { setFlagsFromString } from "node:v8";

/** Whether files are going in or out here, so that what can wait makes room for them. */
export interface HeavyWork {
  /** Something begins; answers what ends it, once. */
  begin(): () => void;
  isUnderWay(): boolean;
}

/**
 * How much more than what is in use V8 lets old objects take before it looks again, percent; 0 leaves it to V8, which
 * takes several times as much. While files go through, most of it is garbage soon; at other times looking costs more.
 */
function growHeapBy(percent: number): void {
  setFlagsFromString(`--heap-growing-percent=${percent}`);
}

export function createHeavyWork(): HeavyWork {
  const running = new Set<symbol>();
  return {
    begin() {
      const one = Symbol("work");
      if (running.size === 0) growHeapBy(40);
      running.add(one);
      return () => {
        if (running.delete(one) && running.size === 0) growHeapBy(0);
      };
    },
    isUnderWay: () => running.size > 0,
  };
}
