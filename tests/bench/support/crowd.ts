// Many watchers, in a process of their own.
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { WatchOrder, WatchReport } from "./crowd-process.ts";

export interface Crowd {
  /** Opens more watchers. */
  open(order: WatchOrder): Promise<void>;
  /** Forgets what came in so far. */
  reset(): Promise<void>;
  /** Waits until nothing more comes in. */
  arrived(): Promise<WatchReport>;
  dispose(): Promise<void>;
}

export function startCrowd(): Crowd {
  const child = fork(fileURLToPath(new URL("./crowd-process.ts", import.meta.url)));
  return {
    open: (order) => tell(child, order),
    reset: () => tell(child, "reset"),
    async arrived() {
      for (let last = -1; ; ) {
        const report = await tell<WatchReport>(child, "report");
        if (report.mostBytes === last) return report;
        last = report.mostBytes;
        await sleep(400);
      }
    },
    async dispose() {
      const ended = once(child, "exit");
      child.kill();
      await ended;
    },
  };
}

async function tell<Answer>(child: ChildProcess, message: WatchOrder | string): Promise<Answer> {
  const answered = once(child, "message");
  child.send(message);
  const [answer] = await answered;
  return answer;
}

/** What a watcher of a document says: who it is, and what it wants. */
export function watchMessages(
  token: string,
  query: string,
  variables: { d: string; r: number },
): WatchOrder["messages"] {
  return [
    JSON.stringify({ type: "connection_init", payload: { authorization: `Bearer ${token}` } }),
    JSON.stringify({
      id: "00000000-0000-4000-8000-0000000#",
      type: "subscribe",
      payload: { query, variables },
    }),
  ];
}

/** What the workbench asks of a change, more or less. */
export const WATCH = `subscription ($d: ID!, $r: Int!) { documentChanges(documentId: $d, afterRevision: $r) {
  fromRevision toRevision changes { __typename revision at author { id name } clientMutationId
    ... on AnnotationSaved { annotation { id version note label { id } span { quote fragments { start end } } createdBy { id name } relations { id } } } } } }`;
