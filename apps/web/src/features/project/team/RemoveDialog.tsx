// Takes a member out of the project, after saying what that means.
import { useApolloClient, useMutation } from "@apollo/client/react";
import { useState } from "react";
import { v7 as uuidv7 } from "uuid";
import { describeError } from "../../../apollo/error-message.ts";
import { graphql } from "../../../gql/index.ts";
import { ConfirmDialog } from "../../../ui/ConfirmDialog.tsx";
import { t } from "../../../words/words.ts";

/** The payload's project is not asked for: who leaves may not read it any more. */
export const RemoveMemberDocument = graphql(`
  mutation RemoveMember($input: RemoveMemberInput!) {
    removeMember(input: $input) {
      clientMutationId
    }
  }
`);

export interface AboutMemberProps {
  readonly projectId: string;
  readonly user: { readonly id: string; readonly name: string };
  readonly onClose: () => void;
}

export function RemoveDialog({ projectId, user, onClose }: AboutMemberProps) {
  const client = useApolloClient();
  const [clientMutationId] = useState(() => uuidv7());
  const [removeMember, { loading, error }] = useMutation(RemoveMemberDocument);
  const confirm = async () => {
    try {
      await removeMember({ variables: { input: { clientMutationId, projectId, userId: user.id } } });
    } catch {
      return; // Shown in the dialog, from the mutation's own state.
    }
    await client.refetchQueries({ include: ["Team"] }).catch(() => undefined);
    onClose();
  };
  return (
    <ConfirmDialog
      title={t("team:remove.title", { name: user.name })}
      confirmLabel={t("team:remove.remove")}
      busy={loading}
      error={error ? describeError(error) : null}
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      <p>{t("team:remove.words")}</p>
    </ConfirmDialog>
  );
}
