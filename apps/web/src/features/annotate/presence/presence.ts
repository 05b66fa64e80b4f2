// Who else has the document open, and where the viewer is in it. Kept apart from React: it changes several times a second,
// and only what shows it has to know.
import type { ApolloClient } from "@apollo/client";
import type { Fragment } from "@concord/core";
import { print } from "graphql";
import { v7 as uuidv7 } from "uuid";
import { describeError } from "../../../apollo/error-message.ts";
import { socketState } from "../../../apollo/socket-state.ts";
import type { OthersFeed } from "../../../text/others.ts";
import { DOCUMENT_PRESENCE, LEAVE_PRESENCE, SET_PRESENCE } from "./presence-operations.ts";
import { createPresenceSender } from "./presence-sender.ts";
import { NOBODY, type PresentPeople, peopleOf, toOther } from "./present-people.ts";

/** What the viewer tells of themselves. */
export interface OwnPlace {
  readonly reading: Fragment | null;
  readonly selection: readonly Fragment[];
  readonly annotationId: string | null;
  readonly editing: boolean;
}

export interface Presence {
  getSnapshot(): PresentPeople;
  subscribe(listener: () => void): () => void;
  /** The same for the reading pane. */
  readonly others: OthersFeed;
  tell(place: Partial<OwnPlace>): void;
  /** Begins to tell and to hear; call the answer to leave. */
  start(): () => void;
}

/** How many parts of a selection are told. */
const MAX_PARTS = 20;

/** What is known of others is believed that long without a connection, as the server believes in who is silent. */
const SILENCE_MS = 10_000;
const PAUSE_MS = 2000;

/** What asking again would not change. */
const LASTING: ReadonlySet<string> = new Set(["FORBIDDEN", "NOT_FOUND", "UNAUTHENTICATED"]);

/** Outlives the page: what is told by the client ends with it. */
function leave(documentId: string, tabId: string): void {
  const body = JSON.stringify({ query: print(LEAVE_PRESENCE), variables: { input: { documentId, tabId } } });
  const headers = { "content-type": "application/json" };
  // Unheard it is as if one had fallen silent.
  fetch("/graphql", { method: "POST", keepalive: true, headers, body }).catch(() => undefined);
}

export function createPresence(client: ApolloClient, documentId: string, viewerId: string): Presence {
  const listeners = new Set<() => void>();
  let place: OwnPlace = { reading: null, selection: [], annotationId: null, editing: false };
  let present = NOBODY;
  let changed = () => {};

  function show(next: PresentPeople): void {
    present = next;
    for (const listener of listeners) listener();
  }

  const subscribe = (listener: () => void) => {
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  };

  /** Hears of others until it is stopped; a server in trouble is asked again. */
  function hear(): () => void {
    let retry: ReturnType<typeof setTimeout> | undefined;
    let stop = () => {};
    function listen(): void {
      stop();
      const end = (error: unknown) => {
        clearTimeout(retry);
        if (!LASTING.has(describeError(error).code)) retry = setTimeout(listen, PAUSE_MS);
      };
      const variables = { documentId };
      const subscription = client
        .subscribe({ query: DOCUMENT_PRESENCE, variables, fetchPolicy: "no-cache" })
        .subscribe({
          next({ data, error }) {
            if (error !== undefined) end(error);
            else if (data != null)
              show(peopleOf(data.documentPresence, viewerId, present, performance.now()));
          },
          error: end,
        });
      stop = () => subscription.unsubscribe();
    }
    listen();
    return () => {
      clearTimeout(retry);
      stop();
    };
  }

  return {
    getSnapshot: () => present,
    subscribe,
    others: { get: () => present.people.map(toOther), subscribe },
    tell(part) {
      place = { ...place, ...part };
      changed();
    },
    start() {
      // A new one each time: what is still on its way from the last must not bring it back.
      const tabId = uuidv7();
      const listening = new AbortController();
      const options = { signal: listening.signal };
      let forget: ReturnType<typeof setTimeout> | undefined;
      const sender = createPresenceSender({
        present: () => ({
          ...place,
          selection: place.selection.slice(0, MAX_PARTS),
          editing: place.editing && place.annotationId !== null,
        }),
        send: (own) =>
          client.mutate({
            mutation: SET_PRESENCE,
            variables: { input: { ...own, documentId, tabId } },
            fetchPolicy: "no-cache",
            context: { overSocket: true },
          }),
        canSend: () => document.visibilityState === "visible" && socketState.get() === "connected",
      });
      changed = sender.changed;
      const stopState = socketState.subscribe(() => {
        clearTimeout(forget);
        if (socketState.get() === "connected") sender.changed();
        else forget = setTimeout(() => show(NOBODY), SILENCE_MS);
      });
      document.addEventListener("visibilitychange", sender.changed, options);
      addEventListener("pagehide", () => leave(documentId, tabId), options);
      const stopHearing = hear();
      sender.changed();
      return () => {
        listening.abort();
        clearTimeout(forget);
        stopState();
        stopHearing();
        sender.dispose();
        changed = () => {};
        leave(documentId, tabId);
        show(NOBODY);
      };
    },
  };
}
