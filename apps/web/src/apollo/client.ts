// Apollo Client: queries and mutations over HTTP, subscriptions over one socket that never gives up, and what is said so
// often that a request each would cost too much (`context: { overSocket: true }`). What to do about an ended session is
// decided here, once, for both.
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
import { freshAnswers } from "./fresh-answers.ts";
import { noteRefusal } from "./refusals.ts";
import { retryDelay } from "./retry-delay.ts";
import { markSessionLost } from "./session.ts";
import { type SocketStateStore, socketState } from "./socket-state.ts";
import { onWake } from "./wake.ts";

const KEEP_ALIVE_MS = 12_000;
const PONG_WAIT_MS = 5_000;
/** A socket that does not open, or opens and is then told nothing. */
const GREETING_WAIT_MS = 10_000;
const UNAUTHENTICATED_CLOSE = 4401;
/** Ours, for a socket that nothing would come by; graphql-ws waits after it and tries again. */
const USELESS_CLOSE = 4403;

/** Resolves after the delay, or as soon as the page wakes: a timer may have stood still. */
function waitOrWake(ms: number): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      stopListening();
      resolve();
    };
    const timer = setTimeout(done, ms);
    const stopListening = onWake(done);
  });
}

function closeCodeOf(event: unknown): number | null {
  return event instanceof CloseEvent ? event.code : null;
}

function createSocket(state: SocketStateStore): { client: Client; dispose: () => void } {
  let greetingTimer: ReturnType<typeof setTimeout> | undefined;
  let pongTimer: ReturnType<typeof setTimeout> | undefined;
  let present: WebSocket | null = null;

  /** A frozen connection answers nothing and closes nothing; end it, and the retry begins. */
  function expectPong(): void {
    clearTimeout(pongTimer);
    pongTimer = setTimeout(() => client.terminate(), PONG_WAIT_MS);
  }

  const client = createClient({
    url: () => `${location.origin.replace(/^http/, "ws")}/graphql`,
    lazy: true,
    lazyCloseTimeout: 3_000,
    keepAlive: KEEP_ALIVE_MS,
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: () => true,
    retryWait: () => waitOrWake(retryDelay(state.failedTries())),
    on: {
      connecting: () => {
        state.note("connecting");
        greetingTimer = setTimeout(() => client.terminate(), GREETING_WAIT_MS);
      },
      connected: (socket, greeting) => {
        clearTimeout(greetingTimer);
        present = socket instanceof WebSocket ? socket : null;
        // Signed out, or behind a proxy that says who one is with requests only: every subscription would be refused.
        if (greeting?.viewerId === null) {
          markSessionLost();
          present?.close(USELESS_CLOSE, "nobody's");
        } else state.note("connected");
      },
      ping: (received) => {
        if (!received) expectPong();
      },
      pong: (received) => {
        if (received) clearTimeout(pongTimer);
      },
      closed: (event) => {
        clearTimeout(greetingTimer);
        clearTimeout(pongTimer);
        present = null;
        const code = closeCodeOf(event);
        if (code === UNAUTHENTICATED_CLOSE) markSessionLost();
        state.note(code === 1000 ? "ended" : "failed");
      },
    },
  });
  // A socket may look open and be dead; the next ping of its own may be far away.
  const stopListening = onWake(() => {
    if (present?.readyState !== WebSocket.OPEN) return;
    present.send(JSON.stringify({ type: "ping" }));
    expectPong();
  });
  return {
    client,
    dispose() {
      stopListening();
      void client.dispose();
    },
  };
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
      freshAnswers.link,
      ApolloLink.split(
        ({ operationType, getContext }) =>
          operationType === OperationTypeNode.SUBSCRIPTION || getContext().overSocket === true,
        new GraphQLWsLink(socket.client),
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
      socket.dispose();
    },
  };
}
