// Somebody who watches a document through whatever happens: comes back where it was, and notes every gap and repeat.
import { setTimeout as sleep } from "node:timers/promises";
import WebSocket from "ws";
import { ADMIN_TOKEN } from "../support/concord-process.ts";
import type { Random } from "./random.ts";

const QUERY = `subscription ($d: ID!, $r: Int!) { documentChanges(documentId: $d, afterRevision: $r) {
  fromRevision toRevision changes { revision clientMutationId ... on AnnotationSaved { annotation { id note } } } } }`;

interface Message {
  type: string;
  payload?: { data?: { documentChanges: { changes: { revision: number; clientMutationId: string }[] } } };
}

export interface Watcher {
  /** The last revision it has. */
  revision(): number;
  /** What each revision brought, in the order of arrival: clientMutationIds. */
  seen: string[];
  gaps: number;
  repeats: number;
  /** How often it had to come back. */
  returns: number;
  /** Breaks the connection without a word. */
  cut(): void;
  /** Stops reading for a while. */
  rest(ms: number): Promise<void>;
  stop(): void;
}

/** @param pickUrl the server to go to, asked on each return */
export function startWatcher(pickUrl: () => string, documentId: string, random: Random): Watcher {
  let socket: WebSocket | null = null;
  let isOver = false;
  let revision = 0;

  function take(data: string, from: WebSocket): void {
    const { type, payload }: Message = JSON.parse(data);
    if (type === "connection_ack") {
      const variables = { d: documentId, r: revision };
      from.send(JSON.stringify({ id: "watch", type: "subscribe", payload: { query: QUERY, variables } }));
    } else if (type === "next" && payload?.data) {
      for (const change of payload.data.documentChanges.changes) {
        if (change.revision <= revision) watcher.repeats++;
        else if (change.revision > revision + 1) watcher.gaps++;
        revision = Math.max(revision, change.revision);
        watcher.seen.push(change.clientMutationId);
      }
    } else if (type !== "ping" && type !== "pong") from.terminate();
  }

  function connect(): void {
    if (isOver) return;
    const opening = new WebSocket(`${pickUrl().replace(/^http/, "ws")}/graphql`, "graphql-transport-ws");
    socket = opening;
    opening.on("open", () =>
      opening.send(
        JSON.stringify({ type: "connection_init", payload: { authorization: `Bearer ${ADMIN_TOKEN}` } }),
      ),
    );
    opening.on("message", (data) => take(String(data), opening));
    opening.on("error", () => {});
    opening.on("close", () => {
      watcher.returns++;
      setTimeout(connect, 30 + random.below(200));
    });
  }

  const watcher: Watcher = {
    revision: () => revision,
    seen: [],
    gaps: 0,
    repeats: 0,
    returns: 0,
    cut: () => socket?.terminate(),
    async rest(ms) {
      const resting = socket;
      if (resting?.readyState !== WebSocket.OPEN) return;
      resting.pause();
      await sleep(ms);
      resting.resume();
    },
    stop() {
      isOver = true;
      socket?.terminate();
    },
  };
  connect();
  return watcher;
}
