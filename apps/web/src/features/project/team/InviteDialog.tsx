// An invitation: choose a role, then hand on a link that is shown only here.
import { useMutation } from "@apollo/client/react";
import { Button, Modal, Radio } from "@mantine/core";
import { useState } from "react";
import { v7 as uuidv7 } from "uuid";
import { describeError } from "../../../apollo/error-message.ts";
import { ROLES, roleMeaning, roleName } from "../../../frame/role.ts";
import type { Role } from "../../../gql/graphql.ts";
import { graphql } from "../../../gql/index.ts";
import { CopyField } from "../../../ui/CopyField.tsx";
import { InlineError } from "../../../ui/ErrorState.tsx";
import { dayAndTime } from "../../../ui/relative-time.ts";
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

export interface InviteDialogProps {
  readonly projectId: string;
  readonly onClose: () => void;
}

export function InviteDialog({ projectId, onClose }: InviteDialogProps) {
  const [role, setRole] = useState<Role>("ANNOTATOR");
  const [createInvitation, { data, loading, error, reset }] = useMutation(CreateInvitationDocument, {
    // The link is a secret; it goes nowhere but to this dialog.
    fetchPolicy: "no-cache",
  });
  const invite = async () => {
    try {
      await createInvitation({ variables: { input: { clientMutationId: uuidv7(), projectId, role } } });
    } catch {
      // Shown below, from the mutation's own state.
    }
  };
  const invitation = data?.createInvitation;
  return (
    <Modal opened onClose={onClose} title="Invite someone" size={520}>
      {invitation ? (
        <>
          <p className={classes.hint}>
            Send this link to one person. It works once, until{" "}
            {dayAndTime(new Date(invitation.expiresAt), "en-GB")}, and is shown only here.
          </p>
          <CopyField label={`Link for ${roleName(role).toLowerCase()}`} value={invitation.url} />
          <div className={tab.dialogButtons}>
            <Button variant="default" onClick={reset}>
              Invite another
            </Button>
            <Button onClick={onClose}>Done</Button>
          </div>
        </>
      ) : (
        <>
          <Radio.Group
            label="Role"
            value={role}
            onChange={(value) => setRole(ROLES.find((each) => each === value) ?? "ANNOTATOR")}
          >
            <div className={classes.choices}>
              {ROLES.map((each) => (
                <Radio key={each} value={each} label={roleName(each)} description={roleMeaning(each)} />
              ))}
            </div>
          </Radio.Group>
          {error && <InlineError {...describeError(error)} />}
          <div className={tab.dialogButtons}>
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button loading={loading} onClick={() => void invite()}>
              Make link
            </Button>
          </div>
        </>
      )}
    </Modal>
  );
}
