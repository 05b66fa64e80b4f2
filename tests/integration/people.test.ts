// Invitations that are listed and revoked; one's own account, changed and deleted.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { annotate, invite, makeFixture, startServer, type TestServer, watch } from "../support/server.ts";
import {
  joinWithPassword,
  PASSWORD,
  type Person,
  setUpFirstOwner,
  signIn,
  visit,
} from "../support/visitor.ts";

const NEW_PASSWORD = "another horse battery";
const DAY = 24 * 3_600_000;

let server: TestServer;
let first: Person;
beforeAll(async () => {
  server = await startServer();
  first = await setUpFirstOwner(server);
});
afterAll(() => server.dispose());

interface Invitation {
  id: string;
  role: string;
  createdBy: { id: string };
  createdAt: string;
  expiresAt: string;
}
const INVITATION = "id role createdBy { id } createdAt expiresAt";

const makeInvitation = (input: object) =>
  server.mutate<{ token: string; expiresAt: string; invitation: Invitation }>(
    "createInvitation",
    input,
    `token expiresAt invitation { ${INVITATION} }`,
  );

async function invitationsOf(projectId: string, token?: string): Promise<Invitation[] | null> {
  const { project } = await server.must<{ project: { invitations: Invitation[] | null } }>(
    `query ($p: ID!) { project(id: $p) { invitations { ${INVITATION} } } }`,
    { p: projectId },
    token,
  );
  return project.invitations;
}

const worksStill = async (token: string) =>
  (
    await server.must<{ invitation: object | null }>(
      `query ($t: String!) { invitation(token: $t) { role } }`,
      { t: token },
      null,
    )
  ).invitation !== null;

describe("invitations", () => {
  it("are listed to owners alone, the latest first, as long as they work", async () => {
    const { projectId } = await makeFixture(server);
    expect(await invitationsOf(projectId)).toEqual([]);
    const made = [
      await makeInvitation({ projectId, role: "VIEWER" }),
      await makeInvitation({ projectId, role: "CURATOR" }),
    ];
    const listed = await invitationsOf(projectId);
    expect(listed).toEqual(made.map(({ invitation }) => invitation).reverse());
    expect(listed?.[0]).toMatchObject({ role: "CURATOR", createdBy: { id: first.userId } });

    const curator = await invite(server, projectId, "CURATOR");
    expect(await invitationsOf(projectId, curator.token)).toBeNull();
    // That one was used.
    expect(await invitationsOf(projectId)).toEqual(listed);
    await server.sql(`update invitation set expires_at = now() where id = $1`, [made[1]?.invitation.id]);
    expect(await invitationsOf(projectId)).toEqual([made[0]?.invitation]);

    const owner = await invite(server, projectId, "OWNER");
    const { token } = await server.mutate<{ token: string }>(
      "createInvitation",
      { projectId, role: "VIEWER" },
      "token",
      owner.token,
    );
    expect(await invitationsOf(projectId)).toHaveLength(2);
    await server.mutate("setMemberRole", { projectId, userId: owner.userId, role: "CURATOR" }, "__typename");
    expect([await worksStill(token), await invitationsOf(projectId)]).toEqual([false, [made[0]?.invitation]]);
  });

  it("work for 14 days, or as long as it was asked for, at most 90 days", async () => {
    const { projectId } = await makeFixture(server);
    const usual = await makeInvitation({ projectId, role: "VIEWER" });
    expect((Date.parse(usual.expiresAt) - Date.now()) / DAY).toBeCloseTo(14, 2);
    const in89Days = new Date(Date.now() + 89 * DAY).toISOString();
    const asked = await makeInvitation({ projectId, role: "VIEWER", expiresAt: in89Days });
    expect([asked.expiresAt, asked.invitation.expiresAt]).toEqual([in89Days, in89Days]);
    for (const away of [0, -1, 90.01, 10_000]) {
      const expiresAt = new Date(Date.now() + away * DAY).toISOString();
      expect(
        await server.refuses("createInvitation", { projectId, role: "VIEWER", expiresAt }),
      ).toMatchObject({
        code: "BAD_USER_INPUT",
        field: "input.expiresAt",
      });
    }
  });

  it("are revoked by owners; the link stops working, and a retry is answered as before", async () => {
    const { projectId } = await makeFixture(server);
    const curator = await invite(server, projectId, "CURATOR");
    const stranger = await invite(server, (await makeFixture(server)).projectId, "OWNER");
    const { token, invitation } = await makeInvitation({ projectId, role: "OWNER" });
    const input = { id: invitation.id, clientMutationId: randomUUID() };
    expect(await server.refuses("revokeInvitation", input, curator.token)).toMatchObject({
      code: "FORBIDDEN",
    });
    const refusal = await server.refuses("revokeInvitation", input, stranger.token);
    expect(refusal).toMatchObject({ code: "NOT_FOUND" });
    expect(await worksStill(token)).toBe(true);

    const revoke = () => server.mutate("revokeInvitation", input, "clientMutationId id");
    expect(await revoke()).toEqual(input);
    expect(await worksStill(token)).toBe(false);
    expect(await server.refuses("acceptInvitation", { token, name: "x" }, null)).toMatchObject({
      code: "BAD_USER_INPUT",
      field: "input.token",
    });
    expect(await invitationsOf(projectId)).toEqual([]);
    expect(await revoke()).toEqual(input);

    const used = await makeInvitation({ projectId, role: "VIEWER" });
    await server.mutate("acceptInvitation", { token: used.token, name: "x" }, "accessToken", null);
    for (const id of [invitation.id, used.invitation.id, randomUUID()]) {
      expect(await server.refuses("revokeInvitation", { id })).toMatchObject({
        code: "NOT_FOUND",
        message: refusal.message,
      });
    }
  });

  it("that are accepted while they are revoked are one or the other", async () => {
    const { projectId } = await makeFixture(server);
    for (let round = 0; round < 10; round += 1) {
      const { token, invitation } = await makeInvitation({ projectId, role: "VIEWER" });
      const name = `Round ${round}`;
      const [accepted, revoked] = await Promise.all([
        visit(server).tries("acceptInvitation", { token, name }),
        first.tries("revokeInvitation", { id: invitation.id }),
      ]);
      expect([
        ["done", "NOT_FOUND"],
        ["BAD_USER_INPUT input.token", "done"],
      ]).toContainEqual([accepted, revoked]);
      const joined = await server.sql(
        `select 1 from membership m join person p on p.id = m.person_id where m.project_id = $1 and p.name = $2`,
        [projectId, name],
      );
      expect(joined).toHaveLength(accepted === "done" ? 1 : 0);
    }
  });
});

describe("one's own account", () => {
  it("tells how one signs in, and who the first owner is", async () => {
    const { projectId } = await makeFixture(server);
    const person = await joinWithPassword(server, projectId, "VIEWER", "Teller");
    const script = await invite(server, projectId, "VIEWER");
    const query = `{ viewer { hasPassword isFirstOwner } }`;
    expect((await first.ask(query)).data).toEqual({ viewer: { hasPassword: true, isFirstOwner: true } });
    expect((await person.ask(query)).data).toEqual({ viewer: { hasPassword: true, isFirstOwner: false } });
    expect(await server.must(query, {}, script.token)).toEqual({
      viewer: { hasPassword: false, isFirstOwner: false },
    });
  });

  it("changes its name, and with the password its e-mail", async () => {
    const { projectId } = await makeFixture(server);
    const person = await joinWithPassword(server, projectId, "VIEWER", "Before");
    const viewer = "viewer { name email }";
    expect(await person.mutate("updateAccount", { name: " After " }, viewer)).toEqual({
      viewer: { name: "After", email: person.email },
    });
    expect(await server.sql(`select name from sign_in where id = $1`, [person.userId])).toEqual([
      { name: "After" },
    ]);
    const email = "after@example.org";
    const refusals: [object, string][] = [
      [{ name: " " }, "name"],
      [{ name: null }, "name"],
      [{ email: "nobody", currentPassword: PASSWORD }, "email"],
      [{ email: first.email.toUpperCase(), currentPassword: PASSWORD }, "email"],
      [{ email }, "currentPassword"],
      [{ email, currentPassword: "wrong password" }, "currentPassword"],
      [{ email, currentPassword: "" }, "currentPassword"],
    ];
    for (const [input, field] of refusals) {
      expect({ input, refusal: await person.tries("updateAccount", { name: "Never", ...input }) }).toEqual({
        input,
        refusal: `BAD_USER_INPUT input.${field}`,
      });
    }
    const changed = { email: "After@Example.org", currentPassword: PASSWORD };
    expect(await person.mutate("updateAccount", changed, viewer)).toEqual({
      viewer: { name: "After", email },
    });
    expect(await person.mutate("updateAccount", { email }, viewer)).toEqual({
      viewer: { name: "After", email },
    });
    await signIn(server, email);
    expect(
      (await visit(server).auth("sign-in/email", { email: person.email, password: PASSWORD })).status,
    ).toBe(401);
    const script = await invite(server, projectId, "VIEWER");
    expect(await server.refuses("updateAccount", { email: "s@example.org" }, script.token)).toMatchObject({
      code: "BAD_USER_INPUT",
      field: "input.email",
    });
  });

  it("gives one e-mail to one of two who take it at once", async () => {
    const { projectId } = await makeFixture(server);
    const two = [
      await joinWithPassword(server, projectId, "VIEWER", "Twin1"),
      await joinWithPassword(server, projectId, "VIEWER", "Twin2"),
    ];
    const input = { email: "twin@example.org", currentPassword: PASSWORD };
    const answers = await Promise.all(two.map((person) => person.tries("updateAccount", input)));
    expect(answers.sort()).toEqual(["BAD_USER_INPUT input.email", "done"]);
  });

  it("counts wrong passwords as failed sign-ins", async () => {
    const fresh = await startServer({ trustProxy: true });
    try {
      await setUpFirstOwner(fresh);
      const { projectId } = await makeFixture(fresh);
      const person = await joinWithPassword(fresh, projectId, "VIEWER", "Guesser");
      const tries = (currentPassword: string) => person.tries("deleteAccount", { currentPassword });
      expect(await tries("wrong password")).toBe("BAD_USER_INPUT input.currentPassword");
      const counts = () =>
        fresh.sql<{ points: number }>(
          `select points from failed_sign_in where key like 'account:%' and points > 0`,
        );
      expect(await counts()).toEqual([{ points: 1 }]);
      await fresh.sql(`update failed_sign_in set points = 50 where key like 'account:%'`);
      expect(await tries(PASSWORD)).toBe("RATE_LIMITED");
      expect(await counts()).toEqual([{ points: 50 }]);
    } finally {
      await fresh.dispose();
    }
  });
});

describe("deleting an account", () => {
  it("takes all but the work, which stays under another name", async () => {
    const fixture = await makeFixture(server);
    const { projectId } = fixture;
    const person = await joinWithPassword(server, projectId, "OWNER", "Leaver");
    const { secret } = await person.mutate<{ secret: string }>("createAccessToken", { name: "s" }, "secret");
    const made = await annotate(server, fixture, { token: secret });
    const invitation = await person.mutate<{ token: string }>(
      "createInvitation",
      { clientMutationId: "made", projectId, role: "VIEWER" },
      "token",
    );
    const reset = await first.mutate<{ token: string }>(
      "createPasswordReset",
      { projectId, userId: person.userId },
      "token",
    );
    const revisionOf = async () =>
      (
        await server.must<{ project: { revision: number } }>(
          `query ($p: ID!) { project(id: $p) { revision } }`,
          { p: projectId },
        )
      ).project.revision;
    const before = await revisionOf();
    const elsewhere = await signIn(server, person.email);
    const socket = await elsewhere.socket();
    const seen = watch(server.socket(secret), fixture.documentId, made.revision, "revision");

    expect(await person.tries("deleteAccount", {})).toBe("BAD_USER_INPUT input.currentPassword");
    expect(await person.tries("deleteAccount", { currentPassword: "wrong password" })).toBe(
      "BAD_USER_INPUT input.currentPassword",
    );
    // Nothing else of the same request is theirs.
    const { data, errors } = await person.ask<{ deleteAccount: { userId: string } }>(
      `mutation ($i: DeleteAccountInput!, $t: CreateAccessTokenInput!) {
        deleteAccount(input: $i) { userId }
        createAccessToken(input: $t) { secret }
      }`,
      { i: { currentPassword: PASSWORD }, t: { name: "after" } },
    );
    const answeredAt = performance.now();
    expect([data, errors?.[0]?.extensions.code]).toEqual([null, "UNAUTHENTICATED"]);
    const { code, at } = await socket.closed;
    expect([code, at - answeredAt < 1_000]).toEqual([4401, true]);
    expect(await seen.ended).toBeTruthy();

    expect(person.cookie).toBe("");
    expect((await elsewhere.ask(`{ viewer { id } }`)).errors?.[0]?.extensions.code).toBe("UNAUTHENTICATED");
    expect((await server.refused(`{ viewer { id } }`, {}, secret)).code).toBe("UNAUTHENTICATED");
    const { status } = await visit(server).auth("sign-in/email", { email: person.email, password: PASSWORD });
    expect(status).toBe(401);
    expect(await worksStill(invitation.token)).toBe(false);
    expect(await visit(server).tries("resetPassword", { token: reset.token, password: NEW_PASSWORD })).toBe(
      "BAD_USER_INPUT input.token",
    );
    expect(await revisionOf()).toBe(before + 1);
    const { annotation, project } = await server.must<{
      annotation: { createdBy: object };
      project: { members: { user: { name: string } }[] };
    }>(
      `query ($a: ID!, $p: ID!) { annotation(id: $a) { createdBy { id name } } project(id: $p) { members { user { name } } } }`,
      { a: made.id, p: projectId },
    );
    expect(annotation.createdBy).toEqual({ id: person.userId, name: "Former member" });
    expect(project.members.map(({ user }) => user.name)).toEqual(["First"]);
    for (const table of ["access_token", "membership", "applied_mutation", "password_reset"]) {
      expect([
        table,
        await server.sql(`select 1 from ${table} where person_id = $1`, [person.userId]),
      ]).toEqual([table, []]);
    }
    // The address is free again, and belongs to somebody new.
    const next = await joinWithPassword(server, projectId, "VIEWER", "Leaver");
    expect(next.userId).not.toBe(person.userId);
  });

  it("works for who has no password, by the token alone", async () => {
    const { projectId } = await makeFixture(server);
    const { token, userId } = await invite(server, projectId, "VIEWER");
    expect(await server.mutate("deleteAccount", {}, "userId", token)).toEqual({ userId });
    expect((await server.refused(`{ viewer { id } }`, {}, token)).code).toBe("UNAUTHENTICATED");
  });

  it("is refused to the first owner, whatever they sign in with", async () => {
    const input = { currentPassword: PASSWORD };
    expect(await first.tries("deleteAccount", input)).toBe("BAD_USER_INPUT input");
    expect((await server.refuses("deleteAccount", input)).message).toContain("ADMIN_TOKEN");
  });

  it("is refused to the last owner of a project that is not deleted, which is named", async () => {
    const { projectId } = await makeFixture(server);
    const owner = await invite(server, projectId, "OWNER");
    await server.mutate("removeMember", { projectId, userId: first.userId }, "__typename", owner.token);
    await server.mutate("updateProject", { id: projectId, name: "Bridges" }, "__typename", owner.token);
    const refusal = await server.refuses("deleteAccount", {}, owner.token);
    expect(refusal).toMatchObject({ code: "BAD_USER_INPUT", field: "input" });
    expect(refusal.message).toContain("“Bridges”");
    await server.mutate("deleteProject", { id: projectId }, "projectId", owner.token);
    await server.mutate("deleteAccount", {}, "userId", owner.token);
    expect(await server.sql(`select 1 from membership where project_id = $1`, [projectId])).toEqual([]);
  });

  it("leaves one of two last owners who go at once", async () => {
    for (let round = 0; round < 5; round += 1) {
      const { projectId } = await makeFixture(server);
      const owners = [
        await invite(server, projectId, "OWNER", "a"),
        await invite(server, projectId, "OWNER", "b"),
      ];
      await server.sql(`delete from membership where project_id = $1 and person_id = $2`, [
        projectId,
        first.userId,
      ]);
      const answers = await Promise.all(
        owners.map(({ token }) => server.ask(`mutation { deleteAccount(input: {}) { userId } }`, {}, token)),
      );
      expect(answers.map(({ errors }) => errors?.[0]?.extensions.code ?? "done").sort()).toEqual([
        "BAD_USER_INPUT",
        "done",
      ]);
      expect(await server.sql(`select 1 from membership where project_id = $1`, [projectId])).toHaveLength(1);
    }
  });

  it("leaves no membership behind of who joins a project at the same moment", async () => {
    const { projectId } = await makeFixture(server);
    for (let round = 0; round < 5; round += 1) {
      const { token, userId } = await invite(server, projectId, "VIEWER");
      const other = await makeFixture(server);
      const { token: link } = await makeInvitation({ projectId: other.projectId, role: "OWNER" });
      await Promise.all([
        server.ask(`mutation { deleteAccount(input: {}) { userId } }`, {}, token),
        server.ask(
          `mutation ($t: String!) { acceptInvitation(input: { token: $t }) { project { id } } }`,
          { t: link },
          token,
        ),
      ]);
      const left = await server.sql(
        `select 1 from person p join membership m on m.person_id = p.id where p.id = $1 and p.left_at is not null`,
        [userId],
      );
      expect(left).toEqual([]);
    }
  });
});
