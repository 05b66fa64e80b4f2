/** Who may do what: the one table of rights. Pure. */
import type { Role } from "../generated/prisma/enums.ts";

/** Everything a member may or may not do in a project. */
export type Action =
  | "read"
  | "annotate"
  | "changeOthersWork"
  | "manageDocuments"
  | "manageProject"
  | "manageMembers"
  | "deleteProject"
  | "nameAuthors";

const VIEWER: readonly Action[] = ["read"];
const ANNOTATOR: readonly Action[] = [...VIEWER, "annotate"];
const CURATOR: readonly Action[] = [...ANNOTATOR, "changeOthersWork", "manageDocuments", "manageProject"];
const OWNER: readonly Action[] = [...CURATOR, "manageMembers", "deleteProject", "nameAuthors"];

const RIGHTS: Record<Role, ReadonlySet<Action>> = {
  VIEWER: new Set(VIEWER),
  ANNOTATOR: new Set(ANNOTATOR),
  CURATOR: new Set(CURATOR),
  OWNER: new Set(OWNER),
};

/** What a refusal says of each action. */
const WORDS: Record<Action, string> = {
  read: "read this project",
  annotate: "annotate in this project",
  changeOthersWork: "change what others made",
  manageDocuments: "add, change or delete documents",
  manageProject: "change the project",
  manageMembers: "manage the project's members",
  deleteProject: "delete the project",
  nameAuthors: "import work in other people's names",
};

/** Whether a member with this role may do it. */
export function may(role: Role, action: Action): boolean {
  return RIGHTS[role].has(action);
}

/** Says what a role lacks. */
export function refusal(role: Role, action: Action): string {
  return `Your role here is ${role}, which may not ${WORDS[action]}.`;
}
