// What the workbench offers to whom.
import { describe, expect, test } from "vitest";
import { ROLES } from "../../frame/role.ts";
import { rightsOf } from "./rights.ts";

const viewer = { id: "me", name: "Mira" };
const own = { createdBy: viewer };
const foreign = { createdBy: { id: "other", name: "Dov" } };

describe.each(ROLES)("%s", (role) => {
  test("while the document is in use", () => {
    const rights = rightsOf({ role, viewer, isArchived: false });
    const isCurator = role === "CURATOR" || role === "OWNER";
    expect([rights.canAnnotate, rights.canChange(own), rights.canChange(foreign)]).toEqual([
      role !== "VIEWER",
      role !== "VIEWER",
      isCurator,
    ]);
  });

  test("archived, nobody changes anything", () => {
    const rights = rightsOf({ role, viewer, isArchived: true });
    expect([rights.canAnnotate, rights.canChange(own), rights.canChange(foreign)]).toEqual([
      false,
      false,
      false,
    ]);
  });
});
