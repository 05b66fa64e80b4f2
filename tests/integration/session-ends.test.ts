// What closes, and how soon, when a session, a token, a membership or an account ends; on this server and on another.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { describeWithRedis, redisUrl } from "../support/redis.ts";
import { annotate, makeFixture, startServer, type TestServer, watch } from "../support/server.ts";
import {
  joinWithPassword,
  type OpenSocket,
  PASSWORD,
  setUpFirstOwner,
  signIn,
  type Visitor,
  visit,
} from "../support/visitor.ts";

const NEW_PASSWORD = "another horse battery";

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.dispose());

/** Expects a socket to be closed for its credentials within a second from now. */
async function closesSoon(socket: OpenSocket): Promise<void> {
  const since = performance.now();
  const { code, at } = await socket.closed;
  expect([code, at - since < 1_000]).toEqual([4401, true]);
}

const viewerOver = (socket: OpenSocket) => socket.ask(`{ viewer { email } }`);

describe("a session", () => {
  it("outlives a change of the password in which the others end at once", async () => {
    const { projectId } = await makeFixture(server);
    const person = await joinWithPassword(server, projectId, "VIEWER", "Changer");
    const other = await signIn(server, person.email);
    const [own, theirs] = [await person.socket(), await other.socket()];
    const change = (currentPassword: string) =>
      person.auth("change-password", {
        currentPassword,
        newPassword: NEW_PASSWORD,
        revokeOtherSessions: true,
      });
    expect((await change("wrong password")).status).toBe(400);
    expect(await viewerOver(theirs)).toMatchObject({ type: "next" });
    expect((await change(PASSWORD)).status).toBe(200);
    await closesSoon(theirs);
    expect((await other.ask(`{ viewer { id } }`)).errors?.[0]?.extensions.code).toBe("UNAUTHENTICATED");

    expect(await viewerOver(own)).toMatchObject({ payload: { data: { viewer: { email: person.email } } } });
    expect((await person.ask(`{ viewer { email } }`)).data).toEqual({ viewer: { email: person.email } });
    await signIn(server, person.email, NEW_PASSWORD);
    expect(
      (await visit(server).auth("sign-in/email", { email: person.email, password: PASSWORD })).status,
    ).toBe(401);
  });

  it("stays when the password is changed without ending others", async () => {
    const { projectId } = await makeFixture(server);
    const person = await joinWithPassword(server, projectId, "VIEWER", "Keeper");
    const other = await signIn(server, person.email);
    const answer = await person.auth("change-password", {
      currentPassword: PASSWORD,
      newPassword: NEW_PASSWORD,
    });
    expect(answer.status).toBe(200);
    expect((await other.ask(`{ viewer { email } }`)).data).toEqual({ viewer: { email: person.email } });
  });

  it.each<[string, (person: Visitor) => Promise<Response>, boolean]>([
    ["signing out everywhere", (person) => person.auth("revoke-sessions", {}), false],
    ["signing out everywhere else", (person) => person.auth("revoke-other-sessions", {}), true],
  ])("ends by %s, sockets included", async (name, end, stays) => {
    const { projectId } = await makeFixture(server);
    const person = await joinWithPassword(server, projectId, "VIEWER", `Ender${name.length}`);
    const { secret } = await person.mutate<{ secret: string }>("createAccessToken", { name: "s" }, "secret");
    const other = await signIn(server, person.email);
    const [own, theirs] = [await person.socket(), await other.socket()];
    expect((await end(person)).status).toBe(200);
    await closesSoon(theirs);
    if (stays) expect(await viewerOver(own)).toMatchObject({ type: "next" });
    else await closesSoon(own);
    const { data } = await person.ask(`{ viewer { email } }`);
    expect(data).toEqual({ viewer: stays ? { email: person.email } : null });
    expect((await other.ask(`{ viewer { id } }`)).errors?.[0]?.extensions.code).toBe("UNAUTHENTICATED");
    // Scripts go on.
    expect(await server.must(`{ viewer { email } }`, {}, secret)).toEqual({
      viewer: { email: person.email },
    });
  });
});

describeWithRedis("on a second server, within a second", () => {
  let a: TestServer;
  let b: TestServer;
  beforeAll(async () => {
    a = await startServer({ redisUrl: redisUrl ?? null });
    b = await startServer({ redisUrl: redisUrl ?? null, adminToken: a.adminToken }, a.database);
    await setUpFirstOwner(a);
  });
  afterAll(async () => {
    await b.dispose();
    await a.dispose();
  });

  /** Somebody who watches a document on the second server, in a browser and by a token. */
  async function watcher(name: string) {
    const fixture = await makeFixture(a);
    const { revision } = await annotate(a, fixture);
    const person = await joinWithPassword(a, fixture.projectId, "ANNOTATOR", name);
    const { secret, accessToken } = await person.mutate<{ secret: string; accessToken: { id: string } }>(
      "createAccessToken",
      { name: "s" },
      "secret accessToken { id }",
    );
    const seen = watch<{ revision: number }>(b.socket(secret), fixture.documentId, revision - 1, "revision");
    await seen.until((changes) => changes.length === 1);
    return { fixture, person, tokenId: accessToken.id, seen, socket: await person.socket(b) };
  }

  async function endsSoon(seen: { ended: Promise<unknown> }): Promise<unknown> {
    const since = performance.now();
    const ended = await seen.ended;
    expect(performance.now() - since).toBeLessThan(1_000);
    return ended;
  }

  it("what a removed member watches ends; the socket stays", async () => {
    const { fixture, person, seen, socket } = await watcher("Removed");
    await a.mutate("removeMember", { projectId: fixture.projectId, userId: person.userId }, "__typename");
    expect(JSON.stringify(await endsSoon(seen))).toContain("FORBIDDEN");
    expect(await viewerOver(socket)).toMatchObject({ type: "next" });
  });

  it("what a revoked token watches ends", async () => {
    const { person, tokenId, seen } = await watcher("Revoked");
    await person.mutate("revokeAccessToken", { id: tokenId });
    expect(await endsSoon(seen)).toMatchObject({ code: 4401 });
  });

  it("the socket of a session that is signed out closes", async () => {
    const { person, socket } = await watcher("SignedOut");
    await person.auth("sign-out", {});
    await closesSoon(socket);
  });

  it("the sockets of a deleted account close", async () => {
    const { person, socket, seen } = await watcher("Deleted");
    await person.mutate("deleteAccount", { currentPassword: PASSWORD });
    await Promise.all([closesSoon(socket), endsSoon(seen)]);
  });

  it("the sockets of somebody whose password was reset close", async () => {
    const { fixture, person, socket } = await watcher("Reset");
    const { token } = await a.mutate<{ token: string }>(
      "createPasswordReset",
      { projectId: fixture.projectId, userId: person.userId },
      "token",
    );
    await visit(a).mutate("resetPassword", { token, password: NEW_PASSWORD });
    await closesSoon(socket);
  });
});
