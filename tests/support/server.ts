// A whole server of a test's own, on its own database, and what it takes to talk to it.
import { randomBytes } from "node:crypto";
import { type Client, createClient } from "graphql-ws";
import pg from "pg";
import WebSocket from "ws";
import { type App, createApp } from "../../apps/server/src/app.ts";
import type { Settings } from "../../apps/server/src/env.ts";
import { createScratchDatabase, type ScratchDatabase } from "./database.ts";

/** An error as a test reads it. */
export interface AnswerError {
  message: string;
  path?: (string | number)[];
  extensions: { code: string; field?: string; current?: unknown; requestId?: string };
}

/** What a GraphQL answer is made of, as a test reads it. */
export interface Answer<Data> {
  status: number;
  data: Data | null;
  errors: AnswerError[] | undefined;
}

/** A refusal, flat. */
export interface Refusal {
  status: number;
  code: string;
  field: string | undefined;
  message: string;
  current: unknown;
}

export interface TestServer {
  url: string;
  /** Of the first owner. */
  adminToken: string;
  app: App;
  database: ScratchDatabase;
  /** Asks over HTTP; `token` null asks signed out. */
  ask<Data = Record<string, never>>(
    query: string,
    variables?: object,
    token?: string | null,
  ): Promise<Answer<Data>>;
  /** Asks and expects no errors. */
  must<Data>(query: string, variables?: object, token?: string | null): Promise<Data>;
  /** Asks and expects exactly one error. */
  refused(query: string, variables?: object, token?: string | null): Promise<Refusal>;
  /** Runs one mutation by name with its input as `$i`; expects no errors. */
  mutate<Payload>(name: string, input: object, selection: string, token?: string | null): Promise<Payload>;
  /** Runs one mutation by name and expects exactly one error. */
  refuses(name: string, input: object, token?: string | null): Promise<Refusal>;
  /** Asks the database itself, for what no public door makes. */
  sql<Row extends pg.QueryResultRow = pg.QueryResultRow>(text: string, values?: unknown[]): Promise<Row[]>;
  /** A graphql-ws client; disposed with the server. */
  socket(token?: string | null): Client;
  dispose(): Promise<void>;
}

export { disposeLater } from "./disposals.ts";

/** Settings for tests: a free port, no demo, quiet. */
export function testSettings(overrides: Partial<Settings> = {}): Settings {
  return {
    port: 0,
    host: "127.0.0.1",
    publicUrl: "http://127.0.0.1:0",
    trustProxy: false,
    dataDir: "/nonexistent",
    databaseUrl: null,
    redisUrl: null,
    adminToken: randomBytes(24).toString("hex"),
    demo: false,
    maxText: 2_000_000,
    logLevel: "silent",
    logDays: null,
    ...overrides,
  };
}

/** Starts a server on a database of its own, or on one that is given. Dispose it, or use `withServer`. */
export async function startServer(
  overrides: Partial<Settings> = {},
  given?: ScratchDatabase,
): Promise<TestServer> {
  const settings = testSettings(overrides);
  const adminToken = settings.adminToken ?? "";
  const database = given ?? (await createScratchDatabase());
  const app = await createApp(settings, database.url);
  const clients = new Set<Client>();

  async function ask<Data>(
    query: string,
    variables: object = {},
    token: string | null = adminToken,
  ): Promise<Answer<Data>> {
    const response = await fetch(`${app.url}/graphql`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors }: Pick<Answer<Data>, "data" | "errors"> = await response.json();
    return { status: response.status, data, errors };
  }

  async function must<Data>(query: string, variables?: object, token?: string | null): Promise<Data> {
    const { data, errors } = await ask<Data>(query, variables, token);
    if (errors || data === null) throw new Error(`${query}\n${JSON.stringify(errors, null, 2)}`);
    return data;
  }

  async function refused(query: string, variables?: object, token?: string | null): Promise<Refusal> {
    const { status, data, errors } = await ask<unknown>(query, variables, token);
    const [error, ...more] = errors ?? [];
    if (!error || more.length > 0)
      throw new Error(`expected one error: ${query}\n${JSON.stringify({ data, errors })}`);
    const { code, field, current } = error.extensions;
    return { status, code, field, message: error.message, current };
  }

  return {
    url: app.url,
    adminToken,
    app,
    database,
    ask,
    must,
    refused,
    async mutate<Payload>(
      name: string,
      input: object,
      selection: string,
      token?: string | null,
    ): Promise<Payload> {
      const data = await must<Record<string, Payload>>(mutation(name, selection), { i: input }, token);
      const payload = data[name];
      if (payload === undefined) throw new Error(`${name} answered nothing`);
      return payload;
    },
    refuses: (name, input, token) => refused(mutation(name), { i: input }, token),
    async sql<Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> {
      const client = new pg.Client({ connectionString: database.url });
      await client.connect();
      try {
        return (await client.query<Row>(text, values)).rows;
      } finally {
        await client.end();
      }
    },
    socket(token = adminToken) {
      const client = createClient({
        url: `${app.url.replace(/^http/, "ws")}/graphql`,
        webSocketImpl: WebSocket,
        retryAttempts: 0,
        ...(token === null ? {} : { connectionParams: { authorization: `Bearer ${token}` } }),
      });
      clients.add(client);
      return client;
    },
    async dispose() {
      for (const client of clients) await client.dispose();
      await app.dispose();
      if (!given) await database.drop();
    },
  };
}

/** A mutation's text, with its input as `$i`. */
export function mutation(name: string, selection = "__typename"): string {
  const inputType = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  return `mutation ($i: ${inputType}!) { ${name}(input: $i) { ${selection} } }`;
}

/** A project with a document, ready to be annotated. */
export interface Fixture {
  projectId: string;
  documentId: string;
  text: string;
  /** Label ids by key. */
  labels: Record<string, string>;
  /** Relation type ids by key. */
  relationTypes: Record<string, string>;
}

/** Makes a project with one document through the API. */
export async function makeFixture(
  server: TestServer,
  text = "The minister 🙂 said that the bridge would open in May.",
): Promise<Fixture> {
  const { createProject } = await server.must<{
    createProject: {
      project: {
        id: string;
        labels: { id: string; key: string }[];
        relationTypes: { id: string; key: string }[];
      };
    };
  }>(
    `mutation ($i: CreateProjectInput!) { createProject(input: $i) { project { id labels { id key } relationTypes { id key } } } }`,
    { i: { name: "Test" } },
  );
  const { project } = createProject;
  const { importDocuments } = await server.must<{ importDocuments: { documents: { id: string }[] } }>(
    `mutation ($i: ImportDocumentsInput!) { importDocuments(input: $i) { documents { id } } }`,
    { i: { projectId: project.id, documents: [{ title: "A report", text, language: "en" }] } },
  );
  const [document] = importDocuments.documents;
  if (!document) throw new Error("nothing was imported");
  return {
    projectId: project.id,
    documentId: document.id,
    text,
    labels: Object.fromEntries(project.labels.map(({ key, id }) => [key, id])),
    relationTypes: Object.fromEntries(project.relationTypes.map(({ key, id }) => [key, id])),
  };
}

/** Imports one more document. */
export async function importDocument(
  server: TestServer,
  projectId: string,
  document: {
    id?: string;
    sourceId?: string;
    title?: string;
    text?: string;
    language?: string;
    metadata?: object;
  } = {},
  token?: string,
): Promise<string> {
  const input = { projectId, documents: [{ title: "Another report", text: "Another text.", ...document }] };
  const { documents } = await server.mutate<{ documents: { id: string }[] }>(
    "importDocuments",
    input,
    "documents { id }",
    token,
  );
  const [made] = documents;
  if (!made) throw new Error("nothing was imported");
  return made.id;
}

/** Somebody who works by an access token alone, invited with a role. */
export async function invite(
  server: TestServer,
  projectId: string,
  role: string,
  name = role.toLowerCase(),
): Promise<{ token: string; userId: string }> {
  const { createInvitation } = await server.must<{ createInvitation: { token: string } }>(
    `mutation ($i: CreateInvitationInput!) { createInvitation(input: $i) { token } }`,
    { i: { projectId, role } },
  );
  const { acceptInvitation } = await server.must<{
    acceptInvitation: { accessToken: string; user: { id: string } };
  }>(
    `mutation ($i: AcceptInvitationInput!) { acceptInvitation(input: $i) { accessToken user { id } } }`,
    { i: { token: createInvitation.token, name } },
    null,
  );
  return { token: acceptInvitation.accessToken, userId: acceptInvitation.user.id };
}

/** An annotation as tests make it. */
export interface MadeAnnotation {
  id: string;
  version: number;
  revision: number;
  quote: string;
}

/** Makes an annotation through the API. */
export async function annotate(
  server: TestServer,
  fixture: Fixture,
  {
    label = "claim",
    fragments = [{ start: 0, end: 3 }],
    token,
    ...rest
  }: {
    label?: string;
    fragments?: { start: number; end: number }[];
    token?: string;
    note?: string;
    id?: string;
    clientMutationId?: string;
  } = {},
): Promise<MadeAnnotation> {
  const { createAnnotation } = await server.must<{
    createAnnotation: {
      revision: number;
      annotation: { id: string; version: number; span: { quote: string } };
    };
  }>(
    `mutation ($i: CreateAnnotationInput!) { createAnnotation(input: $i) { revision annotation { id version span { quote } } } }`,
    { i: { documentId: fixture.documentId, labelId: fixture.labels[label], fragments, ...rest } },
    token,
  );
  const { annotation, revision } = createAnnotation;
  return { id: annotation.id, version: annotation.version, revision, quote: annotation.span.quote };
}

/** A subscription whose batches are kept; `until` waits for a condition on the changes so far. */
export interface Watch<Change> {
  changes: Change[];
  until(condition: (changes: Change[]) => boolean): Promise<Change[]>;
  /** Settles when the server ended it: null for a plain end, else what it said. */
  ended: Promise<unknown>;
  stop(): void;
}

/** Watches a document. */
export function watch<Change extends { revision: number }>(
  client: Client,
  documentId: string,
  afterRevision: number,
  selection: string,
): Watch<Change> {
  const query = `subscription ($id: ID!, $r: Int!) { documentChanges(documentId: $id, afterRevision: $r) { changes { ${selection} } } }`;
  return watchBy(client, query, { id: documentId, r: afterRevision });
}

/** Watches a project's own data. */
export function watchProject<Change extends { revision: number }>(
  client: Client,
  projectId: string,
  afterRevision: number,
  selection: string,
): Watch<Change> {
  const query = `subscription ($id: ID!, $r: Int!) { projectChanges(projectId: $id, afterRevision: $r) { changes { ${selection} } } }`;
  return watchBy(client, query, { id: projectId, r: afterRevision });
}

function watchBy<Change>(client: Client, query: string, variables: { id: string; r: number }): Watch<Change> {
  const changes: Change[] = [];
  const waiting = new Set<() => void>();
  let failure: { error: unknown } | null = null;
  const { promise: ended, resolve: end } = Promise.withResolvers<unknown>();
  const wake = () => {
    for (const check of waiting) check();
  };
  const stop = client.subscribe<Record<string, { changes: Change[] }>>(
    { query, variables },
    {
      next({ data, errors }) {
        if (errors) failure = { error: errors };
        for (const batch of Object.values(data ?? {})) changes.push(...batch.changes);
        wake();
      },
      error(error) {
        failure = { error };
        end(error);
        wake();
      },
      complete() {
        end(null);
        wake();
      },
    },
  );
  return {
    changes,
    ended,
    stop,
    until: (condition) =>
      new Promise((resolve, reject) => {
        const check = () => {
          if (condition(changes)) resolve(changes);
          else if (failure) reject(new Error(`the subscription failed: ${JSON.stringify(failure.error)}`));
          else return;
          waiting.delete(check);
        };
        waiting.add(check);
        check();
      }),
  };
}
