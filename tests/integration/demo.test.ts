// The demo project through the public doors: what it has for every screen, and that it leaves as a valid corpus.
import { readFile } from "node:fs/promises";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startServer, type TestServer } from "../support/server.ts";

let server: TestServer;
let projectId = "";
beforeAll(async () => {
  server = await startServer({ demo: true });
  const { projects } = await server.must<{ projects: { nodes: { id: string }[] } }>(
    "{ projects { nodes { id } } }",
  );
  projectId = projects.nodes[0]?.id ?? "";
  expect(projects.nodes).toHaveLength(1);
});
afterAll(() => server.dispose());

it("has two annotators who can't sign in, a codebook and guidelines", async () => {
  const { project } = await server.must<{
    project: {
      guidelines: string;
      members: { user: { name: string }; role: string; email: string | null }[];
      labels: { key: string; parent: { key: string } | null; archivedAt: string | null }[];
    };
  }>(
    `query ($id: ID!) { project(id: $id) {
      guidelines members { user { name } role email } labels { key parent { key } archivedAt }
    } }`,
    { id: projectId },
  );
  expect(project.members).toEqual([
    { user: { name: "Owner" }, role: "OWNER", email: null },
    { user: { name: "Tobin Hartwell" }, role: "ANNOTATOR", email: null },
    { user: { name: "Yara Quillon" }, role: "ANNOTATOR", email: null },
  ]);
  expect(project.guidelines).toMatch(/^# /);
  expect(project.labels.map(({ key }) => key)).toEqual([
    "speaker",
    "claim",
    "initiative",
    "agreement",
    "forecast",
    "rumour",
  ]);
  expect(project.labels.find(({ key }) => key === "forecast")?.parent).toEqual({ key: "claim" });
  expect(project.labels.filter(({ archivedAt }) => archivedAt !== null)).toHaveLength(1);
  const signIns = await server.sql("select 1 from sign_in");
  expect(signIns).toEqual([]);
});

interface Corpus {
  users: { name: string }[];
  documents: {
    language: string;
    text: string;
    annotations: { fragments: [number, number][]; quote: string }[];
    relations: unknown[];
    comments: { resolvedAt: string | null }[];
  }[];
}

it("leaves as a valid corpus, made by the two, with discussions that are open and resolved", async () => {
  const response = await fetch(`${server.url}/projects/${projectId}/export?format=json`, {
    headers: { authorization: `Bearer ${server.adminToken}` },
  });
  const corpus: Corpus = await response.json();
  const schema: object = JSON.parse(
    await readFile(new URL("../../docs/formats/concord-corpus-1.schema.json", import.meta.url), "utf8"),
  );
  const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema);
  expect(validate(corpus), JSON.stringify(validate.errors)).toBe(true);
  expect(corpus.users.map(({ name }) => name).sort()).toEqual(["Tobin Hartwell", "Yara Quillon"]);
  expect(corpus.documents.map(({ language }) => language)).toEqual([
    "en",
    "en",
    "ru",
    "ar",
    "en",
    "en",
    "kk",
  ]);
  for (const { text, annotations, relations, comments } of corpus.documents) {
    const points = Array.from(text);
    for (const { fragments, quote } of annotations)
      expect(fragments.map(([start, end]) => points.slice(start, end).join("")).join(" ")).toBe(quote);
    expect(annotations.length).toBeGreaterThanOrEqual(12);
    expect(relations.length).toBeGreaterThanOrEqual(9);
    expect(comments.length).toBeGreaterThanOrEqual(2);
  }
  const comments = corpus.documents.flatMap((document) => document.comments);
  expect(comments.some(({ resolvedAt }) => resolvedAt === null)).toBe(true);
  expect(comments.some(({ resolvedAt }) => resolvedAt !== null)).toBe(true);
});

it("keeps the default codebook for projects that people make", async () => {
  const { project } = await server.mutate<{
    project: { labels: { key: string; attributes: unknown[] }[]; relationTypes: { key: string }[] };
  }>(
    "createProject",
    { name: "Mine" },
    "project { labels { key attributes { key } } relationTypes { key } }",
  );
  expect(project.labels).toEqual(
    ["speaker", "claim", "initiative", "agreement"].map((key) => ({ key, attributes: [] })),
  );
  expect(project.relationTypes.map(({ key }) => key)).toEqual(["states", "proposes", "party-to", "same-as"]);
});

it("comes once: deleted, it stays away at the next start", async () => {
  await server.mutate("deleteProject", { id: projectId }, "projectId");
  const again = await startServer({ demo: true }, server.database);
  try {
    const { projects } = await again.must<{ projects: { nodes: { name: string }[] } }>(
      "{ projects { nodes { name } } }",
    );
    expect(projects.nodes).toEqual([{ name: "Mine" }]);
  } finally {
    await again.dispose();
  }
});
