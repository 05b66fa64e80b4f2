// What every tab of a project knows from the page around it.
import { useOutletContext } from "react-router";
import { isAtLeast } from "../../frame/role.ts";
import type { ProjectHead_ProjectFragment } from "../../gql/graphql.ts";

export type ProjectHead = ProjectHead_ProjectFragment;

export function useProject(): ProjectHead {
  return useOutletContext<ProjectHead>();
}

/** Whether the viewer may change documents, codebook, guidelines and the project's own data as it is now. */
export function mayManage({ viewerRole, archivedAt }: ProjectHead): boolean {
  return archivedAt === null && isAtLeast(viewerRole, "CURATOR");
}
