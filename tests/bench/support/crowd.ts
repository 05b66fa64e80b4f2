// Many watchers, in a process of their own.
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { Script, WatchOrder, WatchReport } from "./crowd-process.ts";
import type { SpeakOrder } from "./crowd-speakers.ts";

export interface Crowd {
  pid: number;
  /** Opens more watchers; settles when each has been let in and has said what it wants. */
  open(order: WatchOrder): Promise<void>;
  /** Forgets what came in so far. */
  reset(): Promise<void>;
  /** Watchers look for revisions and errors from now on. */
  readRevisions(): Promise<void>;
  /** Watchers who come from now on count their messages, which also those need who are to speak. */
  countMessages(): Promise<void>;
  speak(order: SpeakOrder): Promise<void>;
  report(): Promise<WatchReport>;
  /** Waits until nothing more comes in. */
  arrived(): Promise<WatchReport>;
  dispose(): Promise<void>;
}

export function startCrowd(): Crowd {
  const child = fork(fileURLToPath(new URL("./crowd-process.ts", import.meta.url)), {
    // Bytes travel as they are.
    serialization: "advanced",
  });
  const report = () => tell<WatchReport>(child, "report");
  return {
    pid: child.pid ?? 0,
    open: (order) => tell(child, order),
    reset: () => tell(child, "reset"),
    readRevisions: () => tell(child, "read revisions"),
    countMessages: () => tell(child, "count messages"),
    speak: (order) => tell(child, order),
    report,
    async arrived() {
      for (let last = -1; ; ) {
        const now = await report();
        if (now.mostBytes === last) return now;
        last = now.mostBytes;
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

async function tell<Answer>(child: ChildProcess, message: WatchOrder | SpeakOrder | string): Promise<Answer> {
  const ended = new AbortController();
  const onExit = () => ended.abort();
  child.once("exit", onExit);
  try {
    const answered = once(child, "message", { signal: ended.signal });
    child.send(message);
    const [answer] = await answered;
    return answer;
  } finally {
    child.off("exit", onExit);
  }
}

/** What a watcher of a document says: who it is, and what it wants. */
export function watchScript(token: string, variables: { d: string; r: number }): Script {
  return [
    JSON.stringify({ type: "connection_init", payload: { authorization: `Bearer ${token}` } }),
    JSON.stringify({
      id: "00000000-0000-4000-8000-0000000#",
      type: "subscribe",
      payload: { query: WATCH, variables },
    }),
  ];
}

/** What the workbench asks of a change, more or less. */
const WATCH = `subscription ($d: ID!, $r: Int!) { documentChanges(documentId: $d, afterRevision: $r) {
  fromRevision toRevision changes { __typename revision at author { id name } clientMutationId
    ... on AnnotationSaved { annotation { id version note label { id } span { quote fragments { start end } } createdBy { id name } relations { id } } } } } }`;
