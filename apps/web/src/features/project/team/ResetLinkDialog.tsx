// A member has lost the password: makes a one-time link to a new one, which is shown only here.
import { useMutation } from "@apollo/client/react";
import { Button, Modal } from "@mantine/core";
import { v7 as uuidv7 } from "uuid";
import { describeError } from "../../../apollo/error-message.ts";
import { graphql } from "../../../gql/index.ts";
import { CopyField } from "../../../ui/CopyField.tsx";
import { InlineError } from "../../../ui/ErrorState.tsx";
import { dayAndTime } from "../../../ui/relative-time.ts";
import tab from "../tab.module.css";
import type { AboutMemberProps } from "./RemoveDialog.tsx";
import classes from "./TeamTab.module.css";

const CreatePasswordResetDocument = graphql(`
  mutation CreatePasswordReset($input: CreatePasswordResetInput!) {
    createPasswordReset(input: $input) {
      url
      expiresAt
    }
  }
`);

export function ResetLinkDialog({ projectId, user, onClose }: AboutMemberProps) {
  const [createReset, { data, loading, error }] = useMutation(CreatePasswordResetDocument, {
    // The link is a secret; it goes nowhere but to this dialog.
    fetchPolicy: "no-cache",
  });
  const make = async () => {
    try {
      await createReset({ variables: { input: { clientMutationId: uuidv7(), projectId, userId: user.id } } });
    } catch {
      // Shown below, from the mutation's own state.
    }
  };
  const link = data?.createPasswordReset;
  return (
    <Modal
      opened
      onClose={onClose}
      title={
        <>
          New password for <bdi>{user.name}</bdi>
        </>
      }
      size={520}
      // A click beside the dialog must not lose what is shown once.
      closeOnClickOutside={link === undefined}
    >
      {link ? (
        <>
          <p className={classes.hint}>
            Pass it on where you know it is them: in person, by phone, in your team’s chat. Whoever has the
            link can set the password. It works once, until {dayAndTime(new Date(link.expiresAt), "en-GB")},
            and is shown only here.
          </p>
          <CopyField label="Link for a new password" value={link.url} />
          <div className={tab.dialogButtons}>
            <Button onClick={onClose}>Done</Button>
          </div>
        </>
      ) : (
        <>
          <p className={classes.hint}>
            A link lets them set a new password, once, within a day. When they use it they are signed out
            everywhere; until then the old password goes on working.
          </p>
          {error && <InlineError {...describeError(error)} />}
          <div className={tab.dialogButtons}>
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button loading={loading} onClick={() => void make()}>
              Make link
            </Button>
          </div>
        </>
      )}
    </Modal>
  );
}
