// The servers that are measured, each a process of its own, all written to and watched in the same way.
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { makeStore, startConcord } from "../support/concord-process.ts";
import { watchScript } from "../support/crowd.ts";
import type { Script } from "../support/crowd-process.ts";
import { addDocument, annotate, inviteReaders, makeDocument } from "../support/measured-document.ts";
import { hocuspocusScript, startHocuspocusWriter } from "./hocuspocus-client.ts";
import type { Order } from "./parent.ts";

/** Something new that watchers can be told of: none is longer than another by what came before. */
export interface Topic {
  /** What watchers say to hear of it. */
  scripts: Script[];
  /** Makes one change that carries the time it was sent at; settles when the writer knows that it is made. */
  change(at: string): Promise<unknown>;
  end(): void;
}

export interface Subject {
  name: string;
  url: string;
  pid: number;
  /** @param size bytes that one change should have for a watcher, for a server without content of its own */
  open(size: number): Promise<Topic>;
  stop(): Promise<void>;
}

/** How many people the watchers are: each of them signs in with a token of their own. */
const READERS = 50;

/** The real server on a database of its own; a change is an annotation made through the API. */
async function concordSubject(): Promise<Subject> {
  const store = await makeStore();
  const concord = await startConcord(store.env);
  const place = await makeDocument(concord);
  const tokens = await inviteReaders(concord, place.projectId, READERS);
  return {
    name: "Concord",
    url: concord.url,
    pid: concord.pid,
    async open() {
      const documentId = await addDocument(concord, place.projectId);
      let start = 0;
      return {
        scripts: tokens.map((token) => watchScript(token, { d: documentId, r: 0 })),
        change: (at) => annotate(concord, { ...place, documentId }, start++, at),
        end() {},
      };
    },
    async stop() {
      await concord.stop();
      await store.drop();
    },
  };
}

async function addressOf(child: ChildProcess): Promise<string> {
  const [said]: { url: string }[] = await once(child, "message");
  if (!said) throw new Error("a server that does not say where it is");
  return said.url;
}

async function startServer(file: string) {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)));
  const url = await addressOf(child);
  return {
    url,
    pid: child.pid ?? 0,
    tell: (order: Order) => tell(child, order),
    async stop() {
      const ended = once(child, "exit");
      child.kill("SIGKILL");
      await ended;
    },
  };
}

/** Settles when it has been handed over. */
function tell(child: ChildProcess, order: Order): Promise<void> {
  return new Promise((resolve, reject) => {
    child.send(order, (error) => (error ? reject(error) : resolve()));
  });
}

/** One ready message to everybody: what nobody who sends a message a change can do in less. */
async function plainSubject(): Promise<Subject> {
  const { tell, ...server } = await startServer("./plain-server.ts");
  return {
    ...server,
    name: "plain ws",
    async open(size) {
      await tell({ size });
      return { scripts: [], change: (at) => tell({ at }), end() {} };
    },
  };
}

async function stockSubject(): Promise<Subject> {
  const { tell, ...server } = await startServer("./stock-server.ts");
  return {
    ...server,
    name: "graphql-ws",
    async open() {
      return {
        scripts: [watchScript("anybody", { d: "a document", r: 0 })],
        change: (at) => tell({ at }),
        end() {},
      };
    },
  };
}

async function hocuspocusSubject(): Promise<Subject> {
  const server = await startServer("./hocuspocus-server.ts");
  let documents = 0;
  return {
    name: "Hocuspocus",
    url: server.url,
    pid: server.pid,
    async open() {
      const documentName = `document-${++documents}`;
      const writer = await startHocuspocusWriter(server.url, documentName);
      return {
        scripts: [hocuspocusScript(documentName)],
        change: async (at) => writer.change(at),
        end: writer.dispose,
      };
    },
    stop: server.stop,
  };
}

/** By the names they are asked for on the command line; the first two are always measured. */
export const SUBJECTS: Record<string, () => Promise<Subject>> = {
  concord: concordSubject,
  plain: plainSubject,
  "graphql-ws": stockSubject,
  hocuspocus: hocuspocusSubject,
};
