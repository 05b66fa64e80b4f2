/**
 * Who writes to a layer waits here while another is writing to it, and all who wait are taken together. The first at a
 * quiet layer goes at once. Layers don't wait for each other. Knows nothing of what is written.
 */

/** What happened to each of those who were taken together, in their order. */
export type Outcomes<Outcome> = PromiseSettledResult<Outcome>[];

export interface LayerQueue<Write, Outcome> {
  /** Waits for the layer's turn; answers or throws what became of this write. */
  push(layerId: string, write: Write): Promise<Outcome>;
  /** Waits until nobody waits. */
  dispose(): Promise<void>;
}

interface Waiting<Write, Outcome> {
  write: Write;
  resolve(outcome: Outcome): void;
  reject(reason: unknown): void;
}

/**
 * @param most how many are taken together
 * @param run writes for those that `take` answers, and settles each of them. It calls `take` as late as it can, and gets the
 * same ones when it asks again: who comes before that is among them. What it throws, all of them throw.
 */
export function createLayerQueue<Write, Outcome>(
  most: number,
  run: (layerId: string, take: () => Write[]) => Promise<Outcomes<Outcome>>,
): LayerQueue<Write, Outcome> {
  /** Layers at which somebody is writing, with those who wait. */
  const waiting = new Map<string, Waiting<Write, Outcome>[]>();
  const working = new Set<Promise<void>>();

  async function serveOnce(layerId: string, queue: Waiting<Write, Outcome>[]): Promise<void> {
    const taken: Waiting<Write, Outcome>[] = [];
    const take = () => {
      if (taken.length === 0) taken.push(...queue.splice(0, most));
      return taken.map(({ write }) => write);
    };
    try {
      const outcomes = await run(layerId, take);
      for (const [index, { resolve, reject }] of taken.entries()) {
        const outcome = outcomes[index];
        if (outcome?.status === "fulfilled") resolve(outcome.value);
        else reject(outcome?.reason);
      }
    } catch (error) {
      take();
      for (const { reject } of taken) reject(error);
    }
  }

  async function serve(layerId: string, queue: Waiting<Write, Outcome>[]): Promise<void> {
    while (queue.length > 0) await serveOnce(layerId, queue);
    waiting.delete(layerId);
  }

  return {
    push: (layerId, write) =>
      new Promise((resolve, reject) => {
        const one = { write, resolve, reject };
        const queue = waiting.get(layerId);
        if (queue) {
          queue.push(one);
          return;
        }
        const first = [one];
        waiting.set(layerId, first);
        const served = serve(layerId, first).finally(() => working.delete(served));
        working.add(served);
      }),
    async dispose() {
      while (working.size > 0) await Promise.all(working);
    },
  };
}
