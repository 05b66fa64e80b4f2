// Browsers' sessions over HTTP: the first owner's link, invitations with e-mail and password, cookies and foreign pages.
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeFixture, mutation, startServer, type TestServer } from "../support/server.ts";

const PASSWORD = "correct horse battery";
const OWNER = { name: "Aigerim", email: "aigerim@example.org", password: PASSWORD };

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.dispose());

interface Sent {
  status: number;
  body: {
    data?: Record<string, unknown> | null;
    errors?: { extensions: { code: string; field?: string } }[];
  };
  /** As a browser sends it back; empty when none was set. */
  cookie: string;
  setCookie: string[];
}

/** Headers of a browser on one of our own pages. */
const own = (at: TestServer, cookie = "") => ({
  origin: at.url,
  "sec-fetch-site": "same-origin",
  ...(cookie ? { cookie } : {}),
});

async function send(
  at: TestServer,
  query: string,
  input: object | undefined,
  headers: Record<string, string>,
): Promise<Sent> {
  const response = await fetch(`${at.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify({ query, variables: input ? { i: input } : {} }),
  });
  const setCookie = response.headers.getSetCookie();
  return {
    status: response.status,
    body: await response.json(),
    setCookie,
    cookie: setCookie.map((line) => line.split(";", 1)[0]).join("; "),
  };
}

const codeOf = ({ body }: Sent) => body.errors?.[0]?.extensions;
const whoIs = async (at: TestServer, headers: Record<string, string>) =>
  (await send(at, "{ viewer { name email } }", undefined, headers)).body;

const auth = (at: TestServer, path: string, body: object, headers: Record<string, string>) =>
  fetch(`${at.url}/api/auth/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });

const signIn = (at: TestServer, email: string, password: string) =>
  auth(at, "sign-in/email", { email, password }, own(at));

/** What stands after # in the first owner's link. */
const setUpToken = (at: TestServer) => new URL(at.app.setUpLink ?? "no:link").hash.slice(1);

describe("the first owner's link", () => {
  it("makes the owner's account once and starts a session", async () => {
    const token = setUpToken(server);
    expect(server.app.setUpLink).toBe(`${server.url}/start#${token}`);
    const works = async () =>
      (await send(server, `{ setUpLinkWorks(token: "${token}") }`, undefined, {})).body.data;
    expect(await works()).toEqual({ setUpLinkWorks: true });
    const { data } = await server.ask<{ viewer: { id: string } }>(`{ viewer { id } }`);

    for (const [more, field] of [
      [{ token: "x" }, "token"],
      [{ token: randomBytes(32).toString("base64url") }, "token"],
      [{ email: "nobody" }, "email"],
      [{ password: "short" }, "password"],
      [{ password: "x".repeat(201) }, "password"],
      [{ name: " " }, "name"],
    ] as const) {
      expect(
        codeOf(await send(server, mutation("setUpOwner"), { token, ...OWNER, ...more }, own(server))),
      ).toEqual({ code: "BAD_USER_INPUT", field: `input.${field}` });
    }
    const made = await send(
      server,
      mutation("setUpOwner", "user { id name }"),
      { token, ...OWNER, email: "Aigerim@Example.org" },
      own(server),
    );
    expect(made.body).toEqual({ data: { setUpOwner: { user: { id: data?.viewer.id, name: OWNER.name } } } });
    expect(made.setCookie).toHaveLength(1);
    expect(made.setCookie[0]).toMatch(/HttpOnly/i);
    expect(made.setCookie[0]).toMatch(/SameSite=Lax/i);
    expect(made.setCookie[0]).toMatch(/Path=\//i);
    expect(made.setCookie[0]).not.toMatch(/Secure/i);
    expect(await whoIs(server, own(server, made.cookie))).toEqual({
      data: { viewer: { name: OWNER.name, email: OWNER.email } },
    });

    expect(await works()).toEqual({ setUpLinkWorks: false });
    expect(codeOf(await send(server, mutation("setUpOwner"), { token, ...OWNER }, own(server)))).toEqual({
      code: "BAD_USER_INPUT",
      field: "input.token",
    });
    expect((await server.must<{ viewer: object }>(`{ viewer { name email } }`)).viewer).toEqual({
      name: OWNER.name,
      email: OWNER.email,
    });
  });

  it("works for one of many that use it at once", async () => {
    const fresh = await startServer();
    try {
      const token = setUpToken(fresh);
      const answers = await Promise.all(
        [1, 2, 3].map((n) =>
          send(fresh, mutation("setUpOwner"), { token, ...OWNER, email: `n${n}@example.org` }, own(fresh)),
        ),
      );
      expect(answers.map((answer) => codeOf(answer)?.code ?? "made").sort()).toEqual([
        "BAD_USER_INPUT",
        "BAD_USER_INPUT",
        "made",
      ]);
    } finally {
      await fresh.dispose();
    }
  });
});

describe("a session", () => {
  const enter = async () => {
    const response = await signIn(server, OWNER.email, PASSWORD);
    expect(response.status).toBe(200);
    return response.headers
      .getSetCookie()
      .map((line) => line.split(";", 1)[0])
      .join("; ");
  };

  it("counts only with an own Origin or Sec-Fetch-Site", async () => {
    const cookie = await enter();
    const signedIn = { data: { viewer: { name: OWNER.name, email: OWNER.email } } };
    const signedOut = { data: { viewer: null } };
    const cases: [Record<string, string>, object][] = [
      [{ origin: server.url }, signedIn],
      [{ "sec-fetch-site": "same-origin" }, signedIn],
      [{ origin: server.url, "sec-fetch-site": "same-origin" }, signedIn],
      [{}, signedOut],
      [{ origin: "https://evil.example" }, signedOut],
      [{ origin: "null" }, signedOut],
      [{ origin: `${server.url}.evil.example` }, signedOut],
      [{ origin: server.url.replace("127.0.0.1", "localhost") }, signedOut],
      [{ origin: server.url.replace("http:", "https:") }, signedOut],
      [{ origin: "https://evil.example", host: "evil.example" }, signedOut],
      [{ "sec-fetch-site": "cross-site" }, signedOut],
      [{ "sec-fetch-site": "same-site" }, signedOut],
      [{ "sec-fetch-site": "none" }, signedOut],
      [{ origin: "https://evil.example", "sec-fetch-site": "same-origin" }, signedOut],
    ];
    for (const [headers, expected] of cases) {
      const { host: _host, ...sent } = headers;
      expect({ headers, answer: await whoIs(server, { ...sent, cookie }) }).toEqual({
        headers,
        answer: expected,
      });
    }
  });

  it("of somebody else than the request is meant for counts for nothing", async () => {
    const cookie = await enter();
    const ask = (person: string) =>
      send(server, "{ viewer { id } }", undefined, { ...own(server, cookie), "concord-user": person });
    const { body } = await send(server, "{ viewer { id } }", undefined, own(server, cookie));
    expect((await ask(String(Object(body.data?.viewer).id))).body).toEqual(body);
    const refused = await ask("00000000-0000-7000-8000-000000000000");
    expect(refused.status).toBe(401);
    expect(codeOf(refused)).toMatchObject({ code: "UNAUTHENTICATED" });
  });

  it("changes nothing for a foreign page", async () => {
    const cookie = await enter();
    for (const headers of [{ origin: "https://evil.example", cookie }, { cookie }]) {
      const sent = await send(server, mutation("createProject"), { name: "By a foreign page" }, headers);
      expect([sent.status, codeOf(sent)?.code]).toEqual([401, "UNAUTHENTICATED"]);
    }
    const { projects } = await server.must<{ projects: { nodes: { name: string }[] } }>(
      `{ projects { nodes { name } } }`,
    );
    expect(projects.nodes.map(({ name }) => name)).not.toContain("By a foreign page");
    const made = await send(
      server,
      mutation("createProject", "project { name }"),
      { name: "By our own page" },
      own(server, cookie),
    );
    expect(made.body).toEqual({ data: { createProject: { project: { name: "By our own page" } } } });
  });

  it("ends by signing out, which a foreign page can't do", async () => {
    const cookie = await enter();
    expect((await auth(server, "sign-out", {}, { origin: "https://evil.example", cookie })).status).toBe(403);
    expect((await auth(server, "sign-out", {}, { cookie })).status).toBe(403);
    expect(await whoIs(server, own(server, cookie))).toMatchObject({
      data: { viewer: { name: OWNER.name } },
    });
    const left = await auth(server, "sign-out", {}, own(server, cookie));
    expect(left.status).toBe(200);
    expect(left.headers.getSetCookie().join()).toMatch(/Max-Age=0/i);
    const after = await send(server, "{ viewer { name } }", undefined, own(server, cookie));
    expect([after.status, codeOf(after)?.code]).toEqual([401, "UNAUTHENTICATED"]);
  });

  it("that is expired, forged or of another installation is none", async () => {
    const cookie = await enter();
    // the signature's first character: of its last one some bits say nothing
    const forged = cookie.replace(/(?<==[^.]*\.)./, (first) => (first === "A" ? "B" : "A"));
    expect(forged).not.toBe(cookie);
    const refused = await send(
      server,
      "{ viewer { name } }",
      undefined,
      own(server, `${cookie.slice(0, cookie.indexOf("=") + 1)}forged.${"A".repeat(43)}%3D`),
    );
    expect([refused.status, codeOf(refused)?.code]).toEqual([401, "UNAUTHENTICATED"]);
    expect(await whoIs(server, own(server, forged))).not.toMatchObject({
      data: { viewer: { name: OWNER.name } },
    });
    expect(await whoIs(server, own(server, "concord-00000000.session_token=x.y"))).toEqual({
      data: { viewer: null },
    });
    await server.sql(`update session set expires_at = now() - interval '1 second'`);
    const late = await send(server, "{ viewer { name } }", undefined, own(server, cookie));
    expect([late.status, codeOf(late)?.code]).toEqual([401, "UNAUTHENTICATED"]);
  });

  it("reads the export, also by a link that was typed", async () => {
    const cookie = await enter();
    const { projectId } = await makeFixture(server);
    const status = async (headers: Record<string, string>) =>
      (
        await fetch(`${server.url}/projects/${projectId}/export?format=json`, {
          headers: { cookie, ...headers },
        })
      ).status;
    expect(await status({ "sec-fetch-site": "same-origin" })).toBe(200);
    expect(await status({ "sec-fetch-site": "none" })).toBe(200);
    expect(await status({ "sec-fetch-site": "cross-site" })).toBe(401);
  });

  it("is not started by a wrong password, an unknown account or a foreign page, which look alike", async () => {
    const answers = await Promise.all([
      signIn(server, OWNER.email, "wrong password"),
      signIn(server, "nobody@example.org", PASSWORD),
    ]);
    const [wrong, unknown] = await Promise.all(
      answers.map(async (answer) => ({
        status: answer.status,
        body: await answer.json(),
        cookies: answer.headers.getSetCookie(),
      })),
    );
    expect(wrong).toMatchObject({ status: 401, cookies: [] });
    expect(unknown).toEqual(wrong);
    const foreign = await auth(
      server,
      "sign-in/email",
      { email: OWNER.email, password: PASSWORD },
      { origin: "https://evil.example" },
    );
    expect([foreign.status, foreign.headers.getSetCookie()]).toEqual([403, []]);
  });

  it("comes by no other door of /api/auth", async () => {
    for (const path of [
      "sign-up/email",
      "forget-password",
      "reset-password",
      "update-user",
      "delete-user",
      "change-email",
      "link-social",
      "sign-in/social",
    ]) {
      const response = await auth(server, path, { ...OWNER, email: "new@example.org" }, own(server));
      expect([path, response.status]).toEqual([path, 404]);
    }
    expect((await signIn(server, "new@example.org", PASSWORD)).status).toBe(401);
  });
});

describe("an invitation", () => {
  const makeLink = async (projectId: string, role = "ANNOTATOR") =>
    server.mutate<{ token: string; url: string; expiresAt: string }>(
      "createInvitation",
      { projectId, role },
      "token url expiresAt",
    );

  it("makes an account with e-mail and password, starts a session, and works once", async () => {
    const { projectId } = await makeFixture(server);
    const { token, url } = await makeLink(projectId);
    expect(url).toBe(`${server.url}/join#${token}`);
    const preview = `{ invitation(token: "${token}") { projectName role } }`;
    expect((await send(server, preview, undefined, {})).body).toEqual({
      data: { invitation: { projectName: "Test", role: "ANNOTATOR" } },
    });
    const person = { name: "Marat", email: "marat@example.org", password: PASSWORD };
    for (const [more, field] of [
      [{ email: null }, "email"],
      [{ password: null }, "password"],
      [{ password: "short" }, "password"],
      [{ email: "x" }, "email"],
      [{ name: "" }, "name"],
      [{ name: null }, "name"],
      [{ email: OWNER.email }, "email"],
    ] as const) {
      expect({
        more,
        refusal: codeOf(
          await send(server, mutation("acceptInvitation"), { token, ...person, ...more }, own(server)),
        ),
      }).toEqual({ more, refusal: { code: "BAD_USER_INPUT", field: `input.${field}` } });
    }
    const joined = await send(
      server,
      mutation("acceptInvitation", "accessToken user { name } project { id viewerRole members { email } }"),
      { token, ...person },
      own(server),
    );
    expect(joined.body).toEqual({
      data: {
        acceptInvitation: {
          accessToken: null,
          user: { name: "Marat" },
          project: {
            id: projectId,
            viewerRole: "ANNOTATOR",
            members: [{ email: null }, { email: person.email }],
          },
        },
      },
    });
    expect(await whoIs(server, own(server, joined.cookie))).toEqual({
      data: { viewer: { name: "Marat", email: person.email } },
    });
    expect((await signIn(server, "MARAT@example.org", PASSWORD)).status).toBe(200);

    expect((await send(server, preview, undefined, {})).body).toEqual({ data: { invitation: null } });
    const again = await send(server, mutation("acceptInvitation"), { token, name: "Other" }, {});
    expect(codeOf(again)).toEqual({ code: "BAD_USER_INPUT", field: "input.token" });
    const members = await server.must<{ project: { members: unknown[] } }>(
      `query ($p: ID!) { project(id: $p) { members { role email user { name } } } }`,
      { p: projectId },
    );
    expect(members.project.members).toHaveLength(2);
  });

  it("works for one of many that use it at once", async () => {
    const { projectId } = await makeFixture(server);
    const { token } = await makeLink(projectId);
    const answers = await Promise.all(
      [1, 2, 3, 4].map((n) => send(server, mutation("acceptInvitation"), { token, name: `Person ${n}` }, {})),
    );
    expect(answers.map((answer) => codeOf(answer)?.code ?? "made").sort()).toEqual([
      "BAD_USER_INPUT",
      "BAD_USER_INPUT",
      "BAD_USER_INPUT",
      "made",
    ]);
    expect(
      await server.sql(`select count(*)::int as n from membership where project_id = $1`, [projectId]),
    ).toEqual([{ n: 2 }]);
  });

  it("joins who is signed in, and lowers nobody's role", async () => {
    const { projectId } = await makeFixture(server);
    const entered = await signIn(server, "marat@example.org", PASSWORD);
    const cookie = entered.headers
      .getSetCookie()
      .map((line) => line.split(";", 1)[0])
      .join("; ");
    const join = async (role: string) => {
      const { token } = await makeLink(projectId, role);
      return (
        await send(
          server,
          mutation("acceptInvitation", "accessToken user { name } project { viewerRole }"),
          { token },
          own(server, cookie),
        )
      ).body.data;
    };
    const as = (viewerRole: string) => ({
      acceptInvitation: { accessToken: null, user: { name: "Marat" }, project: { viewerRole } },
    });
    expect(await join("ANNOTATOR")).toEqual(as("ANNOTATOR"));
    expect(await join("VIEWER")).toEqual(as("ANNOTATOR"));
    expect(await join("CURATOR")).toEqual(as("CURATOR"));
  });

  it("does not work when it is expired, its maker is no owner any more, or its project is deleted", async () => {
    const { projectId } = await makeFixture(server);
    const refused = async (token: string) =>
      codeOf(await send(server, mutation("acceptInvitation"), { token, name: "x" }, {}));
    const expired = await makeLink(projectId);
    await server.sql(`update invitation set expires_at = now() - interval '1 second' where project_id = $1`, [
      projectId,
    ]);
    expect(await refused(expired.token)).toEqual({ code: "BAD_USER_INPUT", field: "input.token" });
    const kept = await makeLink(projectId);
    await server.sql(`update membership set role = 'CURATOR' where project_id = $1`, [projectId]);
    expect(await refused(kept.token)).toEqual({ code: "BAD_USER_INPUT", field: "input.token" });
    await server.sql(`update membership set role = 'OWNER' where project_id = $1`, [projectId]);
    await server.mutate("deleteProject", { id: projectId }, "projectId");
    expect(await refused(kept.token)).toEqual({ code: "BAD_USER_INPUT", field: "input.token" });
  });
});

describe("signing in", () => {
  // Fifty hashes, slow on purpose.
  it("wrong 50 times an hour is too often for the account, then right or wrong answers 429 with Retry-After", {
    timeout: 180_000,
  }, async () => {
    const fresh = await startServer();
    try {
      await send(fresh, mutation("setUpOwner"), { token: setUpToken(fresh), ...OWNER }, own(fresh));
      const statuses: number[] = [];
      for (let i = 0; i < 50; i++)
        statuses.push((await signIn(fresh, OWNER.email, `wrong password ${i}`)).status);
      expect(new Set(statuses)).toEqual(new Set([401]));
      for (const password of ["wrong again", PASSWORD]) {
        const refused = await signIn(fresh, OWNER.email, password);
        expect(refused.status).toBe(429);
        expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
        expect(Number(refused.headers.get("retry-after"))).toBeLessThanOrEqual(3_600);
        expect(await refused.json()).toMatchObject({ error: { code: "RATE_LIMITED" } });
      }
      // The address has failed as often, so another account is refused from it too.
      expect((await signIn(fresh, "somebody@example.org", PASSWORD)).status).toBe(429);
      // Scripts by token are not signing in.
      expect(await fresh.must(`{ viewer { name } }`)).toEqual({ viewer: { name: OWNER.name } });
    } finally {
      await fresh.dispose();
    }
  });
});

describe("an https address", () => {
  it("makes the cookie Secure, and counts Origin by PUBLIC_URL, never by Host", async () => {
    const publicUrl = "https://concord.example.org";
    const port = await freePort();
    const secure = await startServer({ publicUrl, port });
    // Behind the proxy that speaks https it listens here.
    const direct = { ...secure, url: `http://127.0.0.1:${port}` };
    try {
      expect(secure.app.setUpLink).toMatch(/^https:\/\/concord\.example\.org\/start#/);
      const made = await send(
        direct,
        mutation("setUpOwner"),
        { token: setUpToken(secure), ...OWNER },
        { origin: publicUrl },
      );
      expect(made.setCookie[0]).toMatch(/; Secure/i);
      expect(made.cookie).toMatch(/^__Secure-concord-/);
      expect(await whoIs(direct, { origin: publicUrl, cookie: made.cookie })).toMatchObject({
        data: { viewer: { name: OWNER.name } },
      });
      expect(await whoIs(direct, { origin: direct.url, cookie: made.cookie })).toEqual({
        data: { viewer: null },
      });
    } finally {
      await secure.dispose();
    }
  });
});

/** A port that nobody listens on now. */
async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  await once(probe, "close");
  if (typeof address !== "object" || address === null) throw new Error("no port was given");
  return address.port;
}
