// An export that is imported into another server's empty project comes back as the same bytes.
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { annotate, makeFixture, startServer, type TestServer } from "../support/server.ts";
import { asJson, asNdjson, corpus } from "./arbitrary-corpus.ts";
import { emptyProject, exportFile, importFile } from "./importing.ts";

/** Projects with all that is in them go in one transaction, since rows are reached from two sides. */
const FORGET = `
  begin; set constraints all deferred; delete from project; delete from person where imported; commit`;

let here: TestServer;
let there: TestServer;
beforeAll(async () => {
  [here, there] = await Promise.all([startServer(), startServer()]);
});
afterAll(async () => {
  await here?.dispose();
  await there?.dispose();
});

it("holds for whatever a corpus may hold, in both formats", { timeout: 300_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(corpus, async (generated) => {
      const [json, ndjson] = [asJson(generated), asNdjson(generated)];
      const first = await emptyProject(here);
      const job = await importFile(here, first, json, "?format=json");
      expect(job.problems.filter(({ severity }) => severity === "error")).toEqual([]);
      expect(job).toMatchObject({
        state: "done",
        documentCount: generated.documents.length,
        done: job.total,
      });
      expect(await exportFile(here, first, "json")).toBe(json);
      expect(await exportFile(here, first, "ndjson")).toBe(ndjson);
      // From json to ndjson to json again, on another server.
      const second = await emptyProject(there);
      await importFile(there, second, await exportFile(here, first, "ndjson"));
      expect(await exportFile(there, second, "json")).toBe(json);
      // Ids are used once a server, also by the next run.
      await Promise.all([here, there].map((server) => server.sql(FORGET)));
    }),
    // Not shrunk: what a failed run has left behind would fail all smaller ones, and hide why.
    { numRuns: 40, endOnFailure: true },
  );
});

it("holds for work that was made through the API", async () => {
  const fixture = await makeFixture(here);
  const one = await annotate(here, fixture, {
    label: "speaker",
    fragments: [{ start: 4, end: 12 }],
    note: "who",
  });
  const two = await annotate(here, fixture, {
    label: "claim",
    fragments: [
      { start: 0, end: 3 },
      { start: 13, end: 14 },
    ],
  });
  await here.mutate(
    "createRelation",
    { typeId: fixture.relationTypes.states, sourceId: one.id, targetId: two.id },
    "revision",
  );
  await here.mutate("createComment", { annotationId: two.id, body: "Really? 🙂" }, "revision");
  const json = await exportFile(here, fixture.projectId, "json");
  const target = await emptyProject(there);
  const job = await importFile(there, target, json);
  expect(job).toMatchObject({ state: "done", problems: [], documentCount: 1, annotationCount: 2 });
  expect(job.documents).toEqual([fixture.documentId]);
  expect(await exportFile(there, target, "json")).toBe(json);
});
