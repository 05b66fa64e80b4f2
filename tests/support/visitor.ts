// Somebody at a browser on one of our own pages: keeps the session's cookie, and opens sockets with it.
import { once } from "node:events";
import WebSocket from "ws";
import { type AnswerError, disposeLater, mutation, type TestServer } from "./server.ts";

/** Long enough for everybody. */
export const PASSWORD = "correct horse battery";

/** A socket that stays open until somebody ends it. */
export interface OpenSocket {
  /** The close code, and when it came, as performance.now() tells it. */
  closed: Promise<{ code: number; at: number }>;
  /** Asks over the socket. */
  ask(query: string): Promise<unknown>;
}

export interface Visitor {
  /** As the browser sends it; empty when signed out. */
  cookie: string;
  /** Asks over HTTP; answers data or errors, whichever came. */
  ask<Data>(
    query: string,
    variables?: object,
  ): Promise<{ data: Data | null; errors: AnswerError[] | undefined }>;
  /** Runs one mutation by name and expects no errors. */
  mutate<Payload>(name: string, input: object, selection?: string): Promise<Payload>;
  /** Runs one mutation by name: code and field of its one error, or "done". */
  tries(name: string, input: object): Promise<string>;
  /** Posts to /api/auth/. */
  auth(path: string, body: object): Promise<Response>;
  /** Opens a socket; at another server when given. */
  socket(at?: TestServer): Promise<OpenSocket>;
}

/** A browser that nobody has signed in with. */
export function visit(server: TestServer, address?: string): Visitor {
  const headers = (at: TestServer) => ({
    origin: at.url,
    "sec-fetch-site": "same-origin",
    ...(visitor.cookie === "" ? {} : { cookie: visitor.cookie }),
    ...(address === undefined ? {} : { "x-forwarded-for": address }),
  });
  const post = async (path: string, body: object) => {
    const response = await fetch(server.url + path, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers(server) },
      body: JSON.stringify(body),
    });
    for (const line of response.headers.getSetCookie()) {
      visitor.cookie = /;\s*max-age=0/i.test(line) ? "" : (line.split(";", 1)[0] ?? "");
    }
    return response;
  };
  const visitor: Visitor = {
    cookie: "",
    async ask<Data>(query: string, variables: object = {}) {
      const response = await post("/graphql", { query, variables });
      const { data, errors }: { data: Data | null; errors?: AnswerError[] } = await response.json();
      return { data, errors };
    },
    async mutate<Payload>(name: string, input: object, selection = "__typename") {
      const { data, errors } = await visitor.ask<Record<string, Payload>>(mutation(name, selection), {
        i: input,
      });
      const payload = data?.[name];
      if (errors || payload === undefined) throw new Error(`${name}: ${JSON.stringify(errors)}`);
      return payload;
    },
    async tries(name, input) {
      const { errors } = await visitor.ask(mutation(name), { i: input });
      const [error] = errors ?? [];
      if (error === undefined) return "done";
      const { code, field } = error.extensions;
      return field === undefined ? code : `${code} ${field}`;
    },
    auth: (path, body) => post(`/api/auth/${path}`, body),
    socket: (at = server) => openSocket(at, headers(at)),
  };
  return visitor;
}

async function openSocket(at: TestServer, headers: Record<string, string>): Promise<OpenSocket> {
  const socket = new WebSocket(`${at.url.replace(/^http/, "ws")}/graphql`, "graphql-transport-ws", {
    headers,
  });
  await disposeLater(() => socket.terminate());
  const closed = once(socket, "close").then(([code]: unknown[]) => ({
    code: Number(code),
    at: performance.now(),
  }));
  await once(socket, "open");
  const next = async (): Promise<unknown> => JSON.parse(String((await once(socket, "message"))[0]));
  socket.send(JSON.stringify({ type: "connection_init", payload: {} }));
  await next();
  return {
    closed,
    async ask(query) {
      const answer = next();
      socket.send(JSON.stringify({ id: "1", type: "subscribe", payload: { query } }));
      return answer;
    },
  };
}

/** Somebody with e-mail and password, in a browser. */
export interface Person extends Visitor {
  userId: string;
  email: string;
}

/** Signs in with e-mail and password, in a browser of its own. */
export async function signIn(server: TestServer, email: string, password = PASSWORD): Promise<Visitor> {
  const visitor = visit(server);
  const response = await visitor.auth("sign-in/email", { email, password });
  if (!response.ok) throw new Error(`signing in as ${email}: ${response.status}`);
  return visitor;
}

/** The first owner, set up by the one-time link. */
export async function setUpFirstOwner(server: TestServer): Promise<Person> {
  const email = "first@example.org";
  const visitor = visit(server);
  const token = new URL(server.app.setUpLink ?? "no:link").hash.slice(1);
  const { user } = await visitor.mutate<{ user: { id: string } }>(
    "setUpOwner",
    { token, name: "First", email, password: PASSWORD },
    "user { id }",
  );
  return Object.assign(visitor, { userId: user.id, email });
}

/** Invites somebody who makes an account with e-mail and password; by the first owner, or by another. */
export async function joinWithPassword(
  server: TestServer,
  projectId: string,
  role: string,
  name: string,
): Promise<Person> {
  const email = `${name.toLowerCase()}@example.org`;
  const { token } = await server.mutate<{ token: string }>("createInvitation", { projectId, role }, "token");
  const visitor = visit(server);
  const { user } = await visitor.mutate<{ user: { id: string } }>(
    "acceptInvitation",
    { token, name, email, password: PASSWORD },
    "user { id }",
  );
  return Object.assign(visitor, { userId: user.id, email });
}
