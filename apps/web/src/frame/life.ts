// Putting projects and documents away and bringing them back, for every screen that offers it and for its "Undo".
// Each refuses by throwing and ends when the lists that are shown are up to date.
import type { ApolloClient } from "@apollo/client";
import { v7 as uuidv7 } from "uuid";
import { graphql } from "../gql/index.ts";

const ArchiveProjectDocument = graphql(`
  mutation ArchiveProject($input: UpdateProjectInput!) {
    updateProject(input: $input) {
      project {
        id
        archivedAt
      }
    }
  }
`);

const ArchiveDocumentDocument = graphql(`
  mutation ArchiveDocument($input: UpdateDocumentInput!) {
    updateDocument(input: $input) {
      document {
        id
        archivedAt
      }
    }
  }
`);

const RestoreProjectDocument = graphql(`
  mutation RestoreProject($input: RestoreProjectInput!) {
    restoreProject(input: $input) {
      project {
        id
      }
    }
  }
`);

const RestoreDocumentDocument = graphql(`
  mutation RestoreDocument($input: RestoreDocumentInput!) {
    restoreDocument(input: $input) {
      document {
        id
      }
    }
  }
`);

/** Reads again all that is on the page. A list that can't be read shows that itself. */
export async function refreshPage(client: ApolloClient): Promise<void> {
  await client.refetchQueries({ include: "active" }).catch(() => undefined);
}

export async function setProjectArchived(client: ApolloClient, id: string, archived: boolean): Promise<void> {
  const input = { clientMutationId: uuidv7(), id, archived };
  await client.mutate({ mutation: ArchiveProjectDocument, variables: { input } });
  await refreshPage(client);
}

export async function setDocumentArchived(
  client: ApolloClient,
  id: string,
  archived: boolean,
): Promise<void> {
  const input = { clientMutationId: uuidv7(), id, archived };
  await client.mutate({ mutation: ArchiveDocumentDocument, variables: { input } });
  await refreshPage(client);
}

export async function restoreProject(client: ApolloClient, id: string): Promise<void> {
  const input = { clientMutationId: uuidv7(), id };
  await client.mutate({ mutation: RestoreProjectDocument, variables: { input } });
  await refreshPage(client);
}

export async function restoreDocument(client: ApolloClient, id: string): Promise<void> {
  const input = { clientMutationId: uuidv7(), id };
  await client.mutate({ mutation: RestoreDocumentDocument, variables: { input } });
  await refreshPage(client);
}
