/** Several things at a time, their outcomes in the order in which they were begun. */

/**
 * Reads no further ahead than `width`. The first failure ends it; what was begun by then goes on unheard.
 * @example for await (const answer of inOrder(lines, 8, ask)) console.log(answer);
 */
export async function* inOrder<Item, Outcome>(
  items: AsyncIterable<Item> | Iterable<Item>,
  width: number,
  act: (item: Item) => Promise<Outcome>,
): AsyncGenerator<Outcome, void, undefined> {
  const running: Promise<Outcome>[] = [];
  for await (const item of items) {
    const outcome = act(item);
    // Its failure is told when its turn comes, which may be never.
    outcome.catch(() => {});
    running.push(outcome);
    const oldest = running.length < width ? undefined : running.shift();
    if (oldest !== undefined) yield await oldest;
  }
  for (const outcome of running) yield await outcome;
}
