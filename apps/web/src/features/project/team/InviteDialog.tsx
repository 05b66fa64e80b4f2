// An invitation: choose a role, then hand on a link that is shown only here.
import { useMutation } from "@apollo/client/react";
import { Button, Modal, Radio, Select } from "@mantine/core";
import { useState } from "react";
import { v7 as uuidv7 } from "uuid";
import { describeError } from "../../../apollo/error-message.ts";
import { afterDays } from "../../../frame/days.ts";
import { ROLES, roleInSentence, roleMeaning, roleName } from "../../../frame/role.ts";
import type { Role } from "../../../gql/graphql.ts";
import { graphql } from "../../../gql/index.ts";
import { CopyField } from "../../../ui/CopyField.tsx";
import { InlineError } from "../../../ui/ErrorState.tsx";
import { dayAndTime } from "../../../ui/relative-time.ts";
import { t } from "../../../words/words.ts";
import tab from "../tab.module.css";
import classes from "./TeamTab.module.css";

const CreateInvitationDocument = graphql(`
  mutation CreateInvitation($input: CreateInvitationInput!) {
    createInvitation(input: $input) {
      url
      expiresAt
    }
  }
`);

const lifetimes = [1, 7, 14, 30, 90].map((count) => ({
  value: String(count),
  label: t("count.days", { count }),
}));

export interface InviteDialogProps {
  readonly projectId: string;
  readonly onMade: () => void;
  readonly onClose: () => void;
}

export function InviteDialog({ projectId, onMade, onClose }: InviteDialogProps) {
  const [role, setRole] = useState<Role>("ANNOTATOR");
  const [days, setDays] = useState("14");
  const [createInvitation, { data, loading, error, reset }] = useMutation(CreateInvitationDocument, {
    // The link is a secret; it goes nowhere but to this dialog.
    fetchPolicy: "no-cache",
  });
  const invite = async () => {
    try {
      const expiresAt = afterDays(Number(days));
      await createInvitation({
        variables: { input: { clientMutationId: uuidv7(), projectId, role, expiresAt } },
      });
      onMade();
    } catch {
      // Shown below, from the mutation's own state.
    }
  };
  const invitation = data?.createInvitation;
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("team:invite.title")}
      size={520}
      // A click beside the dialog must not lose what is shown once.
      closeOnClickOutside={invitation === undefined}
    >
      {invitation ? (
        <>
          <p className={classes.hint}>
            {t("team:invite.made", { time: dayAndTime(new Date(invitation.expiresAt)) })}
          </p>
          <CopyField label={t("team:invite.link", { role: roleInSentence(role) })} value={invitation.url} />
          <div className={tab.dialogButtons}>
            <Button variant="default" onClick={reset}>
              {t("team:invite.another")}
            </Button>
            <Button onClick={onClose}>{t("action.done")}</Button>
          </div>
        </>
      ) : (
        <>
          <Radio.Group
            label={t("team:invite.role")}
            value={role}
            onChange={(value) => setRole(ROLES.find((each) => each === value) ?? "ANNOTATOR")}
          >
            <div className={classes.choices}>
              {ROLES.map((each) => (
                <Radio key={each} value={each} label={roleName(each)} description={roleMeaning(each)} />
              ))}
            </div>
          </Radio.Group>
          <Select
            label={t("team:invite.lifetime")}
            className={classes.lifetime ?? ""}
            data={lifetimes}
            value={days}
            allowDeselect={false}
            onChange={(value) => setDays(value ?? "14")}
          />
          {error && <InlineError {...describeError(error)} />}
          <div className={tab.dialogButtons}>
            <Button variant="default" onClick={onClose}>
              {t("action.cancel")}
            </Button>
            <Button loading={loading} onClick={() => void invite()}>
              {t("team:invite.make")}
            </Button>
          </div>
        </>
      )}
    </Modal>
  );
}
