// The account's end. What goes and what stays is said before; the first owner is told why there is none.
import { useMutation } from "@apollo/client/react";
import { Button, PasswordInput } from "@mantine/core";
import { useState } from "react";
import { Trans } from "react-i18next";
import { describeError } from "../../apollo/error-message.ts";
import { useApollo } from "../../frame/apollo-context.ts";
import { useViewer } from "../../frame/viewer.ts";
import { graphql } from "../../gql/index.ts";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { fieldError } from "../../ui/form-error.ts";
import { t } from "../../words/words.ts";
import classes from "./AccountPage.module.css";

const DeleteAccountDocument = graphql(`
  mutation DeleteAccount($input: DeleteAccountInput!) {
    deleteAccount(input: $input) {
      userId
    }
  }
`);

const FIELDS = ["currentPassword"] as const;

/** Drafts and unsent work of a person that this browser keeps, under keys that name them. */
function forgetOnDevice(personId: string): void {
  for (const key of Object.keys(localStorage)) if (key.includes(personId)) localStorage.removeItem(key);
}

export function DeleteSection() {
  const viewer = useViewer();
  const [isAsking, setAsking] = useState(false);
  return (
    <section className={classes.section} aria-labelledby="delete">
      <h2 id="delete">{t("account:delete.title")}</h2>
      {viewer.isFirstOwner ? (
        <p className={classes.note}>{t("account:delete.firstOwner")}</p>
      ) : (
        <>
          <p className={classes.note}>{t("account:delete.words")}</p>
          <div className={classes.buttons}>
            <Button variant="default" color="danger" onClick={() => setAsking(true)}>
              {t("account:delete.delete")}
            </Button>
          </div>
        </>
      )}
      {isAsking && <DeleteDialog onClose={() => setAsking(false)} />}
    </section>
  );
}

function DeleteDialog({ onClose }: { readonly onClose: () => void }) {
  const viewer = useViewer();
  const apollo = useApollo();
  const [currentPassword, setCurrentPassword] = useState("");
  const [deleteAccount, { loading, error }] = useMutation(DeleteAccountDocument);
  const shown = error ? describeError(error) : null;
  const isAboutPassword = fieldError(shown, FIELDS) !== null;
  const confirm = async () => {
    try {
      await deleteAccount({ variables: { input: viewer.hasPassword ? { currentPassword } : {} } });
    } catch {
      return; // Shown in the dialog, from the mutation's own state.
    }
    forgetOnDevice(viewer.id);
    apollo.dispose();
    // A fresh page: nothing of this person stays in memory.
    location.assign("/sign-in");
  };
  return (
    <ConfirmDialog
      title={t("account:delete.askTitle")}
      confirmLabel={t("account:delete.delete")}
      phrase={t("account:delete.phrase")}
      ready={!viewer.hasPassword || currentPassword !== ""}
      fields={
        viewer.hasPassword && (
          <PasswordInput
            label={t("account:delete.password")}
            autoComplete="current-password"
            maxLength={200}
            mb={16}
            value={currentPassword}
            error={isAboutPassword ? shown?.message : undefined}
            onChange={(event) => setCurrentPassword(event.currentTarget.value)}
          />
        )
      }
      busy={loading}
      error={isAboutPassword ? null : shown}
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      <p>
        <Trans t={t} i18nKey="account:delete.goes" components={{ b: <b /> }} />
      </p>
      <p>
        <Trans t={t} i18nKey="account:delete.stays" components={{ b: <b /> }} />
      </p>
      <p>{t("account:delete.final")}</p>
    </ConfirmDialog>
  );
}
