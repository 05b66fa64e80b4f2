// Watching a project's own data: every change is in its log once, and reaches every watcher once, in order.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { redisUrl } from "../support/redis.ts";
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
import { emptyProject, exportFile, importFile } from "./importing.ts";

/** Two servers on one database, joined by Redis where there is one. */
let a: TestServer;
let b: TestServer;
beforeAll(async () => {
  const settings = { redisUrl: redisUrl ?? null };
  a = await startServer(settings);
  b = await startServer({ ...settings, adminToken: a.adminToken }, a.database);
});
afterAll(async () => {
  await b.dispose();
  await a.dispose();
});

interface Seen {
  __typename: string;
  revision: number;
  [field: string]: unknown;
}

const SELECTION = `__typename revision clientMutationId author { name }
  ... on ProjectSaved { parts project { name } }
  ... on LabelSaved { label { key version } }
  ... on LabelDeleted { name }
  ... on LabelMerged { label { key heir { key } } annotationCount }
  ... on LabelsReordered { labelIds }
  ... on RelationTypeSaved { relationType { key version } }
  ... on RelationTypeDeleted { name }
  ... on MemberChanged { user { name } role }
  ... on DocumentSaved { title parts document { title } }
  ... on DocumentDeleted { title }
  ... on DocumentsImported { documentCount documentIds codebookChanged }`;

async function revisionOf(at: TestServer, projectId: string): Promise<number> {
  const { project } = await at.must<{ project: { revision: number } }>(
    `query ($p: ID!) { project(id: $p) { revision } }`,
    { p: projectId },
  );
  return project.revision;
}

const upTo = (revision: number) => (changes: Seen[]) => changes.at(-1)?.revision === revision;

/** The code and field that ended a subscription. */
function refusalIn(ended: unknown): unknown {
  const [error] = [ended].flat();
  return typeof error === "object" && error !== null && "extensions" in error ? error.extensions : ended;
}

/** One of everything that changes a project's own data, with what its log says of it. */
async function everyAct(at: TestServer, fixture: Fixture): Promise<object[]> {
  const { projectId, documentId, labels, relationTypes } = fixture;
  const run = (name: string, input: object) => at.mutate(name, input, "__typename");
  const label = async (name: string) =>
    (
      await at.mutate<{ label: { id: string } }>(
        "createLabel",
        { projectId, name, color: "TEAL" },
        "label { id }",
      )
    ).label.id;
  await run("updateProject", { id: projectId, name: "Renamed", guidelines: "Read.", clientMutationId: "x" });
  await run("updateProject", { id: projectId, name: "Renamed" });
  await run("updateProject", { id: projectId, archived: true });
  await run("updateProject", { id: projectId, archived: false });
  const made = await label("Made");
  await run("updateLabel", { id: made, expectedVersion: 1, name: "Changed" });
  await run("moveLabel", { id: made, beforeId: labels.speaker });
  await annotate(at, { ...fixture, labels: { ...labels, made } }, { label: "made" });
  await run("mergeLabel", { id: made, intoId: labels.claim });
  await run("deleteLabel", { id: await label("Spare"), expectedVersion: 1 });
  await run("updateRelationType", { id: relationTypes.states, expectedVersion: 1, name: "says" });
  await run("deleteRelationType", { id: relationTypes["party-to"], expectedVersion: 1 });
  const { userId } = await invite(at, projectId, "VIEWER", "Marat");
  await run("setMemberRole", { projectId, userId, role: "CURATOR" });
  await run("removeMember", { projectId, userId });
  const leaving = await invite(at, projectId, "VIEWER", "Leaving");
  await at.mutate("deleteAccount", {}, "userId", leaving.token);
  await run("updateDocument", { id: documentId, title: "Another title", archived: true });
  await run("updateDocument", { id: documentId, archived: false });
  await run("createDocumentVersion", { documentId, text: "A corrected text." });
  const other = await importDocument(at, projectId, { title: "Other" });
  await run("deleteDocument", { id: other });
  await run("restoreDocument", { id: other });
  await run("deleteProject", { id: projectId });
  await run("restoreProject", { id: projectId });
  return [
    { __typename: "ProjectSaved", parts: ["NAME", "GUIDELINES"], clientMutationId: "x" },
    { __typename: "ProjectSaved", parts: ["ARCHIVED"] },
    { __typename: "ProjectSaved", parts: ["ARCHIVED"], project: { name: "Renamed" } },
    { __typename: "LabelSaved", label: { key: "made", version: 1 } },
    { __typename: "LabelSaved", label: { key: "made", version: 2 } },
    { __typename: "LabelsReordered" },
    { __typename: "LabelMerged", annotationCount: 1, label: { key: "made", heir: { key: "claim" } } },
    { __typename: "LabelSaved", label: { key: "spare", version: 1 } },
    { __typename: "LabelDeleted", name: "Spare" },
    { __typename: "RelationTypeSaved", relationType: { key: "states", version: 2 } },
    { __typename: "RelationTypeDeleted", name: "party to" },
    { __typename: "MemberChanged", user: { name: "Marat" }, role: "VIEWER", author: { name: "Marat" } },
    { __typename: "MemberChanged", user: { name: "Marat" }, role: "CURATOR", author: { name: "Owner" } },
    { __typename: "MemberChanged", user: { name: "Marat" }, role: null },
    { __typename: "MemberChanged", role: "VIEWER" },
    { __typename: "MemberChanged", role: null },
    { __typename: "DocumentSaved", title: "Another title", parts: ["TITLE", "ARCHIVED"] },
    { __typename: "DocumentSaved", parts: ["ARCHIVED"] },
    { __typename: "DocumentSaved", parts: ["ARCHIVED"] },
    { __typename: "DocumentSaved", parts: ["TEXT"], document: { title: "Another title" } },
    { __typename: "DocumentsImported", documentCount: 1, documentIds: [other], codebookChanged: false },
    { __typename: "DocumentDeleted", title: "Other" },
    { __typename: "DocumentSaved", title: "Other", parts: ["RESTORED"] },
    { __typename: "ProjectDeleted" },
    { __typename: "ProjectSaved", parts: ["RESTORED"] },
  ];
}

describe("the changes of a project", () => {
  it("are all in its log, once, each with what it was, and are replayed in order", async () => {
    const fixture = await makeFixture(a);
    const first = await revisionOf(a, fixture.projectId);
    const expected = await everyAct(a, fixture);
    const seen = watchProject<Seen>(b.socket(), fixture.projectId, first, SELECTION);
    const changes = await seen.until((all) => all.length >= expected.length);
    seen.stop();
    expect(changes).toMatchObject(
      expected.map((change, index) => ({ ...change, revision: first + 1 + index })),
    );
    expect(await revisionOf(a, fixture.projectId)).toBe(first + expected.length);
    await expectWholeLogs(a);
  });

  it("reach watchers on both servers once, in order, however many write", async () => {
    const { projectId, labels } = await makeFixture(a);
    const start = await revisionOf(a, projectId);
    const watches = [a, b].map((at) => watchProject<Seen>(at.socket(), projectId, 0, "__typename revision"));
    const acts = [
      (at: TestServer, n: number) =>
        at.mutate("createLabel", { projectId, name: `L${n}`, color: "ROSE" }, "__typename"),
      (at: TestServer) => importDocument(at, projectId),
      (at: TestServer, n: number) =>
        at.mutate("updateProject", { id: projectId, description: `${n}` }, "__typename"),
      (at: TestServer) =>
        at.mutate("moveLabel", { id: labels.claim, beforeId: labels.speaker }, "__typename"),
    ];
    await Promise.all(Array.from({ length: 16 }, (_, n) => acts[n % acts.length]!(n % 3 === 0 ? a : b, n)));
    const last = await revisionOf(a, projectId);
    // The order came to be so once, however often it was asked for.
    expect(last).toBe(start + 13);
    for (const seen of watches) {
      const changes = await seen.until(upTo(last));
      expect(changes.map(({ revision }) => revision)).toEqual(Array.from({ length: last }, (_, i) => i + 1));
      seen.stop();
    }
    // Who comes back gets the rest.
    const again = watchProject<Seen>(b.socket(), projectId, last - 2, "__typename revision");
    await importDocument(a, projectId);
    expect((await again.until(upTo(last + 1))).map(({ revision }) => revision)).toEqual([
      last - 1,
      last,
      last + 1,
    ]);
    again.stop();
    await expectWholeLogs(a);
  });

  it("tell of a file that came in as one change for each batch, codebook and words included", async () => {
    const from = await makeFixture(a);
    await a.mutate("createLabel", { projectId: from.projectId, name: "New", color: "TEAL" }, "__typename");
    const projectId = await emptyProject(a);
    const seen = watchProject<Seen>(b.socket(), projectId, 0, SELECTION);
    await importFile(a, projectId, await exportFile(a, from.projectId, "json"));
    const changes = await seen.until((all) => all.length >= 2);
    seen.stop();
    expect(changes).toMatchObject([
      { __typename: "DocumentsImported", documentCount: 1, codebookChanged: true },
      { __typename: "ProjectSaved", parts: ["NAME", "DESCRIPTION", "GUIDELINES"] },
    ]);
  });

  it("are the same for a repeated mutation as for one", async () => {
    const { projectId } = await makeFixture(a);
    const input = { projectId, name: "Once", color: "TEAL", clientMutationId: "once" };
    const start = await revisionOf(a, projectId);
    await Promise.all([a, b, a].map((at) => at.mutate("createLabel", input, "__typename")));
    expect(await revisionOf(a, projectId)).toBe(start + 1);
    await expectWholeLogs(a);
  });
});

describe("a watch of a project", () => {
  const endOf = async (projectId: string, afterRevision: number) =>
    refusalIn(await watchProject<Seen>(a.socket(), projectId, afterRevision, "revision").ended);

  it("is refused from where the log does not lead on", async () => {
    const { projectId } = await makeFixture(a);
    const head = await revisionOf(a, projectId);
    expect(await endOf(projectId, -1)).toMatchObject({ code: "BAD_USER_INPUT", field: "afterRevision" });
    expect(await endOf(projectId, head + 1)).toMatchObject({ code: "REVISION_GONE" });
    // As in a project from before there was a log.
    await a.sql(`delete from project_change where project_id = $1`, [projectId]);
    expect(await endOf(projectId, 0)).toMatchObject({ code: "REVISION_GONE", field: "afterRevision" });
    const seen = watchProject<Seen>(a.socket(), projectId, head, "revision");
    await importDocument(a, projectId);
    expect(await seen.until((all) => all.length > 0)).toEqual([{ revision: head + 1 }]);
    seen.stop();
    await a.sql(`delete from project where id = $1`, [projectId]);
  });

  it("is refused from where LOG_DAYS ends", async () => {
    const dated = await startServer({ logDays: 30, adminToken: a.adminToken }, a.database);
    try {
      const { projectId } = await makeFixture(dated);
      await importDocument(dated, projectId);
      await a.sql(
        `update project_change set at = now() - interval '31 days' where project_id = $1 and revision = 1`,
        [projectId],
      );
      const old = watchProject<Seen>(dated.socket(), projectId, 0, "revision");
      expect(refusalIn(await old.ended)).toMatchObject({ code: "REVISION_GONE" });
      const recent = watchProject<Seen>(dated.socket(), projectId, 1, "revision");
      expect(await recent.until((all) => all.length > 0)).toEqual([{ revision: 2 }]);
    } finally {
      await dated.dispose();
    }
  });

  it("ends on both servers when its member is removed or the project deleted", async () => {
    const { projectId } = await makeFixture(a);
    const { token, userId } = await invite(a, projectId, "VIEWER");
    const head = await revisionOf(a, projectId);
    const members = [a, b].map((at) => watchProject<Seen>(at.socket(token), projectId, head - 1, "revision"));
    const owner = watchProject<Seen>(b.socket(), projectId, head - 1, "revision");
    for (const seen of [...members, owner]) await seen.until((all) => all.length > 0);
    await a.mutate("removeMember", { projectId, userId }, "project { id }");
    for (const { ended } of members) expect(refusalIn(await ended)).toMatchObject({ code: "FORBIDDEN" });
    await a.mutate("deleteProject", { id: projectId }, "projectId");
    expect(refusalIn(await owner.ended)).toMatchObject({ code: "NOT_FOUND" });
  });

  it("says to each watcher what that one may see", async () => {
    const { projectId } = await makeFixture(a);
    const viewer = await invite(a, projectId, "VIEWER");
    const after = await revisionOf(a, projectId);
    const selection = "revision ... on ProjectSaved { project { viewerRole invitations { id } } }";
    const [own, other] = [undefined, viewer.token].map((token) =>
      watchProject<Seen>(a.socket(token), projectId, after, selection),
    );
    await a.mutate("updateProject", { id: projectId, name: "Other" }, "__typename");
    const project = async (seen: typeof own) => (await seen?.until((all) => all.length > 0))?.[0]?.project;
    expect(await project(own)).toEqual({ viewerRole: "OWNER", invitations: [] });
    expect(await project(other)).toEqual({ viewerRole: "VIEWER", invitations: null });
  });
});
