// Many who write to one document at once: what waits is written together, and each gets the answer it would get alone.
import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  type Answer,
  annotate,
  disposeLater,
  type Fixture,
  invite,
  makeFixture,
  mutation,
  startServer,
  type TestServer,
} from "../support/server.ts";

let servers: [TestServer, TestServer];
let fixture: Fixture;
let layerId: string;
beforeAll(async () => {
  const first = await startServer();
  servers = [first, await startServer({ adminToken: first.adminToken }, first.database)];
});
beforeEach(async () => {
  fixture = await makeFixture(servers[0]);
  layerId = await layerOf(fixture.documentId);
});
afterAll(async () => {
  await servers[1].dispose();
  await servers[0].dispose();
});

async function layerOf(documentId: string): Promise<string> {
  const [layer] = await servers[0].sql<{ id: string }>(`select id from layer where document_id = $1`, [
    documentId,
  ]);
  return layer?.id ?? "";
}

interface LogRow {
  revision: number;
  authorId: string;
  clientMutationId: string | null;
  kind: string;
  payload: {
    annotation?: { id: string; version: number; note: string; deletedAt: string | null };
    annotationId?: string;
  };
  /** The transaction that wrote it. */
  transaction: string;
}

const readLog = () =>
  servers[0].sql<LogRow>(
    `select revision, author_id as "authorId", client_mutation_id as "clientMutationId", kind::text, payload,
      xmin::text as transaction from layer_change where layer_id = $1 order by revision`,
    [layerId],
  );

/** A transaction of somebody else's, on the database itself. */
async function otherConnection(): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: servers[0].database.url });
  await client.connect();
  await disposeLater(() => client.end());
  await client.query("begin");
  return client;
}

/** Makes everybody who writes to the layer wait until the answer is called. */
async function holdLayer(): Promise<() => Promise<unknown>> {
  const client = await otherConnection();
  await client.query("select 1 from layer where id = $1 for update", [layerId]);
  return () => client.query("commit");
}

/** Until so many transactions wait for others. */
async function waitingInDatabase(count: number): Promise<void> {
  await expect
    .poll(
      async () => {
        const rows = await servers[0].sql(
          `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
        );
        return rows.length;
      },
      { timeout: 20_000 },
    )
    .toBeGreaterThanOrEqual(count);
}

/** Until a server has done what it was asked before, as far as that can be done. */
async function askedAll(server: TestServer): Promise<void> {
  for (let round = 0; round < 3; round++)
    await server.must(`query ($d: ID!) { document(id: $d) { revision } }`, { d: fixture.documentId });
}

const create = (more: object = {}) => ({
  clientMutationId: randomUUID(),
  documentId: fixture.documentId,
  labelId: fixture.labels.claim,
  fragments: [{ start: 0, end: 3 }],
  ...more,
});

interface Created {
  createAnnotation: { revision: number; annotation: { id: string } };
}

const send = (input: object, server = servers[0], token?: string): Promise<Answer<Created>> =>
  server.ask(mutation("createAnnotation", "revision annotation { id }"), { i: input }, token);

const codeOf = ({ errors }: Answer<unknown>) => errors?.[0]?.extensions.code ?? "done";

describe("writes that wait for one document", () => {
  it("share a transaction, and equal ones in it are applied once", async () => {
    const release = await holdLayer();
    const first = send(create());
    await waitingInDatabase(1);
    const equal = create({ note: "once" });
    const more = Array.from({ length: 12 }, () => create());
    const waiting = [equal, ...more, equal, { ...equal, note: "another" }, equal].map((input) => send(input));
    await askedAll(servers[0]);
    await release();
    const answers = await Promise.all([first, ...waiting]);
    expect(answers.map(codeOf).filter((code) => code !== "done")).toEqual(["IDEMPOTENCY_CONFLICT"]);
    const [one, other, another] = [answers[1], answers[14], answers[16]];
    expect(one?.data).toEqual(other?.data);
    expect(one?.data).toEqual(another?.data);
    const log = await readLog();
    expect(log.map(({ revision }) => revision)).toEqual(Array.from({ length: 14 }, (_, index) => index + 1));
    expect(new Set(log.map(({ transaction }) => transaction)).size).toBeLessThan(log.length);
  });

  it("that fails unexpectedly costs its neighbours nothing", async () => {
    const elsewhere = await makeFixture(servers[0]);
    const theirs = await annotate(servers[0], elsewhere);
    const release = await holdLayer();
    // Another server is about to use an id; nobody else can see it yet.
    const other = await otherConnection();
    const taken = randomUUID();
    await other.query(
      `insert into annotation (id, project_id, document_id, layer_id, span_id, start, "end", label_id, created_by,
         created_at, updated_by, updated_at)
       select $1, project_id, document_id, layer_id, span_id, start, "end", label_id, created_by, created_at, updated_by,
         updated_at from annotation where id = $2`,
      [taken, theirs.id],
    );
    const first = send(create());
    await waitingInDatabase(1);
    const refused = { ...create(), fragments: [{ start: 3, end: 3 }] };
    const inputs = [create(), create(), create({ id: taken }), refused, create(), create()];
    const waiting = inputs.map((input) => send(input));
    await askedAll(servers[0]);
    await release();
    expect(codeOf(await first)).toBe("done");
    await waitingInDatabase(1);
    await other.query("commit");
    const answers = await Promise.all(waiting);
    expect(answers.map(codeOf)).toEqual(["done", "done", "CONFLICT", "BAD_USER_INPUT", "done", "done"]);
    const log = await readLog();
    expect(log.map(({ revision }) => revision)).toEqual([1, 2, 3, 4, 5]);
    // Begun again one by one.
    expect(new Set(log.map(({ transaction }) => transaction)).size).toBe(5);
    for (const [index, { data }] of answers.entries()) {
      if (!data?.createAnnotation) continue;
      const { revision, annotation } = data.createAnnotation;
      const row = log[revision - 1];
      expect(row?.payload.annotation?.id).toBe(annotation.id);
      expect(row?.clientMutationId).toBe(inputs[index]?.clientMutationId);
    }
  });

  it("don't keep others waiting", async () => {
    const elsewhere = await makeFixture(servers[0]);
    const release = await holdLayer();
    const waiting = Array.from({ length: 40 }, () => send(create()));
    await waitingInDatabase(1);
    expect((await annotate(servers[0], elsewhere)).revision).toBe(1);
    await release();
    expect(new Set((await Promise.all(waiting)).map(codeOf))).toEqual(new Set(["done"]));
  });

  it("count what was taken away while they waited", async () => {
    const { token, userId } = await invite(servers[0], fixture.projectId, "ANNOTATOR");
    const release = await holdLayer();
    const theirs = [create(), create()].map((input) => send(input, servers[0], token));
    await waitingInDatabase(1);
    const mine = send(create());
    await askedAll(servers[0]);
    await servers[0].mutate("removeMember", { projectId: fixture.projectId, userId }, "project { id }");
    await release();
    expect((await Promise.all(theirs)).map(codeOf)).toEqual(["NOT_FOUND", "NOT_FOUND"]);
    expect(codeOf(await mine)).toBe("done");
    expect((await readLog()).map(({ revision }) => revision)).toEqual([1]);
  });

  it("are waited for by who archives what they use, and get the heir of what is merged before them", async () => {
    const [server] = servers;
    const { labels, relationTypes } = fixture;
    const archive = (name: string, id: string | undefined) =>
      server.mutate(name, { id, expectedVersion: 1, archived: true }, "clientMutationId");
    let release = await holdLayer();
    const archiving = [
      archive("updateLabel", labels.speaker),
      archive("updateRelationType", relationTypes.states),
    ];
    await waitingInDatabase(2);
    await release();
    await Promise.all(archiving);
    expect(codeOf(await send(create({ labelId: labels.speaker })))).toBe("BAD_USER_INPUT");

    release = await holdLayer();
    const merge = { id: labels.claim, intoId: labels.agreement, widenRelationTypes: true };
    const merging = server.mutate("mergeLabel", merge, "annotationCount");
    await waitingInDatabase(1);
    const tagging = [create(), create(), create()].map((input, n) => send(input, servers[n % 2]));
    await waitingInDatabase(3);
    await release();
    await merging;
    expect((await Promise.all(tagging)).map(codeOf)).toEqual(["done", "done", "done"]);
    expect(
      await server.sql(
        `select label_id as id, count(*)::int from annotation where layer_id = $1 group by 1`,
        [layerId],
      ),
    ).toEqual([{ id: labels.agreement, count: 3 }]);
  });
});

/** One request, and what it must be answered wherever it comes among the others. */
interface Act {
  name: string;
  input: { clientMutationId: string };
  who: "owner" | "annotator" | "viewer" | "stranger";
  /** Codes of which it gets one; "done" when it is applied. */
  may: string[];
}

interface Made {
  revision: number;
}

/** Ids of what a round begins with. */
interface World {
  annotations: { id: string; version: number }[];
  deletedIds: string[];
  relationIds: string[];
  commentIds: string[];
}

describe("everybody at once", () => {
  it("gets an answer that the log bears out", { timeout: 90_000 }, async () => {
    const tokens = new Map<Act["who"], { token: string; userId: string }>();
    for (const [who, role] of [
      ["annotator", "CURATOR"],
      ["viewer", "VIEWER"],
    ] as const)
      tokens.set(who, await invite(servers[0], fixture.projectId, role));
    const elsewhere = await makeFixture(servers[0]);
    tokens.set("stranger", await invite(servers[0], elsewhere.projectId, "CURATOR"));
    const { viewer } = await servers[0].must<{ viewer: { id: string } }>(`{ viewer { id } }`);
    tokens.set("owner", { token: servers[0].adminToken, userId: viewer.id });

    const all: { act: Act; code: string; revision: number | null }[] = [];
    for (let round = 0; round < 3; round++) {
      const acts = actsOf(fixture, await worldOf());
      const answers = await Promise.all(
        acts.map(async (act, index) => {
          const server = index % 2 === 0 ? servers[0] : servers[1];
          const { data, errors } = await server.ask<Record<string, Made>>(
            mutation(act.name, "revision"),
            { i: act.input },
            tokens.get(act.who)?.token,
          );
          const code = errors?.[0]?.extensions.code ?? "done";
          return { act, code, revision: data?.[act.name]?.revision ?? null };
        }),
      );
      all.push(...answers);
    }

    for (const { act, code } of all)
      expect({ act, is: act.may.includes(code), code }).toMatchObject({ is: true });
    const log = await readLog();
    expect(log.map(({ revision }) => revision)).toEqual(log.map((_, index) => index + 1));
    const [layer] = await servers[0].sql<{ revision: number }>(`select revision from layer where id = $1`, [
      layerId,
    ]);
    expect(layer?.revision).toBe(log.length);

    // One row for each that was applied, by who asked, at the revision that was answered; none for any other.
    const applied = new Map(
      all.flatMap(({ act, code, revision }) =>
        code === "done" ? [[act.input.clientMutationId, { revision, by: tokens.get(act.who)?.userId }]] : [],
      ),
    );
    expect(
      new Map(log.map((row) => [row.clientMutationId, { revision: row.revision, by: row.authorId }])),
    ).toEqual(applied);

    // What is there is what the log says.
    const last = new Map<string, { version: number; note: string; deleted: boolean }>();
    for (const { kind, payload } of log) {
      const { annotation, annotationId = "" } = payload;
      const before = last.get(annotationId);
      if (annotation) {
        const { id, version, note } = annotation;
        expect(version).toBe((last.get(id)?.version ?? 0) + 1);
        last.set(id, { version, note, deleted: false });
      } else if (kind === "ANNOTATION_DELETED" && before)
        last.set(annotationId, { ...before, deleted: true });
    }
    const rows = await servers[0].sql<{ id: string; version: number; note: string; deleted: boolean }>(
      `select id, version, note, deleted_at is not null as deleted from annotation where layer_id = $1`,
      [layerId],
    );
    expect(new Map(rows.map(({ id, ...row }) => [id, row]))).toEqual(last);
  });
});

/** What is there now. */
async function worldOf(): Promise<World> {
  const ids = async (table: "relation" | "comment") =>
    (
      await servers[0].sql<{ id: string }>(
        `select id from ${table} where layer_id = $1 and deleted_at is null order by id`,
        [layerId],
      )
    ).map(({ id }) => id);
  const deleted = await servers[0].sql<{ id: string }>(
    `select id from annotation where layer_id = $1 and deleted_at is not null`,
    [layerId],
  );
  return {
    deletedIds: deleted.map(({ id }) => id),
    annotations: await servers[0].sql<{ id: string; version: number }>(
      `select id, version from annotation where layer_id = $1 and deleted_at is null order by id`,
      [layerId],
    ),
    relationIds: await ids("relation"),
    commentIds: await ids("comment"),
  };
}

/** A round's requests: all kinds, rightly and wrongly, several at the same thing. */
function actsOf(
  { documentId, labels, relationTypes }: Fixture,
  { annotations, deletedIds, relationIds, commentIds }: World,
): Act[] {
  const acts: Act[] = [];
  const add = (name: string, input: object, may: string[], who: Act["who"] = "owner") =>
    acts.push({ name, input: { clientMutationId: randomUUID(), ...input }, who, may });
  const place = { documentId, labelId: labels.claim, fragments: [{ start: 0, end: 3 }] };
  for (let index = 0; index < 6; index++) {
    const who = index % 2 === 0 ? "owner" : "annotator";
    add("createAnnotation", { ...place, id: randomUUID(), note: `${index}` }, ["done"], who);
    add(
      "createAnnotation",
      { ...place, labelId: labels.speaker, fragments: [{ start: index, end: 9 }] },
      ["done"],
      who,
    );
  }
  const id = randomUUID();
  add("createAnnotation", { ...place, id }, ["done", "CONFLICT"]);
  add("createAnnotation", { ...place, id }, ["done", "CONFLICT"], "annotator");
  add("createAnnotation", place, ["FORBIDDEN"], "viewer");
  add("createAnnotation", place, ["NOT_FOUND"], "stranger");
  add("createAnnotation", { ...place, fragments: [{ start: 0, end: 4_000 }] }, ["BAD_USER_INPUT"]);
  add("createAnnotation", { ...place, labelId: randomUUID() }, ["BAD_USER_INPUT"]);
  // Sent twice: whichever is applied, both are told of it.
  const [twice] = acts;
  if (twice) acts.push(twice);
  for (const [index, { id: annotationId, version }] of annotations.slice(0, 6).entries()) {
    const gone = ["done", "CONFLICT", "NOT_FOUND"];
    const at = { id: annotationId, expectedVersion: version };
    add("updateAnnotation", { ...at, note: randomUUID() }, gone);
    add(
      "updateAnnotation",
      { ...at, note: randomUUID(), fragments: [{ start: 1, end: 5 }] },
      gone,
      "annotator",
    );
    add("updateAnnotation", { ...at, expectedVersion: 99, note: "x" }, ["CONFLICT", "NOT_FOUND"]);
    add("createComment", { annotationId, body: randomUUID() }, ["done", "NOT_FOUND"]);
    if (index % 2 === 0) add("deleteAnnotation", at, gone);
    add("deleteAnnotation", at, ["FORBIDDEN", "NOT_FOUND"], "viewer");
  }
  const [source, target] = [annotations[1]?.id, annotations[3]?.id];
  if (source !== undefined && target !== undefined) {
    const relation = { typeId: relationTypes.states, sourceId: source, targetId: target };
    const may = ["done", "CONFLICT", "BAD_USER_INPUT", "NOT_FOUND"];
    add("createRelation", relation, may);
    add("createRelation", relation, may, "annotator");
    add("createRelation", { ...relation, targetId: source }, ["BAD_USER_INPUT", "NOT_FOUND"]);
  }
  for (const deletedId of deletedIds) add("restoreAnnotation", { id: deletedId }, ["done"], "annotator");
  for (const relationId of relationIds) add("deleteRelation", { id: relationId }, ["done", "NOT_FOUND"]);
  for (const commentId of commentIds.slice(0, 3)) {
    add("updateComment", { id: commentId, body: randomUUID() }, ["done", "NOT_FOUND"]);
    add("deleteComment", { id: commentId }, ["done", "NOT_FOUND"]);
  }
  return acts;
}
