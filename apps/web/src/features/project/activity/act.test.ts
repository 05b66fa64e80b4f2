import { expect, it } from "vitest";
import type { Activity_ActivityFragment } from "../../../gql/graphql.ts";
import { placeOf, toAct } from "./act.ts";

type Row = Activity_ActivityFragment;
const MIRA = { id: "m", name: "Mira" };

function row(rest: Partial<Row>): Row {
  return {
    at: "2026-03-09T12:00:00Z",
    author: MIRA,
    document: { id: "doc", title: "Tide tables" },
    documentChange: null,
    projectChange: null,
    ...rest,
  };
}

const label = { name: "Claim", color: "RUST", letter: "C" } as const;
const saved = (version: number): Row =>
  row({
    documentChange: {
      __typename: "AnnotationSaved",
      annotation: { id: "a", version, label, span: { quote: "tide table" } },
    },
  });

it("tells an annotation that was made from one that was changed, and leads to it", () => {
  const made = toAct("c", saved(1));
  expect(made).toMatchObject({ deed: "tagged", quote: "tide table", label });
  expect(made && placeOf(made, "p")).toBe("/documents/doc?annotation=a");
  expect(toAct("c", saved(2))?.deed).toBe("retagged");
});

it("tells a comment that was written from one that was changed or settled", () => {
  const comment = (updatedAt: string, resolvedAt: string | null) =>
    toAct(
      "c",
      row({
        documentChange: {
          __typename: "CommentSaved",
          comment: { body: "Why?", createdAt: "1", updatedAt, resolvedAt, annotation: { id: "a" } },
        },
      }),
    )?.deed;
  expect(comment("1", null)).toBe("commented");
  expect(comment("2", null)).toBe("recommented");
  expect(comment("2", "2")).toBe("settled");
});

it("tells who left from who was removed", () => {
  const change = (id: string, role: "ANNOTATOR" | null) =>
    toAct(
      "c",
      row({
        document: null,
        projectChange: { __typename: "MemberChanged", user: { id, name: "Dov" }, role },
      }),
    );
  expect(change("m", null)?.deed).toBe("left");
  expect(change("d", null)).toMatchObject({ deed: "removed", subject: "Dov" });
  expect(change("m", "ANNOTATOR")?.deed).toBe("joined");
  expect(change("d", "ANNOTATOR")?.deed).toBe("roleGiven");
});

it("leads to the codebook for what was done there, and nowhere for a document that is gone", () => {
  const made = toAct(
    "c",
    row({ document: null, projectChange: { __typename: "LabelSaved", label: { ...label, version: 1 } } }),
  );
  expect(made).toMatchObject({ deed: "labelMade", subject: "Claim" });
  expect(made && placeOf(made, "p")).toBe("/projects/p/codebook");
  const gone = toAct(
    "c",
    row({ document: null, projectChange: { __typename: "DocumentDeleted", title: "Old" } }),
  );
  expect(gone && placeOf(gone, "p")).toBeNull();
});
