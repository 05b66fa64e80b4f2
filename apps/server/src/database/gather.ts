/** One query for many who ask the same kind of question at the same moment, as when a thousand watchers come back. */
import DataLoader from "dataloader";

/** Keys of one query at most. */
const MOST = 500;

/**
 * Questions that come up in one turn of the event loop are asked together; nothing is kept for later ones.
 * @param ask answers in the order of the keys, among which may be equal ones
 */
export function gather<Key, Answer>(
  ask: (keys: readonly Key[]) => Promise<readonly Answer[]>,
): (key: Key) => Promise<Answer> {
  const loader = new DataLoader<Key, Answer>(ask, {
    cache: false,
    maxBatchSize: MOST,
    // After the sockets that have something to read now: DataLoader's own schedule would end at each of them.
    batchScheduleFn: (dispatch) => void setImmediate(dispatch),
  });
  return (key) => loader.load(key);
}
