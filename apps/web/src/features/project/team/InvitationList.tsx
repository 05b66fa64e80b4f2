// Invitations that were not accepted yet. Their links can't be shown again, only revoked.
import { useApolloClient, useMutation } from "@apollo/client/react";
import { Button } from "@mantine/core";
import { useState } from "react";
import { Trans } from "react-i18next";
import { v7 as uuidv7 } from "uuid";
import { describeError } from "../../../apollo/error-message.ts";
import { roleInSentence, roleName, roleWithArticle } from "../../../frame/role.ts";
import { graphql } from "../../../gql/index.ts";
import { ConfirmDialog } from "../../../ui/ConfirmDialog.tsx";
import { RelativeTime, ShortDay } from "../../../ui/RelativeTime.tsx";
import { t } from "../../../words/words.ts";
import tab from "../tab.module.css";
import classes from "./TeamTab.module.css";
import type { Team } from "./team.ts";

const RevokeInvitationDocument = graphql(`
  mutation RevokeInvitation($input: RevokeInvitationInput!) {
    revokeInvitation(input: $input) {
      id
    }
  }
`);

type Invitation = NonNullable<Team["invitations"]>[number];

export function InvitationList({ invitations }: { readonly invitations: readonly Invitation[] }) {
  const [revoking, setRevoking] = useState<Invitation | null>(null);
  return (
    <section className={tab.section} aria-labelledby="invitations">
      <h2 id="invitations">{t("team:invitations.title")}</h2>
      {invitations.length === 0 && <p className={classes.none}>{t("team:invitations.none")}</p>}
      <ul>
        {invitations.map((invitation) => (
          <li key={invitation.id} className={classes.invitation}>
            <span>{roleName(invitation.role)}</span>
            <span className={classes.facts}>
              <span>
                <Trans
                  t={t}
                  i18nKey="team:invitations.made"
                  components={{
                    time: <RelativeTime at={invitation.createdAt} ago />,
                    name: <bdi>{invitation.createdBy.name}</bdi>,
                  }}
                />
              </span>
              <span>
                <Trans
                  t={t}
                  i18nKey="team:invitations.until"
                  components={{ day: <ShortDay at={invitation.expiresAt} /> }}
                />
              </span>
            </span>
            <Button
              variant="subtle"
              aria-label={t("team:invitations.revokeNamed", { role: roleInSentence(invitation.role) })}
              onClick={() => setRevoking(invitation)}
            >
              {t("team:invitations.revoke")}
            </Button>
          </li>
        ))}
      </ul>
      {revoking && <RevokeDialog invitation={revoking} onClose={() => setRevoking(null)} />}
    </section>
  );
}

interface RevokeDialogProps {
  readonly invitation: Invitation;
  readonly onClose: () => void;
}

function RevokeDialog({ invitation, onClose }: RevokeDialogProps) {
  const client = useApolloClient();
  const [clientMutationId] = useState(() => uuidv7());
  const [revoke, { loading, error }] = useMutation(RevokeInvitationDocument);
  const confirm = async () => {
    try {
      await revoke({ variables: { input: { clientMutationId, id: invitation.id } } });
    } catch {
      return; // Shown in the dialog, from the mutation's own state.
    }
    await client.refetchQueries({ include: ["Team"] }).catch(() => undefined);
    onClose();
  };
  return (
    <ConfirmDialog
      title={t("team:invitations.revokeTitle")}
      confirmLabel={t("team:invitations.revoke")}
      busy={loading}
      error={error ? describeError(error) : null}
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      <p>{t("team:invitations.revokeWords", { role: roleWithArticle(invitation.role) })}</p>
    </ConfirmDialog>
  );
}
