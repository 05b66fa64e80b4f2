// Apollo Client: queries and mutations over HTTP, subscriptions over one socket that never gives up. What to do about an
// ended session is decided here, once, for both.
import { ApolloClient, ApolloLink } from "@apollo/client";
import { ErrorLink } from "@apollo/client/link/error";
import { HttpLink } from "@apollo/client/link/http";
import { GraphQLWsLink } from "@apollo/client/link/subscriptions";
import { OperationTypeNode } from "graphql";
import { type Client, createClient } from "graphql-ws";
import { from, switchMap } from "rxjs";
import { signOut } from "./auth.ts";
import { createCache } from "./cache.ts";
import { describeError, hasCode } from "./error-message.ts";
import { noteRefusal } from "./refusals.ts";
import { markSessionLost } from "./session.ts";
import { type SocketStateStore, socketState } from "./socket-state.ts";

const KEEP_ALIVE_MS = 12_000;
const PONG_WAIT_MS = 5_000;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 20_000;
const UNAUTHENTICATED_CLOSE = 4401;

/** Exponential with full jitter, so that a restarted server is not met by everybody at once. */
export function retryDelay(retries: number, random: () => number = Math.random): number {
  const ceiling = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(retries, 10));
  return FIRST_WAIT_MS / 2 + random() * ceiling;
}

/** Resolves after the delay, or as soon as the browser says that the network is back. */
function waitOrOnline(ms: number): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      window.removeEventListener("online", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    window.addEventListener("online", done);
  });
}

function closeCodeOf(event: unknown): number | null {
  return event instanceof CloseEvent ? event.code : null;
}

function createSocket(state: SocketStateStore): Client {
  let pongTimer: ReturnType<typeof setTimeout> | undefined;
  const client = createClient({
    url: () => `${location.origin.replace(/^http/, "ws")}/graphql`,
    lazy: true,
    lazyCloseTimeout: 3_000,
    keepAlive: KEEP_ALIVE_MS,
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: () => true,
    retryWait: (retries) => waitOrOnline(retryDelay(retries)),
    on: {
      connecting: (isRetry) => {
        if (!isRetry) state.set("connecting");
      },
      connected: () => state.set("connected"),
      ping: (received) => {
        if (received) return;
        clearTimeout(pongTimer);
        // A frozen connection answers nothing and closes nothing; end it, and the retry begins.
        pongTimer = setTimeout(() => client.terminate(), PONG_WAIT_MS);
      },
      pong: (received) => {
        if (received) clearTimeout(pongTimer);
      },
      closed: (event) => {
        clearTimeout(pongTimer);
        const code = closeCodeOf(event);
        if (code === UNAUTHENTICATED_CLOSE) markSessionLost();
        state.set(code === 1000 ? "idle" : "offline");
      },
    },
  });
  return client;
}

/**
 * Ended sessions. An operation that works signed out (`context: { public: true }`) is met by UNAUTHENTICATED only because
 * of a dead cookie: that is dropped, and the operation sent again. For all others the frame asks to sign in.
 */
function createSessionLink(): ErrorLink {
  return new ErrorLink(({ error, operation, forward }) => {
    if (!hasCode(error, "UNAUTHENTICATED")) return;
    const { public: isPublic, retried } = operation.getContext();
    if (!isPublic) {
      markSessionLost();
      return;
    }
    if (retried) return;
    operation.setContext({ retried: true });
    return from(signOut()).pipe(switchMap(() => forward(operation)));
  });
}

const REFUSALS: ReadonlySet<string> = new Set(["FORBIDDEN", "NOT_FOUND", "CONFLICT"]);

/** Refused changes, which may mean that rights have changed or something was archived meanwhile. */
function createRefusalLink(): ErrorLink {
  return new ErrorLink(({ error, operation }) => {
    if (operation.operationType !== OperationTypeNode.MUTATION) return;
    if (REFUSALS.has(describeError(error).code)) noteRefusal();
  });
}

export interface Apollo {
  readonly client: ApolloClient;
  readonly dispose: () => void;
}

export function createApollo(): Apollo {
  const socket = createSocket(socketState);
  const client = new ApolloClient({
    cache: createCache(),
    link: ApolloLink.from([
      createSessionLink(),
      createRefusalLink(),
      ApolloLink.split(
        ({ operationType }) => operationType === OperationTypeNode.SUBSCRIPTION,
        new GraphQLWsLink(socket),
        new HttpLink({ uri: "/graphql" }),
      ),
    ]),
    assumeImmutableResults: true,
    // What is read again after a change must not get the answer to a question that was asked before it.
    queryDeduplication: false,
    clientAwareness: { name: "concord-web" },
  });
  return {
    client,
    dispose() {
      client.stop();
      void socket.dispose();
    },
  };
}
