// The account's end. What goes and what stays is said before; the first owner is told why there is none.
import { useMutation } from "@apollo/client/react";
import { Button, PasswordInput } from "@mantine/core";
import { useState } from "react";
import { describeError } from "../../apollo/error-message.ts";
import { useApollo } from "../../frame/apollo-context.ts";
import { useViewer } from "../../frame/viewer.ts";
import { graphql } from "../../gql/index.ts";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { fieldError } from "../../ui/form-error.ts";
import classes from "./AccountPage.module.css";

const DeleteAccountDocument = graphql(`
  mutation DeleteAccount($input: DeleteAccountInput!) {
    deleteAccount(input: $input) {
      userId
    }
  }
`);

const PHRASE = "delete my account";
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
      <h2 id="delete">Delete the account</h2>
      {viewer.isFirstOwner ? (
        <p className={classes.note}>
          This account set the installation up and stands for it, so it can’t be deleted. Its name, e-mail and
          password can be changed above.
        </p>
      ) : (
        <>
          <p className={classes.note}>
            Your name, e-mail, sessions, access tokens and memberships go. What you marked and wrote stays in
            its projects, under “Former member”.
          </p>
          <div className={classes.buttons}>
            <Button variant="default" color="danger" onClick={() => setAsking(true)}>
              Delete account
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
      title="Delete your account?"
      confirmLabel="Delete account"
      phrase={PHRASE}
      ready={!viewer.hasPassword || currentPassword !== ""}
      fields={
        viewer.hasPassword && (
          <PasswordInput
            label="Your password"
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
        <b>Goes, at once:</b> your name and e-mail, your sessions and access tokens, your place in every
        project, and what this browser has not sent yet.
      </p>
      <p>
        <b>Stays:</b> your annotations, relations and comments, under “Former member”.
      </p>
      <p>This can’t be undone.</p>
    </ConfirmDialog>
  );
}
