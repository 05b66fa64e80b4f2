// A project's changes in the cache, in whatever order they and other answers come.
import { expect, test } from "vitest";
import { createCache } from "../../apollo/cache.ts";
import { applyChanges, fieldsToRead, type ProjectChange } from "./apply-changes.ts";
import { ProjectCodebookDocument } from "./operations.ts";
import { asksFor } from "./reread.ts";

const PROJECT = "p";
const MIRA = { __typename: "User", id: "mira", name: "Mira" } as const;

function header(revision: number) {
  return { revision, at: "2026-11-28T12:00:00.000Z", author: MIRA, clientMutationId: null };
}

function makeLabel(id: string, version = 1, name = id) {
  return {
    __typename: "Label" as const,
    id,
    key: id,
    name,
    color: "GREEN" as const,
    letter: id.toUpperCase(),
    shortcut: id,
    description: "",
    archivedAt: null,
    version,
    updatedAt: null,
    updatedBy: null,
    heir: null,
    parent: null,
    attributes: [],
  };
}

function makeType(id: string, version = 1, name = id) {
  return {
    __typename: "RelationType" as const,
    id,
    key: id,
    name,
    archivedAt: null,
    version,
    updatedAt: null,
    updatedBy: null,
    sourceLabels: [],
    targetLabels: [],
  };
}

function makeCache(...ids: string[]) {
  const cache = createCache();
  const labels = ids.map((id) => makeLabel(id));
  const project = { __typename: "Project", id: PROJECT, labels, relationTypes: [makeType("t")] };
  cache.writeQuery({ query: ProjectCodebookDocument, variables: { id: PROJECT }, data: { project } });
  return cache;
}

const codebookIn = (cache: ReturnType<typeof createCache>) =>
  cache.readQuery({ query: ProjectCodebookDocument, variables: { id: PROJECT } })?.project;
const namesIn = (cache: ReturnType<typeof createCache>) => codebookIn(cache)?.labels.map(({ name }) => name);

const saved = (revision: number, label: ReturnType<typeof makeLabel>): ProjectChange => ({
  ...header(revision),
  __typename: "LabelSaved",
  label,
});

test("labels come, change, move and go", () => {
  const cache = makeCache("a", "b");
  applyChanges(cache, PROJECT, [
    saved(1, makeLabel("c")),
    saved(2, makeLabel("a", 2, "A")),
    { ...header(3), __typename: "LabelsReordered", labelIds: ["c", "a", "b"] },
  ]);
  expect(namesIn(cache)).toEqual(["c", "A", "b"]);
  applyChanges(cache, PROJECT, [{ ...header(4), __typename: "LabelDeleted", labelId: "a", name: "A" }]);
  expect(namesIn(cache)).toEqual(["c", "b"]);
});

test("an older change takes nothing back that an answer brought first, and adds nothing twice", () => {
  const cache = makeCache("a");
  applyChanges(cache, PROJECT, [saved(9, makeLabel("a", 3, "third"))]);
  applyChanges(cache, PROJECT, [saved(8, makeLabel("a", 2, "second"))]);
  expect(namesIn(cache)).toEqual(["third"]);
});

test("a label that is newer than an order stays last", () => {
  const cache = makeCache("a", "b", "new");
  applyChanges(cache, PROJECT, [{ ...header(1), __typename: "LabelsReordered", labelIds: ["b", "a"] }]);
  expect(namesIn(cache)).toEqual(["b", "a", "new"]);
});

test("relation types likewise", () => {
  const cache = makeCache();
  applyChanges(cache, PROJECT, [
    { ...header(1), __typename: "RelationTypeSaved", relationType: makeType("t", 2, "told by") },
    { ...header(2), __typename: "RelationTypeSaved", relationType: makeType("u") },
  ]);
  expect(codebookIn(cache)?.relationTypes.map(({ name }) => name)).toEqual(["told by", "u"]);
  applyChanges(cache, PROJECT, [
    { ...header(3), __typename: "RelationTypeDeleted", relationTypeId: "t", name: "told by" },
  ]);
  expect(codebookIn(cache)?.relationTypes.map(({ name }) => name)).toEqual(["u"]);
});

test("what nobody has read is not begun by a change", () => {
  const cache = createCache();
  applyChanges(cache, PROJECT, [saved(1, makeLabel("a"))]);
  expect(codebookIn(cache) ?? null).toBeNull();
});

test("a header comes at once, guidelines are read again by who shows them", () => {
  const cache = makeCache();
  const project = { __typename: "Project", id: PROJECT, name: "New", description: "", archivedAt: null };
  const change: ProjectChange = {
    ...header(1),
    __typename: "ProjectSaved",
    parts: ["NAME", "GUIDELINES"],
    project,
  };
  applyChanges(cache, PROJECT, [change]);
  expect(cache.extract()[`Project:${PROJECT}`]).toMatchObject({ name: "New" });
  expect(fieldsToRead(change)).toEqual(["guidelines"]);
});

test("an import that brought labels makes the codebook out of date, too", () => {
  const change: ProjectChange = {
    ...header(1),
    __typename: "DocumentsImported",
    documentCount: 1,
    documentIds: ["d"],
    codebookChanged: true,
  };
  expect(fieldsToRead(change)).toContain("labels");
  expect(fieldsToRead({ ...change, codebookChanged: false })).not.toContain("labels");
});

test("a reading is known by its fields, also those of its fragments", () => {
  expect(asksFor(ProjectCodebookDocument, new Set(["relationTypes"]))).toBe(true);
  expect(asksFor(ProjectCodebookDocument, new Set(["shortcut"]))).toBe(true);
  expect(asksFor(ProjectCodebookDocument, new Set(["documents"]))).toBe(false);
});
