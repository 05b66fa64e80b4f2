// Two people, one document, live: what is written is seen, in order, once each.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { annotate, type Fixture, makeFixture, startServer, type TestServer, watch } from "../support/server.ts";

let server: TestServer;
let fixture: Fixture;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.dispose());

interface Seen {
  revision: number;
  __typename: string;
  clientMutationId: string | null;
  author: { name: string };
  annotation?: { id: string; version: number; note: string; span: { quote: string } };
  annotationId?: string;
  relationIds?: string[];
}

const SELECTION = `__typename revision at clientMutationId author { id name }
  ... on AnnotationSaved { annotation { id version note label { key } span { id quote fragments { start end } } } }
  ... on AnnotationDeleted { annotationId relationIds }`;

describe("documentChanges", () => {
  it("replays what is stored and goes on with what follows", async () => {
    fixture = await makeFixture(server);
    const first = await annotate(server, fixture, { fragments: [{ start: 13, end: 14 }] });
    expect(first).toMatchObject({ quote: "🙂", revision: 1, version: 1 });
    const seen = watch<Seen>(server.socket(), fixture.documentId, 0, SELECTION);
    await seen.until((changes) => changes.length === 1);
    await annotate(server, fixture, { label: "speaker", clientMutationId: "second" });
    const changes = await seen.until((all) => all.length === 2);
    expect(changes.map(({ revision }) => revision)).toEqual([1, 2]);
    expect(changes[1]).toMatchObject({ __typename: "AnnotationSaved", clientMutationId: "second", author: { name: "Owner" } });
  });

  it("gives each watcher every revision once while writers race the subscribing", async () => {
    fixture = await makeFixture(server);
    const clients = Array.from({ length: 4 }, () => server.socket());
    const writes = Array.from({ length: 40 }, (_, i) => annotate(server, fixture, { fragments: [{ start: i, end: i + 1 }] }));
    const watches = clients.flatMap((client) => [0, 0].map((after) => watch<Seen>(client, fixture.documentId, after, SELECTION)));
    const made = await Promise.all(writes);
    const expected = Array.from({ length: 40 }, (_, i) => i + 1);
    expect(made.map(({ revision }) => revision).sort((a, b) => a - b)).toEqual(expected);
    for (const seen of watches) {
      const changes = await seen.until((all) => all.length >= 40);
      expect(changes.map(({ revision }) => revision)).toEqual(expected);
    }
  });
});
