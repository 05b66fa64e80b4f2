// An answer that is kept is given again only to who may have it, and only while it is what the executor would answer.
import type { Client } from "graphql-ws";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  annotate,
  type Fixture,
  importDocument,
  invite,
  makeFixture,
  startServer,
  type TestServer,
} from "../support/server.ts";

const EVERYTHING = `query ($id: ID!) { document(id: $id) {
  id title text language metadata revision archivedAt
  nextVersion { id }
  project { name archivedAt revision labels { id name version archivedAt heir { name } } relationTypes { id name version archivedAt targetLabels { name } } }
  annotations { nodes { id version note label { id name } span { quote } createdBy { id name } updatedBy { name } } pageInfo { endCursor } }
  relations { nodes { id type { name } source { id } createdBy { name } } }
} }`;
const STATUSES = `query ($id: ID!) { document(id: $id) { title myStatus statuses { status user { name } } annotations { nodes { id } } } }`;
const HISTORY = `query ($id: ID!) { document(id: $id) { annotations { nodes { id history { nodes { kind author { name } annotation { label { name } } } } } } } }`;
const OWN = `query ($id: ID!) { viewer { id name } document(id: $id) { project { viewerRole } annotations { nodes { id } } } }`;

let server: TestServer;
let fixture: Fixture;
let colleague: { token: string; userId: string };
const sockets = new Map<string, Client>();
beforeAll(async () => {
  server = await startServer();
});
beforeEach(async () => {
  fixture = await makeFixture(server, "The minister 🙂 said that the bridge would open in May.");
  colleague = await invite(server, fixture.projectId, "CURATOR", "A colleague");
});
afterAll(async () => {
  for (const socket of sockets.values()) await socket.dispose();
  await server.dispose();
});

/** What the executor says, which a socket always asks. */
function executed(query: string, token: string): Promise<unknown> {
  const socket = sockets.get(token) ?? server.socket(token);
  sockets.set(token, socket);
  return new Promise((resolve, reject) => {
    socket.subscribe(
      { query, variables: { id: fixture.documentId } },
      { next: ({ data }) => resolve(data), error: reject, complete: () => {} },
    );
  });
}

const asked = async (query: string, token: string) =>
  (await server.ask<unknown>(query, { id: fixture.documentId }, token)).data;

/** Makes a change when the answer is kept, and expects the next one to tell of it. */
async function tellsOf(change: () => Promise<unknown>, query = EVERYTHING): Promise<void> {
  const { token } = colleague;
  await asked(query, token);
  const before = await asked(query, token);
  await change();
  const after = await asked(query, token);
  expect(after).toEqual(await executed(query, token));
  expect(after).not.toEqual(before);
}

describe("the answer after a change is the changed one", () => {
  it("of annotations and relations", async () => {
    let claim = "";
    await tellsOf(async () => {
      claim = (await annotate(server, fixture, { fragments: [{ start: 4, end: 12 }] })).id;
    });
    const speaker = await annotate(server, fixture, { label: "speaker" });
    const relate = () =>
      server.mutate<{ relation: { id: string } }>(
        "createRelation",
        { typeId: fixture.relationTypes.states, sourceId: speaker.id, targetId: claim },
        "relation { id }",
      );
    await tellsOf(() =>
      server.mutate("updateAnnotation", { id: claim, expectedVersion: 1, note: "Really?" }, "revision"),
    );
    await tellsOf(async () => {
      const { relation } = await relate();
      await tellsOf(() => server.mutate("deleteRelation", { id: relation.id }, "revision"));
    });
    await relate();
    await tellsOf(() => server.mutate("deleteAnnotation", { id: claim, expectedVersion: 2 }, "revision"));
    await tellsOf(() => server.mutate("restoreAnnotation", { id: claim }, "revision"));
  });

  it("of people's names", async () => {
    await annotate(server, fixture, { token: colleague.token });
    await tellsOf(() =>
      server.mutate("updateAccount", { name: "Renamed 🙂" }, "viewer { id }", colleague.token),
    );
  });

  it("of the document, its versions and its project", async () => {
    const { documentId: id, projectId } = fixture;
    const update = (name: string, input: object, field: string) => () =>
      server.mutate(name, input, `${field} { id }`);
    await tellsOf(update("updateDocument", { id, title: "Another title" }, "document"));
    await tellsOf(update("updateDocument", { id, metadata: { source: "wire" } }, "document"));
    await tellsOf(update("updateDocument", { id, archived: true }, "document"));
    await tellsOf(update("updateDocument", { id, archived: false }, "document"));
    await tellsOf(update("updateProject", { id: projectId, name: "Another name" }, "project"));
    await tellsOf(update("updateProject", { id: projectId, archived: true }, "project"));
    await tellsOf(update("updateProject", { id: projectId, archived: false }, "project"));
    await tellsOf(update("createDocumentVersion", { documentId: id, text: "Another text." }, "document"));
  });

  it("of the codebook", async () => {
    const { labels, relationTypes } = fixture;
    await annotate(server, fixture);
    const update = (name: string, input: object) => () =>
      server.mutate(name, { expectedVersion: 1, ...input }, "clientMutationId");
    const answer = async () => JSON.stringify(await asked(EVERYTHING, colleague.token));
    await tellsOf(update("updateLabel", { id: labels.claim, name: "Said" }));
    expect(await answer()).toContain("Said");
    await tellsOf(update("updateLabel", { id: labels.speaker, archived: true }));
    await tellsOf(() => server.mutate("moveLabel", { id: labels.claim }, "clientMutationId"));
    await tellsOf(update("updateRelationType", { id: relationTypes.states, name: "is cited for" }));
    await tellsOf(update("updateRelationType", { id: relationTypes.proposes, archived: true }));
    await tellsOf(() =>
      server.mutate(
        "mergeLabel",
        { id: labels.claim, intoId: labels.agreement, widenRelationTypes: true },
        "annotationCount",
      ),
    );
    const { document } = await server.must<{
      document: { annotations: { nodes: { version: number; label: { id: string } }[] } };
    }>(EVERYTHING, { id: fixture.documentId });
    expect(document.annotations.nodes).toMatchObject([{ version: 2, label: { id: labels.agreement } }]);
    // Nor is it kept what becomes of an annotation.
    await tellsOf(
      () =>
        server.mutate(
          "updateLabel",
          { id: labels.agreement, expectedVersion: 1, name: "Yes" },
          "clientMutationId",
        ),
      HISTORY,
    );
  });

  it("of how far people are, each of whom has a status of their own", async () => {
    const say = (status: string) => () =>
      server.mutate(
        "setDocumentStatus",
        { documentId: fixture.documentId, status },
        "clientMutationId",
        colleague.token,
      );
    const statuses = async (token: string) =>
      (
        await server.must<{ document: { myStatus: string; statuses: object[] } }>(
          STATUSES,
          { id: fixture.documentId },
          token,
        )
      ).document;
    await tellsOf(say("DONE"), STATUSES);
    const done = { status: "DONE", user: { name: "A colleague" } };
    for (let time = 0; time < 2; time++) {
      expect(await statuses(colleague.token)).toMatchObject({ myStatus: "DONE", statuses: [done] });
      expect(await statuses(server.adminToken)).toMatchObject({ myStatus: "NEW", statuses: [done] });
    }
    // What follows from an annotation is no change of the project.
    await tellsOf(async () => {
      await annotate(server, fixture);
    }, STATUSES);
    const begun = { status: "IN_PROGRESS", user: { name: "Owner" } };
    expect(await statuses(server.adminToken)).toMatchObject({
      myStatus: "IN_PROGRESS",
      statuses: [done, begun],
    });
    await tellsOf(say("NEW"), STATUSES);
    expect(await statuses(colleague.token)).toMatchObject({ myStatus: "NEW", statuses: [begun] });
  });

  it("of what the viewer may do and is called", async () => {
    const { projectId } = fixture;
    await tellsOf(
      () =>
        server.mutate(
          "setMemberRole",
          { projectId, userId: colleague.userId, role: "VIEWER" },
          "project { id }",
        ),
      OWN,
    );
    await tellsOf(
      () => server.mutate("updateAccount", { name: "Somebody" }, "viewer { id }", colleague.token),
      OWN,
    );
  });
});

describe("what is kept", () => {
  it("is for those who may read the document now", async () => {
    await annotate(server, fixture);
    const { token, userId } = colleague;
    const stranger = await invite(server, (await makeFixture(server)).projectId, "OWNER");
    const full = await asked(EVERYTHING, token);
    expect(await asked(EVERYTHING, server.adminToken)).toEqual(full);
    expect(await asked(EVERYTHING, stranger.token)).toEqual({ document: null });
    expect((await server.refused(EVERYTHING, { id: fixture.documentId }, null)).code).toBe("UNAUTHENTICATED");
    await server.mutate("removeMember", { projectId: fixture.projectId, userId }, "project { id }");
    expect(await asked(EVERYTHING, token)).toEqual({ document: null });
    expect(await asked(EVERYTHING, server.adminToken)).toMatchObject({
      document: { id: fixture.documentId },
    });
    await server.mutate("deleteDocument", { id: fixture.documentId }, "documentId");
    expect(await asked(EVERYTHING, server.adminToken)).toEqual({ document: null });
  });

  it("is told apart by viewer where it depends on the viewer, and by variables and operation", async () => {
    const other = await importDocument(server, fixture.projectId, { title: "Another" });
    const { token, userId } = colleague;
    const both = `query Title($id: ID!, $first: Int = 1) { document(id: $id) { title annotations(first: $first) { nodes { id } } } }
      query Length($id: ID!) { document(id: $id) { length } }`;
    await annotate(server, fixture);
    await annotate(server, fixture);
    for (let time = 0; time < 2; time++) {
      expect(await asked(OWN, token)).toMatchObject({
        viewer: { id: userId },
        document: { project: { viewerRole: "CURATOR" } },
      });
      expect(await asked(OWN, server.adminToken)).toMatchObject({
        viewer: { name: "Owner" },
        document: { project: { viewerRole: "OWNER" } },
      });
      const by = async (operationName: string, variables: object) => {
        const response = await fetch(`${server.url}/graphql`, {
          method: "POST",
          headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
          body: JSON.stringify({ query: both, operationName, variables }),
        });
        return response.json();
      };
      const id = fixture.documentId;
      const nodes = (count: number) => ({
        nodes: Array.from({ length: count }, () => ({ id: expect.any(String) })),
      });
      expect(await by("Length", { id })).toEqual({ data: { document: { length: 54 } } });
      const title = (text: string, count: number) => ({
        data: { document: { title: text, annotations: nodes(count) } },
      });
      expect(await by("Title", { id })).toEqual(title("A report", 1));
      expect(await by("Title", { id, first: null })).toEqual(title("A report", 2));
      expect(await by("Title", { id, first: 2 })).toEqual(title("A report", 2));
      expect(await by("Title", { id: other })).toEqual(title("Another", 0));
    }
  });

  it("is made again where its parts came from two revisions", async () => {
    const query = `query ($id: ID!) { document(id: $id) { revision annotations { nodes { id } } } }`;
    const { id } = await annotate(server, fixture);
    const writer = new pg.Client({ connectionString: server.database.url });
    await writer.connect();
    try {
      // Its header is read, its list waits for the lock, and when that goes there is another revision.
      await writer.query("begin");
      await writer.query("lock table annotation in access exclusive mode");
      const answer = asked(query, colleague.token);
      const waiting = `select 1 from pg_locks where not granted and relation = 'annotation'::regclass
        and database = (select oid from pg_database where datname = current_database())`;
      while ((await server.sql(waiting)).length === 0);
      await writer.query("update annotation set deleted_at = now() where id = $1", [id]);
      await writer.query("update layer set revision = 2 where document_id = $1", [fixture.documentId]);
      await writer.query("commit");
      expect(await answer).toEqual({ document: { revision: 2, annotations: { nodes: [] } } });
    } finally {
      await writer.end();
    }
  });

  it("shows one revision to all who read while somebody writes", async () => {
    const query = `query ($id: ID!) { document(id: $id) { revision annotations(first: 20000) { nodes { id } } } }`;
    let writing = true;
    const read = async () => {
      const seen: number[] = [];
      while (writing) {
        const { document } = await server.must<{
          document: { revision: number; annotations: { nodes: object[] } };
        }>(query, { id: fixture.documentId });
        // One annotation a change.
        expect(document.annotations.nodes).toHaveLength(document.revision);
        seen.push(document.revision);
      }
      expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    };
    const readers = [read(), read(), read()];
    for (let revision = 1; revision <= 12; revision++) {
      await annotate(server, fixture);
      const { document } = await server.must<{ document: { revision: number } }>(query, {
        id: fixture.documentId,
      });
      expect(document.revision).toBe(revision);
    }
    writing = false;
    await Promise.all(readers);
  });
});
