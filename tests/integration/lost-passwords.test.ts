// A lost password: who may make a link, what it does, and what it never leads to.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeFixture, startServer, type TestServer } from "../support/server.ts";
import {
  joinWithPassword,
  PASSWORD,
  type Person,
  setUpFirstOwner,
  signIn,
  visit,
} from "../support/visitor.ts";

const NEW_PASSWORD = "another horse battery";

let server: TestServer;
let first: Person;
let count = 0;
beforeAll(async () => {
  server = await startServer({ trustProxy: true });
  first = await setUpFirstOwner(server);
});
afterAll(() => server.dispose());

/** A project with an owner beside the first one, and a member; all with passwords. */
async function team() {
  const { projectId } = await makeFixture(server);
  count += 1;
  const owner = await joinWithPassword(server, projectId, "OWNER", `Owner${count}`);
  const member = await joinWithPassword(server, projectId, "ANNOTATOR", `Member${count}`);
  return { projectId, owner, member };
}

/** A project of somebody's own, who may not make any by the API. */
async function ownProject(owner: Person): Promise<string> {
  const { projectId } = await makeFixture(server);
  await server.sql(`insert into membership (project_id, person_id, role) values ($1, $2, 'OWNER')`, [
    projectId,
    owner.userId,
  ]);
  return projectId;
}

/** Lets somebody join by an invitation. */
async function joins(person: Person, projectId: string, role = "VIEWER"): Promise<void> {
  const { token } = await server.mutate<{ token: string }>("createInvitation", { projectId, role }, "token");
  await person.mutate("acceptInvitation", { token });
}

interface Link {
  url: string;
  token: string;
  expiresAt: string;
}

const linkBy = (maker: Person, projectId: string, userId: string) =>
  maker.mutate<Link>("createPasswordReset", { projectId, userId }, "url token expiresAt");

async function preview(token: string): Promise<{ name: string; email: string; expiresAt: string } | null> {
  const { passwordReset } = await server.must<{
    passwordReset: { name: string; email: string; expiresAt: string } | null;
  }>(`query ($t: String!) { passwordReset(token: $t) { name email expiresAt } }`, { t: token }, null);
  return passwordReset;
}

/** What Member.mayResetPassword tells the viewer, by name. */
async function mayReset(viewer: Person, projectId: string): Promise<Record<string, boolean>> {
  const { data } = await viewer.ask<{
    project: { members: { user: { name: string }; mayResetPassword: boolean }[] };
  }>(`query ($p: ID!) { project(id: $p) { members { user { name } mayResetPassword } } }`, { p: projectId });
  return Object.fromEntries(
    (data?.project.members ?? []).map(({ user, mayResetPassword }) => [user.name, mayResetPassword]),
  );
}

const signInStatus = async (email: string, password: string, address?: string) =>
  (await visit(server, address).auth("sign-in/email", { email, password })).status;

describe("a link for a lost password", () => {
  it("sets a new password once, ends every session at once and starts one; access tokens stay", async () => {
    const { projectId, owner, member } = await team();
    const { secret } = await member.mutate<{ secret: string }>("createAccessToken", { name: "s" }, "secret");
    const elsewhere = await signIn(server, member.email);
    const socket = await elsewhere.socket();
    const { url, token, expiresAt } = await linkBy(owner, projectId, member.userId);
    expect(url).toBe(`${server.url}/reset#${token}`);
    expect((Date.parse(expiresAt) - Date.now()) / 3_600_000).toBeCloseTo(24, 1);
    expect(await preview(token)).toEqual({ name: `Member${count}`, email: member.email, expiresAt });

    const visitor = visit(server);
    expect(await visitor.tries("resetPassword", { token, password: "short" })).toBe(
      "BAD_USER_INPUT input.password",
    );
    const answered = visitor.mutate("resetPassword", { token, password: NEW_PASSWORD }, "user { id name }");
    expect(await answered).toEqual({ user: { id: member.userId, name: `Member${count}` } });
    const answeredAt = performance.now();
    const { code, at } = await socket.closed;
    expect([code, at - answeredAt < 1_000]).toEqual([4401, true]);

    expect((await visitor.ask(`{ viewer { email } }`)).data).toEqual({ viewer: { email: member.email } });
    for (const old of [member, elsewhere]) {
      const { errors } = await old.ask(`{ viewer { email } }`);
      expect(errors?.[0]?.extensions.code).toBe("UNAUTHENTICATED");
    }
    expect(await server.must(`{ viewer { email } }`, {}, secret)).toEqual({
      viewer: { email: member.email },
    });
    expect(await signInStatus(member.email, PASSWORD)).toBe(401);
    expect(await signInStatus(member.email, NEW_PASSWORD)).toBe(200);
    expect(await preview(token)).toBeNull();
    expect(await visit(server).tries("resetPassword", { token, password: PASSWORD })).toBe(
      "BAD_USER_INPUT input.token",
    );
  });

  it("works for one of many that use it at once, whose password then counts", async () => {
    const { projectId, owner, member } = await team();
    const { token } = await linkBy(owner, projectId, member.userId);
    const passwords = [1, 2, 3, 4].map((n) => `${NEW_PASSWORD} ${n}`);
    const answers = await Promise.all(
      passwords.map((password) => visit(server).tries("resetPassword", { token, password })),
    );
    expect([...answers].sort()).toEqual([...Array(3).fill("BAD_USER_INPUT input.token"), "done"]);
    const statuses = await Promise.all(passwords.map((password) => signInStatus(member.email, password)));
    expect(statuses).toEqual(answers.map((answer) => (answer === "done" ? 200 : 401)));
  });

  it("makes the earlier ones void, is the same for a retry, and expires", async () => {
    const { projectId, owner, member } = await team();
    const earlier = await linkBy(owner, projectId, member.userId);
    const input = { clientMutationId: "again", projectId, userId: member.userId };
    const link = await owner.mutate<Link>("createPasswordReset", input, "url token expiresAt");
    expect(await owner.mutate("createPasswordReset", input, "url token expiresAt")).toEqual(link);
    expect(await preview(earlier.token)).toBeNull();
    expect(await preview(link.token)).not.toBeNull();
    await server.sql(`update password_reset set expires_at = now() where person_id = $1`, [member.userId]);
    expect(await preview(link.token)).toBeNull();
    expect(await visit(server).tries("resetPassword", { token: link.token, password: NEW_PASSWORD })).toBe(
      "BAD_USER_INPUT input.token",
    );
  });

  it("lets somebody in who was locked out", async () => {
    const { projectId, owner, member } = await team();
    expect(await signInStatus(member.email, "wrong password", "192.0.2.1")).toBe(401);
    // As often as 50 times, each of which would cost a slow hash.
    await server.sql(`update failed_sign_in set points = 50 where key like 'account:%'`);
    expect(await signInStatus(member.email, PASSWORD, "192.0.2.2")).toBe(429);
    const { token } = await linkBy(owner, projectId, member.userId);
    const visitor = visit(server, "192.0.2.2");
    await visitor.mutate("resetPassword", { token, password: NEW_PASSWORD });
    expect((await visitor.ask(`{ viewer { email } }`)).data).toEqual({ viewer: { email: member.email } });
    expect(await signInStatus(member.email, NEW_PASSWORD, "192.0.2.2")).toBe(200);
  });

  it("can't be used on a socket, which has no cookie to give", async () => {
    const { projectId, owner, member } = await team();
    const { token } = await linkBy(owner, projectId, member.userId);
    const socket = await visit(server).socket();
    expect(
      await socket.ask(
        `mutation { resetPassword(input: { token: "${token}", password: "${NEW_PASSWORD}" }) { __typename } }`,
      ),
    ).toMatchObject({ payload: { errors: [{ extensions: { code: "BAD_USER_INPUT", field: "input" } }] } });
    expect(await preview(token)).not.toBeNull();
  });
});

describe("nobody takes over more than they have", () => {
  it("an owner resets those alone whose every project is theirs, and is told why not", async () => {
    const { projectId, owner, member } = await team();
    const names = [`Owner${count}`, `Member${count}`];
    const tries = (maker: Person, userId: string, project = projectId) =>
      maker.tries("createPasswordReset", { projectId: project, userId });
    expect(await mayReset(owner, projectId)).toEqual({
      First: false,
      [`${names[0]}`]: false,
      [`${names[1]}`]: true,
    });
    expect(await mayReset(first, projectId)).toEqual({
      First: false,
      [`${names[0]}`]: true,
      [`${names[1]}`]: true,
    });
    expect(new Set(Object.values(await mayReset(member, projectId)))).toEqual(new Set([false]));

    expect(await tries(owner, owner.userId)).toBe("BAD_USER_INPUT input.userId");
    expect(await tries(owner, first.userId)).toBe("FORBIDDEN");
    expect(await tries(member, owner.userId)).toBe("FORBIDDEN");
    const stranger = (await team()).owner;
    expect(await tries(stranger, member.userId)).toBe("NOT_FOUND");
    expect(await tries(owner, stranger.userId)).toBe("NOT_FOUND");

    const elsewhere = await ownProject(stranger);
    await joins(member, elsewhere);
    expect(await tries(owner, member.userId)).toBe("FORBIDDEN");
    expect(await tries(stranger, member.userId, elsewhere)).toBe("FORBIDDEN");
    expect((await mayReset(owner, projectId))[`${names[1]}`]).toBe(false);
    const { errors } = await owner.ask(
      `mutation ($i: CreatePasswordResetInput!) { createPasswordReset(input: $i) { url } }`,
      { i: { projectId, userId: member.userId } },
    );
    expect(errors?.[0]?.message).toContain("projects that you don't own");
    // The first owner answers for the whole installation.
    expect(await tries(first, member.userId)).toBe("done");
  });

  it("a deleted project counts, since it can be brought back", async () => {
    const { projectId, owner, member } = await team();
    const elsewhere = await ownProject((await team()).owner);
    await joins(member, elsewhere);
    await server.mutate("deleteProject", { id: elsewhere }, "projectId");
    expect(await owner.tries("createPasswordReset", { projectId, userId: member.userId })).toBe("FORBIDDEN");
  });

  it("who may make projects is out of reach of who may not, and who has no password has none to reset", async () => {
    const { projectId, owner, member } = await team();
    const set = (id: string, value: boolean) =>
      server.sql(`update person set creates_projects = $2 where id = $1`, [id, value]);
    const tries = () => owner.tries("createPasswordReset", { projectId, userId: member.userId });
    await set(member.userId, true);
    expect(await tries()).toBe("FORBIDDEN");
    await set(owner.userId, true);
    expect(await tries()).toBe("done");
    const { token } = await server.mutate<{ token: string }>(
      "createInvitation",
      { projectId, role: "VIEWER" },
      "token",
    );
    const { user } = await visit(server).mutate<{ user: { id: string } }>(
      "acceptInvitation",
      { token, name: "Script" },
      "user { id }",
    );
    expect(await owner.tries("createPasswordReset", { projectId, userId: user.id })).toBe(
      "BAD_USER_INPUT input.userId",
    );
    expect((await mayReset(owner, projectId)).Script).toBe(false);
  });

  it.each<[string, (it: Awaited<ReturnType<typeof team>>) => Promise<unknown>]>([
    [
      "its maker is no owner any more",
      ({ projectId, owner }) =>
        first.mutate("setMemberRole", { projectId, userId: owner.userId, role: "CURATOR" }),
    ],
    [
      "its maker was removed",
      ({ projectId, owner }) => first.mutate("removeMember", { projectId, userId: owner.userId }),
    ],
    ["its maker has left", ({ owner }) => owner.mutate("deleteAccount", { currentPassword: PASSWORD })],
    [
      "the member works elsewhere too",
      async ({ member }) => joins(member, (await makeFixture(server)).projectId),
    ],
    [
      "the member may make projects",
      ({ member }) => server.sql(`update person set creates_projects = true where id = $1`, [member.userId]),
    ],
    [
      "the member was removed",
      ({ projectId, member }) => first.mutate("removeMember", { projectId, userId: member.userId }),
    ],
    ["the member has left", ({ member }) => member.mutate("deleteAccount", { currentPassword: PASSWORD })],
  ])("a link that was kept is of no use once %s", async (_when, happens) => {
    const made = await team();
    const { token } = await linkBy(made.owner, made.projectId, made.member.userId);
    expect(await preview(token)).not.toBeNull();
    await happens(made);
    expect(await preview(token)).toBeNull();
    expect(await visit(server).tries("resetPassword", { token, password: NEW_PASSWORD })).toBe(
      "BAD_USER_INPUT input.token",
    );
  });

  it.each(["", "x", "A".repeat(64), "…"])("an invented token (%j) is none", async (token) => {
    expect(await preview(token)).toBeNull();
  });

  it("an invitation's token is none either", async () => {
    const { projectId } = await makeFixture(server);
    const { token } = await server.mutate<Link>("createInvitation", { projectId, role: "OWNER" }, "token");
    expect(await preview(token)).toBeNull();
    expect(await visit(server).tries("resetPassword", { token, password: NEW_PASSWORD })).toBe(
      "BAD_USER_INPUT input.token",
    );
  });
});
