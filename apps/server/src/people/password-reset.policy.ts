/**
 * Who may make a link by which somebody else sets a new password. Pure.
 * Such a link can be opened by who made it, so it must never lead to more than its maker has.
 */

/** What the rule asks of two people, the one whose password it is and the maker of the link. */
export interface ResetFacts {
  isMaker: boolean;
  /** Else there is nothing to reset. */
  hasPassword: boolean;
  /** ADMIN_TOKEN acts as that person. */
  isFirstOwner: boolean;
  createsProjects: boolean;
  makerIsFirstOwner: boolean;
  makerCreatesProjects: boolean;
  /** Memberships, those in deleted projects too: these can be brought back. */
  projects: number;
  /** Of these the ones that the maker owns. */
  projectsOfMaker: number;
}

/** What stands in the way. */
export type ResetObstacle =
  | "own account"
  | "no password"
  | "first owner"
  | "creates projects"
  | "other projects";

/** The first thing that stands in the way; null when the maker may. Whose owner the maker is where is asked elsewhere. */
export function resetObstacle(facts: ResetFacts): ResetObstacle | null {
  if (facts.isMaker) return "own account";
  if (!facts.hasPassword) return "no password";
  if (facts.isFirstOwner) return "first owner";
  if (facts.createsProjects && !facts.makerCreatesProjects) return "creates projects";
  if (facts.makerIsFirstOwner) return null;
  // Who shares no project at all with the maker is nobody the maker answers for.
  return facts.projects > 0 && facts.projectsOfMaker === facts.projects ? null : "other projects";
}
