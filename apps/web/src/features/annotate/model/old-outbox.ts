// Moves over, once, what an earlier version of this page kept in localStorage and had not sent.
import type { KeyValueStore } from "./note-draft.ts";
import type { Operation } from "./operation.ts";

export async function takeOldOperations(
  store: KeyValueStore,
  userId: string,
  keep: (operations: readonly Operation[]) => Promise<boolean>,
): Promise<void> {
  const prefix = `concord:outbox:${userId}:`;
  const all = Array.from({ length: store.length }, (_, index) => store.key(index) ?? "");
  const keys = all.filter((key) => key.startsWith(prefix));
  if (keys.length === 0) return;
  const found = keys.flatMap((key): Operation[] => {
    try {
      const { clientMutationId, at, command } = JSON.parse(store.getItem(key) ?? "");
      const document = { id: key.slice(prefix.length).split(":")[0] ?? "", title: "" };
      const problem = null;
      return [
        {
          clientMutationId,
          order: clientMutationId,
          document,
          at,
          seen: 0,
          command: { ...command, base: null, relations: [] },
          state: "waiting",
          problem,
        },
      ];
    } catch {
      // a half-written entry of a crashed browser is no operation
      return [];
    }
  });
  if (await keep(found)) for (const key of keys) store.removeItem(key);
}
