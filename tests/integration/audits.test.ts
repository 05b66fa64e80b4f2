// GraphQL over HTTP: the audits of graphql-http, and what else a client of `/graphql` may send.
import { serverAudits } from "graphql-http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startServer, type TestServer } from "../support/server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.dispose());

/** Sends to `/graphql` as the first owner. */
function send(
  search: string,
  init: RequestInit = {},
  token: string | null = server.adminToken,
): Promise<Response> {
  const headers = new Headers(init.headers);
  if (token !== null) headers.set("authorization", `Bearer ${token}`);
  return fetch(`${server.url}/graphql${search}`, { ...init, headers });
}

const post = (body: string, headers: Record<string, string> = { "content-type": "application/json" }) =>
  send("", { method: "POST", headers, body });

describe("the audits of graphql-http", () => {
  // The list is known without a server; the address is put in when they run.
  const audits = serverAudits({
    url: () => `${server.url}/graphql`,
    fetchFn: (url: string, init: RequestInit = {}) => {
      const headers = new Headers(init.headers);
      headers.set("authorization", `Bearer ${server.adminToken}`);
      return fetch(url, { ...init, headers });
    },
  });
  const musts = audits.filter(({ name }) => name.startsWith("MUST"));
  const others = audits.filter(({ name }) => !name.startsWith("MUST"));

  it("have as many rules as we know of", () => {
    expect([musts.length, others.length]).toEqual([13, 48]);
  });

  it.each(musts.map((audit) => ({ name: audit.name, audit })))("$name", async ({ audit }) => {
    const result = await audit.fn();
    expect(result.status === "ok" ? "ok" : result.reason).toBe("ok");
  });

  // Apollo answers what it refuses before executing with 400, also to who accepts the old media type alone.
  const answeredWith400 = [
    "SHOULD use 200 status code on document parsing failure when accepting application/json",
    "SHOULD use 200 status code on document validation failure when accepting application/json",
    "SHOULD use a status code of 200 on variable coercion failure when accepting application/json",
  ];

  it("SHOULD and MAY hold, but for three", async () => {
    const failed: string[] = [];
    for (const audit of others) {
      const result = await audit.fn();
      if (result.status !== "ok") failed.push(audit.name);
    }
    expect(failed).toEqual(answeredWith400);
  });
});

describe("POST /graphql", () => {
  it.each([
    ["a form", "application/x-www-form-urlencoded", "query=%7B__typename%7D"],
    ["plain text", "text/plain", '{"query":"{ __typename }"}'],
    [
      "a file upload",
      "multipart/form-data; boundary=x",
      '--x\r\ncontent-disposition: form-data; name="operations"\r\n\r\n{}\r\n--x--',
    ],
    ["GraphQL itself", "application/graphql", "{ __typename }"],
    ["something unheard of", "application/made-up", "{}"],
  ])("refuses %s with 415", async (_name, contentType, body) => {
    const response = await post(body, { "content-type": contentType });
    expect(response.status).toBe(415);
    expect(await response.json()).toMatchObject({
      errors: [{ extensions: { code: "UNSUPPORTED_MEDIA_TYPE" } }],
    });
  });

  it.each([
    ["no JSON", "{"],
    ["an empty body", ""],
    ["a JSON text", '"{ __typename }"'],
    ["a JSON number", "1"],
    ["null", "null"],
    ["nothing in it", "{}"],
    ["a query that is none", '{"query":7}'],
    ["variables that are none", '{"query":"{ __typename }","variables":"x"}'],
    ["an operation name that is none", '{"query":"{ __typename }","operationName":7}'],
    ["an operation name that is unknown", '{"query":"query A { __typename }","operationName":"B"}'],
    ["several operations and no name", '{"query":"query A { __typename } query B { __typename }"}'],
    [
      "a subscription",
      '{"query":"subscription { documentChanges(documentId: \\"018f3f5e-1c2d-7a3b-8c4d-5e6f7a8b9c0d\\", afterRevision: 0) { toRevision } }"}',
    ],
  ])("refuses %s with 400 and a GraphQL error", async (_name, body) => {
    const response = await post(body);
    const answer: { errors: { message: string; extensions?: { code?: string } }[]; data?: unknown } =
      await response.json();
    expect({ status: response.status, answer }).toMatchObject({
      status: 400,
      answer: { errors: [{ message: expect.any(String) }] },
    });
    expect(answer.data ?? null).toBeNull();
    expect(answer.errors[0]?.extensions?.code).not.toBe("INTERNAL_SERVER_ERROR");
  });

  it("refuses a batch: one operation a request", async () => {
    for (const body of [
      '[{"query":"{ __typename }"},{"query":"{ __typename }"}]',
      '[{"query":"{ __typename }"}]',
      "[]",
    ]) {
      const response = await post(body);
      expect({ body, status: response.status }).toEqual({ body, status: 400 });
      expect(await response.json()).toMatchObject({ errors: [{ message: expect.any(String) }] });
    }
  });

  it("answers a valid operation with 200 in either media type, and one that is wrong with 400 in the new one", async () => {
    const accept = "application/graphql-response+json";
    const good = await post('{"query":"{ viewer { name } }"}', {
      "content-type": "application/json; charset=utf-8",
      accept,
    });
    expect([good.status, good.headers.get("content-type")]).toEqual([200, `${accept}; charset=utf-8`]);
    expect(await good.json()).toEqual({ data: { viewer: { name: "Owner" } } });
    const bad = await post('{"query":"{ nonsense }"}', { "content-type": "application/json", accept });
    expect([bad.status, bad.headers.get("content-type")]).toEqual([400, `${accept}; charset=utf-8`]);
    const old = await post('{"query":"{ viewer { name } }"}', {
      "content-type": "application/json",
      accept: "application/json",
    });
    expect([old.status, old.headers.get("content-type")]).toEqual([200, "application/json; charset=utf-8"]);
  });

  it("tells a request id and nothing else of what it did not expect", async () => {
    await server.sql(`alter table person rename column name to was_name`);
    try {
      const { errors } = await server.ask(
        `mutation { createProject(input: { name: "x" }) { project { members { user { name } } } } }`,
      );
      // Whoever asks can't be found out either: the door itself fails.
      expect(errors).toHaveLength(1);
      expect(errors?.[0]).toMatchObject({
        message: "Something went wrong on the server.",
        extensions: { code: "INTERNAL_SERVER_ERROR", requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
      });
      expect(JSON.stringify(errors)).not.toMatch(/column|prisma|select|stack/i);
    } finally {
      await server.sql(`alter table person rename column was_name to name`);
    }
  });

  it("masks what fails inside a resolver too", async () => {
    await server.sql(`alter table label rename to was_label`);
    try {
      const { status, errors } = await server.ask(
        `mutation { createProject(input: { name: "x" }) { project { id } } }`,
      );
      expect(errors).toMatchObject([
        {
          message: "Something went wrong on the server.",
          extensions: { code: "INTERNAL_SERVER_ERROR" },
          path: ["createProject"],
        },
      ]);
      expect(status).toBe(200);
      expect(Object.keys(errors?.[0]?.extensions ?? {}).sort()).toEqual(["code", "requestId"]);
    } finally {
      await server.sql(`alter table was_label rename to label`);
    }
  });
});

describe("GET /graphql", () => {
  const get = (query: string, more = "", token?: string | null) =>
    send(
      `?query=${encodeURIComponent(query)}${more}`,
      { headers: { accept: "application/graphql-response+json" } },
      token,
    );

  it("answers queries, with variables", async () => {
    const response = await get(
      "query ($f: Int) { projects(first: $f) { totalCount } }",
      `&variables=${encodeURIComponent('{"f":1}')}`,
    );
    expect([response.status, await response.json()]).toMatchObject([
      200,
      { data: { projects: { totalCount: expect.any(Number) } } },
    ]);
  });

  it("refuses mutations with 405, and does nothing", async () => {
    const before = await server.must(`{ projects { totalCount } }`);
    const response = await get('mutation { createProject(input: { name: "By GET" }) { project { id } } }');
    expect(response.status).toBe(405);
    expect(response.headers.get("allow")).toBe("POST");
    expect(await server.must(`{ projects { totalCount } }`)).toEqual(before);
  });

  it("refuses a mutation that is chosen by name", async () => {
    const response = await get(
      'query A { __typename } mutation B { createProject(input: { name: "By GET" }) { project { id } } }',
      "&operationName=B",
    );
    expect(response.status).toBe(405);
  });

  it("refuses variables that are no JSON, and no query at all, with 400", async () => {
    expect((await get("{ __typename }", "&variables=%7B")).status).toBe(400);
    expect((await send("", { headers: { accept: "application/json" } })).status).toBe(400);
  });

  it("answers only what is public to who is signed out", async () => {
    expect(await (await get("{ viewer { id } __typename }", "", null)).json()).toEqual({
      data: { viewer: null, __typename: "Query" },
    });
    const refused = await get("{ projects { totalCount } }", "", null);
    expect([refused.status, await refused.json()]).toMatchObject([
      401,
      { errors: [{ extensions: { code: "UNAUTHENTICATED" } }] },
    ]);
  });
});

describe("other methods", () => {
  it.each(["PUT", "DELETE", "PATCH"])("%s is not answered", async (method) => {
    const response = await send("", {
      method,
      headers: { "content-type": "application/json" },
      body: '{"query":"{ __typename }"}',
    });
    expect([404, 405]).toContain(response.status);
  });
});
