// The four roles in words: what they are called and what they allow.
import type { Role } from "../gql/graphql.ts";
import { t } from "../words/words.ts";

export const ROLES = ["VIEWER", "ANNOTATOR", "CURATOR", "OWNER"] as const satisfies readonly Role[];

interface RoleWords {
  readonly name: string;
  readonly inSentence: string;
  readonly withArticle: string;
  readonly meaning: string;
}

const words: Readonly<Record<Role, RoleWords>> = {
  VIEWER: {
    name: t("role.viewer.name"),
    inSentence: t("role.viewer.inSentence"),
    withArticle: t("role.viewer.withArticle"),
    meaning: t("role.viewer.meaning"),
  },
  ANNOTATOR: {
    name: t("role.annotator.name"),
    inSentence: t("role.annotator.inSentence"),
    withArticle: t("role.annotator.withArticle"),
    meaning: t("role.annotator.meaning"),
  },
  CURATOR: {
    name: t("role.curator.name"),
    inSentence: t("role.curator.inSentence"),
    withArticle: t("role.curator.withArticle"),
    meaning: t("role.curator.meaning"),
  },
  OWNER: {
    name: t("role.owner.name"),
    inSentence: t("role.owner.inSentence"),
    withArticle: t("role.owner.withArticle"),
    meaning: t("role.owner.meaning"),
  },
};

export const roleName = (role: Role): string => words[role].name;
export const roleInSentence = (role: Role): string => words[role].inSentence;
export const roleWithArticle = (role: Role): string => words[role].withArticle;
export const roleMeaning = (role: Role): string => words[role].meaning;

export function isAtLeast(role: Role, wanted: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(wanted);
}
