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
import { t } from "../../words/words.ts";
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
  ...[30, 90, 365].map((count) => ({ value: String(count), label: t("count.days", { count }) })),
  { value: NEVER, label: t("account:newToken.never") },
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
      title={t("account:newToken.title")}
      size={560}
      // A click beside the dialog must not lose what is shown once.
      closeOnClickOutside={secret === undefined}
    >
      {secret === undefined ? (
        <form className={classes.dialog} onSubmit={(event) => void submit(event)}>
          <TextInput
            label={t("field.name")}
            description={t("account:newToken.nameHint")}
            data-autofocus
            dir="auto"
            maxLength={200}
            value={name}
            error={refused === "name" ? problem?.message : undefined}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Select
            label={t("account:newToken.expires")}
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
              {t("action.cancel")}
            </Button>
            <Button type="submit" loading={loading} disabled={name.trim() === ""}>
              {t("account:newToken.make")}
            </Button>
          </div>
        </form>
      ) : (
        <div className={classes.dialog}>
          <p>{t("account:newToken.secretWords")}</p>
          <CopyField label={t("account:newToken.secret")} value={secret} />
          <CopyField
            label={t("account:newToken.example")}
            value={curlLine(location.origin, secret)}
            lines="code"
          />
          <div className={classes.dialogButtons}>
            <Button onClick={onClose}>{t("action.done")}</Button>
          </div>
        </div>
      )}
    </Modal>
  );
}
