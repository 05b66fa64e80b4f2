// @concord/client on a real server: asking, changing, paging, watching over a server that goes away, corpora in and out.
import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import {
  type ConcordClient,
  ConcordError,
  CreateAnnotation,
  createClient,
  DeleteAnnotation,
  type DocumentChange,
  ListAnnotations,
  ListRelations,
  ReadDocument,
  ReadViewer,
  readLines,
  UpdateAnnotation,
} from "@concord/client";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createScratchDatabase } from "../support/database.ts";
import {
  annotate,
  disposeLater,
  type Fixture,
  importDocument,
  invite,
  makeFixture,
  startServer,
  type TestServer,
} from "../support/server.ts";
import { startTcpProxy } from "../support/tcp-proxy.ts";

let server: TestServer;
let concord: ConcordClient;
let fixture: Fixture;
beforeAll(async () => {
  server = await startServer();
  concord = createClient({ url: `${server.url}/`, token: server.adminToken });
});
beforeEach(async () => {
  fixture = await makeFixture(server);
});
afterAll(async () => {
  await concord?.dispose();
  await server?.dispose();
});

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const found: Item[] = [];
  for await (const item of items) found.push(item);
  return found;
}

async function* chunks(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read())
    if (value) yield value;
}

/** What an act was refused with. */
async function refusal(act: () => Promise<unknown>): Promise<ConcordError> {
  const error = await act().then(
    () => new Error("it was not refused"),
    (refused: unknown) => refused,
  );
  if (!(error instanceof ConcordError)) throw error;
  return error;
}

const place = (start: number, end: number, label = "claim") => ({
  documentId: fixture.documentId,
  labelId: fixture.labels[label] ?? "",
  fragments: [{ start, end }],
});

describe("asking and changing", () => {
  it("knows the types of what it asks", async () => {
    const { document } = await concord.query(ReadDocument, { id: fixture.documentId });
    expect(document?.text).toBe(fixture.text);
    const { viewer } = await concord.query(ReadViewer, {});
    expect(viewer?.name).toBe("Owner");
  });

  it("tells code, field and what is there now", async () => {
    const bad = await refusal(() => concord.mutate(CreateAnnotation, place(5, 5)));
    expect(bad).toMatchObject({ code: "BAD_USER_INPUT", field: "input.fragments[0].end" });
    const { createAnnotation } = await concord.mutate(CreateAnnotation, place(4, 12));
    const { id } = createAnnotation.annotation;
    await concord.mutate(UpdateAnnotation, { id, expectedVersion: 1, note: "first" });
    const late = await refusal(() =>
      concord.mutate(UpdateAnnotation, { id, expectedVersion: 1, note: "late" }),
    );
    expect(late).toMatchObject({ code: "CONFLICT", current: { id, version: 2, note: "first" } });
    expect(await refusal(() => concord.query(ReadDocument, { id: "boats" }))).toMatchObject({
      code: "BAD_USER_INPUT",
      field: "id",
    });
  });

  it("tells a wrong token, a wrong address and no server apart", async () => {
    const stranger = createClient({ url: server.url, token: "wrong" });
    expect(await refusal(() => stranger.query(ReadViewer, {}))).toMatchObject({ code: "UNAUTHENTICATED" });
    expect(await refusal(() => stranger.export(fixture.projectId))).toMatchObject({
      code: "UNAUTHENTICATED",
    });
    const watching = stranger.watchDocument(fixture.documentId, { afterRevision: 0 });
    expect(await refusal(() => watching.next())).toMatchObject({ code: "UNAUTHENTICATED" });
    await stranger.dispose();

    const other = createServer((_request, response) => response.end("<h1>Something else</h1>"));
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const address = other.address();
    const port = typeof address === "object" ? address?.port : 0;
    const elsewhere = createClient({ url: `http://127.0.0.1:${port}`, token: "any", retries: 0 });
    expect(await refusal(() => elsewhere.query(ReadViewer, {}))).toMatchObject({ code: "NOT_CONCORD" });
    await new Promise((resolve) => other.close(resolve));
    expect(await refusal(() => elsewhere.query(ReadViewer, {}))).toMatchObject({ code: "UNREACHABLE" });
    expect(
      await refusal(() => elsewhere.watchDocument(randomUUID(), { afterRevision: 0 }).next()),
    ).toMatchObject({
      code: "UNREACHABLE",
    });
    await elsewhere.dispose();
  });

  it("sends a change again after a lost answer, and it is made once", async () => {
    let lost = 0;
    const forgetful = createClient({
      url: server.url,
      token: server.adminToken,
      fetch: async (input, init) => {
        const response = await fetch(input, init);
        if (lost++ > 1) return response;
        await response.text();
        throw new TypeError("fetch failed");
      },
    });
    const { createAnnotation } = await forgetful.mutate(CreateAnnotation, place(4, 12));
    expect(lost).toBe(3);
    expect(createAnnotation.revision).toBe(1);
    const made = await all(concord.annotations({ projectId: fixture.projectId }));
    expect(made.map(({ id }) => id)).toEqual([createAnnotation.annotation.id]);
    // What nobody can repeat is sent once.
    lost = 0;
    const once = await refusal(() =>
      forgetful.request(`mutation { deleteProject(input: { id: "${fixture.projectId}" }) { projectId } }`),
    );
    expect(once.code).toBe("UNREACHABLE");
    expect(lost).toBe(1);
  });
});

describe("reading page by page", () => {
  it("leaves nothing out and names the same twice never, also while others write", async () => {
    const { projectId } = fixture;
    const ids: string[] = [];
    for (let index = 0; index < 7; index++) ids.push((await annotate(server, fixture)).id);
    // Pages of two, so that there are several.
    const pages = concord.pages(
      ListAnnotations,
      { filter: { projectId }, first: 2 },
      ({ annotations }) => annotations,
    );
    const seen: string[] = [];
    for await (const { id } of pages) {
      seen.push(id);
      if (seen.length === 3) await annotate(server, fixture, { fragments: [{ start: 0, end: 2 }] });
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toEqual(expect.arrayContaining(ids));
  });

  it("lists projects, documents and relations", async () => {
    const second = await importDocument(server, fixture.projectId, { title: "Second" });
    const names = (await all(concord.projects())).map(({ id }) => id);
    expect(names).toContain(fixture.projectId);
    const documents = (await all(concord.documents(fixture.projectId))).map(({ id }) => id);
    expect(documents).toEqual([fixture.documentId, second]);
    const { documentId } = fixture;
    const relations = concord.pages(ListRelations, { documentId }, ({ document }) => document?.relations);
    expect(await all(relations)).toEqual([]);
    expect(await refusal(() => all(concord.documents(randomUUID())))).toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("watching", () => {
  const revisions = (changes: DocumentChange[]) => changes.map(({ revision }) => revision);

  it("tells every change once, in order, over a server that is killed and started again", async () => {
    const database = await createScratchDatabase();
    await disposeLater(() => database.drop());
    let present = await startServer({}, database);
    await disposeLater(() => present.dispose());
    const { adminToken } = present;
    const port = Number(new URL(present.url).port);
    const proxy = await startTcpProxy(port);
    await disposeLater(() => proxy.dispose());
    const made = await makeFixture(present);
    const client = createClient({ url: `http://127.0.0.1:${proxy.port}`, token: adminToken });
    await disposeLater(() => client.dispose());
    await annotate(present, made);

    const abort = new AbortController();
    const interruptions: string[] = [];
    const changes: DocumentChange[] = [];
    const arrived = new Map<number, () => void>();
    const until = (count: number) =>
      new Promise<void>((resolve) => (changes.length >= count ? resolve() : arrived.set(count, resolve)));
    const watching = (async () => {
      const options = {
        afterRevision: 0,
        signal: abort.signal,
        onInterrupted: ({ code }: ConcordError) => interruptions.push(code),
      };
      for await (const change of client.watchDocument(made.documentId, options)) {
        changes.push(change);
        arrived.get(changes.length)?.();
      }
    })();
    await until(1);
    await annotate(present, made);
    await until(2);

    await proxy.stop();
    // Somebody else goes on meanwhile.
    await annotate(present, made);
    await present.dispose();
    present = await startServer({ port, publicUrl: present.url, adminToken }, database);
    await annotate(present, made);
    await proxy.start();
    await until(4);
    await annotate(present, made);
    await until(5);
    expect(revisions(changes)).toEqual([1, 2, 3, 4, 5]);
    expect(new Set(interruptions)).toEqual(new Set(["UNREACHABLE"]));
    abort.abort();
    await watching;
  });

  it("begins now unless a revision is named, and ends when it is left", async () => {
    await annotate(server, fixture);
    const watching = concord.watchDocument(fixture.documentId);
    let isTold = false;
    const first = watching.next().finally(() => {
      isTold = true;
    });
    // Which of these is the first that it sees depends on when it asked.
    while (!isTold) await annotate(server, fixture);
    expect((await first).value?.revision).toBeGreaterThan(1);
    await watching.return();
    expect(await watching.next()).toMatchObject({ done: true });
  });

  it("tells what is gone, what is not there, and who may not see it any more", async () => {
    const gone = concord.watchDocument(fixture.documentId, { afterRevision: 100 });
    expect(await refusal(() => gone.next())).toMatchObject({ code: "REVISION_GONE" });
    const nowhere = concord.watchDocument(randomUUID(), { afterRevision: 0 });
    expect(await refusal(() => nowhere.next())).toMatchObject({ code: "NOT_FOUND" });
    const { token, userId } = await invite(server, fixture.projectId, "VIEWER");
    const viewer = createClient({ url: server.url, token });
    const watching = viewer.watchDocument(fixture.documentId, { afterRevision: 0 });
    const first = watching.next();
    await annotate(server, fixture);
    expect((await first).value).toMatchObject({ revision: 1 });
    await server.mutate("removeMember", { projectId: fixture.projectId, userId }, "clientMutationId");
    expect(await refusal(() => watching.next())).toMatchObject({ code: "FORBIDDEN" });
    await viewer.dispose();
  });

  it("watches several documents, and projects, on one socket", async () => {
    const second = await importDocument(server, fixture.projectId, { title: "Second" });
    const one = concord.watchDocument(fixture.documentId, { afterRevision: 0 });
    const two = concord.watchProject(fixture.projectId, { afterRevision: 0 });
    const { id } = await annotate(server, fixture);
    await concord.mutate(DeleteAnnotation, { id, expectedVersion: 1 });
    expect((await one.next()).value).toMatchObject({ __typename: "AnnotationSaved", annotation: { id } });
    expect((await one.next()).value).toMatchObject({ __typename: "AnnotationDeleted", annotationId: id });
    const imported: unknown[] = [];
    for await (const change of two) {
      if (change.__typename === "DocumentsImported") imported.push(...change.documentIds);
      if (imported.length === 2) break;
    }
    expect(imported).toEqual([fixture.documentId, second]);
    await one.return();
  });
});

describe("corpora", () => {
  it("go out as a stream and in as a job", async () => {
    await annotate(server, fixture, { note: "kept" });
    const lines = await all(readLines(await concord.export(fixture.projectId, { format: "ndjson" })));
    expect(lines).toHaveLength(2);
    const project = await server.mutate<{ project: { id: string } }>(
      "createProject",
      { name: "Copy" },
      "project { id }",
    );
    const file = `${lines.join("\n")}\n`;
    const dry = await concord.import(project.project.id, file, { dryRun: true });
    expect(await concord.job(dry.id)).toMatchObject({ state: "done", documentCount: 1 });
    expect(await all(concord.documents(project.project.id))).toEqual([]);
    const stages: string[] = [];
    const { id } = await concord.import(project.project.id, new Blob([file]).stream());
    const job = await concord.job(id, { onProgress: ({ state }) => stages.push(state) });
    expect(job).toMatchObject({ state: "done", documentCount: 1, annotationCount: 1 });
    expect(stages.at(-1)).toBe("done");
    expect(await refusal(() => concord.cancelJob(id))).toMatchObject({ code: "CONFLICT" });
    // What was only looked at can be started, and what was brought in be taken back.
    await concord.undoImport(id);
    expect(await concord.job(id)).toMatchObject({ state: "cancelled", documentCount: 0 });
    const started = await concord.startImport(dry.id, { labels: { claim: null } });
    expect(await concord.job(started.id)).toMatchObject({
      state: "done",
      documentCount: 1,
      annotationCount: 0,
    });
    expect(await refusal(() => concord.startImport(dry.id))).toMatchObject({ code: "CONFLICT" });
  });

  it("go out as chosen, and tell before what is left out", async () => {
    const { id } = await annotate(server, fixture, { note: "kept" });
    const chosen = { documents: [fixture.documentId], labels: ["claim"], statuses: ["inProgress" as const] };
    const [, line = ""] = await all(
      readLines(await concord.export(fixture.projectId, { format: "ndjson", ...chosen })),
    );
    expect(JSON.parse(line)).toMatchObject({ annotations: [{ id }] });
    const later = { ...chosen, format: "csv", table: "annotations" as const, updatedBefore: "2026-01-01" };
    expect(await all(readLines(await concord.export(fixture.projectId, later)))).toHaveLength(1);
    expect(await concord.exportReport(fixture.projectId, { ...chosen, format: "csv" })).toMatchObject({
      ...{ documentCount: 1, annotationCount: 1, relationCount: 0, commentCount: 0 },
      leftOut: expect.arrayContaining([
        expect.objectContaining({ message: '"A report": one annotation is left out.', severity: "warning" }),
      ]),
    });
  });

  it("refuse what the server has no format for", async () => {
    const bad = await refusal(() => concord.export(fixture.projectId, { format: "carrier-pigeon" }));
    expect(bad).toMatchObject({ code: "BAD_USER_INPUT", field: "format", status: 400 });
    const nowhere = await refusal(() => concord.import(randomUUID(), "{}"));
    expect(nowhere).toMatchObject({ code: "NOT_FOUND", status: 404 });
  });

  it("tell when a download ended before its end", async () => {
    const halfway = createServer((_request, response) => {
      response.write("half");
      setImmediate(() => response.destroy());
    });
    await new Promise<void>((resolve) => halfway.listen(0, "127.0.0.1", resolve));
    await disposeLater(() => new Promise<void>((resolve) => halfway.close(() => resolve())));
    const address = halfway.address();
    const port = typeof address === "object" ? address?.port : 0;
    const client = createClient({ url: `http://127.0.0.1:${port}`, token: "any" });
    const stream = await client.export(randomUUID());
    expect(await refusal(() => all(chunks(stream)))).toMatchObject({ code: "BROKEN_OFF" });
  });
});
