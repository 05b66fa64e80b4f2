// The four roles in words: what they are called and what they allow.
import type { Role } from "../gql/graphql.ts";

export const ROLES = ["VIEWER", "ANNOTATOR", "CURATOR", "OWNER"] as const satisfies readonly Role[];

const words: Readonly<
  Record<Role, { readonly name: string; readonly article: string; readonly meaning: string }>
> = {
  VIEWER: { name: "Viewer", article: "a viewer", meaning: "Viewers read." },
  ANNOTATOR: {
    name: "Annotator",
    article: "an annotator",
    meaning: "Annotators read and mark, and change what they marked.",
  },
  CURATOR: {
    name: "Curator",
    article: "a curator",
    meaning: "Curators also change what others marked, the guidelines and the documents.",
  },
  OWNER: {
    name: "Owner",
    article: "an owner",
    meaning: "Owners also invite and remove people and can delete the project.",
  },
};

export const roleName = (role: Role): string => words[role].name;
export const roleWithArticle = (role: Role): string => words[role].article;
export const roleMeaning = (role: Role): string => words[role].meaning;

export function isAtLeast(role: Role, wanted: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(wanted);
}
