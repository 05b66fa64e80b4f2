/** What a resolver is given: who asks, what the server has, and this request's loaders. */
import type { FastifyBaseLogger } from "fastify";
import type { Database } from "./database/database.ts";
import type { TextCache } from "./document/text-cache.ts";
import type { Settings } from "./env.ts";
import { unauthenticated } from "./errors.ts";
import type { HeavyWork } from "./exchange/heavy-work.ts";
import type { Answer } from "./graphql/answer.ts";
import type { Loaders } from "./graphql/loaders.ts";
import type { Layers } from "./live/change-layer.ts";
import type { Live } from "./live/live.ts";
import type { Identity } from "./people/identity.ts";
import type { Presence } from "./presence/presence.ts";
import type { SearchIndex } from "./search/search-index.ts";

/** The person asking. */
export interface Viewer {
  id: string;
  name: string;
  email: string | null;
  createsProjects: boolean;
}

/** What the caller signed in with; asked again while a socket is open. */
export type Credential = { kind: "session"; id: string } | { kind: "token"; id: string } | { kind: "admin" };

/** Somebody who has signed in. */
export interface Caller {
  viewer: Viewer;
  credential: Credential;
}

/** What lives as long as the server. */
export interface Services {
  settings: Settings;
  db: Database;
  live: Live;
  layers: Layers;
  texts: TextCache;
  presence: Presence;
  searchIndex: SearchIndex;
  heavyWork: HeavyWork;
  identity: Identity;
  log: FastifyBaseLogger;
}

/** One request's, or one event's of a subscription. */
export interface Context extends Services {
  caller: Caller | null;
  requestId: string;
  loaders: Loaders;
  /** What is written past the executor; null on a socket, where all is left to it. */
  answer: Answer | null;
  /** Adds a Set-Cookie header to the answer; null on a socket, which has no headers. */
  setCookie: ((cookie: string) => void) | null;
  /** The caller's address, for limits. */
  address: string;
  /** What the caller's program calls itself, for the list of sessions; absent on a socket, which starts none. */
  userAgent?: string | undefined;
  /** Bytes of the request's body; 0 on a socket, whose messages are bounded before they get here. */
  bodyBytes: number;
}

/**
 * The person asking.
 * @throws UNAUTHENTICATED when nobody is signed in
 */
export function viewerOf<Person>(ctx: { caller: { viewer: Person } | null }): Person {
  if (ctx.caller === null) throw unauthenticated();
  return ctx.caller.viewer;
}
