// Two people, one document, live: what is written is seen, in order, once each.
import { once } from "node:events";
import { connect } from "node:net";
import type { Client } from "graphql-ws";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import WebSocket from "ws";
import { describeWithRedis, redisUrl } from "../support/redis.ts";
import {
  annotate,
  disposeLater,
  type Fixture,
  invite,
  makeFixture,
  startServer,
  type TestServer,
  watch,
} from "../support/server.ts";
import { startTcpProxy } from "../support/tcp-proxy.ts";

let server: TestServer;
let fixture: Fixture;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.dispose());

interface Seen {
  revision: number;
  __typename: string;
  clientMutationId: string | null;
  author: { name: string };
  annotation?: { id: string; version: number; note: string; span: { quote: string } };
  annotationId?: string;
  relationIds?: string[];
}

const SELECTION = `__typename revision at clientMutationId author { id name }
  ... on AnnotationSaved { annotation { id version note label { key } span { id quote fragments { start end } } } }
  ... on AnnotationDeleted { annotationId relationIds }`;

describe("documentChanges", () => {
  it("replays what is stored and goes on with what follows", async () => {
    fixture = await makeFixture(server);
    const first = await annotate(server, fixture, { fragments: [{ start: 13, end: 14 }] });
    expect(first).toMatchObject({ quote: "🙂", revision: 1, version: 1 });
    const seen = watch<Seen>(server.socket(), fixture.documentId, 0, SELECTION);
    await seen.until((changes) => changes.length === 1);
    await annotate(server, fixture, { label: "speaker", clientMutationId: "second" });
    const changes = await seen.until((all) => all.length === 2);
    expect(changes.map(({ revision }) => revision)).toEqual([1, 2]);
    expect(changes[1]).toMatchObject({
      __typename: "AnnotationSaved",
      clientMutationId: "second",
      author: { name: "Owner" },
    });
  });

  it("gives each watcher every revision once while writers race the subscribing", async () => {
    fixture = await makeFixture(server);
    const clients = Array.from({ length: 4 }, () => server.socket());
    const writes = Array.from({ length: 40 }, (_, i) =>
      annotate(server, fixture, { fragments: [{ start: i, end: i + 1 }] }),
    );
    const watches = clients.flatMap((client) =>
      [0, 0].map((after) => watch<Seen>(client, fixture.documentId, after, SELECTION)),
    );
    const made = await Promise.all(writes);
    const expected = Array.from({ length: 40 }, (_, i) => i + 1);
    expect(made.map(({ revision }) => revision).sort((a, b) => a - b)).toEqual(expected);
    for (const seen of watches) {
      const changes = await seen.until((all) => all.length >= 40);
      expect(changes.map(({ revision }) => revision)).toEqual(expected);
    }
  });

  it("loses and repeats nothing over many reconnects while others write", async () => {
    fixture = await makeFixture(server);
    const total = 60;
    const writing = (async () => {
      for (let i = 0; i < total; i++)
        await annotate(server, fixture, { fragments: [{ start: i % 50, end: (i % 50) + 1 }] });
    })();
    const seen: number[] = [];
    for (let round = 1; seen.length < total; round++) {
      const client = server.socket();
      const part = watch<Seen>(client, fixture.documentId, seen.at(-1) ?? 0, SELECTION);
      const wanted = Math.min(1 + (round % 7), total - seen.length);
      await part.until((changes) => changes.length >= wanted);
      // Without a goodbye every other time, as a lid that closes.
      if (round % 2) client.terminate();
      else part.stop();
      seen.push(...part.changes.map(({ revision }) => revision));
    }
    await writing;
    expect(seen).toEqual(Array.from({ length: total }, (_, i) => i + 1));
  });

  it("tells each kind of change as of its revision", async () => {
    fixture = await makeFixture(server);
    const speaker = await annotate(server, fixture, { label: "speaker", note: "v1" });
    const claim = await annotate(server, fixture, { fragments: [{ start: 4, end: 8 }] });
    const { relation } = await server.mutate<{ relation: { id: string } }>(
      "createRelation",
      {
        typeId: fixture.relationTypes.states,
        sourceId: speaker.id,
        targetId: claim.id,
        clientMutationId: "r",
      },
      "relation { id }",
    );
    const { comment } = await server.mutate<{ comment: { id: string } }>(
      "createComment",
      { annotationId: claim.id, body: "One" },
      "comment { id }",
    );
    await server.mutate("updateComment", { id: comment.id, body: "Two" }, "revision");
    await server.mutate(
      "updateAnnotation",
      { id: speaker.id, expectedVersion: 1, note: "v2", fragments: [{ start: 13, end: 14 }] },
      "revision",
    );
    await server.mutate("deleteAnnotation", { id: claim.id, expectedVersion: 1 }, "revision");
    await server.mutate("restoreAnnotation", { id: claim.id }, "revision");
    await server.mutate("deleteComment", { id: comment.id }, "revision");
    await server.mutate("deleteRelation", { id: relation.id }, "revision");
    const selection = `__typename revision at author { name } clientMutationId
      ... on AnnotationSaved { annotation { id note version span { quote } relations { id } } }
      ... on AnnotationDeleted { annotationId relationIds }
      ... on RelationSaved { relation { id type { key } source { id } target { id } } }
      ... on RelationDeleted { relationId }
      ... on CommentSaved { comment { id body annotation { id } } }
      ... on CommentDeleted { commentId }`;
    const seen = watch<Seen>(server.socket(), fixture.documentId, 0, selection);
    const author = { name: "Owner" };
    expect(await seen.until((changes) => changes.length === 10)).toMatchObject([
      {
        revision: 1,
        __typename: "AnnotationSaved",
        author,
        annotation: { id: speaker.id, note: "v1", version: 1, span: { quote: "The" }, relations: [] },
      },
      { revision: 2, __typename: "AnnotationSaved", annotation: { id: claim.id, version: 1 } },
      {
        revision: 3,
        __typename: "RelationSaved",
        clientMutationId: "r",
        relation: {
          id: relation.id,
          type: { key: "states" },
          source: { id: speaker.id },
          target: { id: claim.id },
        },
      },
      {
        revision: 4,
        __typename: "CommentSaved",
        comment: { id: comment.id, body: "One", annotation: { id: claim.id } },
      },
      { revision: 5, __typename: "CommentSaved", comment: { id: comment.id, body: "Two" } },
      {
        revision: 6,
        __typename: "AnnotationSaved",
        annotation: { id: speaker.id, note: "v2", version: 2, span: { quote: "🙂" } },
      },
      { revision: 7, __typename: "AnnotationDeleted", annotationId: claim.id, relationIds: [relation.id] },
      { revision: 8, __typename: "AnnotationSaved", annotation: { id: claim.id, version: 2 } },
      { revision: 9, __typename: "CommentDeleted", commentId: comment.id },
      { revision: 10, __typename: "RelationDeleted", relationId: relation.id },
    ]);
  });

  it("names a batch's bounds, and replays a long log in order", async () => {
    fixture = await makeFixture(server);
    const total = 1_203;
    const [{ id: layerId = "" } = {}] = await server.sql<{ id: string }>(
      `select id from layer where document_id = $1`,
      [fixture.documentId],
    );
    await server.sql(
      `insert into layer_change (project_id, layer_id, revision, at, author_id, kind, payload)
      select (select project_id from layer where id = $1), $1, r, now(), (select owner_id from installation), 'COMMENT_DELETED', jsonb_build_object('commentId', gen_random_uuid()) from generate_series(1, $2::int) r`,
      [layerId, total],
    );
    await server.sql(`update layer set revision = $2 where id = $1`, [layerId, total]);
    let next = 8;
    for await (const { data } of server.socket().iterate<{
      documentChanges: {
        fromRevision: number;
        toRevision: number;
        documentId: string;
        changes: { revision: number }[];
      };
    }>({
      query: `subscription ($d: ID!) { documentChanges(documentId: $d, afterRevision: 7) { documentId fromRevision toRevision changes { revision } } }`,
      variables: { d: fixture.documentId },
    })) {
      const batch = data?.documentChanges;
      expect(batch).toMatchObject({
        documentId: fixture.documentId,
        fromRevision: next,
        toRevision: batch?.changes.at(-1)?.revision,
      });
      for (const { revision } of batch?.changes ?? []) expect(revision).toBe(next++);
      if (next > total) break;
    }
    expect(next).toBe(total + 1);
  });
});

/** `extensions` of the one error that a subscription ended with. */
function refusalIn(ended: unknown): unknown {
  const [error, ...more] = [ended].flat();
  expect(more).toEqual([]);
  return typeof error === "object" && error !== null && "extensions" in error ? error.extensions : ended;
}

const endOf = async (client: Client, documentId: string, afterRevision: number) =>
  refusalIn(await watch<Seen>(client, documentId, afterRevision, "revision").ended);

describe("a subscription that can't be served", () => {
  it.each<[string, number, object]>([
    ["a negative afterRevision", -1, { code: "BAD_USER_INPUT", field: "afterRevision" }],
    ["one above the present", 3, { code: "REVISION_GONE" }],
    ["one far above", 2_147_483_647, { code: "REVISION_GONE" }],
  ])("is refused for %s, and the socket stays", async (_name, afterRevision, refusal) => {
    fixture = await makeFixture(server);
    await annotate(server, fixture);
    await annotate(server, fixture);
    const client = server.socket();
    const staying = watch<Seen>(client, fixture.documentId, 2, SELECTION);
    expect(await endOf(client, fixture.documentId, afterRevision)).toMatchObject(refusal);
    await annotate(server, fixture);
    expect(await staying.until((changes) => changes.length > 0)).toMatchObject([{ revision: 3 }]);
  });

  it("is refused from before a compacted log, and served from behind it", async () => {
    fixture = await makeFixture(server);
    for (let i = 0; i < 4; i++) await annotate(server, fixture);
    await server.sql(
      `delete from layer_change c using layer l where l.id = c.layer_id and l.document_id = $1 and c.revision <= 2`,
      [fixture.documentId],
    );
    for (const after of [0, 1])
      expect(await endOf(server.socket(), fixture.documentId, after)).toMatchObject({
        code: "REVISION_GONE",
      });
    const seen = watch<Seen>(server.socket(), fixture.documentId, 2, "revision");
    expect(await seen.until((changes) => changes.length === 2)).toEqual([{ revision: 3 }, { revision: 4 }]);
    await server.sql(
      `delete from layer_change c using layer l where l.id = c.layer_id and l.document_id = $1`,
      [fixture.documentId],
    );
    expect(await endOf(server.socket(), fixture.documentId, 2)).toMatchObject({ code: "REVISION_GONE" });
  });

  it("is refused from where LOG_DAYS ends, and the history stays", async () => {
    const dated = await startServer({ logDays: 30, adminToken: server.adminToken }, server.database);
    try {
      fixture = await makeFixture(dated);
      for (let i = 0; i < 4; i++) await annotate(dated, fixture);
      await server.sql(
        `update layer_change c set at = now() - case when c.revision <= 2 then interval '30 days 1 minute' else interval '29 days' end
        from layer l where l.id = c.layer_id and l.document_id = $1`,
        [fixture.documentId],
      );
      for (const after of [0, 1])
        expect(await endOf(dated.socket(), fixture.documentId, after)).toMatchObject({
          code: "REVISION_GONE",
          field: "afterRevision",
        });
      for (const [at, after] of [
        [dated, 2],
        [server, 0],
      ] as const) {
        const seen = watch<Seen>(at.socket(), fixture.documentId, after, "revision");
        await seen.until((changes) => changes.length === 4 - after);
      }
      const head = watch<Seen>(dated.socket(), fixture.documentId, 4, "revision");
      await annotate(dated, fixture);
      await head.until((changes) => changes.length === 1);
    } finally {
      await dated.dispose();
    }
  });

  it("is refused for ids that are none, what can't be stored, and values GraphQL refuses", async () => {
    for (const [id, after, refusal] of [
      ["x", 0, { code: "BAD_USER_INPUT", field: "documentId" }],
      ["a\0", 0, { code: "BAD_USER_INPUT", field: "documentId" }],
      ["018f3f5e-1c2d-7a3b-8c4d-5e6f7a8b9c0d", 0, { code: "NOT_FOUND" }],
      ["018f3f5e-1c2d-7a3b-8c4d-5e6f7a8b9c0d", 1.5, { code: "BAD_USER_INPUT", field: "r" }],
    ] as const) {
      expect(await endOf(server.socket(), id, after)).toMatchObject(refusal);
    }
  });

  it("ends with an `error` message, whenever it is refused", async () => {
    fixture = await makeFixture(server);
    const { ask, next } = await rawSocket(server);
    for (const [id, afterRevision] of [
      ["late", 99],
      ["early", -1],
    ] as const) {
      ask({
        id,
        type: "subscribe",
        payload: {
          query: `subscription { documentChanges(documentId: "${fixture.documentId}", afterRevision: ${afterRevision}) { toRevision } }`,
        },
      });
      expect(await next()).toMatchObject({
        id,
        type: "error",
        payload: [{ message: expect.any(String), extensions: { code: expect.any(String) } }],
      });
    }
  });
});

describe("access that ends", () => {
  it("ends the subscription with FORBIDDEN within two seconds when the member is removed; the socket stays", async () => {
    fixture = await makeFixture(server);
    const other = await makeFixture(server);
    const { token, userId } = await invite(server, fixture.projectId, "ANNOTATOR");
    const { token: link } = await server.mutate<{ token: string }>(
      "createInvitation",
      { projectId: other.projectId, role: "VIEWER" },
      "token",
    );
    await server.mutate("acceptInvitation", { token: link }, "project { id }", token);
    const client = server.socket(token);
    let closed = false;
    client.on("closed", () => {
      closed = true;
    });
    const lost = watch<Seen>(client, fixture.documentId, 0, SELECTION);
    const kept = watch<Seen>(client, other.documentId, 0, SELECTION);
    await annotate(server, fixture);
    await lost.until((changes) => changes.length === 1);
    const since = performance.now();
    await server.mutate("removeMember", { projectId: fixture.projectId, userId }, "project { id }");
    await annotate(server, fixture);
    expect(refusalIn(await lost.ended)).toMatchObject({ code: "FORBIDDEN" });
    expect(performance.now() - since).toBeLessThan(2_000);
    await annotate(server, other);
    await kept.until((changes) => changes.length === 1);
    expect(closed).toBe(false);
    expect(await endOf(client, fixture.documentId, 0)).toMatchObject({ code: "NOT_FOUND" });
  });

  it("ends it too when the row goes without a word, by the sweep", async () => {
    fixture = await makeFixture(server);
    const { token, userId } = await invite(server, fixture.projectId, "VIEWER");
    const seen = watch<Seen>(server.socket(token), fixture.documentId, 0, "revision");
    await annotate(server, fixture);
    await seen.until((changes) => changes.length === 1);
    await server.sql(`delete from membership where project_id = $1 and person_id = $2`, [
      fixture.projectId,
      userId,
    ]);
    expect(refusalIn(await seen.ended)).toMatchObject({ code: "FORBIDDEN" });
  });

  it.each([
    ["document", "deleteDocument", () => fixture.documentId],
    ["project", "deleteProject", () => fixture.projectId],
  ])("ends the subscription with NOT_FOUND when the %s is deleted", async (_name, mutation, id) => {
    fixture = await makeFixture(server);
    const seen = watch<Seen>(server.socket(), fixture.documentId, 0, "revision");
    await annotate(server, fixture);
    await seen.until((changes) => changes.length === 1);
    await server.mutate(mutation, { id: id() }, "clientMutationId");
    expect(refusalIn(await seen.ended)).toMatchObject({ code: "NOT_FOUND" });
  });
});

/** A socket of which every message is seen. */
async function rawSocket(
  at: TestServer,
  payload: object = { authorization: `Bearer ${at.adminToken}` },
  headers: Record<string, string> = {},
) {
  const socket = new WebSocket(`${at.url.replace(/^http/, "ws")}/graphql`, "graphql-transport-ws", {
    headers,
  });
  await disposeLater(() => socket.terminate());
  const messages: unknown[] = [];
  const waiting: ((message: unknown) => void)[] = [];
  socket.on("message", (data) => {
    const message: unknown = JSON.parse(String(data));
    const waiter = waiting.shift();
    if (waiter) waiter(message);
    else messages.push(message);
  });
  const closed = once(socket, "close").then(([code]: unknown[]) => code);
  await once(socket, "open");
  const ask = (message: object) => socket.send(JSON.stringify(message));
  const next = () =>
    messages.length > 0
      ? Promise.resolve(messages.shift())
      : new Promise<unknown>((resolve) => waiting.push(resolve));
  ask({ type: "connection_init", payload });
  const acknowledged = await Promise.race([next(), closed]);
  return { ask, next, closed, acknowledged };
}

/** What acknowledges a socket says whose it is. */
const ackOf = (viewerId: unknown) => ({ type: "connection_ack", payload: { viewerId } });
const SOMEBODY = ackOf(expect.any(String));

describe("the socket's credentials", () => {
  it.each<[string, object]>([
    ["a wrong token", { authorization: "Bearer wrong" }],
    ["no scheme", { authorization: "wrong" }],
    ["an empty one", { authorization: "" }],
    ["what is no text", { authorization: 5 }],
    ["a list", { Authorization: ["Bearer x"] }],
  ])("that are bad (%s) close it with 4401", async (_name, payload) => {
    expect(await (await rawSocket(server, payload)).closed).toBe(4401);
  });

  it("that can't be looked up just now close it with 1013, after which clients try again", async () => {
    const { url } = server.database;
    const proxy = await startTcpProxy(Number(new URL(url).port || 5432));
    const proxied = new URL(url);
    proxied.host = `127.0.0.1:${proxy.port}`;
    const away = await startServer(
      { adminToken: server.adminToken },
      { url: proxied.href, drop: async () => {} },
    );
    try {
      await proxy.stop();
      expect(await (await rawSocket(away)).closed).toBe(1013);
      await proxy.start();
      expect((await rawSocket(away)).acknowledged).toEqual(SOMEBODY);
    } finally {
      await away.dispose();
      await proxy.dispose();
    }
  });

  it("may be absent: then only what is public is answered", async () => {
    const { acknowledged, ask, next } = await rawSocket(server, {});
    expect(acknowledged).toEqual(ackOf(null));
    ask({ id: "1", type: "subscribe", payload: { query: "{ viewer { id } __typename }" } });
    expect(await next()).toEqual({
      id: "1",
      type: "next",
      payload: { data: { viewer: null, __typename: "Query" } },
    });
    expect(await next()).toEqual({ id: "1", type: "complete" });
    ask({ id: "2", type: "subscribe", payload: { query: "{ projects { totalCount } }" } });
    expect(await next()).toMatchObject({
      id: "2",
      type: "error",
      payload: [{ extensions: { code: "UNAUTHENTICATED" } }],
    });
  });

  it("that are revoked or expire close it with 4401", async () => {
    fixture = await makeFixture(server);
    const { token } = await invite(server, fixture.projectId, "VIEWER");
    const make = () =>
      server.mutate<{ secret: string; accessToken: { id: string } }>(
        "createAccessToken",
        { name: "x" },
        "secret accessToken { id }",
        token,
      );
    const [revoked, expiring, kept] = [await make(), await make(), await make()];
    const open = async ({ secret }: { secret: string }) =>
      rawSocket(server, { authorization: `Bearer ${secret}` });
    const sockets = [await open(revoked), await open(expiring)];
    const staying = await open(kept);
    for (const { acknowledged } of [...sockets, staying]) expect(acknowledged).toEqual(SOMEBODY);
    await server.mutate("revokeAccessToken", { id: revoked.accessToken.id }, "id", token);
    await server.sql(`update access_token set expires_at = now() where id = $1`, [expiring.accessToken.id]);
    for (const { closed } of sockets) expect(await closed).toBe(4401);
    staying.ask({ id: "1", type: "subscribe", payload: { query: "{ viewer { name } }" } });
    expect(await staying.next()).toMatchObject({ type: "next" });
  });

  it("of a browser are its cookie, from our own pages alone; the session's end closes it with 4401", async () => {
    const fresh = await startServer();
    await disposeLater(() => fresh.dispose());
    const token = new URL(fresh.app.setUpLink ?? "no:link").hash.slice(1);
    const response = await fetch(`${fresh.url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", origin: fresh.url },
      body: JSON.stringify({
        query: `mutation ($i: SetUpOwnerInput!) { setUpOwner(input: $i) { user { id } } }`,
        variables: { i: { token, name: "A", email: "a@example.org", password: "long enough" } },
      }),
    });
    const cookie = response.headers
      .getSetCookie()
      .map((line) => line.split(";", 1)[0])
      .join("; ");
    const viewer = async (headers: Record<string, string>) => {
      const socket = await rawSocket(fresh, {}, headers);
      socket.ask({ id: "1", type: "subscribe", payload: { query: "{ viewer { name } }" } });
      return { socket, answer: await socket.next() };
    };
    const own = await viewer({ cookie, origin: fresh.url });
    expect(own.answer).toMatchObject({ payload: { data: { viewer: { name: "A" } } } });
    for (const headers of [{ cookie, origin: "https://evil.example" }, { cookie }]) {
      expect((await viewer(headers)).answer).toMatchObject({ payload: { data: { viewer: null } } });
    }
    await fetch(`${fresh.url}/api/auth/sign-out`, {
      method: "POST",
      headers: { "content-type": "application/json", origin: fresh.url, cookie },
      body: "{}",
    });
    expect(await own.socket.closed).toBe(4401);
  });
});

describe("the socket", () => {
  it("answers queries and mutations with the same rules as POST", async () => {
    fixture = await makeFixture(server);
    const { ask, next } = await rawSocket(server);
    const run = async (query: string, variables: object = {}) => {
      ask({ id: "q", type: "subscribe", payload: { query, variables } });
      const message = await next();
      // A refusal ends by itself; an answer is followed by `complete`.
      if (typeof message === "object" && message !== null && "type" in message && message.type === "next")
        await next();
      return message;
    };
    expect(await run(`{ viewer { name } }`)).toMatchObject({
      type: "next",
      payload: { data: { viewer: { name: "Owner" } } },
    });
    const create = `mutation ($i: CreateAnnotationInput!) { createAnnotation(input: $i) { revision } }`;
    const input = {
      documentId: fixture.documentId,
      labelId: fixture.labels.claim,
      fragments: [{ start: 0, end: 3 }],
    };
    expect(await run(create, { i: input })).toMatchObject({
      payload: { data: { createAnnotation: { revision: 1 } } },
    });
    expect(await run(create, { i: { ...input, fragments: [{ start: 3, end: 3 }] } })).toMatchObject({
      payload: { errors: [{ extensions: { code: "BAD_USER_INPUT", field: "input.fragments[0].end" } }] },
    });
    expect(await run(create, { i: { ...input, fragments: [{ start: 0, end: 0.5 }] } })).toMatchObject({
      type: "error",
      payload: [{ extensions: { code: "BAD_USER_INPUT", field: "i.fragments[0].end" } }],
    });
    expect(await run(`{ nonsense }`)).toMatchObject({
      type: "error",
      payload: [{ extensions: { code: "GRAPHQL_VALIDATION_FAILED" } }],
    });
    expect(await run(`{ oops`)).toMatchObject({ type: "error" });
    expect(
      await run(`{ ${Array.from({ length: 9_000 }, (_, i) => `a${i}: __typename`).join(" ")} }`),
    ).toMatchObject({ type: "error", payload: [{ extensions: { code: "TOO_LARGE" } }] });
    const deep = Array.from({ length: 5 }, () => "project { documents { nodes {").join(" ");
    expect(
      await run(`{ document(id: "${fixture.documentId}") { ${deep} id ${"}".repeat(15)} } }`),
    ).toMatchObject({ type: "error", payload: [{ extensions: { code: "TOO_LARGE" } }] });
  });

  it("masks what it did not expect", async () => {
    await server.sql(`alter table label rename to was_label`);
    try {
      const { ask, next } = await rawSocket(server);
      ask({
        id: "1",
        type: "subscribe",
        payload: { query: `mutation { createProject(input: { name: "x" }) { project { id } } }` },
      });
      expect(await next()).toMatchObject({
        payload: {
          errors: [
            {
              message: "Something went wrong on the server.",
              extensions: { code: "INTERNAL_SERVER_ERROR", requestId: expect.any(String) },
            },
          ],
        },
      });
    } finally {
      await server.sql(`alter table was_label rename to label`);
    }
  });

  it("is closed with 1001 when the server stops, which does not wait for it", async () => {
    const fresh = await startServer();
    const there = await makeFixture(fresh);
    const { ask, next, closed } = await rawSocket(fresh);
    ask({
      id: "1",
      type: "subscribe",
      payload: {
        query: `subscription { documentChanges(documentId: "${there.documentId}", afterRevision: 0) { toRevision } }`,
      },
    });
    await annotate(fresh, there);
    expect(await next()).toMatchObject({ type: "next" });
    const since = performance.now();
    await fresh.dispose();
    expect(performance.now() - since).toBeLessThan(8_000);
    expect(await closed).toBe(1001);
  });

  it("of a client that is gone does not keep the server from stopping", async () => {
    const fresh = await startServer();
    const socket = new WebSocket(`${fresh.url.replace(/^http/, "ws")}/graphql`, "graphql-transport-ws");
    await once(socket, "open");
    socket.pause();
    const since = performance.now();
    await fresh.dispose();
    expect(performance.now() - since).toBeLessThan(8_000);
    socket.terminate();
  });

  it.each(["//", "/nowhere", "/graphql/", "http://[", "*"])(
    "can't be opened at %s, which harms nobody",
    async (target) => {
      const { hostname, port } = new URL(server.url);
      const plain = connect(Number(port), hostname);
      await disposeLater(() => void plain.destroy());
      plain.write(
        `GET ${target} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`,
      );
      const [answer] = await once(plain, "data");
      expect(String(answer)).toMatch(/^HTTP\/1\.1 40[04] /);
      expect(await server.must(`{ __typename }`)).toEqual({ __typename: "Query" });
    },
  );
});

/** Two servers on one database: what is written on the one is seen on the other. */
function twoServers(settings: { redisUrl: string | null }): void {
  let a: TestServer;
  let b: TestServer;
  beforeAll(async () => {
    a = await startServer(settings);
    b = await startServer({ ...settings, adminToken: a.adminToken }, a.database);
  });
  afterAll(async () => {
    await b.dispose();
    await a.dispose();
  });

  it("bring a change made on either to watchers on both, in order, once", async () => {
    const there = await makeFixture(a);
    const watches = [a, b].map((at) => watch<Seen>(at.socket(), there.documentId, 0, SELECTION));
    for (let round = 0; round < 3; round++) {
      const made = await Promise.all([a, b, a, b].map((at) => annotate(at, there)));
      const last = Math.max(...made.map(({ revision }) => revision));
      for (const seen of watches) await seen.until((changes) => changes.at(-1)?.revision === last);
    }
    for (const { changes } of watches)
      expect(changes.map(({ revision }) => revision)).toEqual(Array.from({ length: 12 }, (_, i) => i + 1));
  });

  it("end subscriptions on both when a member is removed or a document deleted on one", async () => {
    const there = await makeFixture(a);
    const { token, userId } = await invite(a, there.projectId, "VIEWER");
    await annotate(a, there);
    const member = watch<Seen>(b.socket(token), there.documentId, 0, "revision");
    const owner = watch<Seen>(b.socket(), there.documentId, 0, "revision");
    for (const seen of [member, owner]) await seen.until((changes) => changes.length === 1);
    await a.mutate("removeMember", { projectId: there.projectId, userId }, "project { id }");
    expect(refusalIn(await member.ended)).toMatchObject({ code: "FORBIDDEN" });
    await a.mutate("deleteDocument", { id: there.documentId }, "documentId");
    expect(refusalIn(await owner.ended)).toMatchObject({ code: "NOT_FOUND" });
  });

  it("remember one clientMutationId between them", async () => {
    const there = await makeFixture(a);
    const made = await Promise.all(
      [a, b, a, b].map((at) => annotate(at, there, { clientMutationId: "both" })),
    );
    expect(new Set(made.map(({ id, revision }) => `${id} ${revision}`)).size).toBe(1);
  });
}

describe("two servers without Redis", () => {
  twoServers({ redisUrl: null });
});

describeWithRedis("two servers with Redis", () => {
  twoServers({ redisUrl: redisUrl ?? null });
});
