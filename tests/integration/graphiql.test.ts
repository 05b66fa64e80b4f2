// `GET /graphql`: who is led to GraphiQL and who is answered by the API. The page itself is opened in e2e/graphiql.spec.ts.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startServer, type TestServer } from "../support/server.ts";

const PAGE = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
const QUERY = `query=${encodeURIComponent("{ viewer { name } }")}`;

let server: TestServer;
/** Of the first owner's session. */
let cookie = "";
beforeAll(async () => {
  server = await startServer();
  const response = await fetch(`${server.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: server.url },
    body: JSON.stringify({
      query: "mutation ($i: SetUpOwnerInput!) { setUpOwner(input: $i) { user { id } } }",
      variables: {
        i: {
          token: new URL(server.app.setUpLink ?? "no:link").hash.slice(1),
          name: "Mira",
          email: "mira@example.org",
          password: "correct horse battery",
        },
      },
    }),
  });
  const cookies = response.headers.getSetCookie().map((line) => line.split(";", 1)[0]);
  cookie = cookies.join("; ");
  expect(cookie).not.toBe("");
});
afterAll(() => server.dispose());

/** Opens the address as a browser does that nobody sent there. */
const open = (search = "", headers: Record<string, string> = {}) =>
  fetch(`${server.url}/graphql${search}`, {
    headers: { accept: PAGE, "sec-fetch-site": "none", ...headers },
    redirect: "manual",
  });

describe("who is led to sign-in, and back", () => {
  const leadsToSignIn = (response: Response) => {
    expect(response.status).toBe(303);
    expect(response.headers.get("location")).toBe("/sign-in?next=%2Fgraphql");
    expect(response.headers.get("cache-control")).toBe("no-store");
  };

  it("a browser that is signed out", async () => {
    leadsToSignIn(await open());
  });

  it("a browser whose session has ended", async () => {
    leadsToSignIn(await open("", { cookie: cookie.replace(/=[^;]{8}/, "=deadbeef") }));
  });

  it("a browser that a foreign page sent, whose session does not count", async () => {
    leadsToSignIn(await open("", { cookie, "sec-fetch-site": "cross-site" }));
  });
});

describe("who is answered by the API", () => {
  it("a browser with a query in the address", async () => {
    const response = await open(`?${QUERY}`, { cookie });
    expect(await response.json()).toEqual({ data: { viewer: { name: "Mira" } } });
  });

  it("a script with its token, whatever it accepts", async () => {
    for (const accept of ["*/*", "application/json", "application/graphql-response+json", PAGE]) {
      const headers = { authorization: `Bearer ${server.adminToken}`, accept };
      const answered = await fetch(`${server.url}/graphql?${QUERY}`, { headers });
      expect(await answered.json(), accept).toEqual({ data: { viewer: { name: "Mira" } } });
      const empty = await fetch(`${server.url}/graphql`, { headers, redirect: "manual" });
      expect(empty.status, accept).toBe(400);
      expect(await empty.json(), accept).toHaveProperty("errors");
    }
  });

  it("a script that is signed out", async () => {
    const response = await fetch(`${server.url}/graphql`, { headers: { accept: "application/json" } });
    expect(response.status).toBe(400);
  });

  it("no mutation, with a session or a token", async () => {
    const query = `?query=${encodeURIComponent('mutation { createProject(input: { name: "By GET" }) { project { id } } }')}`;
    const asBrowser = await open(query, { cookie });
    const asScript = await open(query, { authorization: `Bearer ${server.adminToken}` });
    expect([asBrowser.status, asScript.status]).toEqual([405, 405]);
    expect(await server.sql("select name from project")).toEqual([]);
  });
});
