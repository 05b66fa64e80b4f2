// A member has lost the password: makes a one-time link to a new one, which is shown only here.
import { useMutation } from "@apollo/client/react";
import { Button, Modal } from "@mantine/core";
import { Trans } from "react-i18next";
import { v7 as uuidv7 } from "uuid";
import { describeError } from "../../../apollo/error-message.ts";
import { graphql } from "../../../gql/index.ts";
import { CopyField } from "../../../ui/CopyField.tsx";
import { InlineError } from "../../../ui/ErrorState.tsx";
import { dayAndTime } from "../../../ui/relative-time.ts";
import { t } from "../../../words/words.ts";
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
      title={<Trans t={t} i18nKey="team:reset.title" components={{ name: <bdi>{user.name}</bdi> }} />}
      size={520}
      // A click beside the dialog must not lose what is shown once.
      closeOnClickOutside={link === undefined}
    >
      {link ? (
        <>
          <p className={classes.hint}>
            {t("team:reset.made", { time: dayAndTime(new Date(link.expiresAt)) })}
          </p>
          <CopyField label={t("team:reset.link")} value={link.url} />
          <div className={tab.dialogButtons}>
            <Button onClick={onClose}>{t("action.done")}</Button>
          </div>
        </>
      ) : (
        <>
          <p className={classes.hint}>{t("team:reset.words")}</p>
          {error && <InlineError {...describeError(error)} />}
          <div className={tab.dialogButtons}>
            <Button variant="default" onClick={onClose}>
              {t("action.cancel")}
            </Button>
            <Button loading={loading} onClick={() => void make()}>
              {t("team:reset.make")}
            </Button>
          </div>
        </>
      )}
    </Modal>
  );
}
