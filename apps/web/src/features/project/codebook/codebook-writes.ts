// Every change of the codebook that a person makes. A label or relation type is changed from the version that this page
// has. Where that one is stale the codebook is read again, and the change is made from there unless somebody has changed
// the same thing: then nothing is sent, and the one who asks sees both.
import type { ApolloClient } from "@apollo/client";
import { v7 as uuidv7 } from "uuid";
import { hasCode } from "../../../apollo/error-message.ts";
import { reorderLabels } from "../../../frame/project-changes/apply-changes.ts";
import {
  ProjectCodebookDocument,
  ProjectLabelFragment,
  ProjectRelationTypeFragment,
} from "../../../frame/project-changes/operations.ts";
import type {
  ProjectLabel_LabelFragment,
  ProjectRelationType_RelationTypeFragment,
  UpdateLabelInput,
  UpdateRelationTypeInput,
} from "../../../gql/graphql.ts";
import { graphql } from "../../../gql/index.ts";
import type { LabelPlace } from "./label-tree.ts";

export type Label = ProjectLabel_LabelFragment;
export type RelationType = ProjectRelationType_RelationTypeFragment;
type Header = "id" | "expectedVersion" | "clientMutationId";
export type LabelPatch = Omit<UpdateLabelInput, Header>;
export type RelationTypePatch = Omit<UpdateRelationTypeInput, Header>;

const UpdateLabelDocument = graphql(`
  mutation UpdateLabel($input: UpdateLabelInput!) {
    updateLabel(input: $input) {
      label {
        ...ProjectLabel_label
      }
    }
  }
`);

const UpdateRelationTypeDocument = graphql(`
  mutation UpdateRelationType($input: UpdateRelationTypeInput!) {
    updateRelationType(input: $input) {
      relationType {
        ...ProjectRelationType_relationType
      }
    }
  }
`);

const MoveLabelDocument = graphql(`
  mutation MoveLabel($input: MoveLabelInput!) {
    moveLabel(input: $input) {
      labelIds
    }
  }
`);

export async function readCodebook(client: ApolloClient, projectId: string): Promise<void> {
  await client.query({
    query: ProjectCodebookDocument,
    variables: { id: projectId },
    fetchPolicy: "network-only",
  });
}

/** How often a change is made anew from a version that has come in between. */
const TRIES = 3;

async function change<Row extends { readonly version: number }, Patch>(
  client: ApolloClient,
  projectId: string,
  read: () => Row | null,
  patchOf: (now: Row) => Patch | null,
  send: (patch: Patch, version: number) => Promise<unknown>,
): Promise<"saved" | "contested"> {
  for (let tries = 1; ; tries++) {
    const now = read();
    const patch = now === null ? null : patchOf(now);
    if (now === null || patch === null) return "contested";
    try {
      await send(patch, now.version);
      return "saved";
    } catch (error) {
      if (!hasCode(error, "CONFLICT") || tries === TRIES) throw error;
      await readCodebook(client, projectId);
    }
  }
}

/** `patchOf` says what to change of the label as it is now; null where that would undo what somebody else did. */
export function saveLabel(
  client: ApolloClient,
  projectId: string,
  id: string,
  patchOf: (now: Label) => LabelPatch | null,
): Promise<"saved" | "contested"> {
  const read = () =>
    client.cache.readFragment({
      id: client.cache.identify({ __typename: "Label", id }) ?? "",
      fragment: ProjectLabelFragment,
    });
  return change(client, projectId, read, patchOf, (patch, expectedVersion) =>
    client.mutate({
      mutation: UpdateLabelDocument,
      variables: { input: { ...patch, id, expectedVersion, clientMutationId: uuidv7() } },
    }),
  );
}

/** The same for a relation type. */
export function saveRelationType(
  client: ApolloClient,
  projectId: string,
  id: string,
  patchOf: (now: RelationType) => RelationTypePatch | null,
): Promise<"saved" | "contested"> {
  const read = () =>
    client.cache.readFragment({
      id: client.cache.identify({ __typename: "RelationType", id }) ?? "",
      fragment: ProjectRelationTypeFragment,
    });
  return change(client, projectId, read, patchOf, (patch, expectedVersion) =>
    client.mutate({
      mutation: UpdateRelationTypeDocument,
      variables: { input: { ...patch, id, expectedVersion, clientMutationId: uuidv7() } },
    }),
  );
}

/** Puts a label elsewhere: below another one, and in the order. */
export async function placeLabel(
  client: ApolloClient,
  projectId: string,
  id: string,
  { parentId, beforeId }: LabelPlace,
): Promise<void> {
  // The last one to move a label has moved it: there is nothing to lose by that.
  await saveLabel(client, projectId, id, (now) =>
    (now.parent?.id ?? null) === parentId ? null : { parentId },
  );
  const { data } = await client.mutate({
    mutation: MoveLabelDocument,
    variables: { input: { id, beforeId, clientMutationId: uuidv7() } },
  });
  if (data) reorderLabels(client.cache, projectId, data.moveLabel.labelIds);
}
