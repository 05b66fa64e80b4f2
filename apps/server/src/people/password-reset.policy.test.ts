import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ResetFacts, type ResetObstacle, resetObstacle } from "./password-reset.policy.ts";

/** A member whose every project the maker owns. */
const FREE: ResetFacts = {
  isMaker: false,
  hasPassword: true,
  isFirstOwner: false,
  createsProjects: false,
  makerIsFirstOwner: false,
  makerCreatesProjects: false,
  projects: 2,
  projectsOfMaker: 2,
};

const facts: fc.Arbitrary<ResetFacts> = fc
  .record({
    isMaker: fc.boolean(),
    hasPassword: fc.boolean(),
    isFirstOwner: fc.boolean(),
    createsProjects: fc.boolean(),
    makerIsFirstOwner: fc.boolean(),
    makerCreatesProjects: fc.boolean(),
    projects: fc.nat(5),
    projectsOfMaker: fc.nat(5),
  })
  .map((drawn) => ({ ...drawn, projectsOfMaker: Math.min(drawn.projects, drawn.projectsOfMaker) }));

describe("who may make a link that resets a password", () => {
  it.each<[string, Partial<ResetFacts>, ResetObstacle | null]>([
    ["an owner of all that the member works in", {}, null],
    ["oneself", { isMaker: true }, "own account"],
    ["nobody, where there is no password", { hasPassword: false }, "no password"],
    ["nobody, for the first owner", { isFirstOwner: true, makerIsFirstOwner: false }, "first owner"],
    ["an owner of some projects only", { projectsOfMaker: 1 }, "other projects"],
    ["an owner, of somebody who has left", { projects: 0, projectsOfMaker: 0 }, "other projects"],
    ["the first owner, wherever the member works", { makerIsFirstOwner: true, projectsOfMaker: 0 }, null],
    ["one who makes no projects, of one who does", { createsProjects: true }, "creates projects"],
    ["one who makes projects too", { createsProjects: true, makerCreatesProjects: true }, null],
  ])("%s", (_who, more, obstacle) => {
    expect(resetObstacle({ ...FREE, ...more })).toBe(obstacle);
  });

  it("never leads to more than the maker has", () => {
    fc.assert(
      fc.property(facts, (drawn) => {
        if (resetObstacle(drawn) !== null) return;
        expect(drawn.isFirstOwner).toBe(false);
        expect(drawn.createsProjects && !drawn.makerCreatesProjects).toBe(false);
        expect(drawn.makerIsFirstOwner || drawn.projectsOfMaker === drawn.projects).toBe(true);
      }),
    );
  });
});
