// Who may do what, through every door: one table over all mutations, queries, the subscription and the export.
import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { buildSchema } from "graphql";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  annotate,
  type Fixture,
  invite,
  makeFixture,
  mutation,
  startServer,
  type TestServer,
  watch,
} from "../support/server.ts";

const ROLES = ["VIEWER", "ANNOTATOR", "CURATOR", "OWNER"] as const;
type Role = (typeof ROLES)[number];

/** What exists when an act is tried: made by somebody else, or by who acts. */
interface World {
  fixture: Fixture;
  speakerId: string;
  annotationId: string;
  deletedId: string;
  relationId: string;
  commentId: string;
  memberId: string;
}

/** A mutation, its input, and the least role that may do it. */
type Act = [name: string, least: Role, input: (world: World) => object];

const OTHERS: Act[] = [
  ["updateProject", "CURATOR", ({ fixture }) => ({ id: fixture.projectId, guidelines: "Read." })],
  [
    "importDocuments",
    "CURATOR",
    ({ fixture }) => ({ projectId: fixture.projectId, documents: [{ title: "x", text: "x" }] }),
  ],
  ["updateDocument", "CURATOR", ({ fixture }) => ({ id: fixture.documentId, title: "x" })],
  [
    "createAnnotation",
    "ANNOTATOR",
    ({ fixture }) => ({
      documentId: fixture.documentId,
      labelId: fixture.labels.claim,
      fragments: [{ start: 0, end: 1 }],
    }),
  ],
  [
    "updateAnnotation",
    "CURATOR",
    ({ annotationId }) => ({ id: annotationId, expectedVersion: 1, note: "x" }),
  ],
  ["restoreAnnotation", "CURATOR", ({ deletedId }) => ({ id: deletedId })],
  [
    "createRelation",
    "ANNOTATOR",
    ({ fixture, speakerId, annotationId }) => ({
      typeId: fixture.relationTypes.states,
      sourceId: speakerId,
      targetId: annotationId,
    }),
  ],
  ["deleteRelation", "CURATOR", ({ relationId }) => ({ id: relationId })],
  ["createComment", "ANNOTATOR", ({ annotationId }) => ({ annotationId, body: "x" })],
  ["updateComment", "CURATOR", ({ commentId }) => ({ id: commentId, body: "x" })],
  ["deleteComment", "CURATOR", ({ commentId }) => ({ id: commentId })],
  ["deleteAnnotation", "CURATOR", ({ speakerId }) => ({ id: speakerId, expectedVersion: 1 })],
  ["createInvitation", "OWNER", ({ fixture }) => ({ projectId: fixture.projectId, role: "VIEWER" })],
  [
    "setMemberRole",
    "OWNER",
    ({ fixture, memberId }) => ({ projectId: fixture.projectId, userId: memberId, role: "CURATOR" }),
  ],
  ["removeMember", "OWNER", ({ fixture, memberId }) => ({ projectId: fixture.projectId, userId: memberId })],
  ["deleteDocument", "CURATOR", ({ fixture }) => ({ id: fixture.documentId })],
  ["deleteProject", "OWNER", ({ fixture }) => ({ id: fixture.projectId })],
];

/** The same on what one has made oneself: these need the right to annotate alone. */
const OWN = new Set([
  "updateAnnotation",
  "deleteAnnotation",
  "restoreAnnotation",
  "deleteRelation",
  "updateComment",
  "deleteComment",
]);

/** Those that are about no project: tested by themselves below. */
const PERSONAL = ["createProject", "acceptInvitation", "createAccessToken", "revokeAccessToken"];

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.dispose());

/** A project with everything in it, made by `token`. */
async function makeWorld(fixture: Fixture, token?: string): Promise<World> {
  const speaker = await annotate(server, fixture, { label: "speaker", ...(token ? { token } : {}) });
  const other = await annotate(server, fixture, { label: "speaker", ...(token ? { token } : {}) });
  const claim = await annotate(server, fixture, token ? { token } : {});
  const deleted = await annotate(server, fixture, token ? { token } : {});
  await server.mutate("deleteAnnotation", { id: deleted.id, expectedVersion: 1 }, "revision");
  const { relation } = await server.mutate<{ relation: { id: string } }>(
    "createRelation",
    { typeId: fixture.relationTypes.states, sourceId: other.id, targetId: claim.id },
    "relation { id }",
    token,
  );
  const { comment } = await server.mutate<{ comment: { id: string } }>(
    "createComment",
    { annotationId: claim.id, body: "Hm." },
    "comment { id }",
    token,
  );
  const { userId } = await invite(server, fixture.projectId, "VIEWER", "somebody");
  return {
    fixture,
    speakerId: speaker.id,
    annotationId: claim.id,
    deletedId: deleted.id,
    relationId: relation.id,
    commentId: comment.id,
    memberId: userId,
  };
}

/** All that is stored of a project, to see that a refusal changed nothing. */
const stored = (projectId: string) =>
  server.sql(
    `select (select row(revision, deleted_at, name, guidelines)::text from project where id = $1) as project,
      (select string_agg(row(id, revision)::text, ' ' order by id) from layer where project_id = $1) as layers,
      (select string_agg(row(id, title, deleted_at)::text, ' ' order by id) from document where project_id = $1) as documents,
      (select string_agg(row(id, version, deleted_at)::text, ' ' order by id) from annotation where project_id = $1) as annotations,
      (select string_agg(row(id, deleted_at)::text, ' ' order by id) from relation where project_id = $1) as relations,
      (select string_agg(row(id, body, deleted_at)::text, ' ' order by id) from comment where project_id = $1) as comments,
      (select string_agg(row(person_id, role)::text, ' ' order by person_id) from membership where project_id = $1) as members,
      (select count(*)::int from invitation where project_id = $1) as invitations`,
    [projectId],
  );

const rank = (role: Role) => ROLES.indexOf(role);

it("the table names every mutation of the contract", async () => {
  const schema = buildSchema(await readFile(new URL("../contract/schema.graphql", import.meta.url), "utf8"));
  const names = Object.keys(schema.getMutationType()?.getFields() ?? {});
  expect([...OTHERS.map(([name]) => name), ...PERSONAL].sort()).toEqual(names.sort());
});

describe.each(ROLES)("%s", (role) => {
  it("does to others' work what the role allows, and is FORBIDDEN the rest, which changes nothing", async () => {
    const world = await makeWorld(await makeFixture(server));
    const { token } = await invite(server, world.fixture.projectId, role);
    for (const [name, least, input] of OTHERS) {
      const before = await stored(world.fixture.projectId);
      const { errors } = await server.ask(mutation(name), { i: input(world) }, token);
      const allowed = rank(role) >= rank(least);
      expect({ name, code: errors?.[0]?.extensions.code }).toEqual({
        name,
        code: allowed ? undefined : "FORBIDDEN",
      });
      if (!allowed)
        expect({ name, stored: await stored(world.fixture.projectId) }).toEqual({ name, stored: before });
    }
  });

  it("does to own work what the role allows", async () => {
    const fixture = await makeFixture(server);
    const { token, userId } = await invite(server, fixture.projectId, "ANNOTATOR");
    const world = await makeWorld(fixture, token);
    if (role !== "ANNOTATOR")
      await server.mutate("setMemberRole", { projectId: fixture.projectId, userId, role }, "project { id }");
    for (const [name, , input] of OTHERS.filter(([name]) => OWN.has(name))) {
      const { errors } = await server.ask(mutation(name), { i: input(world) }, token);
      expect({ name, code: errors?.[0]?.extensions.code }).toEqual({
        name,
        code: role === "VIEWER" ? "FORBIDDEN" : undefined,
      });
    }
  });

  it("reads everything, watches and exports; mail is for owners and oneself", async () => {
    const world = await makeWorld(await makeFixture(server));
    const { token } = await invite(server, world.fixture.projectId, role);
    for (const [query, variables] of READS(world)) {
      const { data, errors } = await server.ask<Record<string, unknown>>(query, variables, token);
      expect({ query, errors, found: Object.values(data ?? {})[0] !== null }).toEqual({
        query,
        errors: undefined,
        found: true,
      });
    }
    const seen = watch<{ revision: number }>(server.socket(token), world.fixture.documentId, 0, "revision");
    await seen.until((changes) => changes.length >= 7);
    seen.stop();
    expect((await exported(world.fixture.projectId, token)).status).toBe(200);
  });

  it("may leave, unless it is the last owner", async () => {
    const { projectId } = await makeFixture(server);
    const { token, userId } = await invite(server, projectId, role);
    await server.ask(mutation("removeMember"), { i: { projectId, userId } }, token);
    expect(await server.must(`query ($p: ID!) { project(id: $p) { id } }`, { p: projectId }, token)).toEqual({
      project: null,
    });
  });
});

/** Queries by id and by search, all of which a member may ask. */
const READS = ({ fixture, annotationId }: World): [string, object][] => [
  [
    `query ($p: ID!) { project(id: $p) { id name viewerRole labels { key } relationTypes { key } members { role email user { name } } documents { nodes { title text annotations { nodes { id } } } } } }`,
    { p: fixture.projectId },
  ],
  [
    `query ($d: ID!) { document(id: $d) { text project { name } annotations { nodes { note } } relations { nodes { id } } } }`,
    { d: fixture.documentId },
  ],
  [
    `query ($a: ID!) { annotation(id: $a) { note span { document { text } annotations { id } } comments { body } relations { source { note } } } }`,
    { a: annotationId },
  ],
];

const SEARCH = `query ($p: ID!) { annotations(filter: { projectId: $p }) { totalCount nodes { note } } }`;

const exported = (projectId: string, token: string | null, format = "json") =>
  fetch(`${server.url}/projects/${projectId}/export?format=${format}`, {
    headers: token === null ? {} : { authorization: `Bearer ${token}` },
  });

/** What a subscription's end says; it must end. */
async function endOf(token: string | null, documentId: string): Promise<unknown> {
  const [error] = [
    await watch<{ revision: number }>(server.socket(token), documentId, 0, "revision").ended,
  ].flat();
  return typeof error === "object" && error !== null && "extensions" in error ? error.extensions : error;
}

describe("who may not know of a project", () => {
  let world: World;
  const outsiders: [string, () => Promise<string>][] = [
    ["a stranger", async () => (await invite(server, (await makeFixture(server)).projectId, "OWNER")).token],
    [
      "a removed member",
      async () => {
        const { token, userId } = await invite(server, world.fixture.projectId, "OWNER");
        await server.mutate("removeMember", { projectId: world.fixture.projectId, userId }, "project { id }");
        return token;
      },
    ],
  ];
  beforeEach(async () => {
    world = await makeWorld(await makeFixture(server));
  });

  it.each(outsiders)(
    "as %s gets NOT_FOUND from every mutation, as for what does not exist",
    async (_name, enter) => {
      const token = await enter();
      const before = await stored(world.fixture.projectId);
      const nowhere: World = {
        fixture: { ...world.fixture, projectId: randomUUID(), documentId: randomUUID() },
        speakerId: randomUUID(),
        annotationId: randomUUID(),
        deletedId: randomUUID(),
        relationId: randomUUID(),
        commentId: randomUUID(),
        memberId: randomUUID(),
      };
      for (const [name, , input] of OTHERS) {
        const refusal = await server.refuses(name, input(world), token);
        expect({ name, ...refusal }).toMatchObject({ name, code: "NOT_FOUND", current: undefined });
        expect({ name, message: refusal.message }).toEqual({
          name,
          message: (await server.refuses(name, input(nowhere), token)).message,
        });
      }
      expect(await stored(world.fixture.projectId)).toEqual(before);
    },
  );

  it.each(outsiders)(
    "as %s gets null from every query by id, and finds nothing else",
    async (_name, enter) => {
      const token = await enter();
      for (const [query, variables] of READS(world)) {
        const { data, errors } = await server.ask<Record<string, unknown>>(query, variables, token);
        expect({ query, errors, data: Object.values(data ?? {}) }).toEqual({
          query,
          errors: undefined,
          data: [null],
        });
      }
      expect(await server.refused(SEARCH, { p: world.fixture.projectId }, token)).toMatchObject({
        code: "NOT_FOUND",
      });
      const { projects } = await server.must<{ projects: { nodes: { id: string }[] } }>(
        `{ projects { nodes { id } } }`,
        {},
        token,
      );
      expect(projects.nodes.map(({ id }) => id)).not.toContain(world.fixture.projectId);
    },
  );

  it.each(outsiders)(
    "as %s can't use its labels, relation types and annotations elsewhere",
    async (_name, enter) => {
      await enter();
      const own = await makeFixture(server);
      const { token } = await invite(server, own.projectId, "OWNER");
      const speaker = await annotate(server, own, { label: "speaker", token });
      expect(
        await server.refuses(
          "createAnnotation",
          {
            documentId: own.documentId,
            labelId: world.fixture.labels.claim,
            fragments: [{ start: 0, end: 1 }],
          },
          token,
        ),
      ).toMatchObject({ code: "BAD_USER_INPUT", field: "input.labelId" });
      expect(
        await server.refuses(
          "createRelation",
          { typeId: own.relationTypes.states, sourceId: speaker.id, targetId: world.annotationId },
          token,
        ),
      ).toMatchObject({ code: "BAD_USER_INPUT", field: "input.targetId" });
    },
  );

  it.each(outsiders)("as %s gets NOT_FOUND from the subscription and the export", async (_name, enter) => {
    const token = await enter();
    expect(await endOf(token, world.fixture.documentId)).toMatchObject({ code: "NOT_FOUND" });
    for (const format of ["json", "ndjson"]) {
      const response = await exported(world.fixture.projectId, token, format);
      expect([response.status, await response.json()]).toMatchObject([404, { error: { code: "NOT_FOUND" } }]);
    }
  });

  it("gets the same once the project is deleted, whoever it is", async () => {
    const { token } = await invite(server, world.fixture.projectId, "OWNER");
    await server.mutate("deleteProject", { id: world.fixture.projectId }, "projectId");
    for (const [name, , input] of OTHERS)
      expect({ name, ...(await server.refuses(name, input(world), token)) }).toMatchObject({
        name,
        code: "NOT_FOUND",
      });
    for (const [query, variables] of READS(world))
      expect(Object.values((await server.ask(query, variables, token)).data ?? {})).toEqual([null]);
    expect((await exported(world.fixture.projectId, token)).status).toBe(404);
    expect(await endOf(token, world.fixture.documentId)).toMatchObject({ code: "NOT_FOUND" });
  });

  it("gets the same of a deleted document, also as its owner", async () => {
    await server.mutate("deleteDocument", { id: world.fixture.documentId }, "documentId");
    const [, ...byDocument] = READS(world);
    for (const [query, variables] of byDocument)
      expect(Object.values((await server.ask(query, variables)).data ?? {})).toEqual([null]);
    for (const name of [
      "updateDocument",
      "createAnnotation",
      "updateAnnotation",
      "deleteAnnotation",
      "restoreAnnotation",
      "createRelation",
      "deleteRelation",
      "createComment",
      "updateComment",
      "deleteComment",
      "deleteDocument",
    ]) {
      const input = OTHERS.find(([known]) => known === name)?.[2](world) ?? {};
      expect({ name, ...(await server.refuses(name, input)) }).toMatchObject({ name, code: "NOT_FOUND" });
    }
  });
});

describe("who is not signed in", () => {
  let world: World;
  beforeEach(async () => {
    world = await makeWorld(await makeFixture(server));
  });

  it("gets UNAUTHENTICATED from everything but what is public", async () => {
    expect(await server.must(`{ __typename viewer { id } }`, {}, null)).toEqual({
      __typename: "Query",
      viewer: null,
    });
    const refused = { code: "UNAUTHENTICATED", status: 401 };
    for (const [name, , input] of OTHERS)
      expect({ name, ...(await server.refuses(name, input(world), null)) }).toMatchObject({
        name,
        ...refused,
      });
    for (const [name, input] of [
      ["createProject", { name: "x" }],
      ["createAccessToken", { name: "x" }],
      ["revokeAccessToken", { id: randomUUID() }],
    ] as const) {
      expect(await server.refuses(name, input, null)).toMatchObject(refused);
    }
    for (const [query, variables] of [
      ...READS(world),
      [SEARCH, { p: world.fixture.projectId }],
      [`{ projects { totalCount } }`, {}],
      [`{ accessTokens { id } }`, {}],
      [`{ __schema { queryType { name } } }`, {}],
      [`{ viewer { id } projects { totalCount } }`, {}],
      [`{ ...F } fragment F on Query { projects { totalCount } }`, {}],
    ] as [string, object][]) {
      expect({ query, ...(await server.refused(query, variables, null)) }).toMatchObject({
        query,
        ...refused,
      });
    }
    expect(await endOf(null, world.fixture.documentId)).toMatchObject({ code: "UNAUTHENTICATED" });
    const response = await exported(world.fixture.projectId, null);
    expect([response.status, await response.json()]).toMatchObject([
      401,
      { error: { code: "UNAUTHENTICATED" } },
    ]);
  });

  it("gets UNAUTHENTICATED for the whole request with credentials that are wrong, expired or revoked", async () => {
    const { token } = await invite(server, world.fixture.projectId, "OWNER");
    const make = (name: string, more: object = {}) =>
      server.mutate<{ accessToken: { id: string }; secret: string }>(
        "createAccessToken",
        { name, ...more },
        "secret accessToken { id }",
        token,
      );
    const revoked = await make("revoked");
    const expired = await make("expired", { expiresAt: "2099-01-01T00:00:00Z" });
    for (const { secret } of [revoked, expired]) await server.must(`{ viewer { id } }`, {}, secret);
    await server.mutate("revokeAccessToken", { id: revoked.accessToken.id }, "id", token);
    await server.sql(`update access_token set expires_at = now() - interval '1 second' where id = $1`, [
      expired.accessToken.id,
    ]);
    for (const secret of [
      revoked.secret,
      expired.secret,
      `${token}x`,
      token.slice(0, -1),
      token.toUpperCase(),
      "x",
    ]) {
      // Also what would be public to nobody in particular.
      for (const query of [`{ __typename }`, `{ viewer { id } }`, `{ projects { totalCount } }`]) {
        expect(await server.refused(query, {}, secret)).toMatchObject({
          code: "UNAUTHENTICATED",
          status: 401,
        });
      }
      expect((await exported(world.fixture.projectId, secret)).status).toBe(401);
    }
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
