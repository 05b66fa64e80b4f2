// What every tab of a project knows from the page around it.
import { useOutletContext } from "react-router";
import type { ProjectHead_ProjectFragment } from "../../gql/graphql.ts";

export type ProjectHead = ProjectHead_ProjectFragment;

export function useProject(): ProjectHead {
  return useOutletContext<ProjectHead>();
}
