// Rights beyond the table of rights.test.ts: ids of foreign projects, what is deleted, odd credentials, people among themselves.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ACTS } from "../support/rights-acts.ts";
import { makeWorld } from "../support/rights-world.ts";
import {
  annotate,
  invite,
  makeFixture,
  mutation,
  startServer,
  type TestServer,
  watch,
} from "../support/server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.dispose());

const act = (name: string) => {
  const found = ACTS.find((known) => known.name === name);
  if (found === undefined) throw new Error(`no act ${name}`);
  return found;
};

const READS = {
  project: `query ($id: ID!) { project(id: $id) { id } }`,
  document: `query ($id: ID!) { document(id: $id) { id } }`,
  annotation: `query ($id: ID!) { annotation(id: $id) { id } }`,
} as const;

it("labels, relation types and annotations of a foreign project can't be used", async () => {
  const foreign = await makeWorld(server);
  const own = await makeFixture(server);
  const { token } = await invite(server, own.projectId, "OWNER");
  const speaker = await annotate(server, own, { label: "speaker", token });
  const range = [{ start: 0, end: 1 }];
  expect(
    await server.refuses(
      "createAnnotation",
      { documentId: own.documentId, labelId: foreign.fixture.labels.claim, fragments: range },
      token,
    ),
  ).toMatchObject({ code: "BAD_USER_INPUT", field: "input.labelId" });
  const { states } = own.relationTypes;
  expect(
    await server.refuses(
      "createRelation",
      { typeId: states, sourceId: speaker.id, targetId: foreign.annotationId },
      token,
    ),
  ).toMatchObject({ code: "BAD_USER_INPUT", field: "input.targetId" });
  expect(
    await server.refuses(
      "createRelation",
      { typeId: foreign.fixture.relationTypes.states, sourceId: speaker.id, targetId: speaker.id },
      token,
    ),
  ).toMatchObject({ code: "BAD_USER_INPUT", field: "input.typeId" });
});

describe("what is deleted", () => {
  it("is unknown to its owner too, but to who restores it", async () => {
    const world = await makeWorld(server);
    const { fixture, annotationId } = world;
    const { token } = await invite(server, fixture.projectId, "OWNER");
    await server.mutate("deleteProject", { id: fixture.projectId }, "projectId");
    const here = ACTS.filter(({ name }) => name !== "restoreProject");
    for (const { name, input } of here)
      expect({ name, ...(await server.refuses(name, input(world), token)) }).toMatchObject({
        name,
        code: "NOT_FOUND",
      });
    for (const [query, id] of [
      [READS.project, fixture.projectId],
      [READS.document, fixture.documentId],
      [READS.annotation, annotationId],
    ] as const)
      expect(Object.values((await server.ask(query, { id }, token)).data ?? {})).toEqual([null]);
    const headers = { authorization: `Bearer ${token}` };
    for (const path of [`/projects/${fixture.projectId}/export`, `/jobs/${world.jobId}`])
      expect((await fetch(server.url + path, { headers })).status).toBe(404);
    const [end] = [await watch(server.socket(token), fixture.documentId, 0, "revision").ended].flat();
    expect(end).toMatchObject({ extensions: { code: "NOT_FOUND" } });
  });

  it("as a document, is unknown by all that hangs on it", async () => {
    const world = await makeWorld(server);
    await server.mutate("deleteDocument", { id: world.fixture.documentId }, "documentId");
    expect(await server.must(READS.document, { id: world.fixture.documentId })).toEqual({ document: null });
    expect(await server.must(READS.annotation, { id: world.annotationId })).toEqual({ annotation: null });
    for (const name of [
      "updateDocument",
      "createDocumentVersion",
      "createAnnotation",
      "updateAnnotation",
      "deleteAnnotation",
      "restoreAnnotation",
      "createRelation",
      "deleteRelation",
      "restoreRelation",
      "createComment",
      "updateComment",
      "deleteComment",
      "restoreComment",
      "deleteDocument",
    ]) {
      const refusal = await server.refuses(name, act(name).input(world));
      expect({ name, ...refusal }).toMatchObject({ name, code: "NOT_FOUND" });
    }
  });
});

describe("odd credentials", () => {
  it("are UNAUTHENTICATED for the whole request, also where nobody needs to be signed in", async () => {
    const { projectId } = await makeFixture(server);
    const { token } = await invite(server, projectId, "OWNER");
    for (const secret of [`${token}x`, token.slice(0, -1), token.toUpperCase(), "x"]) {
      for (const query of [`{ __typename }`, `{ viewer { id } }`, `{ projects { totalCount } }`])
        expect(await server.refused(query, {}, secret)).toMatchObject({
          code: "UNAUTHENTICATED",
          status: 401,
        });
    }
  });

  it("none at all gets what is public, and nothing beside it in the same request", async () => {
    expect(await server.must(`{ __typename viewer { id } }`, {}, null)).toEqual({
      __typename: "Query",
      viewer: null,
    });
    for (const query of [
      `{ viewer { id } projects { totalCount } }`,
      `{ __schema { queryType { name } } }`,
      `{ ...F } fragment F on Query { projects { totalCount } }`,
    ])
      expect(await server.refused(query, {}, null)).toMatchObject({ code: "UNAUTHENTICATED", status: 401 });
  });

  it.each(["", "Bearer", "Basic b3duZXI6eA==", "Bearer a b"])(
    "gets it for the header %j too",
    async (authorization) => {
      const response = await fetch(`${server.url}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json", authorization },
        body: '{"query":"{ viewer { id } }"}',
      });
      expect([response.status, await response.json()]).toMatchObject([
        401,
        { errors: [{ extensions: { code: "UNAUTHENTICATED" } }] },
      ]);
    },
  );
});

describe("people", () => {
  it("who came by invitation make no projects", async () => {
    const { projectId } = await makeFixture(server);
    const { token } = await invite(server, projectId, "OWNER");
    expect(await server.must(`{ viewer { createsProjects email } }`, {}, token)).toEqual({
      viewer: { createsProjects: false, email: null },
    });
    expect(await server.refuses("createProject", { name: "x" }, token)).toMatchObject({ code: "FORBIDDEN" });
  });

  it("see and revoke their own access tokens alone", async () => {
    const { projectId } = await makeFixture(server);
    const [one, two] = [await invite(server, projectId, "OWNER"), await invite(server, projectId, "OWNER")];
    const { accessToken } = await server.mutate<{ accessToken: { id: string } }>(
      "createAccessToken",
      { name: "mine" },
      "accessToken { id }",
      one.token,
    );
    const { accessTokens } = await server.must<{ accessTokens: { name: string }[] }>(
      `{ accessTokens { name } }`,
      {},
      two.token,
    );
    expect(accessTokens).toEqual([{ name: "From the invitation" }]);
    expect(await server.refuses("revokeAccessToken", { id: accessToken.id }, two.token)).toMatchObject({
      code: "NOT_FOUND",
    });
    expect(await server.refuses("revokeAccessToken", { id: accessToken.id })).toMatchObject({
      code: "NOT_FOUND",
    });
  });

  it("can't leave a project without an owner, one after the other or at once", async () => {
    const { projectId } = await makeFixture(server);
    const { viewer } = await server.must<{ viewer: { id: string } }>(`{ viewer { id } }`);
    expect(await server.refuses("removeMember", { projectId, userId: viewer.id })).toMatchObject({
      code: "BAD_USER_INPUT",
      field: "input.userId",
    });
    expect(
      await server.refuses("setMemberRole", { projectId, userId: viewer.id, role: "CURATOR" }),
    ).toMatchObject({ code: "BAD_USER_INPUT", field: "input.role" });
    const second = await invite(server, projectId, "OWNER");
    await Promise.all([
      server.ask(mutation("removeMember"), { i: { projectId, userId: viewer.id } }),
      server.ask(mutation("removeMember"), { i: { projectId, userId: second.userId } }, second.token),
    ]);
    expect(
      await server.sql(
        `select count(*)::int as owners from membership where project_id = $1 and role = 'OWNER'`,
        [projectId],
      ),
    ).toEqual([{ owners: 1 }]);
  });

  it("who can't sign in can't be owners", async () => {
    const { projectId } = await makeFixture(server);
    const userId = randomUUID();
    await server.sql(`insert into person (id, name, imported) values ($1, 'Tobin', true)`, [userId]);
    await server.sql(`insert into membership (project_id, person_id, role) values ($1, $2, 'ANNOTATOR')`, [
      projectId,
      userId,
    ]);
    expect(await server.refuses("setMemberRole", { projectId, userId, role: "OWNER" })).toMatchObject({
      code: "BAD_USER_INPUT",
      field: "input.role",
    });
    await server.mutate("setMemberRole", { projectId, userId, role: "CURATOR" }, "project { id }");
  });

  it("who are no members can't be given a role or removed", async () => {
    const { projectId } = await makeFixture(server);
    const elsewhere = await invite(server, (await makeFixture(server)).projectId, "VIEWER");
    for (const userId of [elsewhere.userId, randomUUID()]) {
      expect(await server.refuses("setMemberRole", { projectId, userId, role: "OWNER" })).toMatchObject({
        code: "NOT_FOUND",
      });
      expect(await server.refuses("removeMember", { projectId, userId })).toMatchObject({
        code: "NOT_FOUND",
      });
    }
  });

  it("who accept an invitation can read what it answers", async () => {
    const fixture = await makeFixture(server);
    const { token } = await server.mutate<{ token: string }>(
      "createInvitation",
      { projectId: fixture.projectId, role: "VIEWER" },
      "token",
    );
    const selection =
      "user { name } project { name viewerRole labels { key } members { role } documents { nodes { id } } }";
    const answer = await server.mutate("acceptInvitation", { token, name: "New" }, selection, null);
    expect(answer).toMatchObject({
      user: { name: "New" },
      project: {
        viewerRole: "VIEWER",
        members: [{ role: "OWNER" }, { role: "VIEWER" }],
        documents: { nodes: [{ id: fixture.documentId }] },
      },
    });
  });
});
