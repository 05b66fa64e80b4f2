// What the viewer may do on the open document as far as this page knows: their role, and whether document or project are
// archived. Asked again after a refused change, and when the page is looked at again.
import { useApolloClient, useQuery } from "@apollo/client/react";
import { useCallback, useEffect } from "react";
import { useRefusals } from "../../apollo/refusals.ts";
import type { Role } from "../../gql/graphql.ts";
import { STANDING } from "./operations.ts";
import type { OpenDocument } from "./read-document.ts";

export interface OpenStanding {
  readonly role: Role;
  readonly isArchived: boolean;
  readonly isProjectArchived: boolean;
  readonly nextVersionId: string | null;
}

export function useStanding(document: OpenDocument): OpenStanding {
  const client = useApolloClient();
  const { id } = document;
  // The document itself was just read: only what the cache learns later counts.
  const { data } = useQuery(STANDING, { variables: { id }, fetchPolicy: "network-only" });
  const askAgain = useCallback(() => {
    // Without an answer the page goes on with what it knows.
    client.query({ query: STANDING, variables: { id }, fetchPolicy: "network-only" }).catch(() => undefined);
  }, [client, id]);
  useRefusals(askAgain);
  useEffect(() => {
    const look = () => {
      if (window.document.visibilityState === "visible") askAgain();
    };
    window.document.addEventListener("visibilitychange", look);
    return () => window.document.removeEventListener("visibilitychange", look);
  }, [askAgain]);
  const { archivedAt, nextVersion, project } = data?.document ?? document;
  return {
    role: project.viewerRole,
    isArchived: archivedAt !== null || project.archivedAt !== null,
    isProjectArchived: project.archivedAt !== null,
    nextVersionId: nextVersion?.id ?? null,
  };
}
