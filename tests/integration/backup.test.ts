// A whole server into a file and out of it: what comes back, what does not, and what is refused.
import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { refuse, runCommand, startCommand, succeed } from "../support/backup-command.ts";
import { createEmptyDatabase, type ScratchDatabase } from "../support/database.ts";
import {
  annotate,
  disposeLater,
  type Fixture,
  importDocument,
  invite,
  makeFixture,
  mutation,
  startServer,
  type TestServer,
  watch,
} from "../support/server.ts";

// Each command is a process of its own, and a restore migrates.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "concord-backup-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

let files = 0;
const newFile = () => join(folder, `${++files}.backup`);

async function emptyDatabase(): Promise<ScratchDatabase> {
  const database = await createEmptyDatabase();
  await disposeLater(() => database.drop());
  return database;
}

async function query<Row extends pg.QueryResultRow>(url: string, sql: string, values: unknown[] = []) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(sql, values)).rows;
  } finally {
    await client.end();
  }
}

const PASSWORD = "correct horse battery";
/** What COPY has to escape, and what looks like the file's own marks. */
const AWKWARD = 'Tab\there.\r\n\\.\n\\N "x" \\\\ қазақ ä 🙂 שלום\u{2028}\u0001 end';

/** A browser's request on the server's own page. */
async function browse(at: TestServer, path: string, body: object, cookie = "") {
  const response = await fetch(at.url + path, {
    method: "POST",
    headers: { "content-type": "application/json", origin: at.url, "sec-fetch-site": "same-origin", cookie },
    body: JSON.stringify(body),
  });
  const cookies = response.headers.getSetCookie().map((line) => line.split(";", 1)[0]);
  const answer: { data?: Record<string, unknown> | null; errors?: unknown } = await response.json();
  return { status: response.status, cookie: cookies.join("; "), answer };
}

const signIn = (at: TestServer, email: string, password = PASSWORD) =>
  browse(at, "/api/auth/sign-in/email", { email, password });

async function setUpOwner(at: TestServer): Promise<{ cookie: string }> {
  const token = new URL(at.app.setUpLink ?? "no:link").hash.slice(1);
  const input = { token, name: "Aigerim", email: "aigerim@example.org", password: PASSWORD };
  const made = await browse(at, "/graphql", { query: mutation("setUpOwner"), variables: { i: input } });
  expect(made.answer.errors).toBeUndefined();
  return made;
}

async function exported(at: TestServer, projectId: string): Promise<string> {
  const response = await fetch(`${at.url}/projects/${projectId}/export?format=json`, {
    headers: { authorization: `Bearer ${at.adminToken}` },
  });
  expect(response.status).toBe(200);
  return response.text();
}

/** Every row of every table that the file names, as PostgreSQL prints it. */
async function contentOf(url: string, file: string): Promise<Record<string, string>> {
  const content: Record<string, string> = {};
  for (const { name, columns } of headerOf(await readFile(file)).tables) {
    const [row] = await query<{ all: string }>(
      url,
      `SELECT coalesce(string_agg(t::text, E'\\n' ORDER BY t::text), '') AS all FROM (SELECT ${columns.map((column) => `"${column}"`).join(", ")} FROM "${name}") t`,
    );
    content[name] = row?.all ?? "";
  }
  return content;
}

interface Header {
  version: number;
  migration: string;
  tables: { name: string; columns: string[] }[];
}

const textOf = (bytes: Uint8Array) => gunzipSync(bytes).toString("utf8");
const headerOf = (bytes: Uint8Array): Header => JSON.parse(textOf(bytes).split("\n", 1)[0] ?? "");

/** A backup with another content and a checksum that fits it. */
async function rewritten(file: string, edit: (text: string) => string): Promise<string> {
  const lines = textOf(await readFile(file)).split("\n");
  const body = edit(`${lines.slice(0, -2).join("\n")}\n`);
  const trailer = {
    ...JSON.parse(lines.at(-2) ?? ""),
    sha256: createHash("sha256").update(body).digest("hex"),
  };
  const other = newFile();
  await writeFile(other, gzipSync(`${body}${JSON.stringify(trailer)}\n`));
  return other;
}

const LOGGED = `__typename revision at clientMutationId author { id name }
  ... on AnnotationSaved { annotation { id version note label { key } span { id quote fragments { start end } } } }
  ... on AnnotationDeleted { annotationId relationIds }
  ... on RelationSaved { relation { id } } ... on CommentSaved { comment { id body } }`;

async function logOf(at: TestServer, documentId: string, revision: number): Promise<unknown[]> {
  const seen = watch<{ revision: number }>(at.socket(), documentId, 0, LOGGED);
  await seen.until((changes) => changes.at(-1)?.revision === revision);
  seen.stop();
  return seen.changes;
}

describe("a server that was destroyed", () => {
  let fixture: Fixture;
  let restored: TestServer;
  let target: ScratchDatabase;
  let file: string;
  let before: { content: Record<string, string>; exports: Record<string, string>; log: unknown[] };
  let old: { session: string; token: string; invitation: string; setUp: string };
  let deleted: { annotationId: string; relationId: string; documentId: string };
  let repeated: { input: object; answer: object };
  const REVISION = 7;

  beforeAll(async () => {
    const server = await startServer();
    const { cookie } = await setUpOwner(server);
    expect((await browse(server, "/graphql", { query: "{ viewer { name } }" }, cookie)).answer.data).toEqual({
      viewer: { name: "Aigerim" },
    });
    fixture = await makeFixture(server, AWKWARD);
    const { projectId, documentId } = fixture;

    const { token } = await invite(server, projectId, "ANNOTATOR", "By token");
    const link = () =>
      server.mutate<{ token: string }>("createInvitation", { projectId, role: "VIEWER" }, "token");
    const joined = await browse(server, "/graphql", {
      query: mutation("acceptInvitation"),
      variables: {
        i: { token: (await link()).token, name: "Dov", email: "dov@example.org", password: PASSWORD },
      },
    });
    expect(joined.answer.errors).toBeUndefined();

    const input = {
      clientMutationId: "kept",
      documentId,
      labelId: fixture.labels.claim,
      fragments: [{ start: 0, end: 3 }],
      note: AWKWARD,
    };
    const saved = "clientMutationId revision annotation { id version note createdAt }";
    const answer = await server.mutate<{ annotation: { id: string } }>(
      "createAnnotation",
      input,
      saved,
      token,
    );
    repeated = { input, answer };
    const claim = answer.annotation.id;
    const speaker = await annotate(server, fixture, { label: "speaker", fragments: [{ start: 4, end: 8 }] });
    await server.mutate(
      "updateAnnotation",
      { id: claim, expectedVersion: 1, note: "second thoughts" },
      saved,
    );
    await server.mutate("createComment", { annotationId: claim, body: "Why?" }, "revision");
    const { relation } = await server.mutate<{ relation: { id: string } }>(
      "createRelation",
      { typeId: fixture.relationTypes.states, sourceId: speaker.id, targetId: claim },
      "relation { id }",
    );
    await server.mutate("deleteAnnotation", { id: speaker.id, expectedVersion: 1 }, "revision");
    await annotate(server, fixture, { fragments: [{ start: 10, end: 12 }], token });
    await server.mutate("setDocumentStatus", { documentId, status: "DONE" }, "__typename");

    const gone = await importDocument(server, projectId, { sourceId: "x-1", metadata: { deep: [1, null] } });
    await server.mutate("deleteDocument", { id: gone }, "__typename");
    deleted = { annotationId: speaker.id, relationId: relation.id, documentId: gone };
    const second = await makeFixture(server);
    await annotate(server, second);
    const lost = await makeFixture(server);
    await server.mutate("deleteProject", { id: lost.projectId }, "__typename");
    // References within a table, in both directions of its order.
    await server.sql("UPDATE document SET replaces_id = $1 WHERE id = $2", [documentId, second.documentId]);
    await server.sql("UPDATE document SET replaces_id = $1 WHERE id = $2", [gone, documentId]);
    await server.sql("UPDATE label SET parent_id = $1 WHERE id = $2", [
      fixture.labels.speaker,
      fixture.labels.claim,
    ]);
    old = { session: cookie, token, invitation: (await link()).token, setUp: server.app.setUpLink ?? "" };

    file = newFile();
    // Beside the running server.
    expect(await succeed("backup", server.database.url, file)).toMatch(
      new RegExp(
        `^Wrote ${file}: 3 projects, 4 documents, 4 annotations, 3 people \\(deleted ones included\\), \\d+\\.\\d kB\\.\\n$`,
      ),
    );
    before = {
      content: await contentOf(server.database.url, file),
      exports: {
        [projectId]: await exported(server, projectId),
        [second.projectId]: await exported(server, second.projectId),
      },
      log: await logOf(server, documentId, REVISION),
    };
    await server.dispose();

    target = await createEmptyDatabase();
    expect(await succeed("restore", target.url, file)).toMatch(
      /^Restored 3 projects, 4 documents, 4 annotations, 3 people \(deleted ones included\), as of .*\n$/,
    );
    expect(await contentOf(target.url, file)).toEqual(before.content);
    restored = await startServer({ demo: true }, target);
  });

  afterAll(async () => {
    await restored?.dispose();
    await target?.drop();
  });

  it("has every row of every table again", async () => {
    expect(Object.values(before.content).filter((rows) => rows !== "")).toHaveLength(19);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await readdir(folder)).filter((name) => name.endsWith(".part"))).toEqual([]);
  });

  it("exports the same bytes", async () => {
    for (const [projectId, json] of Object.entries(before.exports))
      expect(await exported(restored, projectId)).toBe(json);
  });

  it("lets people in by their passwords, and by nothing else that they had", async () => {
    expect((await signIn(restored, "aigerim@example.org")).status).toBe(200);
    const { cookie } = await signIn(restored, "dov@example.org");
    const who = { query: "{ viewer { name } }" };
    expect((await browse(restored, "/graphql", who, cookie)).answer).toEqual({
      data: { viewer: { name: "Dov" } },
    });
    expect((await signIn(restored, "dov@example.org", "wrong horse battery")).status).not.toBe(200);

    // Under the new server's cookie name as well: the old one's is made from the secret.
    const [, value] = old.session.split("=");
    const [name] = cookie.split("=");
    for (const session of [old.session, `${name}=${value}`])
      expect((await browse(restored, "/graphql", who, session)).answer.data?.viewer ?? null).toBeNull();
    expect((await restored.refused("{ viewer { name } }", {}, old.token)).code).toBe("UNAUTHENTICATED");
    expect(
      await restored.must(`{ invitation(token: "${old.invitation}") { projectName } }`, {}, null),
    ).toEqual({ invitation: null });
  });

  it("shows no first owner's link and gets no demo", async () => {
    expect(restored.app.setUpLink).toBeNull();
    const works = `{ setUpLinkWorks(token: "${new URL(old.setUp).hash.slice(1)}") }`;
    expect(await restored.must(works, {}, null)).toEqual({ setUpLinkWorks: false });
    expect(await restored.sql("SELECT count(*)::int FROM project")).toEqual([{ count: 3 }]);
  });

  it("carries no secret, session, token or link", async () => {
    const text = textOf(await readFile(file));
    const names = headerOf(await readFile(file)).tables.map((table) => table.name);
    expect(names).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/session|token|invitation|reset|verification/)]),
    );
    expect(text).not.toContain("auth_secret");
    // Nothing that is carried may lead to what is not.
    const strays = await restored.sql(
      `SELECT conrelid::regclass::text FROM pg_constraint
       WHERE contype = 'f' AND conrelid::regclass::text = ANY($1) AND confrelid::regclass::text <> ALL($1)`,
      [names],
    );
    expect(strays).toEqual([]);
  });

  it("goes on: the log, what was deleted, retries and the order of documents", async () => {
    expect(await logOf(restored, fixture.documentId, REVISION)).toEqual(before.log);
    const back = await restored.mutate<{ revision: number; annotation: { id: string } }>(
      "restoreAnnotation",
      { id: deleted.annotationId },
      "revision annotation { id }",
    );
    expect(back).toEqual({ revision: REVISION + 1, annotation: { id: deleted.annotationId } });
    const { document } = await restored.must<{ document: { relations: { nodes: object[] } } }>(
      "query ($d: ID!) { document(id: $d) { relations { nodes { id } } } }",
      { d: fixture.documentId },
    );
    expect(document.relations.nodes).toEqual([{ id: deleted.relationId }]);

    const [author] = await restored.sql<{ person_id: string }>(
      "SELECT person_id FROM applied_mutation WHERE client_mutation_id = 'kept'",
    );
    const { createAccessToken } = await asPerson(restored, author?.person_id ?? "");
    expect(
      await restored.mutate(
        "createAnnotation",
        repeated.input,
        "clientMutationId revision annotation { id version note createdAt }",
        createAccessToken,
      ),
    ).toEqual(repeated.answer);

    const made = await importDocument(restored, fixture.projectId);
    const order = await restored.sql<{ id: string }>(
      "SELECT id FROM document ORDER BY position DESC LIMIT 1",
    );
    expect(order).toEqual([{ id: made }]);
  });

  it("is not restored over, and not while a server runs on it", async () => {
    expect(await refuse("restore", target.url, file)).toMatch(/ is in use by Concord; stop every server/);
    const other = await emptyDatabase();
    await succeed("restore", other.url, file);
    const content = await contentOf(other.url, file);
    expect(await refuse("restore", other.url, file)).toMatch(
      /^The database at [^ ]+ is not empty: somebody has worked in it \(people 3, projects 3, documents 4\)\. Restore into an empty one: set DATA_DIR .* or DATABASE_URL /,
    );
    expect(await contentOf(other.url, file)).toEqual(content);
  });
});

/** A token for somebody who lost theirs, as if they had made a new one. */
async function asPerson(at: TestServer, personId: string): Promise<{ createAccessToken: string }> {
  const secret = "cct_for-somebody-who-is-in-the-backup-0123456789";
  await at.sql(
    "INSERT INTO access_token (id, person_id, name, hash) VALUES (gen_random_uuid(), $1, 'test', sha256(convert_to($2, 'UTF8')))",
    [personId, secret],
  );
  return { createAccessToken: secret };
}

describe("a file", () => {
  let server: TestServer;
  let file: string;
  beforeAll(async () => {
    server = await startServer();
    await annotate(server, await makeFixture(server));
    file = newFile();
    await succeed("backup", server.database.url, file);
  });
  afterAll(() => server.dispose());

  async function leavesNothing(url: string, other: string): Promise<string> {
    const line = await refuse("restore", url, other);
    expect(await query(url, "SELECT 1 FROM pg_tables WHERE schemaname = 'public'")).toEqual([]);
    return line.replace(other, "FILE");
  }

  it("that is not a whole backup is refused before anything is touched", async () => {
    const { url } = await emptyDatabase();
    const bytes = await readFile(file);
    const put = async (content: Uint8Array | string) => {
      const other = newFile();
      await writeFile(other, content);
      return other;
    };
    const flipped = Buffer.from(bytes);
    flipped.writeUInt8(flipped.readUInt8(flipped.length >> 1) ^ 0x55, flipped.length >> 1);
    const text = textOf(bytes);
    const lines = text.split("\n");
    for (const [content, expected] of [
      [bytes.subarray(0, bytes.length >> 1), "FILE is cut off."],
      [bytes.subarray(0, 200), "FILE is cut off."],
      [gzipSync(lines.slice(0, -2).join("\n")), "FILE is cut off."],
      [gzipSync(`${lines.slice(0, -2).join("\n")}\n`), "FILE is cut off."],
      [gzipSync(lines.slice(0, 5).join("\n")), "FILE is cut off."],
      [flipped, expect.stringMatching(/^FILE is (damaged|cut off)/)],
      [
        gzipSync(text.replace("A report", "A retort")),
        "FILE is damaged: its content does not fit its checksum.",
      ],
      [gzipSync(`${text}more\n`), "FILE is damaged: something follows its end."],
      [Buffer.concat([bytes, bytes]), "FILE is damaged: something follows its end."],
      ["", "FILE is cut off."],
      ["hello", "FILE is damaged, or not a backup of Concord."],
      [gzipSync(""), "FILE is not a backup of Concord."],
      [gzipSync('{"format":"concord-corpus","version":1}\n'), "FILE is not a backup of Concord."],
    ] as const) {
      expect(await leavesNothing(url, await put(content))).toEqual(expected);
    }
    expect(await leavesNothing(url, join(folder, "none"))).toBe("FILE is not there.");
    expect(await leavesNothing(url, folder)).toMatch(/^FILE can't be read/);
    const fewer = await rewritten(file, (body) => body.replace(/^\\\.[1-9]\d*$/m, "\\.0"));
    expect(await leavesNothing(url, fewer)).toMatch(/^FILE is damaged: \w+ has \d+ rows/);
  });

  it("of a newer Concord is refused with its version", async () => {
    const { url } = await emptyDatabase();
    const { migration } = headerOf(await readFile(file));
    const later = await rewritten(file, (body) =>
      body.replace(migration, "99991231000000_later").replace('"concord":"', '"concord":"9.'),
    );
    expect(await leavesNothing(url, later)).toMatch(
      /^FILE was made by Concord 9\.\S+, whose database is newer than this one knows \(99991231000000_later;/,
    );
    const format = await rewritten(file, (body) => body.replace('"version":1', '"version":2'));
    expect(await leavesNothing(url, format)).toBe(
      "FILE is a backup in version 2 of the format, and this Concord reads 1: restore it with a newer one.",
    );
  });

  it("whose rows don't fit together leaves an empty database", async () => {
    const { url } = await emptyDatabase();
    const dangling = await rewritten(file, (body) =>
      body.replace(/(\{"table":"membership"\}\n)[^\t]+/, "$1aaaaaaaa-0000-7000-8000-000000000000"),
    );
    expect(await refuse("restore", url, dangling)).toContain("membership_project_id_fkey");
    expect(await query(url, "SELECT 1 FROM person")).toEqual([]);
    await succeed("restore", url, file);
  });

  it("is never written over, and the command says how it is used", async () => {
    const bytes = await readFile(file);
    expect(await refuse("backup", server.database.url, file)).toBe(
      `${file} is there already; a backup replaces nothing. Choose another name.`,
    );
    expect((await readFile(file)).equals(bytes)).toBe(true);
    expect(await refuse("backup", server.database.url, join(folder, "no", "folder"))).toContain(
      "can't be made",
    );
    for (const args of [[], ["one", "two"]]) {
      expect(await runCommand("backup", server.database.url, ...args)).toEqual({
        code: 1,
        stdout: "",
        stderr: "Usage: npm run backup -- FILE\n",
      });
    }
    expect(await refuse("backup", "postgresql://127.0.0.1:1/none", newFile())).toBe(
      "The database at 127.0.0.1:1/none can't be reached: connect ECONNREFUSED 127.0.0.1:1",
    );
    expect(await refuse("backup", (await emptyDatabase()).url, newFile())).toMatch(
      / is empty: there is nothing/,
    );
  });

  it("is written by one of two backups that have the same in mind", async () => {
    const wanted = newFile();
    const [one, other] = await Promise.all([
      runCommand("backup", server.database.url, wanted),
      runCommand("backup", server.database.url, wanted),
    ]);
    expect([one.code, other.code].sort()).toEqual([0, 1]);
    expect(one.stderr + other.stderr).toMatch(/ is there already/);
    await succeed("restore", (await emptyDatabase()).url, wanted);
  });
});

describe("a target", () => {
  it("that was started once and left alone takes a restore; one that was used does not", async () => {
    const source = await startServer();
    await disposeLater(() => source.dispose());
    const { projectId } = await makeFixture(source);
    const file = newFile();
    await succeed("backup", source.database.url, file);

    const fresh = await emptyDatabase();
    await succeed("restore", fresh.url, file);
    await query(fresh.url, "DELETE FROM project; DELETE FROM applied_mutation");
    await (await startServer({ demo: true }, fresh)).dispose();
    expect(await query(fresh.url, "SELECT count(*)::int FROM project")).toEqual([{ count: 1 }]);
    await succeed("restore", fresh.url, file);
    expect(await query(fresh.url, "SELECT id FROM project")).toEqual([{ id: projectId }]);

    await query(fresh.url, "DELETE FROM project; DELETE FROM applied_mutation");
    const used = await startServer({}, fresh);
    await used.mutate("createProject", { name: "Mine" }, "project { id }");
    await used.dispose();
    expect(await refuse("restore", fresh.url, file)).toContain("is not empty");
    await query(fresh.url, "DELETE FROM project");
    const signedIn = await startServer({}, fresh);
    await setUpOwner(signedIn);
    await signedIn.dispose();
    expect(await refuse("restore", fresh.url, file)).toContain("is not empty");
  });

  it("of something else is left alone", async () => {
    const server = await startServer();
    await disposeLater(() => server.dispose());
    const file = newFile();
    await succeed("backup", server.database.url, file);
    const { url } = await emptyDatabase();
    await query(url, "CREATE TABLE comment (text text); INSERT INTO comment VALUES ('theirs')");
    expect(await refuse("restore", url, file)).toContain(
      "has tables that this Concord did not make (comment",
    );
    expect(await query(url, "SELECT text FROM comment")).toEqual([{ text: "theirs" }]);

    await server.sql("CREATE TABLE theirs (text text)");
    expect(await runCommand("backup", server.database.url, newFile())).toMatchObject({
      code: 0,
      stderr: 'The table "theirs" is not Concord\'s and is not in the backup.\n',
    });
  });
});

it("an installation without a project stays without one", async () => {
  const server = await startServer();
  await setUpOwner(server);
  const file = newFile();
  await succeed("backup", server.database.url, file);
  await server.dispose();
  const target = await emptyDatabase();
  await succeed("restore", target.url, file);
  const restored = await startServer({ demo: true }, target);
  await disposeLater(() => restored.dispose());
  expect(await restored.must("{ projects { totalCount } }")).toEqual({ projects: { totalCount: 0 } });
});

it("a backup from before a migration is brought up to date", async () => {
  const [first] = (await readdir(new URL("../../prisma/migrations", import.meta.url))).sort();
  const old = await emptyDatabase();
  await query(
    old.url,
    await readFile(new URL(`../../prisma/migrations/${first}/migration.sql`, import.meta.url), "utf8"),
  );
  await query(
    old.url,
    `CREATE TABLE _prisma_migrations (id text, checksum text, finished_at timestamptz, migration_name text,
       logs text, rolled_back_at timestamptz, started_at timestamptz, applied_steps_count int);
     INSERT INTO _prisma_migrations (migration_name, finished_at) VALUES ('${first}', now());
     INSERT INTO person (id, name) VALUES ('aaaaaaaa-0000-7000-8000-000000000000', 'Ilse');
     INSERT INTO installation (owner_id, auth_secret) VALUES ('aaaaaaaa-0000-7000-8000-000000000000', 'old');
     INSERT INTO project (id, name) VALUES ('bbbbbbbb-0000-7000-8000-000000000000', 'Borders');
     INSERT INTO membership (project_id, person_id, role)
       VALUES ('bbbbbbbb-0000-7000-8000-000000000000', 'aaaaaaaa-0000-7000-8000-000000000000', 'OWNER')`,
  );
  const file = newFile();
  await succeed("backup", old.url, file);
  expect(headerOf(await readFile(file)).migration).toBe(first);
  const target = await emptyDatabase();
  await succeed("restore", target.url, file);
  const restored = await startServer({}, target);
  await disposeLater(() => restored.dispose());
  expect(await restored.must("{ viewer { name } projects { nodes { name } } }")).toEqual({
    viewer: { name: "Ilse" },
    projects: { nodes: [{ name: "Borders" }] },
  });
  expect(await restored.sql("SELECT auth_secret = 'old' AS same FROM installation")).toEqual([
    { same: false },
  ]);
});

describe("breaking off", () => {
  let server: TestServer;
  let file: string;
  beforeAll(async () => {
    server = await startServer();
    const { documentId } = await makeFixture(server);
    // Enough for a restore to be met in the middle of it.
    await server.sql(
      `INSERT INTO layer_change (project_id, layer_id, revision, at, author_id, kind, payload)
       SELECT layer.project_id, layer.id, n, now(), installation.owner_id, 'COMMENT_DELETED', jsonb_build_object('filler', md5(n::text))
       FROM generate_series(1, 100000) n, layer, installation WHERE document_id = $1`,
      [documentId],
    );
    file = newFile();
    await succeed("backup", server.database.url, file);
  });
  afterAll(() => server.dispose());

  it.for(["SIGINT", "SIGTERM", "SIGKILL"] as const)(
    "a restore by %s leaves an empty server that takes it again",
    async (signal) => {
      const { url } = await emptyDatabase();
      const { child, ended } = startCommand("restore", url, file);
      await vi.waitFor(
        async () =>
          expect(
            await query(
              url,
              `SELECT 1 FROM pg_stat_activity WHERE state = 'active' AND query LIKE 'COPY "layer_change"%' AND datname = current_database()`,
            ),
          ).toHaveLength(1),
        { timeout: 60_000, interval: 5 },
      );
      child.kill(signal);
      const { code, stdout, stderr } = await ended;
      expect(stdout).toBe("");
      if (signal !== "SIGKILL") {
        expect(code).toBe(signal === "SIGINT" ? 130 : 143);
        expect(stderr).toMatch(/The restore was broken off; nothing of it is left\.\n$/);
      }
      expect(await query(url, "SELECT 1 FROM person UNION ALL SELECT 1 FROM project")).toEqual([]);
      await succeed("restore", url, file);
      expect(await query(url, "SELECT count(*)::int FROM layer_change")).toEqual([{ count: 100_000 }]);
    },
  );

  it.for(["SIGINT", "SIGTERM"] as const)("a backup by %s leaves no file", async (signal) => {
    const holder = new pg.Client({ connectionString: server.database.url });
    await holder.connect();
    await disposeLater(() => holder.end());
    await holder.query("BEGIN; LOCK TABLE layer_change IN ACCESS EXCLUSIVE MODE");
    const wanted = newFile();
    const { child, ended } = startCommand("backup", server.database.url, wanted);
    await vi.waitFor(
      async () =>
        expect(
          await server.sql(
            `SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE 'COPY "layer_change"%' AND datname = current_database()`,
          ),
        ).toHaveLength(1),
      { timeout: 60_000 },
    );
    child.kill(signal);
    expect(await ended).toMatchObject({ code: signal === "SIGINT" ? 130 : 143, stdout: "" });
    const left = (await readdir(folder)).filter((name) => join(folder, name).startsWith(wanted));
    expect(left).toEqual([]);
  });

  it("a backup whose database goes away says so and leaves no file", async () => {
    const holder = new pg.Client({ connectionString: server.database.url });
    await holder.connect();
    await disposeLater(() => holder.end());
    await holder.query("BEGIN; LOCK TABLE layer_change IN ACCESS EXCLUSIVE MODE");
    const wanted = newFile();
    const line = refuse("backup", server.database.url, wanted);
    await vi.waitFor(
      async () =>
        expect(
          await server.sql(
            `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE 'COPY "layer_change"%' AND datname = current_database()`,
          ),
        ).toHaveLength(1),
      { timeout: 60_000 },
    );
    expect(await line).toMatch(/^The database at .* can't be read: terminating connection/);
    expect((await readdir(folder)).filter((name) => join(folder, name).startsWith(wanted))).toEqual([]);
  });
});
