// Who may do what in the workbench, as the contract's roles say; the server decides, this only hides what it would refuse.
import type { Role } from "../../gql/graphql.ts";
import type { Person } from "./model/entities.ts";

export interface Rights {
  readonly canAnnotate: boolean;
  canChange(thing: { readonly createdBy: Person }): boolean;
}

export function rightsOf(role: Role, viewer: Person): Rights {
  const changesAll = role === "CURATOR" || role === "OWNER";
  return {
    canAnnotate: role !== "VIEWER",
    canChange: ({ createdBy }) => changesAll || (role === "ANNOTATOR" && createdBy.id === viewer.id),
  };
}
