// An import as a job: who may, what an upload must be, calling it off, and going on after whatever happens.
import { randomUUID } from "node:crypto";
import { request as httpRequest } from "node:http";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createScratchDatabase, type ScratchDatabase } from "../support/database.ts";
import { annotate, disposeLater, invite, startServer, type TestServer } from "../support/server.ts";
import { expectWholeLogs } from "../support/whole-logs.ts";
import {
  emptyProject,
  ended,
  exportFile,
  importFile,
  type Job,
  readJob,
  refusal,
  request,
  upload,
} from "./importing.ts";

let database: ScratchDatabase;
let server: TestServer;
let project: string;
beforeEach(async () => {
  database = await createScratchDatabase();
  server = await startServer({}, database);
  project = await emptyProject(server);
});
afterEach(async () => {
  await server?.dispose();
  await database?.drop();
});

const AUTHOR = randomUUID();
const TEXT = "One, two.";

function header(author: string): object {
  const label = {
    id: randomUUID(),
    key: "claim",
    name: "Claim",
    color: "RUST",
    shortcut: null,
    description: "",
    parent: null,
    archivedAt: null,
    attributes: [],
  };
  return {
    format: "concord-corpus",
    version: 1,
    offsets: "code-points",
    project: { name: "Corpus", description: "", guidelines: "", labels: [label], relationTypes: [] },
    users: [{ id: author, name: "Author" }],
  };
}

/** Documents that take several batches; one titled `gate` waits in the database while the gate is shut. */
function corpus(count: number, gate = -1, author = AUTHOR): string {
  const documents = Array.from({ length: count }, (_, index) => ({
    id: randomUUID(),
    title: index === gate ? "gate" : `Document ${index}`,
    text: TEXT,
    annotations: [{ id: randomUUID(), label: "claim", fragments: [[0, 3]], createdBy: author }],
  }));
  return [header(author), ...documents].map((line) => `${JSON.stringify(line)}\n`).join("");
}

/** Makes the database wait before it takes a document titled `gate`, until the gate is opened. */
async function shutGate(): Promise<{ open(): Promise<void>; reached(): Promise<number> }> {
  const client = new pg.Client({ connectionString: database.url });
  // The database may go before the connection does.
  client.on("error", () => {});
  await client.connect();
  await disposeLater(() => client.end().catch(() => {}));
  await client.query(`
    create function wait_at_gate() returns trigger language plpgsql as $$ begin
      perform pg_advisory_xact_lock_shared(4242); return new; end $$;
    create trigger gate before insert on document for each row when (new.title = 'gate') execute function wait_at_gate()`);
  await client.query("select pg_advisory_lock(4242)");
  return {
    open: async () => void (await client.query("select pg_advisory_unlock(4242)")),
    /** Waits until somebody waits there; answers the process of their connection. */
    async reached() {
      for (;;) {
        // in this database: the server may hold those of other tests too
        const { rows } = await client.query<{ pid: number }>(`
          select pid from pg_locks join pg_database on pg_database.oid = pg_locks.database
          where datname = current_database() and locktype = 'advisory' and objid = 4242 and not granted`);
        if (rows[0]) return rows[0].pid;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
  };
}

/** What must be there once, whatever happened on the way. */
async function expectWhole(on: TestServer, job: Job, count: number): Promise<void> {
  expect(job).toMatchObject({ state: "done", documentCount: count, annotationCount: count, done: job.total });
  const corpusNow: { documents: { title: string; annotations: unknown[] }[] } = JSON.parse(
    await exportFile(on, project, "json"),
  );
  expect(corpusNow.documents.map(({ title }) => title.replace("gate", "Document 250"))).toEqual(
    Array.from({ length: count }, (_, index) => `Document ${index}`),
  );
  expect(corpusNow.documents.every(({ annotations }) => annotations.length === 1)).toBe(true);
  expect(await on.sql("select 1 from import_piece")).toEqual([]);
}

describe("who may", () => {
  const post = (token: string | null, id = project) =>
    request(server, `/projects/${id}/import`, { method: "POST", body: corpus(1) }, token);

  it("import, see and cancel: curators and owners of the project", async () => {
    const elsewhere = await emptyProject(server);
    const stranger = await invite(server, elsewhere, "OWNER");
    const queued = await upload(server, project, corpus(1));
    await ended(server, queued.id);
    const doors = (token: string | null) => [
      post(token),
      request(server, `/jobs/${queued.id}`, {}, token),
      request(server, `/jobs/${queued.id}`, { method: "DELETE" }, token),
    ];
    for (const role of ["VIEWER", "ANNOTATOR"]) {
      const { token } = await invite(server, project, role);
      for (const door of doors(token))
        expect(await refusal(await door)).toMatchObject({ status: 403, code: "FORBIDDEN" });
    }
    for (const door of doors(stranger.token))
      expect(await refusal(await door)).toMatchObject({ status: 404, code: "NOT_FOUND" });
    for (const door of doors(null))
      expect(await refusal(await door)).toMatchObject({ status: 401, code: "UNAUTHENTICATED" });
    for (const door of doors("wrong"))
      expect(await refusal(await door)).toMatchObject({ status: 401, code: "UNAUTHENTICATED" });
    const curator = await invite(server, project, "CURATOR");
    const [made, seen, cancelled] = await Promise.all(doors(curator.token));
    expect([made?.status, seen?.status, cancelled?.status]).toEqual([202, 200, 409]);
    await server.mutate("removeMember", { projectId: project, userId: curator.userId }, "clientMutationId");
    for (const door of doors(curator.token))
      expect(await refusal(await door)).toMatchObject({ status: 404, code: "NOT_FOUND" });
  });

  it("is told of nothing that does not exist in other words than of what is not theirs", async () => {
    const { token } = await invite(server, await emptyProject(server), "OWNER");
    const { id } = await importFile(server, project, corpus(1)).then(async (job) => job);
    const there = await refusal(await request(server, `/jobs/${id}`, {}, token));
    expect(await refusal(await request(server, `/jobs/${randomUUID()}`, {}, token))).toEqual(there);
    expect(await refusal(await post(token))).toEqual(await refusal(await post(token, randomUUID())));
  });

  it("is asked again for each batch: a maker who lost the right makes nothing", async () => {
    const gate = await shutGate();
    const curator = await invite(server, project, "CURATOR");
    const { id } = await upload(server, project, corpus(500, 250), "", curator.token);
    await gate.reached();
    // Waits for the batch that is under way.
    const demoting = server.mutate(
      "setMemberRole",
      { projectId: project, userId: curator.userId, role: "ANNOTATOR" },
      "clientMutationId",
    );
    await untilBlocked("select 1 from project%for no key update");
    await gate.open();
    await demoting;
    const job = await ended(server, id);
    expect(job).toMatchObject({ state: "failed", documentCount: 0, documents: [] });
    expect(job.problems.at(-1)?.message).toContain("Your role here is ANNOTATOR");
    expect(await server.sql("select 1 from document")).toEqual([]);
  });
});

describe("an upload", () => {
  const post = (query: string, init: RequestInit = {}) =>
    request(server, `/projects/${project}/import${query}`, { method: "POST", body: corpus(1), ...init });

  it("names what is wrong with it, and leaves nothing", async () => {
    const bad = async (response: Promise<Response>) => refusal(await response);
    expect(await bad(post("?format=xml"))).toMatchObject({
      status: 400,
      code: "BAD_USER_INPUT",
      field: "format",
      message: expect.stringMatching(/^format must be one of auto, json, ndjson, concord, brat, .*, text\.$/),
    });
    expect(await bad(post("?format=json&format=json"))).toMatchObject({ status: 400, field: "format" });
    expect(await bad(post("?dryRun=yes"))).toMatchObject({
      status: 400,
      field: "dryRun",
      message: "dryRun must be one of 0, 1.",
    });
    expect(await bad(request(server, "/projects/x/import", { method: "POST", body: "{}" }))).toMatchObject({
      status: 400,
      field: "id",
    });
    expect(await bad(request(server, "/jobs/x"))).toMatchObject({ status: 400, field: "id" });
    expect(await bad(post("", { body: "" }))).toMatchObject({
      status: 400,
      code: "BAD_USER_INPUT",
      field: "body",
    });
    expect(await bad(request(server, `/projects/${project}/import`, { method: "POST" }))).toMatchObject({
      status: 400,
      field: "body",
    });
    expect(await bad(post("", { headers: { "content-encoding": "gzip" } }))).toMatchObject({
      status: 415,
      code: "UNSUPPORTED_MEDIA_TYPE",
    });
    expect(await server.sql("select 1 from import_job")).toEqual([]);
  });

  it("may call itself what it likes, and come in chunks", async () => {
    for (const type of ["text/plain", "application/json", "multipart/form-data; boundary=x", "nonsense"]) {
      const response = await post("", { headers: { "content-type": type } });
      expect(response.status).toBe(202);
    }
    const stream = new Blob([corpus(1)]).stream();
    const init: RequestInit & { duplex: "half" } = { method: "POST", body: stream, duplex: "half" };
    const response = await request(server, `/projects/${project}/import`, init);
    expect(response.status).toBe(202);
    const job: Job = await response.json();
    expect((await ended(server, job.id)).state).toBe("done");
  });

  it("that is announced as too large is refused at once", async () => {
    const options = {
      method: "POST",
      headers: { authorization: `Bearer ${server.adminToken}`, "content-length": String(2 ** 31 + 1) },
    };
    const status = await new Promise((resolve, reject) => {
      const sent = httpRequest(`${server.url}/projects/${project}/import`, options, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
        sent.destroy();
      });
      sent.on("error", reject);
      sent.flushHeaders();
    });
    expect(status).toBe(413);
  });

  it("that breaks off leaves nothing, announced or in chunks", async () => {
    for (const length of [{ "content-length": "5000000" }, { "transfer-encoding": "chunked" }]) {
      const sent = httpRequest(`${server.url}/projects/${project}/import`, {
        method: "POST",
        headers: { authorization: `Bearer ${server.adminToken}`, ...length },
      });
      sent.on("error", () => {});
      sent.write(Buffer.alloc(3_000_000, " "));
      await until(async () => (await server.sql("select 1 from import_piece")).length > 0);
      const [row] = await server.sql<{ id: string }>("select id from import_job");
      expect((await request(server, `/jobs/${row?.id}`)).status).toBe(404);
      sent.destroy();
      await until(async () => (await server.sql("select 1 from import_job")).length === 0);
      expect(await server.sql("select 1 from import_piece")).toEqual([]);
    }
  });

  it("from a foreign page does not come with the session's rights", async () => {
    const foreign = { origin: "https://elsewhere.example", cookie: "concord.session_token=x" };
    expect(
      await refusal(
        await request(
          server,
          `/projects/${project}/import`,
          { method: "POST", body: "{}", headers: foreign },
          null,
        ),
      ),
    ).toMatchObject({ status: 401 });
  });
});

/** Waits until a statement waits for a lock. */
function untilBlocked(statement: string): Promise<void> {
  const sql = `
    select 1 from pg_stat_activity
    where datname = current_database() and state = 'active' and wait_event_type = 'Lock' and query like $1`;
  return until(async () => (await server.sql(sql, [statement])).length > 0);
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 20));
}

describe("calling off", () => {
  const cancel = (id: string) => request(server, `/jobs/${id}`, { method: "DELETE" });

  it("a running job leaves the project as it was, so that it can be imported again under the same ids", async () => {
    const before = await exportFile(server, project, "json");
    const gate = await shutGate();
    const content = corpus(500, 250);
    const { id } = await upload(server, project, content);
    await gate.reached();
    const half = await readJob(server, id);
    expect(half).toMatchObject({ state: "running", documentCount: 200, annotationCount: 200 });
    expect(half.done).toBeGreaterThan(0);
    expect(half.done).toBeLessThan(half.total);
    expect(half.documents).toHaveLength(200);
    const cancelling = cancel(id);
    await untilBlocked("select 1 from import_job%for update");
    await gate.open();
    expect((await cancelling).status).toBe(204);
    const job = await ended(server, id);
    expect(job).toMatchObject({
      state: "cancelled",
      documentCount: 0,
      annotationCount: 0,
      documents: [],
      problems: [],
    });
    expect((await cancel(id)).status).toBe(204);
    const plain = (json: string): unknown => JSON.parse(json.replaceAll(/"id":"[^"]*"/g, '"id":""'));
    expect(plain(await exportFile(server, project, "json"))).toEqual(plain(before));
    expect(await server.sql("select 1 from person where imported")).toEqual([]);
    expect(await server.sql("select 1 from document")).toEqual([]);
    await expectWholeLogs(server);
    expect(await importFile(server, project, content)).toMatchObject({
      state: "done",
      documentCount: 500,
      problems: [],
    });
  });

  it("keeps a document on which somebody has worked meanwhile, and says so", async () => {
    const gate = await shutGate();
    const { id } = await upload(server, project, corpus(500, 250));
    await gate.reached();
    const [first] = (await readJob(server, id)).documents;
    const { project: now } = await server.must<{ project: { labels: { id: string; key: string }[] } }>(
      "query ($p: ID!) { project(id: $p) { labels { id key } } }",
      { p: project },
    );
    const labels = Object.fromEntries(now.labels.map((label) => [label.key, label.id]));
    await annotate(server, {
      projectId: project,
      documentId: first ?? "",
      text: TEXT,
      labels,
      relationTypes: {},
    });
    const cancelling = cancel(id);
    await untilBlocked("select 1 from import_job%for update");
    await gate.open();
    await cancelling;
    const job = await ended(server, id);
    expect(job).toMatchObject({
      state: "cancelled",
      documentCount: 1,
      annotationCount: 2,
      documents: [first],
    });
    expect(job.problems.map(({ message }) => message)).toEqual([
      "“Document 0” stays: somebody has worked on it since it came in.",
    ]);
    expect(await server.sql("select title from document")).toEqual([{ title: "Document 0" }]);
    expect(await server.sql("select name from person where imported")).toEqual([{ name: "Author" }]);
  });

  it("one that waits ends it at once; one that has ended is a conflict", async () => {
    const gate = await shutGate();
    const running = await upload(server, project, corpus(1, 0));
    await gate.reached();
    const waiting = await upload(server, project, corpus(1));
    expect(waiting.state).toBe("queued");
    expect((await cancel(waiting.id)).status).toBe(204);
    expect(await readJob(server, waiting.id)).toMatchObject({ state: "cancelled", documentCount: 0 });
    await gate.open();
    expect((await ended(server, running.id)).state).toBe("done");
    expect(await refusal(await cancel(running.id))).toMatchObject({ status: 409, code: "CONFLICT" });
  });
});

describe("whatever happens", () => {
  it("a connection that breaks in the middle of a batch costs nothing and makes nothing twice", async () => {
    const gate = await shutGate();
    const { id } = await upload(server, project, corpus(500, 250));
    const pid = await gate.reached();
    await gate.open();
    await server.sql("select pg_terminate_backend($1)", [pid]);
    await expectWhole(server, await ended(server, id), 500);
  });

  it("a server that stops hands the job to the next one, which goes on where it was", async () => {
    const gate = await shutGate();
    const { id } = await upload(server, project, corpus(500, 250));
    await gate.reached();
    const stopping = server.dispose();
    await gate.open();
    await stopping;
    const [left] = await server.sql<{ state: string; holder: string | null; count: number }>(
      "select state, lease_holder as holder, document_count as count from import_job",
    );
    expect(left).toEqual({ state: "RUNNING", holder: null, count: 400 });
    server = await startServer({}, database);
    await expectWhole(server, await ended(server, id), 500);
  });

  it("a dead server's job is taken over when its lease is old, and not before", async () => {
    const gate = await shutGate();
    const { id } = await upload(server, project, corpus(500, 250));
    await gate.reached();
    const stopping = server.dispose();
    await gate.open();
    await stopping;
    await server.sql(
      "update import_job set lease_holder = gen_random_uuid(), lease_until = now() + interval '4 s'",
    );
    server = await startServer({}, database);
    // Jobs of other projects are not kept waiting by it.
    const other = await emptyProject(server);
    await importFile(server, other, corpus(1));
    const [held] = await server.sql<{ held: boolean; count: number }>(
      "select lease_until > now() as held, document_count as count from import_job where id = $1",
      [id],
    );
    if (held?.held) expect(held.count).toBe(400);
    await expectWhole(server, await ended(server, id), 500);
  });

  it("who has lost the lease keeps nothing of what it was doing", async () => {
    const gate = await shutGate();
    const { id } = await upload(server, project, corpus(500, 250));
    await gate.reached();
    // Taken from it between two batches: as by a server that found the lease old.
    const stealing = server.sql(
      "update import_job set lease_holder = gen_random_uuid(), lease_until = now() + interval '1 s'",
    );
    await gate.open();
    await stealing;
    await expectWhole(server, await ended(server, id), 500);
  });

  it("two servers work on two projects at once, on one project never", async () => {
    const second = await startServer({}, database);
    await disposeLater(() => second.dispose());
    const gate = await shutGate();
    const other = await emptyProject(server);
    const first = await upload(server, project, corpus(1, 0));
    await gate.reached();
    const next = await upload(second, project, corpus(1));
    const elsewhere = await upload(second, other, corpus(1, -1, randomUUID()));
    expect((await ended(second, elsewhere.id)).state).toBe("done");
    expect((await readJob(second, next.id)).state).toBe("queued");
    await gate.open();
    expect((await ended(server, first.id)).state).toBe("done");
    expect((await ended(server, next.id)).state).toBe("done");
  });

  it("what always fails is given up and undone", async () => {
    await server.sql("alter table annotation add constraint never check (false) not valid");
    const { id } = await upload(server, project, corpus(1));
    const job = await ended(server, id);
    expect(job).toMatchObject({ state: "failed", documentCount: 0 });
    expect(job.problems.at(-1)?.message).toContain("failed several times at the same place");
    expect(await server.sql("select 1 from document")).toEqual([]);
  });

  it("old jobs are forgotten, and uploads that never ended", async () => {
    const { id } = await importFile(server, project, corpus(1));
    const kept = await importFile(server, project, corpus(1));
    await server.sql("update import_job set finished_at = now() - interval '31 days' where id = $1", [id]);
    await server.sql(
      `insert into import_job (id, project_id, created_by, created_at, format, total, progress)
       select gen_random_uuid(), project_id, created_by, now() - interval '25 hours', 'auto', 0, jsonb_set(progress, '{phase}', '"upload"') from import_job where id = $1`,
      [kept.id],
    );
    await server.dispose();
    server = await startServer({}, database);
    await until(async () => (await server.sql("select 1 from import_job")).length === 1);
    expect(await readJob(server, kept.id)).toMatchObject({ state: "done" });
  });
});
