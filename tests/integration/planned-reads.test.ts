// What HTTP writes past the executor or answers from what it kept is what the executor makes, which a socket always asks.
import fc from "fast-check";
import type { Client } from "graphql-ws";
import { afterAll, beforeAll, expect, it } from "vitest";
import {
  annotate,
  type Fixture,
  invite,
  makeFixture,
  startServer,
  type TestServer,
} from "../support/server.ts";
import { arbitraryQuery } from "./arbitrary-query.ts";

const TEXT = 'Zé 😀 said "e\u0301": 👨‍👩‍👧 \\ 🇰🇿\r\n\u2028 and שלום ～ so on.';

let server: TestServer;
let socket: Client;
let fixture: Fixture;
beforeAll(async () => {
  server = await startServer();
  socket = server.socket();
  fixture = await makeFixture(server, TEXT);
  await fill();
});
afterAll(async () => {
  await socket.dispose();
  await server.dispose();
});

/** Annotations of three people, some deleted or restored, some related, with what is awkward to write as JSON. */
async function fill(): Promise<void> {
  const one = await invite(server, fixture.projectId, "CURATOR", 'O"Neill \\ 😀');
  const two = await invite(server, fixture.projectId, "ANNOTATOR", "שלום \u2028");
  const places: [number, number][][] = [
    [[0, 4]],
    [[0, 4]],
    [[3, 5]],
    [
      [2, 6],
      [9, 12],
    ],
    [
      [5, 9],
      [11, 13],
      [20, 21],
    ],
    [[13, 30]],
    [[0, TEXT.length - 9]],
    [[7, 8]],
  ];
  const made: string[] = [];
  for (const [index, place] of places.entries()) {
    const { id } = await annotate(server, fixture, {
      label: ["claim", "speaker", "claim", "initiative"][index % 4] ?? "claim",
      fragments: place.map(([start, end]) => ({ start, end })),
      token: [server.adminToken, one.token, two.token][index % 3] ?? "",
      note: ["", 'a "note"\n\t\u0001', "\\u0000 😀", "～\u2028"][index % 4] ?? "",
    });
    made.push(id);
  }
  await server.mutate(
    "updateAnnotation",
    { id: made[2], expectedVersion: 1, note: "2" },
    "revision",
    one.token,
  );
  await server.mutate("deleteAnnotation", { id: made[0], expectedVersion: 1 }, "revision");
  const relate = (type: string, sourceId?: string, targetId?: string) =>
    server.mutate(
      "createRelation",
      { typeId: fixture.relationTypes[type], sourceId, targetId },
      "relation { id }",
      one.token,
    );
  await relate("states", made[1], made[2]);
  await relate("states", made[5], made[4]);
  await relate("proposes", made[1], made[3]);
  await relate("proposes", made[5], made[7]);
  await server.mutate("deleteAnnotation", { id: made[7], expectedVersion: 1 }, "revision");
  await server.mutate("createComment", { annotationId: made[1], body: "Why?" }, "comment { id }");
  // What a label's definitions and an import can bring in, without their ceremony.
  const attributes = { "10": 1, 2: 1.5e21, a: null, ключ: ["😀", '"'], n: 0.1 };
  await server.sql(`update annotation set attributes = $1 where id = $2`, [
    JSON.stringify(attributes),
    made[1],
  ]);
  await server.sql(
    `update annotation set attributes = '{"x": 1.50, "y": 12345678901234567890}' where id = $1`,
    [made[3]],
  );
  await server.sql(
    `update annotation set created_at = '2001-02-03T04:05:06Z', updated_at = '2001-02-03T04:05:06.7Z' where id = $1`,
    [made[4]],
  );
  await server.sql(`update label set parent_id = $1 where id = $2`, [
    fixture.labels.claim,
    fixture.labels.initiative,
  ]);
}

/** An answer as its bytes say it, keys in their order; of a refusal as a whole only why. */
const said = ({ data, errors }: { data?: unknown; errors?: readonly { message: string }[] | undefined }) =>
  JSON.stringify(data === undefined ? errors?.map(({ message }) => message) : { data, errors });

const overHttp = async (query: string, variables: object) => said(await server.ask(query, variables));

/** The executor's own answer. */
function overSocket(query: string, variables: Record<string, unknown>): Promise<string> {
  return new Promise((resolve, reject) => {
    socket.subscribe<unknown>(
      { query, variables },
      {
        next: ({ data, errors }) => resolve(said({ data, errors })),
        error: (refusal) => (Array.isArray(refusal) ? resolve(said({ errors: refusal })) : reject(refusal)),
        complete: () => {},
      },
    );
  });
}

it("generated queries are answered as the executor answers them, the first time and again", async () => {
  const { document } = await server.must<{ document: { annotations: { edges: { cursor: string }[] } } }>(
    `query ($id: ID!) { document(id: $id) { annotations { edges { cursor } } } }`,
    { id: fixture.documentId },
  );
  const cursors = document.annotations.edges.map(({ cursor }) => cursor);
  const variables = fc.record(
    {
      first: fc.constantFrom(null, 0, 1, 4, 1_000),
      after: fc.constantFrom(null, ...cursors),
      range: fc.constantFrom(null, { start: 4, end: 10 }, { end: 6, start: 5 }),
    },
    { requiredKeys: [] },
  );
  const query = arbitraryQuery(Object.values(fixture.labels));
  await fc.assert(
    fc.asyncProperty(query, variables, async (text, given) => {
      const all = { id: fixture.documentId, project: fixture.projectId, yes: true, no: false, ...given };
      const [expected, first] = await Promise.all([overSocket(text, all), overHttp(text, all)]);
      expect(first).toBe(expected);
      expect(await overHttp(text, all)).toBe(expected);
    }),
    // On a slow machine fewer, and a counterexample is told before the test is given up.
    { numRuns: 60, interruptAfterTimeLimit: 15_000 },
  );
});
