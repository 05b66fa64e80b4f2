import { expect, test } from "vitest";
import type { Role } from "../../../gql/graphql.ts";
import { heirsOf, isLastOwner, type Member } from "./team.ts";

const member = (id: string, role: Role, imported = false): Member => ({
  user: { id, name: id, imported },
  role,
  email: null,
  mayResetPassword: false,
});

test("the last owner is the only one", () => {
  const team = { members: [member("mira", "OWNER"), member("dov", "CURATOR")] };
  expect(isLastOwner(team, "mira")).toBe(true);
  expect(isLastOwner(team, "dov")).toBe(false);
  expect(isLastOwner({ members: [...team.members, member("ilse", "OWNER")] }, "mira")).toBe(false);
});

test("whoever has the most rights is offered first, and never oneself", () => {
  const team = {
    members: [
      member("mira", "OWNER"),
      member("ann", "ANNOTATOR"),
      member("ben", "VIEWER"),
      member("dov", "CURATOR"),
      member("eve", "ANNOTATOR"),
      member("nobody who signs in", "CURATOR", true),
    ],
  };
  expect(heirsOf(team, "mira").map(({ user }) => user.id)).toEqual(["dov", "ann", "eve", "ben"]);
  expect(heirsOf({ members: [member("mira", "OWNER")] }, "mira")).toEqual([]);
});
