// Many watchers of one document: one execution for all who may share it, whole for everybody, bounded for the slow.
import { once } from "node:events";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import WebSocket from "ws";
import {
  annotate,
  disposeLater,
  type Fixture,
  invite,
  makeFixture,
  startServer,
  type TestServer,
} from "../support/server.ts";

let server: TestServer;
let fixture: Fixture;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.dispose());

interface Message {
  id?: string;
  type: string;
  payload?: {
    data?: { documentChanges: { fromRevision: number; toRevision: number; changes: unknown[] } };
    errors?: unknown;
  };
}

/** A socket whose messages are kept as they came; it is acknowledged already. */
async function openSocket(at: TestServer, token = at.adminToken) {
  const socket = new WebSocket(`${at.url.replace(/^http/, "ws")}/graphql`, "graphql-transport-ws");
  await disposeLater(() => socket.terminate());
  const messages: Message[] = [];
  const waiting = new Set<() => void>();
  const check = () => {
    for (const it of waiting) it();
  };
  socket.on("message", (data) => {
    messages.push(JSON.parse(String(data)));
    check();
  });
  const closed = once(socket, "close").then(([code]: unknown[]) => code);
  await once(socket, "open");
  const ask = (message: object) => socket.send(JSON.stringify(message));
  /** Waits for a condition on the messages so far. */
  const until = (condition: () => boolean) =>
    new Promise<void>((resolve) => {
      const it = () => {
        if (!condition()) return;
        waiting.delete(it);
        resolve();
      };
      waiting.add(it);
      it();
    });
  ask({ type: "connection_init", payload: { authorization: `Bearer ${token}` } });
  await until(() => messages.length === 1);
  const batches = (id: string) =>
    messages.flatMap((message) =>
      message.id === id && message.payload?.data ? [message.payload.data.documentChanges] : [],
    );
  const subscribe = (id: string, query: string, variables: object) =>
    ask({ id, type: "subscribe", payload: { query, variables } });
  return {
    socket,
    messages,
    closed,
    ask,
    subscribe,
    batches,
    until,
    async reached(id: string, revision: number) {
      const refusal = () => messages.find((message) => message.id === id && message.type === "error");
      await until(() => batches(id).at(-1)?.toRevision === revision || refusal() !== undefined);
      expect(refusal()).toBeUndefined();
    },
  };
}

const query = (selection: string) =>
  `subscription Watch($d: ID!, $r: Int!) {
    documentChanges(documentId: $d, afterRevision: $r) { fromRevision toRevision changes { revision ${selection} } } }`;

const ANNOTATION = `at who: author { name } __typename
  ... on AnnotationSaved { annotation { id note label { key } span @include(if: $quotes) { quote } ...More } } } } }
  fragment More on Annotation { createdBy { id name } relations { id }`;

describe("watchers of one document", () => {
  it("each see the whole of it, whatever they select, on however many sockets and subscriptions", async () => {
    fixture = await makeFixture(server, "The 🙂 minister");
    await annotate(server, fixture, { note: "“before”", fragments: [{ start: 4, end: 5 }] });
    const quoted = `subscription Watch($d: ID!, $r: Int!, $quotes: Boolean = true) {
      documentChanges(documentId: $d, afterRevision: $r) { fromRevision toRevision changes { revision ${ANNOTATION} }`;
    const forms: [query: string, variables: object][] = [
      [quoted, {}],
      [quoted, { quotes: false }],
      [query("at"), {}],
    ];
    const sockets = await Promise.all([0, 1, 2].map(() => openSocket(server)));
    const ids = ["a", "another-id", 'with "quotes" and 🙂'];
    for (const { subscribe } of sockets) {
      for (const [form, [text, variables]] of forms.entries()) {
        for (const [place, id] of ids.entries())
          subscribe(`${form} ${id}`, text, { ...variables, d: fixture.documentId, r: place % 2 });
      }
    }
    const notes = Array.from({ length: 30 }, (_, i) => `note ${i} ${"🙂".repeat(i * 20)}`);
    await Promise.all(notes.map((note) => annotate(server, fixture, { note })));
    for (const { reached, batches } of sockets) {
      for (const [form] of forms.entries()) {
        for (const [place, id] of ids.entries()) {
          await reached(`${form} ${id}`, 31);
          const changes = batches(`${form} ${id}`).flatMap((batch) => batch.changes);
          expect(changes.map((change) => Object(change).revision)).toEqual(
            Array.from({ length: 31 - (place % 2) }, (_, i) => i + 1 + (place % 2)),
          );
          const [first] = batches(`0 a`).flatMap((batch) => batch.changes);
          if (form === 0 && place === 0)
            expect(first).toMatchObject({
              who: { name: "Owner" },
              __typename: "AnnotationSaved",
              annotation: {
                note: "“before”",
                label: { key: "claim" },
                span: { quote: "🙂" },
                createdBy: { name: "Owner" },
                relations: [],
              },
            });
          // What one is told is what all are told.
          const [other] = sockets;
          const told = other?.batches(`${form} a`).flatMap((batch) => batch.changes);
          expect(changes).toEqual(told?.slice(-changes.length));
        }
      }
      const withoutQuotes = batches("1 a").flatMap((batch) => batch.changes);
      expect(withoutQuotes).not.toContainEqual(
        expect.objectContaining({ annotation: expect.objectContaining({ span: expect.anything() }) }),
      );
    }
  });

  it("get what depends on them for themselves, whoever came first", async () => {
    fixture = await makeFixture(server);
    const { token } = await invite(server, fixture.projectId, "VIEWER");
    const selection = `... on AnnotationSaved { annotation { span { document { project { viewerRole members { role email } } } } } }`;
    // A text of its own for each round: what one round shows about a text is kept.
    for (const tokens of [
      [server.adminToken, token],
      [token, server.adminToken],
    ]) {
      const revision = (await annotate(server, fixture)).revision;
      const sockets = await Promise.all(tokens.map((it) => openSocket(server, it)));
      const text = `${query(selection)} # ${tokens[0]}`;
      for (const { subscribe } of sockets) subscribe("1", text, { d: fixture.documentId, r: revision - 1 });
      await annotate(server, fixture);
      for (const [index, { reached, batches }] of sockets.entries()) {
        await reached("1", revision + 1);
        const role = tokens[index] === token ? "VIEWER" : "OWNER";
        const changes = batches("1").flatMap((batch) => batch.changes);
        expect(changes).toHaveLength(2);
        for (const change of changes)
          expect(change).toMatchObject({
            annotation: { span: { document: { project: { viewerRole: role } } } },
          });
      }
    }
  });

  it("get what is there in fewer batches than changes, then what follows, with consecutive revisions", async () => {
    fixture = await makeFixture(server);
    const writeMany = () => Promise.all(Array.from({ length: 20 }, () => annotate(server, fixture)));
    await writeMany();
    const { subscribe, reached, batches } = await openSocket(server);
    subscribe("1", query(""), { d: fixture.documentId, r: 0 });
    await reached("1", 20);
    await writeMany();
    await reached("1", 40);
    const all = batches("1");
    // How many of the live ones share a batch is for the clock to say; hub.test.ts has that.
    expect(all.length).toBeLessThan(40);
    let next = 1;
    for (const { fromRevision, toRevision, changes } of all) {
      expect(fromRevision).toBe(next);
      expect(toRevision).toBe(fromRevision + changes.length - 1);
      next = toRevision + 1;
    }
  });

  it("are told nothing after they complete, or after the refusal that ends them", async () => {
    fixture = await makeFixture(server);
    const { token, userId } = await invite(server, fixture.projectId, "VIEWER");
    const { subscribe, reached, ask, messages, until } = await openSocket(server, token);
    for (const id of ["gone", "stays"]) subscribe(id, query(""), { d: fixture.documentId, r: 0 });
    await annotate(server, fixture);
    await reached("gone", 1);
    ask({ id: "gone", type: "complete" });
    // Answered in order: once this is answered, the `complete` was heard.
    ask({ id: "q", type: "subscribe", payload: { query: "{ __typename }" } });
    await until(() => messages.some(({ id, type }) => id === "q" && type === "complete"));
    await annotate(server, fixture);
    await reached("stays", 2);
    expect(messages.filter(({ id }) => id === "gone")).toHaveLength(1);
    await server.mutate("removeMember", { projectId: fixture.projectId, userId }, "project { id }");
    await until(() => messages.some(({ id, type }) => id === "stays" && type === "error"));
    await annotate(server, fixture);
    ask({ id: "q2", type: "subscribe", payload: { query: "{ __typename }" } });
    await until(() => messages.some(({ id, type }) => id === "q2" && type === "complete"));
    expect(messages.filter(({ id }) => id === "stays").map(({ type }) => type)).toEqual([
      "next",
      "next",
      "error",
    ]);
  });

  it("that see a batch fail to be made are ended rather than passed over", async () => {
    fixture = await makeFixture(server);
    const { subscribe, messages, until } = await openSocket(server);
    subscribe("1", query("author { name }"), { d: fixture.documentId, r: 0 });
    await annotate(server, fixture);
    await until(() => messages.some(({ type }) => type === "next"));
    // An author whom nobody knows: no ordinary write can make this.
    await server.sql(`alter table layer_change drop constraint layer_change_author_id_fkey`);
    const [{ id: layerId = "" } = {}] = await server.sql<{ id: string }>(
      `select id from layer where document_id = $1`,
      [fixture.documentId],
    );
    await server.sql(
      `insert into layer_change (project_id, layer_id, revision, at, author_id, kind, payload)
       values (gen_random_uuid(), $1, 2, now(), gen_random_uuid(), 'COMMENT_DELETED', '{"commentId":"x"}')`,
      [layerId],
    );
    await server.sql(`update layer set revision = 2 where id = $1`, [layerId]);
    await until(() => messages.some(({ type }) => type === "error"));
    expect(messages.at(-1)).toMatchObject({
      id: "1",
      type: "error",
      payload: [
        { message: "Something went wrong on the server.", extensions: { requestId: expect.any(String) } },
      ],
    });
  });
});

/** Puts changes into a log at once, each with so many characters; the watchers hear of them by the next real change. */
async function fillLog(count: number, characters: number): Promise<void> {
  await server.sql(
    `with l as (update layer set revision = revision + $2::int where document_id = $1 returning project_id, id, revision)
     insert into layer_change (project_id, layer_id, revision, at, author_id, client_mutation_id, kind, payload)
     select l.project_id, l.id, l.revision - $2::int + r, now(), (select owner_id from installation), repeat('x', $3::int), 'COMMENT_DELETED',
       jsonb_build_object('commentId', gen_random_uuid()) from l, generate_series(1, $2::int) r`,
    [fixture.documentId, count, characters],
  );
}

describe("a watcher that stops reading", () => {
  const wide = query("clientMutationId");

  it("is closed with 1013 once a megabyte waits for it; the others go on, and it resumes", async () => {
    fixture = await makeFixture(server);
    const slow = await openSocket(server);
    const quick = await openSocket(server);
    for (const { subscribe } of [slow, quick]) subscribe("1", wide, { d: fixture.documentId, r: 0 });
    const { revision: first } = await annotate(server, fixture);
    for (const { reached } of [slow, quick]) await reached("1", first);
    slow.socket.pause();
    // The kernel takes some megabytes before anything waits in the process.
    let last = first;
    for (let round = 0; round < 15; round++) {
      await fillLog(100, 10_000);
      last = (await annotate(server, fixture)).revision;
      await quick.reached("1", last);
    }
    slow.socket.resume();
    expect(await slow.closed).toBe(1013);
    const seen = slow.batches("1").at(-1)?.toRevision ?? 0;
    expect(seen).toBeLessThan(last);
    const back = await openSocket(server);
    back.subscribe("1", wide, { d: fixture.documentId, r: seen });
    await back.reached("1", last);
    expect(back.batches("1")[0]?.fromRevision).toBe(seen + 1);
  });

  it("is not closed for a long replay, nor a second subscription beside one", async () => {
    fixture = await makeFixture(server);
    await fillLog(1_500, 10_000);
    const slow = await openSocket(server);
    slow.subscribe("tail", wide, { d: fixture.documentId, r: 1_500 });
    slow.subscribe("replay", wide, { d: fixture.documentId, r: 0 });
    await slow.until(() => slow.batches("replay").length > 0);
    slow.socket.pause();
    const quick = await openSocket(server);
    quick.subscribe("1", wide, { d: fixture.documentId, r: 1_500 });
    for (let round = 1; round <= 5; round++) {
      await annotate(server, fixture);
      await quick.reached("1", 1_500 + round);
    }
    slow.socket.resume();
    for (const id of ["tail", "replay"]) await slow.reached(id, 1_505);
    expect(slow.batches("replay").flatMap(({ changes }) => changes)).toHaveLength(1_505);
  });
});
