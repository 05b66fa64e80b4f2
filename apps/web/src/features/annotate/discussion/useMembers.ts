// The project's members, who can be named in comments. Read when the document is opened, and again when somebody is about
// to name one: nothing tells a document's page of new members.
import { useQuery } from "@apollo/client/react";
import { useMemo } from "react";
import { graphql } from "../../../gql/gql.ts";
import type { Person } from "../model/entities.ts";

// Not kept: the cache holds the team's own list, with more of each member than is asked for here.
const MEMBERS = graphql(`
  query WorkbenchMembers($id: ID!) {
    project(id: $id) { id members { user { id name } } }
  }
`);

export interface Members {
  readonly people: readonly Person[];
  readonly refresh: () => void;
}

export function useMembers(projectId: string): Members {
  const { data, refetch } = useQuery(MEMBERS, { variables: { id: projectId }, fetchPolicy: "no-cache" });
  const members = data?.project?.members;
  return useMemo(
    () => ({
      people: (members ?? []).map(({ user: { id, name } }) => ({ id, name })),
      // without an answer those who are known can be named
      refresh: () => void refetch().catch(() => undefined),
    }),
    [members, refetch],
  );
}
