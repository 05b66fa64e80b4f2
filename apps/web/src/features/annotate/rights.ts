// Who may do what in the workbench, as the contract's roles say; the server decides, this only hides what it would refuse.
import { isAtLeast } from "../../frame/role.ts";
import type { Role } from "../../gql/graphql.ts";
import { t } from "../../words/words.ts";
import type { Person } from "./model/entities.ts";

export interface Rights {
  readonly canAnnotate: boolean;
  /** Why nothing can be changed, in words for the person; null when something can. */
  readonly obstacle: string | null;
  /** Takes out of the archive, and makes new versions. */
  readonly canManage: boolean;
  canChange(thing: { readonly createdBy: Person }): boolean;
}

export interface Standing {
  readonly role: Role;
  readonly viewer: Person;
  /** The document, or the whole project. */
  readonly isArchived: boolean;
}

function obstacleOf(role: Role, isArchived: boolean): string | null {
  if (isArchived) return t("marking:obstacle.archived");
  return role === "VIEWER" ? t("marking:obstacle.viewer") : null;
}

export function rightsOf({ role, viewer, isArchived }: Standing): Rights {
  const changesAll = isAtLeast(role, "CURATOR");
  return {
    canAnnotate: !isArchived && role !== "VIEWER",
    obstacle: obstacleOf(role, isArchived),
    canManage: changesAll,
    canChange: ({ createdBy }) =>
      !isArchived && (changesAll || (role === "ANNOTATOR" && createdBy.id === viewer.id)),
  };
}
