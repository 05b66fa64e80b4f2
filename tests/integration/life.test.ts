// The life of projects and documents: put away, deleted and brought back, gone for good, replaced by a corrected text.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  annotate,
  type Fixture,
  importDocument,
  invite,
  makeFixture,
  mutation,
  startServer,
  type TestServer,
  watch,
} from "../support/server.ts";

let server: TestServer;
let fixture: Fixture;
beforeAll(async () => {
  server = await startServer();
});
beforeEach(async () => {
  fixture = await makeFixture(server);
});
afterAll(() => server.dispose());

const archiveProject = (archived = true, token?: string) =>
  server.mutate<{ project: { archivedAt: string | null; revision: number } }>(
    "updateProject",
    { id: fixture.projectId, archived },
    "project { archivedAt revision }",
    token,
  );
const archiveDocument = (archived = true, id = fixture.documentId) =>
  server.mutate<{ document: { archivedAt: string | null } }>(
    "updateDocument",
    { id, archived },
    "document { archivedAt }",
  );
const projectRevision = async () =>
  (
    await server.must<{ project: { revision: number } }>(`query ($p: ID!) { project(id: $p) { revision } }`, {
      p: fixture.projectId,
    })
  ).project.revision;

/** An annotated document with a relation and a comment: something for every door to change. */
async function work() {
  const speaker = await annotate(server, fixture, { label: "speaker", fragments: [{ start: 4, end: 12 }] });
  const claim = await annotate(server, fixture, { fragments: [{ start: 20, end: 54 }] });
  const gone = await annotate(server, fixture, { fragments: [{ start: 0, end: 3 }] });
  await server.mutate("deleteAnnotation", { id: gone.id, expectedVersion: 1 }, "revision");
  const { relation } = await server.mutate<{ relation: { id: string } }>(
    "createRelation",
    { typeId: fixture.relationTypes.states, sourceId: speaker.id, targetId: claim.id },
    "relation { id }",
  );
  const { comment } = await server.mutate<{ comment: { id: string } }>(
    "createComment",
    { annotationId: claim.id, body: "Really?" },
    "comment { id }",
  );
  return { speaker, claim, gone, relation, comment };
}

/** Every mutation that changes what is said about a document. */
function writesOf({ speaker, claim, gone, relation, comment }: Awaited<ReturnType<typeof work>>) {
  const { documentId, labels, relationTypes } = fixture;
  const fragments = [{ start: 0, end: 3 }];
  return {
    createAnnotation: { documentId, labelId: labels.claim, fragments },
    updateAnnotation: { id: claim.id, expectedVersion: 1, note: "changed" },
    deleteAnnotation: { id: claim.id, expectedVersion: 1 },
    restoreAnnotation: { id: gone.id },
    createRelation: { typeId: relationTypes.states, sourceId: speaker.id, targetId: claim.id },
    deleteRelation: { id: relation.id },
    createComment: { annotationId: claim.id, body: "More" },
    updateComment: { id: comment.id, resolved: true },
    deleteComment: { id: comment.id },
    updateDocument: { id: documentId, title: "Another title" },
    createDocumentVersion: { documentId, text: "Another text" },
  };
}

/** All that is stored of a document. */
const DOCUMENT = `title language metadata revision annotationCount archivedAt
  annotations { nodes { id version note attributes createdAt updatedAt createdBy { id } label { key }
    span { quote fragments { start end } } comments { id body resolvedAt author { id } createdAt updatedAt } } }
  relations { nodes { id createdAt type { key } source { id } target { id } createdBy { id } } }`;
const read = async (id = fixture.documentId) =>
  (
    await server.must<{
      document: {
        revision: number;
        archivedAt: string | null;
        annotations: { nodes: { id: string; span: { quote: string } }[] };
      } | null;
    }>(`query ($d: ID!) { document(id: $d) { ${DOCUMENT} } }`, { d: id })
  ).document;

describe("an archived document", () => {
  it("can be read, and nothing about it changes", async () => {
    const writes = writesOf(await work());
    await archiveDocument();
    const before = await read();
    expect(before?.archivedAt).not.toBeNull();
    for (const [name, input] of Object.entries(writes)) {
      const { code, message } = await server.refuses(name, input);
      expect({ name, code, message }).toEqual({
        name,
        code: "FORBIDDEN",
        message: "The document is archived, so nothing about it changes. Take it out of the archive first.",
      });
    }
    expect(await read()).toEqual(before);
    await importDocument(server, fixture.projectId);
  });

  it("works again once it is taken out, together with other changes", async () => {
    const writes = writesOf(await work());
    await archiveDocument();
    const { document } = await server.mutate<{ document: object }>(
      "updateDocument",
      { id: fixture.documentId, archived: false, title: "Out" },
      "document { archivedAt title }",
    );
    expect(document).toEqual({ archivedAt: null, title: "Out" });
    for (const name of ["createAnnotation", "updateComment", "deleteRelation", "updateAnnotation"] as const)
      await server.mutate(name, writes[name], "__typename");
  });

  it("keeps its time when it is put away again, and refuses other changes with that", async () => {
    const first = await archiveDocument();
    const revision = await projectRevision();
    expect(await archiveDocument()).toEqual(first);
    expect(await projectRevision()).toBe(revision);
    const { code } = await server.refuses("updateDocument", {
      id: fixture.documentId,
      archived: true,
      title: "x",
    });
    expect(code).toBe("FORBIDDEN");
    expect(await server.refuses("updateDocument", { id: fixture.documentId, archived: null })).toMatchObject({
      code: "BAD_USER_INPUT",
      field: "input.archived",
    });
  });

  it("can be deleted and brought back archived", async () => {
    await archiveDocument();
    await server.mutate("deleteDocument", { id: fixture.documentId }, "documentId");
    const { document } = await server.mutate<{ document: { archivedAt: string | null } }>(
      "restoreDocument",
      { id: fixture.documentId },
      "document { archivedAt }",
    );
    expect(document.archivedAt).not.toBeNull();
  });

  it("goes on to be watched", async () => {
    await annotate(server, fixture);
    const watching = watch(server.socket(), fixture.documentId, 0, "revision");
    await watching.until((changes) => changes.length === 1);
    await archiveDocument();
    await archiveDocument(false);
    await annotate(server, fixture);
    await watching.until((changes) => changes.length === 2);
  });
});

describe("an archived project", () => {
  it("can be read, and nothing in it changes", async () => {
    const writes = writesOf(await work());
    const other = await importDocument(server, fixture.projectId);
    await server.mutate("deleteDocument", { id: other }, "documentId");
    const { project } = await archiveProject();
    expect(project.archivedAt).not.toBeNull();
    const before = await read();
    const { projectId, documentId } = fixture;
    const refused = {
      ...writes,
      updateProject: { id: projectId, guidelines: "Other ones" },
      importDocuments: { projectId, documents: [{ title: "x", text: "y" }] },
      deleteDocument: { id: documentId },
      restoreDocument: { id: other },
    };
    for (const [name, input] of Object.entries(refused)) {
      const { code, message } = await server.refuses(name, input);
      expect({ name, code, message }).toEqual({
        name,
        code: "FORBIDDEN",
        message: "The project is archived, so nothing in it changes. Take it out of the archive first.",
      });
    }
    expect((await server.refuses("updateDocument", { id: documentId, archived: true })).code).toBe(
      "FORBIDDEN",
    );
    expect(await read()).toEqual(before);
    expect(await projectRevision()).toBe(project.revision);
  });

  it("keeps its members' doors open, and the way out", async () => {
    await archiveProject();
    const { token, userId } = await invite(server, fixture.projectId, "CURATOR");
    const { projectId } = fixture;
    await server.mutate("setMemberRole", { projectId, userId, role: "OWNER" }, "project { id }");
    await server.mutate("removeMember", { projectId, userId }, "project { id }", token);
    await server.mutate("deleteProject", { id: projectId }, "projectId");
    await server.mutate("restoreProject", { id: projectId }, "project { archivedAt }");
    expect((await archiveProject(false)).project.archivedAt).toBeNull();
    await annotate(server, fixture);
  });

  it("tells strangers nothing, and others first what their role lacks", async () => {
    const { token } = await invite(server, fixture.projectId, "VIEWER");
    const annotator = await invite(server, fixture.projectId, "ANNOTATOR");
    const elsewhere = await invite(server, (await makeFixture(server)).projectId, "OWNER");
    const writes = writesOf(await work());
    await archiveProject();
    for (const [name, input] of Object.entries(writes)) {
      expect((await server.refuses(name, input, elsewhere.token)).code).toBe("NOT_FOUND");
      const { code, message } = await server.refuses(name, input, token);
      expect({ name, code }).toEqual({ name, code: "FORBIDDEN" });
      expect(message).toContain("Your role here is VIEWER");
    }
    const { message } = await server.refuses("updateAnnotation", writes.updateAnnotation, annotator.token);
    expect(message).toContain("may not change what others made");
    for (const archived of [true, false]) {
      const { message } = await server.refuses(
        "updateProject",
        { id: fixture.projectId, archived },
        annotator.token,
      );
      expect(message).toContain("may not archive the project");
    }
  });

  it("answers the retry of what was done before as then", async () => {
    const input = {
      clientMutationId: randomUUID(),
      documentId: fixture.documentId,
      labelId: fixture.labels.claim,
      fragments: [{ start: 0, end: 3 }],
    };
    const first = await server.mutate("createAnnotation", input, "revision annotation { id version }");
    await archiveProject();
    expect(await server.mutate("createAnnotation", input, "revision annotation { id version }")).toEqual(
      first,
    );
  });
});

describe("the lists", () => {
  it("tell archived projects and documents from those in use", async () => {
    const other = await importDocument(server, fixture.projectId);
    await archiveDocument();
    const documents = async (archived: boolean | null) => {
      const { project } = await server.must<{
        project: { documents: { totalCount: number; nodes: { id: string }[] } };
      }>(
        `query ($p: ID!, $a: Boolean) { project(id: $p) { documents(archived: $a) { totalCount nodes { id } } } }`,
        {
          p: fixture.projectId,
          a: archived,
        },
      );
      expect(project.documents.totalCount).toBe(project.documents.nodes.length);
      return project.documents.nodes.map(({ id }) => id);
    };
    expect(await documents(true)).toEqual([fixture.documentId]);
    expect(await documents(false)).toEqual([other]);
    expect(await documents(null)).toEqual([fixture.documentId, other]);

    const { token } = await invite(server, fixture.projectId, "OWNER");
    const projects = async (archived: boolean | null) => {
      const { projects } = await server.must<{
        projects: { totalCount: number; nodes: { id: string; archivedAt: string | null }[] };
      }>(
        `query ($a: Boolean) { projects(archived: $a) { totalCount nodes { id archivedAt } } }`,
        { a: archived },
        token,
      );
      expect(projects.totalCount).toBe(projects.nodes.length);
      return projects.nodes;
    };
    expect(await projects(true)).toEqual([]);
    expect(await projects(false)).toEqual([{ id: fixture.projectId, archivedAt: null }]);
    const { project } = await archiveProject();
    expect(await projects(true)).toEqual([{ id: fixture.projectId, archivedAt: project.archivedAt }]);
    expect(await projects(false)).toEqual([]);
    expect(await projects(null)).toHaveLength(1);
  });

  it("let the export leave archived documents out, with whom only they name", async () => {
    const { token, userId } = await invite(server, fixture.projectId, "ANNOTATOR");
    await annotate(server, fixture, { token });
    const other = await importDocument(server, fixture.projectId);
    await archiveDocument();
    const corpus = async (query: string) => {
      const response = await fetch(`${server.url}/projects/${fixture.projectId}/export${query}`, {
        headers: { authorization: `Bearer ${server.adminToken}` },
      });
      const { documents, users }: { documents?: { id: string }[]; users?: { id: string }[] } =
        await response.json();
      return {
        status: response.status,
        documents: documents?.map(({ id }) => id),
        users: users?.map(({ id }) => id),
      };
    };
    const all = { status: 200, documents: [fixture.documentId, other], users: [userId] };
    expect(await corpus("")).toEqual(all);
    expect(await corpus("?archived=1")).toEqual(all);
    expect(await corpus("?archived=0")).toEqual({ status: 200, documents: [other], users: [] });
    expect((await corpus("?archived=no")).status).toBe(400);
  });
});

describe("a deleted document", () => {
  const list = async (token?: string) =>
    (
      await server.must<{ project: { deletedDocuments: { id: string }[] | null } }>(
        `query ($p: ID!) { project(id: $p) { deletedDocuments { id title deletedAt purgeAt annotationCount deletedBy { id name } } } }`,
        { p: fixture.projectId },
        token,
      )
    ).project.deletedDocuments;

  it("comes back as it was, and its log goes on", async () => {
    const { claim } = await work();
    const before = await read();
    const revision = await projectRevision();
    await server.mutate("deleteDocument", { id: fixture.documentId }, "documentId");
    expect(await read()).toBeNull();
    const selection = `document { ${DOCUMENT} }`;
    expect(await server.mutate("restoreDocument", { id: fixture.documentId }, selection)).toEqual({
      document: before,
    });
    expect(await projectRevision()).toBe(revision + 2);
    const change = await server.mutate<{ revision: number }>(
      "updateAnnotation",
      { id: claim.id, expectedVersion: 1, note: "back" },
      "revision",
    );
    expect(change.revision).toBe((before?.revision ?? 0) + 1);
    const watching = watch(server.socket(), fixture.documentId, 0, "revision");
    await watching.until((changes) => changes.length === change.revision);
    expect(watching.changes.map(({ revision: number }) => number)).toEqual(
      Array.from({ length: change.revision }, (_, index) => index + 1),
    );
  });

  it("is listed for who can bring it back", async () => {
    const curator = await invite(server, fixture.projectId, "CURATOR", "Cura");
    const annotator = await invite(server, fixture.projectId, "ANNOTATOR");
    await annotate(server, fixture);
    const other = await importDocument(server, fixture.projectId);
    expect(await list()).toEqual([]);
    await server.mutate("deleteDocument", { id: fixture.documentId }, "documentId", curator.token);
    await server.mutate("deleteDocument", { id: other }, "documentId");
    const listed = await list(curator.token);
    expect(listed).toMatchObject([
      { id: other, annotationCount: 0, deletedBy: { name: "Owner" } },
      {
        id: fixture.documentId,
        title: "A report",
        annotationCount: 1,
        deletedBy: { id: curator.userId, name: "Cura" },
      },
    ]);
    const [times] = await server
      .must<{ project: { deletedDocuments: { deletedAt: string; purgeAt: string }[] } }>(
        `query ($p: ID!) { project(id: $p) { deletedDocuments { deletedAt purgeAt } } }`,
        { p: fixture.projectId },
      )
      .then(({ project }) => project.deletedDocuments);
    expect(Date.parse(times?.purgeAt ?? "") - Date.parse(times?.deletedAt ?? "")).toBe(30 * 24 * 3_600_000);
    expect(await list(annotator.token)).toBeNull();
    const { code, message } = await server.refuses("restoreDocument", { id: other }, annotator.token);
    expect([code, message]).toEqual(["FORBIDDEN", expect.stringContaining("bring back documents")]);
    const elsewhere = await invite(server, (await makeFixture(server)).projectId, "OWNER");
    expect((await server.refuses("restoreDocument", { id: other }, elsewhere.token)).code).toBe("NOT_FOUND");
  });

  it("can't be brought back after 30 days", async () => {
    const other = await importDocument(server, fixture.projectId);
    for (const id of [fixture.documentId, other]) await server.mutate("deleteDocument", { id }, "documentId");
    const age = (id: string, time: string) =>
      server.sql(`update document set deleted_at = now() - interval '${time}' where id = $1`, [id]);
    await age(fixture.documentId, "30 days 1 minute");
    await age(other, "29 days 23 hours 59 minutes");
    expect(await list()).toMatchObject([{ id: other }]);
    expect((await server.refuses("restoreDocument", { id: fixture.documentId })).code).toBe("NOT_FOUND");
    await server.mutate("restoreDocument", { id: other }, "document { id }");
  });

  it("stays where it is when its place is taken", async () => {
    const first = await importDocument(server, fixture.projectId, { sourceId: "a" });
    await server.mutate("deleteDocument", { id: first }, "documentId");
    const second = await importDocument(server, fixture.projectId, { sourceId: "a" });
    expect(await server.refuses("restoreDocument", { id: first })).toMatchObject({
      code: "CONFLICT",
      current: { id: second },
    });
    await server.mutate("deleteDocument", { id: second }, "documentId");
    await server.mutate("restoreDocument", { id: first }, "document { id }");
  });

  it("is left alone when it was not deleted", async () => {
    const revision = await projectRevision();
    await server.mutate("restoreDocument", { id: fixture.documentId }, "document { id }");
    expect(await projectRevision()).toBe(revision);
  });
});

describe("a deleted project", () => {
  const list = async (token?: string) =>
    (
      await server.must<{ deletedProjects: { id: string }[] }>(
        `{ deletedProjects { id name deletedAt purgeAt documentCount annotationCount deletedBy { id } } }`,
        {},
        token,
      )
    ).deletedProjects;

  it("comes back with all that was in it but what was deleted before", async () => {
    await work();
    const other = await importDocument(server, fixture.projectId);
    await server.mutate("deleteDocument", { id: other }, "documentId");
    const before = await read();
    const revision = await projectRevision();
    const owner = await invite(server, fixture.projectId, "OWNER");
    const curator = await invite(server, fixture.projectId, "CURATOR");
    await server.mutate("deleteProject", { id: fixture.projectId }, "projectId", owner.token);
    expect(await list(owner.token)).toMatchObject([
      {
        id: fixture.projectId,
        name: "Test",
        documentCount: 1,
        annotationCount: 2,
        deletedBy: { id: owner.userId },
      },
    ]);
    expect(await list(curator.token)).toEqual([]);
    const input = { id: fixture.projectId };
    expect((await server.refuses("restoreProject", input, curator.token)).code).toBe("FORBIDDEN");
    const stranger = await invite(server, (await makeFixture(server)).projectId, "OWNER");
    expect((await server.refuses("restoreProject", input, stranger.token)).code).toBe("NOT_FOUND");

    const { project } = await server.mutate<{ project: { revision: number } }>(
      "restoreProject",
      input,
      "project { id revision viewerRole }",
      owner.token,
    );
    expect(project).toEqual({ id: fixture.projectId, revision: revision + 4, viewerRole: "OWNER" });
    expect(await read()).toEqual(before);
    expect(await read(other)).toBeNull();
    expect(await list(owner.token)).toEqual([]);
    expect(await server.mutate("restoreProject", input, "project { id revision viewerRole }")).toEqual({
      project,
    });
  });

  it("can't be brought back after 30 days", async () => {
    await server.mutate("deleteProject", { id: fixture.projectId }, "projectId");
    await server.sql("update project set deleted_at = now() - interval '30 days 1 minute' where id = $1", [
      fixture.projectId,
    ]);
    expect(await list()).not.toContainEqual(expect.objectContaining({ id: fixture.projectId }));
    expect((await server.refuses("restoreProject", { id: fixture.projectId })).code).toBe("NOT_FOUND");
  });
});

describe("what was deleted more than 30 days ago", () => {
  it("is removed for good when a server starts, and nothing else is", async () => {
    const own = await startServer();
    try {
      const [first, second] = [await makeFixture(own), await makeFixture(own)];
      for (const one of [first, second]) {
        const a = await annotate(own, one, { label: "speaker", fragments: [{ start: 4, end: 12 }] });
        const b = await annotate(own, one);
        const typeId = one.relationTypes.states;
        await own.mutate("createRelation", { typeId, sourceId: a.id, targetId: b.id }, "revision");
        await own.mutate("createComment", { annotationId: b.id, body: "!" }, "revision");
        await own.mutate("deleteAnnotation", { id: a.id, expectedVersion: 1 }, "revision");
      }
      const inSecond = {
        ...second,
        documentId: await importDocument(own, second.projectId, { text: "More." }),
      };
      await annotate(own, inSecond);
      const recent = await importDocument(own, second.projectId);
      const tables = ["document", "layer", "layer_change", "span", "annotation", "relation", "comment"];
      const counts = async () => {
        const columns = [...tables, "project", "membership", "label", "relation_type"];
        const [row] = await own.sql(
          `select ${columns.map((name) => `(select count(*)::int from ${name}) as ${name}`).join(", ")}`,
        );
        return row;
      };
      await own.mutate("deleteProject", { id: first.projectId }, "projectId");
      await own.mutate("deleteDocument", { id: second.documentId }, "documentId");
      await own.mutate("deleteDocument", { id: recent }, "documentId");
      await own.sql(
        "update project set deleted_at = now() - interval '31 days' where deleted_at is not null",
      );
      await own.sql("update document set deleted_at = now() - interval '31 days' where id = $1", [
        second.documentId,
      ]);
      const restarted = await startServer({}, own.database);
      await restarted.dispose();
      expect(await counts()).toEqual({
        document: 2,
        layer: 2,
        layer_change: 1,
        span: 1,
        annotation: 1,
        relation: 0,
        comment: 0,
        project: 1,
        membership: 1,
        label: Object.keys(second.labels).length,
        relation_type: Object.keys(second.relationTypes).length,
      });
      await own.mutate("restoreDocument", { id: recent }, "document { id }");
    } finally {
      await own.dispose();
    }
  });
});

const VERSION = `carriedCount notCarried { annotationId quote reason label { key } }
  document { id title language metadata revision archivedAt previousVersion { id archivedAt } nextVersion { id }
    notCarried { annotationId quote reason label { key } } }`;
interface Version {
  carriedCount: number;
  notCarried: { annotationId: string; quote: string; reason: string }[];
  document: { id: string; revision: number } | null;
}
const createVersion = (input: object, token?: string) =>
  server.mutate<Version>(
    "createDocumentVersion",
    { documentId: fixture.documentId, ...input },
    VERSION,
    token,
  );

describe("a corrected text", () => {
  const CORRECTED = "Yesterday the minister 🙂 said, that the bridge would open in May. 🙂";

  it("takes over what is said about the old one, by quote", async () => {
    const { token, userId } = await invite(server, fixture.projectId, "ANNOTATOR");
    const { speaker, claim, relation, comment } = await work();
    const split = await annotate(server, fixture, {
      fragments: [
        { start: 4, end: 14 },
        { start: 29, end: 35 },
      ],
      note: "both",
      token,
    });
    await server.mutate(
      "updateDocument",
      { id: fixture.documentId, metadata: { place: "Sarn" } },
      "document { id }",
    );
    const before = await read();
    const id = randomUUID();
    const version = await createVersion({ id, text: CORRECTED, title: "A corrected report" });
    expect(version).toMatchObject({ carriedCount: 3, notCarried: [] });
    expect(version.document).toMatchObject({
      id,
      title: "A corrected report",
      language: "en",
      metadata: { place: "Sarn" },
      revision: 0,
      archivedAt: null,
      previousVersion: { id: fixture.documentId, archivedAt: expect.any(String) },
      nextVersion: null,
      notCarried: [],
    });
    const old = await read();
    expect(old).toEqual({ ...before, archivedAt: expect.any(String) });
    const fresh = await read(id);
    const nodes = fresh?.annotations.nodes ?? [];
    expect(nodes.map(({ span }) => span.quote)).toEqual([
      "minister",
      "minister 🙂 bridge",
      "that the bridge would open in May.",
    ]);
    const ids = new Set([speaker.id, claim.id, split.id, relation.id, comment.id]);
    expect(nodes.some((node) => ids.has(node.id))).toBe(false);
    const forgetIds = (text: unknown) =>
      JSON.stringify(text, (key, value) => (["id", "fragments"].includes(key) ? undefined : value));
    expect(forgetIds(nodes)).toBe(forgetIds(old?.annotations.nodes));
    expect(
      await server.must(
        `query ($d: ID!) { document(id: $d) { annotations { nodes { createdBy { id } } } } }`,
        { d: id },
      ),
    ).toMatchObject({
      document: { annotations: { nodes: expect.arrayContaining([{ createdBy: { id: userId } }]) } },
    });
    const [counts] = await server.sql(
      `select (select count(*)::int from layer_change c join layer l on l.id = c.layer_id where l.document_id = $1) as changes,
        (select count(*)::int from relation where document_id = $1) as relations,
        (select count(*)::int from comment where document_id = $1) as comments`,
      [id],
    );
    expect(counts).toEqual({ changes: 0, relations: 1, comments: 1 });
    // Its own life from here on.
    const made = await annotate(server, { ...fixture, documentId: id });
    expect(made.revision).toBe(1);
    expect(
      await server.must(`query ($d: ID!) { document(id: $d) { nextVersion { id } } }`, {
        d: fixture.documentId,
      }),
    ).toEqual({ document: { nextVersion: { id } } });
  });

  it("lists what has no place in it, and leaves out what hung on that", async () => {
    const { speaker, claim } = await work();
    const text = "In May a minister or a minister or nobody opens the bridge.";
    const version = await createVersion({ text });
    const notCarried = [
      { annotationId: speaker.id, quote: "minister", reason: "AMBIGUOUS", label: { key: "speaker" } },
      {
        annotationId: claim.id,
        quote: "that the bridge would open in May.",
        reason: "NOT_FOUND",
        label: { key: "claim" },
      },
    ];
    expect(version).toMatchObject({ carriedCount: 0, notCarried, document: { notCarried } });
    expect(await read(version.document?.id)).toMatchObject({
      annotations: { nodes: [] },
      relations: { nodes: [] },
    });
  });

  it("only says what would be carried in a dry run", async () => {
    await work();
    const before = await read();
    const revision = await projectRevision();
    const version = await createVersion({ text: CORRECTED, dryRun: true });
    expect(version).toEqual({ carriedCount: 2, notCarried: [], document: null });
    expect(await read()).toEqual(before);
    expect(await projectRevision()).toBe(revision);
    expect(await createVersion({ text: CORRECTED })).toMatchObject({ carriedCount: 2 });
  });

  it("refuses what makes no sense", async () => {
    const documentId = fixture.documentId;
    const refuses = (input: object) =>
      server.refuses("createDocumentVersion", { documentId, text: "x", ...input });
    expect(await refuses({ text: fixture.text })).toMatchObject({
      code: "BAD_USER_INPUT",
      field: "input.text",
    });
    expect(await refuses({ title: " " })).toMatchObject({ code: "BAD_USER_INPUT", field: "input.title" });
    expect(await refuses({ id: "x" })).toMatchObject({ code: "BAD_USER_INPUT", field: "input.id" });
    expect(await refuses({ id: documentId })).toMatchObject({
      code: "CONFLICT",
      current: { id: documentId },
    });
    expect(await refuses({ documentId: randomUUID() })).toMatchObject({ code: "NOT_FOUND" });
    expect(await refuses({ text: "x".repeat(2_000_001) })).toMatchObject({
      code: "TOO_LARGE",
      field: "input.text",
    });
    const { token } = await invite(server, fixture.projectId, "ANNOTATOR");
    expect((await server.refuses("createDocumentVersion", { documentId, text: "x" }, token)).code).toBe(
      "FORBIDDEN",
    );
    const { document } = await createVersion({ text: "x" });
    expect(await refuses({ text: "y" })).toMatchObject({ code: "CONFLICT", current: { id: document?.id } });
  });

  it("takes two million code points and 20,000 annotations", { timeout: 120_000 }, async () => {
    const sentences = Array.from({ length: 59_000 }, (_, n) => `The minister said it ${n} times. `);
    const text = sentences.join("");
    const documentId = await importDocument(server, fixture.projectId, { text });
    const { id } = await annotate(server, { ...fixture, documentId }, { fragments: [{ start: 0, end: 3 }] });
    await server.sql(
      `with place as (select gen_random_uuid() as id, n * 90 as start from generate_series(1, 20000) n),
        made as (insert into span (id, document_id, start, "end", fragments, quote, prefix, suffix)
          select id, $1, start, start + 12, array[start, start + 12], '', '', '' from place)
      insert into annotation (id, project_id, document_id, layer_id, span_id, start, "end", label_id, created_by,
        created_at, updated_by, updated_at)
      select gen_random_uuid(), a.project_id, a.document_id, a.layer_id, place.id, place.start, place.start + 12, a.label_id,
        a.created_by, a.created_at, a.updated_by, a.updated_at from annotation a, place where a.id = $2`,
      [documentId, id],
    );
    const corrected = sentences.map((one, n) => (n % 10 ? one : one.replace("said", "says"))).join("");
    const { carriedCount, notCarried, document } = await createVersion({ documentId, text: corrected });
    expect(carriedCount + notCarried.length).toBe(20_001);
    expect(carriedCount).toBeGreaterThan(18_000);
    const [counts] = await server.sql("select count(*)::int as n from annotation where document_id = $1", [
      document?.id,
    ]);
    expect(counts).toEqual({ n: carriedCount });
  });

  it("makes room for another when it is deleted, and can't come back then", async () => {
    const first = await createVersion({ text: "First" });
    await server.mutate("deleteDocument", { id: first.document?.id }, "documentId");
    expect(
      await server.must(`query ($d: ID!) { document(id: $d) { nextVersion { id } } }`, {
        d: fixture.documentId,
      }),
    ).toEqual({ document: { nextVersion: null } });
    expect(
      (await server.refuses("createDocumentVersion", { documentId: fixture.documentId, text: "Second" }))
        .code,
    ).toBe("FORBIDDEN");
    await archiveDocument(false);
    const second = await createVersion({ text: "Second" });
    expect(await server.refuses("restoreDocument", { id: first.document?.id })).toMatchObject({
      code: "CONFLICT",
      current: { id: second.document?.id },
    });
    const third = await createVersion({ documentId: second.document?.id, text: "Third" });
    await server.mutate("deleteDocument", { id: second.document?.id }, "documentId");
    expect(
      await server.must(`query ($d: ID!) { document(id: $d) { previousVersion { id } } }`, {
        d: third.document?.id,
      }),
    ).toEqual({ document: { previousVersion: null } });
  });

  it("is made once of two at once", async () => {
    const answers = await Promise.all(
      ["One text", "Two texts"].map((text) =>
        server.ask<{ createDocumentVersion: { document: { id: string } } }>(
          mutation("createDocumentVersion", "document { id }"),
          { i: { documentId: fixture.documentId, text } },
        ),
      ),
    );
    const made = answers.flatMap(({ data }) => (data ? [data.createDocumentVersion.document.id] : []));
    expect(made).toHaveLength(1);
    expect(answers.flatMap(({ errors }) => errors ?? []).map(({ extensions }) => extensions)).toMatchObject([
      { code: "CONFLICT", current: { id: made[0] } },
    ]);
  });

  it("misses nothing of what is acknowledged while it is made", async () => {
    const answers = await Promise.all([
      ...Array.from({ length: 20 }, (_, n) =>
        server.ask(mutation("createAnnotation"), {
          i: {
            documentId: fixture.documentId,
            labelId: fixture.labels.claim,
            fragments: [{ start: n, end: n + 3 }],
          },
        }),
      ),
      createVersion({ text: `${fixture.text} Indeed.` }),
      ...Array.from({ length: 20 }, (_, n) =>
        server.ask(mutation("createAnnotation"), {
          i: {
            documentId: fixture.documentId,
            labelId: fixture.labels.claim,
            fragments: [{ start: n, end: n + 4 }],
          },
        }),
      ),
    ]);
    let acknowledged = 0;
    let version: Version | undefined;
    for (const answer of answers) {
      if ("carriedCount" in answer) version = answer;
      else if (answer.errors) expect(answer.errors[0]?.extensions.code).toBe("FORBIDDEN");
      else acknowledged++;
    }
    expect(version?.carriedCount).toBe(acknowledged);
    expect((await read())?.annotations.nodes).toHaveLength(acknowledged);
    expect((await read(version?.document?.id))?.annotations.nodes).toHaveLength(acknowledged);
  });

  it("is answered again as it was made", async () => {
    await work();
    const input = { clientMutationId: randomUUID(), text: CORRECTED };
    const first = await createVersion(input);
    await server.mutate("updateDocument", { id: first.document?.id, title: "Later" }, "document { id }");
    expect(await createVersion(input)).toEqual(first);
  });
});

describe("archiving while somebody writes", () => {
  it.each([
    ["document", () => archiveDocument()],
    ["project", () => archiveProject()],
    ["project's end", () => server.mutate("deleteProject", { id: fixture.projectId }, "projectId")],
  ])("acknowledges nothing after the %s", async (_name, stop) => {
    let stopped = false;
    const late: unknown[] = [];
    const write = async (n: number) => {
      for (let round = 0; round < 10; round++) {
        const asked = stopped;
        const { errors } = await server.ask(mutation("createAnnotation"), {
          i: {
            documentId: fixture.documentId,
            labelId: fixture.labels.claim,
            fragments: [{ start: n, end: n + 1 }],
          },
        });
        if (asked && !errors) late.push(n);
      }
    };
    const count = async () =>
      (
        await server.sql("select count(*)::int as n from annotation where document_id = $1", [
          fixture.documentId,
        ])
      )[0]?.n;
    const writing = Promise.all(Array.from({ length: 6 }, (_, n) => write(n)));
    await stop();
    const atOnce = await count();
    stopped = true;
    await writing;
    expect(late).toEqual([]);
    expect(await count()).toBe(atOnce);
  });
});
