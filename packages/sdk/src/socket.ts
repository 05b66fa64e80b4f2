/** The one WebSocket that all watching shares. It never tries again by itself: watch.ts does, and knows from where. */
import { type Client, createClient } from "graphql-ws";
import { ConcordError, record, refusalFrom } from "./errors.ts";
import { type Connection, unreachable } from "./http.ts";

const KEEP_ALIVE_MS = 12_000;
const PONG_WAIT_MS = 5_000;
/** A socket that opens and is then told nothing. */
const GREETING_WAIT_MS = 10_000;
const UNAUTHENTICATED_CLOSE = 4401;
/** What the server closes with that would not go better the next time: our own messages were wrong. */
const WRONG_MESSAGE_CLOSES = new Set([4400, 4406]);

export interface Socket {
  client: Client;
  /** How often it was open so far: more than before means that the server is there. */
  connections(): number;
  dispose(): Promise<void>;
}

/** Connects when the first one subscribes, and closes after the last. */
export function createSocket({ url, token }: Connection, webSocket: unknown): Socket {
  let connections = 0;
  let pongTimer: ReturnType<typeof setTimeout> | undefined;
  const client = createClient({
    url: `${url.replace(/^http/, "ws")}/graphql`,
    ...(token === null ? {} : { connectionParams: { authorization: `Bearer ${token}` } }),
    ...(webSocket === undefined ? {} : { webSocketImpl: webSocket }),
    retryAttempts: 0,
    keepAlive: KEEP_ALIVE_MS,
    connectionAckWaitTimeout: GREETING_WAIT_MS,
    // A failure is told to whoever watches.
    onNonLazyError: () => {},
    on: {
      connected: () => {
        connections++;
      },
      // A frozen connection answers nothing and closes nothing; end it, and watching goes on from where it was.
      ping: (received) => {
        if (received) return;
        clearTimeout(pongTimer);
        pongTimer = setTimeout(() => client.terminate(), PONG_WAIT_MS);
      },
      pong: (received) => {
        if (received) clearTimeout(pongTimer);
      },
      closed: () => clearTimeout(pongTimer),
    },
  });
  return {
    client,
    connections: () => connections,
    async dispose() {
      clearTimeout(pongTimer);
      await client.dispose();
    },
  };
}

/** What a subscription ended with: GraphQL errors when the server ended it, else what became of the socket. */
export function socketFailure(url: string, failure: unknown): unknown {
  if (Array.isArray(failure)) return refusalFrom(failure[0]);
  const { code } = closeOf(failure);
  if (code === UNAUTHENTICATED_CLOSE)
    return new ConcordError("UNAUTHENTICATED", "The token is wrong, expired or revoked.");
  if (code !== undefined && WRONG_MESSAGE_CLOSES.has(code))
    return new ConcordError("NOT_CONCORD", `${url} closes the socket with ${code}.`);
  return unreachable(url, failure);
}

/** Events have their properties on their prototype. */
function closeOf(failure: unknown): { code?: number } {
  if (typeof failure !== "object" || failure === null || !("code" in failure)) return record(failure);
  return typeof failure.code === "number" ? { code: failure.code } : {};
}
