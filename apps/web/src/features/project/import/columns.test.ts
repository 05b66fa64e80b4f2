// Which column of a table becomes what.
import { expect, test } from "vitest";
import { roleOf, rolesFor, type TableColumns, toColumns, withRole } from "./columns.ts";

const HEADINGS = ["Nr", "Body", "Head", "Paper"];
const GUESSED: TableColumns = { text: "Body", title: "Head", sourceId: null, language: null, metadata: null };

const rolesOf = (columns: TableColumns) => HEADINGS.map((heading) => roleOf(columns, heading));

test("what is nothing else is metadata, unless the list says otherwise", () => {
  expect(rolesOf(GUESSED)).toEqual(["metadata", "text", "title", "metadata"]);
  expect(rolesOf({ ...GUESSED, metadata: ["Paper"] })).toEqual(["none", "text", "title", "metadata"]);
});

test("a column takes another one's place", () => {
  const numbered = withRole(GUESSED, HEADINGS, "Nr", "sourceId");
  expect(numbered).toEqual({
    text: "Body",
    title: "Head",
    sourceId: "Nr",
    language: null,
    metadata: ["Paper"],
  });
  expect(rolesOf(withRole(numbered, HEADINGS, "Paper", "text"))).toEqual([
    "sourceId",
    "metadata",
    "title",
    "text",
  ]);
  expect(rolesOf(withRole(numbered, HEADINGS, "Head", "none"))).toEqual([
    "sourceId",
    "text",
    "none",
    "metadata",
  ]);
});

test("a table is never without a text", () => {
  expect(withRole(GUESSED, HEADINGS, "Body", "none")).toEqual(GUESSED);
});

test("where nobody can tell the text, it is asked for before all else", () => {
  expect(HEADINGS.map((heading) => roleOf(null, heading))).toEqual([null, null, null, null]);
  expect(rolesFor(null, "Body")).toEqual(["text"]);
  expect(withRole(null, HEADINGS, "Body", "text")).toEqual({ ...GUESSED, title: null });
  expect(rolesFor(GUESSED, "Head")).toContain("none");
});

test("reads the server's columns, and nothing that are none", () => {
  expect(toColumns({ ...GUESSED, metadata: ["Nr", 3] })).toEqual({ ...GUESSED, metadata: ["Nr"] });
  expect(toColumns({ title: "Head" })).toBeNull();
  expect(toColumns(null)).toBeNull();
});
