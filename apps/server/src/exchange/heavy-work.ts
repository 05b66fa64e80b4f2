/** Whether files are going in or out here, so that what can wait makes room for them. */
export interface HeavyWork {
  /** Something begins; answers what ends it, once. */
  begin(): () => void;
  isUnderWay(): boolean;
}

export function createHeavyWork(): HeavyWork {
  const running = new Set<symbol>();
  return {
    begin() {
      const one = Symbol("work");
      running.add(one);
      return () => {
        running.delete(one);
      };
    },
    isUnderWay: () => running.size > 0,
  };
}
