// What the viewer may do on the open document as far as this page knows: their role, which may become another one or none,
// and whether document or project are archived.
import { useQuery } from "@apollo/client/react";
import { useState } from "react";
import { useProjectChanges } from "../../frame/project-changes/useProjectChanges.ts";
import { useAccessWatch } from "../../frame/useAccessWatch.ts";
import type { Role } from "../../gql/graphql.ts";
import { STANDING } from "./operations.ts";
import type { OpenDocument } from "./read-document.ts";

export interface OpenStanding {
  /** `null` when the project is no longer the viewer's to see. */
  readonly role: Role | null;
  /** Another one than before, and the person has not seen that yet. */
  readonly isRoleNew: boolean;
  readonly markRoleSeen: () => void;
  /** The document, or the whole project. */
  readonly isArchived: boolean;
  readonly isProjectArchived: boolean;
  readonly nextVersionId: string | null;
}

export function useStanding(opened: OpenDocument): OpenStanding {
  const { data, refetch } = useQuery(STANDING, {
    variables: { id: opened.id, projectId: opened.project.id },
    fetchPolicy: "network-only",
    nextFetchPolicy: "cache-first",
  });
  // Silent: what can't be asked now is asked again soon.
  const look = () => void refetch().catch(() => undefined);
  useAccessWatch(look);
  useProjectChanges(opened.project.id, opened.project.revision, look);
  const project = data === undefined ? opened.project : data.project;
  // Whether it was deleted is said by its own changes, which end then.
  const document = data?.document ?? opened;
  const role = project?.viewerRole ?? null;
  const [seen, setSeen] = useState<Role>(opened.project.viewerRole);
  const isProjectArchived = (project?.archivedAt ?? null) !== null;
  return {
    role,
    isRoleNew: role !== null && role !== seen,
    markRoleSeen: () => {
      if (role !== null) setSeen(role);
    },
    isArchived: document.archivedAt !== null || isProjectArchived,
    isProjectArchived,
    nextVersionId: document.nextVersion?.id ?? null,
  };
}
