// The viewer's role while a document is open: it may become another one, or none. `null` when the project is no longer
// the viewer's to see.
import { useQuery } from "@apollo/client/react";
import { useState } from "react";
import { useAccessWatch } from "../../frame/useAccessWatch.ts";
import type { Role } from "../../gql/graphql.ts";
import { VIEWER_ROLE } from "./operations.ts";

export interface RoleNow {
  readonly role: Role | null;
  /** Another one than before, and the person has not seen that yet. */
  readonly isNew: boolean;
  readonly markSeen: () => void;
}

export function useRole(projectId: string, atOpening: Role): RoleNow {
  const { data, refetch } = useQuery(VIEWER_ROLE, {
    variables: { projectId },
    fetchPolicy: "network-only",
    nextFetchPolicy: "cache-first",
  });
  // Silent: what can't be asked now is asked again soon.
  useAccessWatch(() => void refetch().catch(() => undefined));
  const role = data === undefined ? atOpening : (data.project?.viewerRole ?? null);
  const [seen, setSeen] = useState<Role>(atOpening);
  return {
    role,
    isNew: role !== null && role !== seen,
    markSeen: () => {
      if (role !== null) setSeen(role);
    },
  };
}
