// Who is how far with a document, what has become of an annotation, and who did what in a project.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  annotate,
  type Fixture,
  importDocument,
  invite,
  makeFixture,
  startServer,
  type TestServer,
  watchProject,
} from "../support/server.ts";
import { expectWholeLogs } from "../support/whole-logs.ts";
import { exportFile, importFile } from "./importing.ts";

let server: TestServer;
let fixture: Fixture;
let marat: { token: string; userId: string };
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.dispose());

async function start(): Promise<void> {
  fixture = await makeFixture(server);
  marat = await invite(server, fixture.projectId, "ANNOTATOR", "Marat");
}

describe("how far people are with a document", () => {
  beforeAll(start);

  const read = async (token?: string) => {
    const { project } = await server.must<{
      project: { documents: { nodes: { id: string; myStatus: string; statuses: object[] }[] } };
    }>(
      `query ($p: ID!) { project(id: $p) { documents { nodes { id myStatus statuses { status user { name } } } } } }`,
      { p: fixture.projectId },
      token,
    );
    return project.documents.nodes.find(({ id }) => id === fixture.documentId);
  };
  const say = (status: string, token?: string, more: object = {}) =>
    server.mutate(
      "setDocumentStatus",
      { documentId: fixture.documentId, status, ...more },
      "document { myStatus }",
      token,
    );

  it("follows from what they made until they say so themselves, and again once they take it back", async () => {
    expect(await read()).toMatchObject({ myStatus: "NEW", statuses: [] });
    const { id } = await annotate(server, fixture, { token: marat.token });
    expect(await read(marat.token)).toMatchObject({
      myStatus: "IN_PROGRESS",
      statuses: [{ status: "IN_PROGRESS", user: { name: "Marat" } }],
    });
    expect(await say("DONE", marat.token)).toEqual({ document: { myStatus: "DONE" } });
    expect(await say("IN_PROGRESS")).toEqual({ document: { myStatus: "IN_PROGRESS" } });
    expect(await read()).toMatchObject({
      myStatus: "IN_PROGRESS",
      statuses: [
        { status: "DONE", user: { name: "Marat" } },
        { status: "IN_PROGRESS", user: { name: "Owner" } },
      ],
    });
    expect(await say("NEW", marat.token)).toEqual({ document: { myStatus: "IN_PROGRESS" } });
    await server.mutate("deleteAnnotation", { id, expectedVersion: 1 }, "revision", marat.token);
    expect(await read(marat.token)).toMatchObject({ myStatus: "NEW" });
  });

  it("is told live, once for each change, and not where nothing changes", async () => {
    const { project } = await server.must<{ project: { revision: number } }>(
      `query ($p: ID!) { project(id: $p) { revision } }`,
      { p: fixture.projectId },
    );
    const selection =
      "revision author { name } ... on DocumentStatusChanged { status document { id statuses { status } } }";
    const seen = watchProject<{ revision: number }>(
      server.socket(),
      fixture.projectId,
      project.revision,
      selection,
    );
    await say("DONE", marat.token, { clientMutationId: "done" });
    await say("DONE", marat.token, { clientMutationId: "done" });
    await say("DONE", marat.token);
    await say("NEW", marat.token);
    const changes = await seen.until((all) => all.length >= 2);
    seen.stop();
    expect(changes).toMatchObject([
      { author: { name: "Marat" }, status: "DONE", document: { id: fixture.documentId } },
      { author: { name: "Marat" }, status: "NEW" },
    ]);
    await expectWholeLogs(server);
  });

  it("is not for viewers to say, nor for anybody once it is archived", async () => {
    const viewer = await invite(server, fixture.projectId, "VIEWER");
    const input = { documentId: fixture.documentId, status: "DONE" };
    expect(await server.refuses("setDocumentStatus", input, viewer.token)).toMatchObject({
      code: "FORBIDDEN",
    });
    await server.mutate("updateDocument", { id: fixture.documentId, archived: true }, "document { id }");
    expect(await server.refuses("setDocumentStatus", input)).toMatchObject({ code: "FORBIDDEN" });
  });
});

it("what came in with a file is nobody's work until somebody changes it", async () => {
  await start();
  const { projectId } = fixture;
  const line = JSON.stringify({ text: "Ann saw Rome.", label: [[0, 3, "speaker"]] });
  const [documentId] = (await importFile(server, projectId, line, "?format=doccano")).documents;
  const { document } = await server.must<{ document: { annotations: { nodes: { id: string }[] } } }>(
    `query ($id: ID!) { document(id: $id) { annotations { nodes { id } } } }`,
    { id: documentId },
  );
  const far = async () => {
    const { document: now, project } = await server.must<{
      document: { statuses: { user: { name: string } }[] };
      project: { progress: { people: { user: { name: string }; inProgress: number }[] } };
    }>(
      `query ($d: ID!, $p: ID!) {
        document(id: $d) { statuses { user { name } } }
        project(id: $p) { progress { people { user { name } inProgress } } } }`,
      { d: documentId, p: projectId },
    );
    const begun = project.progress.people.filter(({ inProgress }) => inProgress > 0);
    const files = await exportFile(server, projectId, "ndjson", "&status=new");
    return {
      statuses: now.statuses.map(({ user }) => user.name),
      people: begun.map(({ user }) => user.name),
      isNew: files.includes("Ann saw Rome."),
    };
  };
  expect(await far()).toEqual({ statuses: [], people: [], isNew: true });
  const [annotation] = document.annotations.nodes;
  const curator = await invite(server, projectId, "CURATOR", "Ilse");
  const change = { id: annotation?.id, expectedVersion: 1, note: "Who is she?" };
  await server.mutate("updateAnnotation", change, "revision", curator.token);
  expect(await far()).toEqual({ statuses: ["Ilse"], people: ["Ilse"], isNew: false });
});

describe("how far a team is with a project", () => {
  beforeAll(start);

  const read = async () => {
    const { project } = await server.must<{ project: { progress: object } }>(
      `query ($p: ID!) { project(id: $p) { progress {
        documentCount doneBy people { done inProgress user { name } } } } }`,
      { p: fixture.projectId },
    );
    return project.progress;
  };

  it("counts documents in use by how many are done, and people by how far they are", async () => {
    const second = await importDocument(server, fixture.projectId);
    const archived = await importDocument(server, fixture.projectId);
    await invite(server, fixture.projectId, "VIEWER", "Reader");
    const say = (documentId: string, token?: string) =>
      server.mutate("setDocumentStatus", { documentId, status: "DONE" }, "document { id }", token);
    await annotate(server, fixture, { token: marat.token });
    for (const id of [second, archived]) await say(id, marat.token);
    await say(second);
    await server.mutate("updateDocument", { id: archived, archived: true }, "document { id }");
    expect(await read()).toEqual({
      documentCount: 2,
      doneBy: [1, 0, 1],
      people: [
        { done: 1, inProgress: 1, user: { name: "Marat" } },
        { done: 1, inProgress: 0, user: { name: "Owner" } },
      ],
    });
    // Who has left no longer counts.
    await server.mutate(
      "removeMember",
      { projectId: fixture.projectId, userId: marat.userId },
      "project { id }",
    );
    expect(await read()).toMatchObject({ doneBy: [1, 1], people: [{ user: { name: "Owner" } }] });
  });
});

describe("an annotation's history", () => {
  beforeAll(start);

  interface Page {
    nodes: { revision: number; kind: string; parts: string[] | null }[];
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
    totalCount: number;
  }
  const history = async (id: string, first: number, after: string | null = null) => {
    const { annotation } = await server.must<{ annotation: { history: Page } }>(
      `query ($a: ID!, $n: Int, $c: String) { annotation(id: $a) { history(first: $n, after: $c) {
        nodes { revision kind parts author { name } annotation { version note label { key } span { quote } } }
        pageInfo { hasNextPage endCursor } totalCount } } }`,
      { a: id, n: first, c: after },
    );
    return annotation.history;
  };

  it("says who did what, the latest first, each as of then", async () => {
    const { id } = await annotate(server, fixture, { token: marat.token, note: "First." });
    await annotate(server, fixture);
    const update = (expectedVersion: number, input: object) =>
      server.mutate("updateAnnotation", { id, expectedVersion, ...input }, "revision");
    await update(1, { labelId: fixture.labels.speaker, fragments: [{ start: 4, end: 12 }] });
    await update(2, { note: "Second." });
    await server.mutate("deleteAnnotation", { id, expectedVersion: 3 }, "revision");
    await server.mutate("restoreAnnotation", { id }, "revision");
    await server.mutate(
      "mergeLabel",
      { id: fixture.labels.speaker, intoId: fixture.labels.claim, widenRelationTypes: true },
      "annotationCount",
    );

    const all = await history(id, 10);
    const owner = { name: "Owner" };
    expect(all.nodes).toEqual([
      {
        revision: 7,
        kind: "CHANGED",
        parts: ["LABEL"],
        author: owner,
        annotation: { version: 5, note: "Second.", label: { key: "claim" }, span: { quote: "minister" } },
      },
      {
        revision: 6,
        kind: "RESTORED",
        parts: [],
        author: owner,
        annotation: { version: 4, note: "Second.", label: { key: "speaker" }, span: { quote: "minister" } },
      },
      { revision: 5, kind: "DELETED", parts: [], author: owner, annotation: null },
      {
        revision: 4,
        kind: "CHANGED",
        parts: ["NOTE"],
        author: owner,
        annotation: { version: 3, note: "Second.", label: { key: "speaker" }, span: { quote: "minister" } },
      },
      {
        revision: 3,
        kind: "CHANGED",
        parts: ["LABEL", "PLACE"],
        author: owner,
        annotation: { version: 2, note: "First.", label: { key: "speaker" }, span: { quote: "minister" } },
      },
      {
        revision: 1,
        kind: "CREATED",
        parts: [],
        author: { name: "Marat" },
        annotation: { version: 1, note: "First.", label: { key: "claim" }, span: { quote: "The" } },
      },
    ]);
    const first = await history(id, 4);
    const second = await history(id, 4, first.pageInfo.endCursor);
    expect([...first.nodes, ...second.nodes]).toEqual(all.nodes);
    expect([first.totalCount, first.pageInfo.hasNextPage, second.pageInfo.hasNextPage]).toEqual([
      6,
      true,
      false,
    ]);
  });

  it("knows nothing of the state before what came in with a text", async () => {
    const { id } = await annotate(server, fixture);
    await server.sql(`delete from layer_change where payload #>> '{annotation,id}' = $1`, [id]);
    expect((await history(id, 10)).nodes).toEqual([]);
    await server.mutate("updateAnnotation", { id, expectedVersion: 1, note: "x" }, "revision");
    expect((await history(id, 10)).nodes).toMatchObject([{ kind: "CHANGED", parts: null }]);
  });
});

describe("what was deleted from a document", () => {
  beforeAll(start);

  const deleted = async () => {
    const { document } = await server.must<{ document: { deletedAnnotations: object[] } }>(
      `query ($d: ID!) { document(id: $d) { deletedAnnotations {
        deletedBy { name } annotation { id note label { key } span { quote } history { nodes { kind } } } } } }`,
      { d: fixture.documentId },
    );
    return document.deletedAnnotations;
  };

  it("is told with who did it, the latest first, until it is brought back", async () => {
    const [first, second] = [
      await annotate(server, fixture, { note: "First." }),
      await annotate(server, fixture),
    ];
    await annotate(server, fixture);
    expect(await deleted()).toEqual([]);
    for (const { id } of [first, second])
      await server.mutate("deleteAnnotation", { id, expectedVersion: 1 }, "revision");
    expect(await deleted()).toMatchObject([
      { deletedBy: { name: "Owner" }, annotation: { id: second.id } },
      {
        annotation: {
          id: first.id,
          note: "First.",
          label: { key: "claim" },
          span: { quote: "The" },
          history: { nodes: [{ kind: "DELETED" }, { kind: "CREATED" }] },
        },
      },
    ]);
    await server.mutate("restoreAnnotation", { id: second.id }, "revision");
    expect(await deleted()).toMatchObject([{ annotation: { id: first.id } }]);
  });
});

describe("a project's activity", () => {
  beforeAll(start);

  interface Page {
    nodes: {
      at: string;
      document: { id: string } | null;
      documentChange: { __typename: string } | null;
      projectChange: { __typename: string } | null;
    }[];
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
    totalCount: number;
  }
  const activity = async (filter: object | null, first = 100, after: string | null = null) => {
    const { project } = await server.must<{ project: { activity: Page } }>(
      `query ($p: ID!, $f: ActivityFilterInput, $n: Int, $c: String) { project(id: $p) {
        activity(filter: $f, first: $n, after: $c) {
          nodes { at author { id } document { id } documentChange { __typename revision } projectChange { __typename revision } }
          pageInfo { hasNextPage endCursor } totalCount } } }`,
      { p: fixture.projectId, f: filter, n: first, c: after },
    );
    return project.activity;
  };
  const names = ({ nodes }: Page) =>
    nodes.map(({ documentChange, projectChange }) => (documentChange ?? projectChange)?.__typename);

  it("goes over all logs, the latest first, filtered and in pages that stay right while others write", async () => {
    const other = await importDocument(server, fixture.projectId);
    const gone = await importDocument(server, fixture.projectId);
    await annotate(server, fixture, { token: marat.token });
    const { id } = await annotate(server, { ...fixture, documentId: other });
    await annotate(server, { ...fixture, documentId: gone });
    await server.mutate("deleteAnnotation", { id, expectedVersion: 1 }, "revision");
    await server.mutate("deleteDocument", { id: gone }, "documentId");
    const all = await activity(null);
    expect(names(all)).toEqual([
      "DocumentDeleted",
      "AnnotationDeleted",
      "AnnotationSaved",
      "AnnotationSaved",
      "DocumentsImported",
      "DocumentsImported",
      "MemberChanged",
      "DocumentsImported",
    ]);
    expect(all.totalCount).toBe(8);
    expect(all.nodes.map(({ document }) => document?.id ?? null).slice(0, 4)).toEqual([
      null,
      other,
      other,
      fixture.documentId,
    ]);

    const first = await activity(null, 3);
    await annotate(server, fixture);
    const second = await activity(null, 3, first.pageInfo.endCursor);
    const third = await activity(null, 3, second.pageInfo.endCursor);
    expect([...first.nodes, ...second.nodes, ...third.nodes]).toEqual(all.nodes);
    expect(third.pageInfo.hasNextPage).toBe(false);

    expect(names(await activity({ people: [marat.userId] }))).toEqual(["AnnotationSaved", "MemberChanged"]);
    expect(names(await activity({ documents: [other] }))).toEqual([
      "AnnotationDeleted",
      "AnnotationSaved",
      "DocumentsImported",
    ]);
    expect(names(await activity({ kinds: ["ANNOTATION_DELETED", "MEMBER_CHANGED"] }))).toEqual([
      "AnnotationDeleted",
      "MemberChanged",
    ]);
    const [, , third3] = all.nodes;
    const since = await activity({ since: third3?.at });
    const until = await activity({ until: third3?.at });
    expect(since.totalCount + until.totalCount).toBe(9);
    expect(names(until)).not.toContain("DocumentDeleted");
    for (const empty of [{ people: [] }, { documents: [] }, { kinds: [] }])
      expect((await activity(empty)).nodes).toEqual([]);
  });

  it("refuses what is no id and no cursor of it", async () => {
    const query = `query ($p: ID!, $f: ActivityFilterInput, $c: String) { project(id: $p) { activity(filter: $f, after: $c) { totalCount nodes { at } } } }`;
    const ask = (f: object, c: string | null = null) => server.refused(query, { p: fixture.projectId, f, c });
    expect(await ask({ people: ["x"] })).toMatchObject({ field: "filter.people[0]" });
    expect(await ask({}, "x")).toMatchObject({ field: "after" });
  });
});
