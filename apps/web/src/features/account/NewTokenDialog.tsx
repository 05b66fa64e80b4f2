// A new access token: what it is for and for how long; then its secret, which is shown only here.
import { useMutation } from "@apollo/client/react";
import { Button, Modal, Select, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { v7 as uuidv7 } from "uuid";
import { describeError, type ShownError } from "../../apollo/error-message.ts";
import { afterDays } from "../../frame/days.ts";
import { graphql } from "../../gql/index.ts";
import { CopyField } from "../../ui/CopyField.tsx";
import { InlineError } from "../../ui/ErrorState.tsx";
import { fieldError } from "../../ui/form-error.ts";
import classes from "./AccountPage.module.css";
import { curlLine } from "./curl-line.ts";

const CreateAccessTokenDocument = graphql(`
  mutation CreateAccessToken($input: CreateAccessTokenInput!) {
    createAccessToken(input: $input) {
      secret
    }
  }
`);

const FIELDS = ["name"] as const;
const NEVER = "never";

const lifetimes = [
  { value: "30", label: "30 days" },
  { value: "90", label: "90 days" },
  { value: "365", label: "365 days" },
  { value: NEVER, label: "Never" },
];

export interface NewTokenDialogProps {
  readonly onMade: () => void;
  readonly onClose: () => void;
}

export function NewTokenDialog({ onMade, onClose }: NewTokenDialogProps) {
  const [name, setName] = useState("");
  const [lifetime, setLifetime] = useState("90");
  const [problem, setProblem] = useState<ShownError | null>(null);
  const [createToken, { data, loading }] = useMutation(CreateAccessTokenDocument, {
    // The secret goes nowhere but to this dialog.
    fetchPolicy: "no-cache",
  });
  const refused = fieldError(problem, FIELDS);
  const secret = data?.createAccessToken.secret;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setProblem(null);
    const expiresAt = lifetime === NEVER ? null : afterDays(Number(lifetime));
    try {
      await createToken({
        variables: { input: { clientMutationId: uuidv7(), name: name.trim(), expiresAt } },
      });
      onMade();
    } catch (error) {
      setProblem(describeError(error));
    }
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title="New access token"
      size={560}
      // A click beside the dialog must not lose what is shown once.
      closeOnClickOutside={secret === undefined}
    >
      {secret === undefined ? (
        <form className={classes.dialog} onSubmit={(event) => void submit(event)}>
          <TextInput
            label="Name"
            description="What it is for: you see it in the list of your tokens."
            data-autofocus
            dir="auto"
            maxLength={200}
            value={name}
            error={refused === "name" ? problem?.message : undefined}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Select
            label="Expires"
            data={lifetimes}
            value={lifetime}
            allowDeselect={false}
            onChange={(value) => setLifetime(value ?? NEVER)}
          />
          {problem && refused === null && (
            <InlineError message={problem.message} requestId={problem.requestId} />
          )}
          <div className={classes.dialogButtons}>
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={loading} disabled={name.trim() === ""}>
              Make token
            </Button>
          </div>
        </form>
      ) : (
        <div className={classes.dialog}>
          <p>
            The secret is shown only here. Keep it like a password: whoever has it acts in your name until it
            expires or you revoke it.
          </p>
          <CopyField label="Secret" value={secret} />
          <CopyField label="Try it in a terminal" value={curlLine(location.origin, secret)} lines="code" />
          <div className={classes.dialogButtons}>
            <Button onClick={onClose}>Done</Button>
          </div>
        </div>
      )}
    </Modal>
  );
}
