/** Who may do what, and what may still be done to what is archived: the one table of rights. Pure. */
import type { Role } from "../generated/prisma/enums.ts";

/** Everything a member may or may not do in a project. */
export type Action =
  | "read"
  | "annotate"
  | "changeOthersWork"
  | "manageDocuments"
  | "retireDocuments"
  | "manageProject"
  | "archiveProject"
  | "manageMembers"
  | "deleteProject"
  | "nameAuthors";

const VIEWER: readonly Action[] = ["read"];
const ANNOTATOR: readonly Action[] = [...VIEWER, "annotate"];
const CURATOR: readonly Action[] = [
  ...ANNOTATOR,
  "changeOthersWork",
  "manageDocuments",
  "retireDocuments",
  "manageProject",
  "archiveProject",
];
const OWNER: readonly Action[] = [...CURATOR, "manageMembers", "deleteProject", "nameAuthors"];

const RIGHTS: Record<Role, ReadonlySet<Action>> = {
  VIEWER: new Set(VIEWER),
  ANNOTATOR: new Set(ANNOTATOR),
  CURATOR: new Set(CURATOR),
  OWNER: new Set(OWNER),
};

/** What is archived where somebody is about to do something. */
export interface Archived {
  project: boolean;
  /** Always false where no document is concerned. */
  document: boolean;
}

/**
 * What stops while a project or a document is archived: all that changes what is in it. Reading, members, deleting the
 * archived thing itself and the way out stay.
 */
const STOPS: Record<keyof Archived, ReadonlySet<Action>> = {
  project: new Set([
    "annotate",
    "changeOthersWork",
    "manageDocuments",
    "retireDocuments",
    "manageProject",
    "nameAuthors",
  ]),
  document: new Set(["annotate", "changeOthersWork", "manageDocuments"]),
};

/** What a refusal says of each action. */
const WORDS: Record<Action, string> = {
  read: "read this project",
  annotate: "annotate in this project",
  changeOthersWork: "change what others made",
  manageDocuments: "add or change documents",
  retireDocuments: "archive, delete or bring back documents",
  manageProject: "change the project",
  archiveProject: "archive the project or take it out again",
  manageMembers: "manage the project's members",
  deleteProject: "delete the project or bring it back",
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

/** Says what stops the action although the role allows it; null when nothing does. */
export function standstill(archived: Archived, action: Action): string | null {
  if (archived.project && STOPS.project.has(action))
    return "The project is archived, so nothing in it changes. Take it out of the archive first.";
  if (archived.document && STOPS.document.has(action))
    return "The document is archived, so nothing about it changes. Take it out of the archive first.";
  return null;
}
