// What exists when the rights are tried: one of everything in a project, and everybody who may ask for it.
import { randomUUID } from "node:crypto";
import { expect, vi } from "vitest";
import { annotate, type Fixture, invite, makeFixture, type TestServer } from "./server.ts";

export const ROLES = ["VIEWER", "ANNOTATOR", "CURATOR", "OWNER"] as const;
export type Role = (typeof ROLES)[number];

/** Members aside: who knows of no project, who did, and whose credentials are no good. */
export const OUTSIDERS = ["stranger", "removed member"] as const;
export const NOBODIES = ["signed out", "expired token", "revoked token", "deleted account"] as const;

/** Everybody who asks. */
export type Caller = Role | (typeof OUTSIDERS)[number] | (typeof NOBODIES)[number];
export const CALLERS: readonly Caller[] = [...ROLES, ...OUTSIDERS, ...NOBODIES];

/** Stands in every name and text of a world, so that an answer that leaks any of them is found out. */
export const SECRET = "Vellichor";

export interface World {
  fixture: Fixture;
  speakerId: string;
  otherSpeakerId: string;
  annotationId: string;
  deletedAnnotationId: string;
  relationId: string;
  commentId: string;
  /** A viewer who works by a token alone. */
  memberId: string;
  /** A viewer with a password, where the world was made with one. */
  passwordMemberId: string;
  /** That nothing uses. */
  spareLabelId: string;
  spareTypeId: string;
  invitationId: string;
  invitationToken: string;
  resetToken: string;
  deletedDocumentId: string;
  /** Another project with the same members, deleted. */
  deletedProjectId: string;
  jobId: string;
}

/** An NDJSON corpus with one document, as an export writes it. */
function smallCorpus(): string {
  const header = {
    format: "concord-corpus",
    version: 1,
    offsets: "code-points",
    project: { name: "x", description: "", guidelines: "", labels: [], relationTypes: [] },
    users: [],
  };
  const document = {
    id: randomUUID(),
    sourceId: null,
    title: `${SECRET} imported`,
    language: null,
    metadata: {},
    createdAt: "2026-01-02T03:04:05.678Z",
    text: `${SECRET} said so.`,
    annotations: [],
    relations: [],
    comments: [],
  };
  return `${JSON.stringify(header)}\n${JSON.stringify(document)}\n`;
}

/** Somebody with e-mail and password, who joins by an invitation. */
async function inviteWithPassword(server: TestServer, projectId: string): Promise<string> {
  const { token } = await server.mutate<{ token: string }>(
    "createInvitation",
    { projectId, role: "VIEWER" },
    "token",
  );
  const { user } = await server.mutate<{ user: { id: string } }>(
    "acceptInvitation",
    {
      token,
      name: `${SECRET} Person`,
      email: `${randomUUID()}@${SECRET.toLowerCase()}.example`,
      password: "a long enough password",
    },
    "user { id }",
    null,
  );
  return user.id;
}

/** A member with a password, and a link that resets it. */
async function makeReset(
  server: TestServer,
  projectId: string,
): Promise<{ passwordMemberId: string; resetToken: string }> {
  const userId = await inviteWithPassword(server, projectId);
  const { token } = await server.mutate<{ token: string }>(
    "createPasswordReset",
    { projectId, userId },
    "token",
  );
  return { passwordMemberId: userId, resetToken: token };
}

/** Gives somebody who works already a role in one more project. */
async function join(server: TestServer, projectId: string, role: Role, token: string): Promise<void> {
  const invitation = await server.mutate<{ token: string }>("createInvitation", { projectId, role }, "token");
  await server.mutate("acceptInvitation", { token: invitation.token }, "user { id }", token);
}

/** Sends a small corpus in; where it is taken, waits until the job has come to its end. */
export async function importSmall(
  server: TestServer,
  projectId: string,
  token: string | null,
  query = "format=ndjson",
): Promise<Response> {
  const response = await fetch(`${server.url}/projects/${projectId}/import?${query}`, {
    method: "POST",
    headers: {
      "content-type": "application/x-ndjson",
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    },
    body: smallCorpus(),
  });
  const location = response.headers.get("location");
  if (location !== null) await finished(server, location);
  return response;
}

async function finished(server: TestServer, location: string): Promise<void> {
  const headers = { authorization: `Bearer ${server.adminToken}` };
  await vi.waitFor(
    async () => {
      const job: { state: string } = await (await fetch(server.url + location, { headers })).json();
      expect(job.state).toBe("done");
    },
    { timeout: 20_000 },
  );
}

/** What a world is made of, where it is not the usual. */
interface WorldOptions {
  fixture?: Fixture;
  /** Whose work it is; the first owner's when absent. */
  maker?: string;
  /** Who also belongs to the deleted project. */
  members?: readonly { role: Role; token: string }[];
  /** With a member who has a password, which takes a while to hash. */
  withPassword?: boolean;
}

/** A project with one of everything. */
export async function makeWorld(server: TestServer, options: WorldOptions = {}): Promise<World> {
  const { maker, members = [], withPassword = false } = options;
  const fixture = options.fixture ?? (await makeSecretFixture(server));
  const { projectId } = fixture;
  const by = maker === undefined ? {} : { token: maker };
  const note = `${SECRET} note`;
  const speaker = await annotate(server, fixture, { label: "speaker", note, ...by });
  const otherSpeaker = await annotate(server, fixture, { label: "speaker", note, ...by });
  const claim = await annotate(server, fixture, { note, ...by });
  const deleted = await annotate(server, fixture, { note, ...by });
  await server.mutate("deleteAnnotation", { id: deleted.id, expectedVersion: 1 }, "revision");
  const { relation } = await server.mutate<{ relation: { id: string } }>(
    "createRelation",
    { typeId: fixture.relationTypes.states, sourceId: otherSpeaker.id, targetId: claim.id },
    "relation { id }",
    maker,
  );
  const { comment } = await server.mutate<{ comment: { id: string } }>(
    "createComment",
    { annotationId: claim.id, body: `${SECRET} comment` },
    "comment { id }",
    maker,
  );
  const { userId: memberId } = await invite(server, projectId, "VIEWER", `${SECRET} Somebody`);
  const { passwordMemberId, resetToken } = withPassword
    ? await makeReset(server, projectId)
    : { passwordMemberId: memberId, resetToken: "" };
  const { invitation, token: invitationToken } = await server.mutate<{
    token: string;
    invitation: { id: string };
  }>("createInvitation", { projectId, role: "VIEWER" }, "token invitation { id }");
  const { documents } = await server.mutate<{ documents: { id: string }[] }>(
    "importDocuments",
    { projectId, documents: [{ title: `${SECRET} gone`, text: "Gone." }] },
    "documents { id }",
  );
  const deletedDocumentId = documents[0]!.id;
  const spare = await server.mutate<{ label: { id: string } }>(
    "createLabel",
    { projectId, name: `${SECRET} label`, color: "TEAL" },
    "label { id }",
  );
  const spareType = await server.mutate<{ relationType: { id: string } }>(
    "createRelationType",
    { projectId, name: `${SECRET} type`, sourceLabelIds: [], targetLabelIds: [] },
    "relationType { id }",
  );
  await server.mutate("deleteDocument", { id: deletedDocumentId }, "documentId");
  const job: { id: string } = await (await importSmall(server, projectId, server.adminToken)).json();
  return {
    fixture,
    speakerId: speaker.id,
    otherSpeakerId: otherSpeaker.id,
    annotationId: claim.id,
    deletedAnnotationId: deleted.id,
    relationId: relation.id,
    commentId: comment.id,
    memberId,
    passwordMemberId,
    spareLabelId: spare.label.id,
    spareTypeId: spareType.relationType.id,
    invitationId: invitation.id,
    invitationToken,
    resetToken,
    deletedDocumentId,
    deletedProjectId: await makeDeletedProject(server, members),
    jobId: job.id,
  };
}

async function makeSecretFixture(server: TestServer): Promise<Fixture> {
  const fixture = await makeFixture(server, `The minister 🙂 of ${SECRET} said that the bridge would open.`);
  await server.mutate(
    "updateProject",
    {
      id: fixture.projectId,
      name: `${SECRET} project`,
      description: `${SECRET} description`,
      guidelines: `${SECRET} guidelines`,
    },
    "project { id }",
  );
  await server.mutate(
    "updateDocument",
    { id: fixture.documentId, title: `${SECRET} report` },
    "document { id }",
  );
  return fixture;
}

async function makeDeletedProject(
  server: TestServer,
  members: readonly { role: Role; token: string }[],
): Promise<string> {
  const { project } = await server.mutate<{ project: { id: string } }>(
    "createProject",
    { name: `${SECRET} deleted` },
    "project { id }",
  );
  for (const { role, token } of members) await join(server, project.id, role, token);
  await server.mutate("deleteProject", { id: project.id }, "projectId");
  return project.id;
}

/** The same places with ids of nothing: what an outsider is told must not differ. */
export function nowhere(world: World): World {
  const fixture = { ...world.fixture, projectId: randomUUID(), documentId: randomUUID() };
  const ids = Object.entries(world).map(([name, value]) => [
    name,
    name.endsWith("Id") ? randomUUID() : value,
  ]);
  return { ...world, ...Object.fromEntries(ids), fixture };
}

/** The tokens of everybody who asks in a world; null asks signed out. */
export type Tokens = Record<Caller, string | null>;

/** A world that all callers share, for what is refused and changes nothing. */
export async function makeSharedWorld(server: TestServer): Promise<{ world: World; tokens: Tokens }> {
  const fixture = await makeSecretFixture(server);
  const { projectId } = fixture;
  const members = await Promise.all(
    ROLES.map(async (role) => ({ role, token: (await invite(server, projectId, role)).token })),
  );
  const world = await makeWorld(server, { fixture, members, withPassword: true });
  const stranger = await invite(server, (await makeFixture(server)).projectId, "OWNER");
  const removed = await invite(server, projectId, "OWNER");
  await server.mutate("removeMember", { projectId, userId: removed.userId }, "project { id }");
  const leaving = await invite(server, projectId, "ANNOTATOR");
  await server.mutate("deleteAccount", {}, "userId", leaving.token);
  const roles = Object.fromEntries(members.map(({ role, token }) => [role, token])) as Record<Role, string>;
  return {
    world,
    tokens: {
      ...roles,
      stranger: stranger.token,
      "removed member": removed.token,
      "signed out": null,
      "expired token": await expiredToken(server, roles.OWNER),
      "revoked token": await revokedToken(server, roles.OWNER),
      "deleted account": leaving.token,
    },
  };
}

async function expiredToken(server: TestServer, owner: string): Promise<string> {
  const { accessToken, secret } = await makeToken(server, owner);
  await server.sql(`update access_token set expires_at = now() - interval '1 second' where id = $1`, [
    accessToken.id,
  ]);
  return secret;
}

async function revokedToken(server: TestServer, owner: string): Promise<string> {
  const { accessToken, secret } = await makeToken(server, owner);
  await server.mutate("revokeAccessToken", { id: accessToken.id }, "id", owner);
  return secret;
}

function makeToken(server: TestServer, owner: string) {
  return server.mutate<{ accessToken: { id: string }; secret: string }>(
    "createAccessToken",
    { name: "a script's" },
    "secret accessToken { id }",
    owner,
  );
}
