// What one is called and what one signs in with. A new e-mail needs the password: who sits down at an open page must not
// take the account over.
import { useMutation } from "@apollo/client/react";
import { Button, PasswordInput, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { describeError, type ShownError } from "../../apollo/error-message.ts";
import { useViewer } from "../../frame/viewer.ts";
import { graphql } from "../../gql/index.ts";
import { InlineError } from "../../ui/ErrorState.tsx";
import { fieldError } from "../../ui/form-error.ts";
import { t } from "../../words/words.ts";
import classes from "./AccountPage.module.css";

const UpdateAccountDocument = graphql(`
  mutation UpdateAccount($input: UpdateAccountInput!) {
    updateAccount(input: $input) {
      viewer {
        id
        name
        email
      }
    }
  }
`);

const FIELDS = ["name", "email", "currentPassword"] as const;

export function ProfileSection() {
  const viewer = useViewer();
  const [name, setName] = useState(viewer.name);
  const [email, setEmail] = useState(viewer.email ?? "");
  const [currentPassword, setCurrentPassword] = useState("");
  const [problem, setProblem] = useState<ShownError | null>(null);
  const [isSaved, setSaved] = useState(false);
  const [updateAccount, { loading }] = useMutation(UpdateAccountDocument);
  const refused = fieldError(problem, FIELDS);
  const isNewName = name.trim() !== viewer.name;
  const isNewEmail = viewer.hasPassword && email.trim() !== (viewer.email ?? "");
  const isReady = name.trim() !== "" && (!isNewEmail || (email.trim() !== "" && currentPassword !== ""));
  const errorOf = (field: (typeof FIELDS)[number]) => (refused === field ? problem?.message : undefined);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setProblem(null);
    const input = {
      ...(isNewName && { name: name.trim() }),
      ...(isNewEmail && { email: email.trim(), currentPassword }),
    };
    try {
      const { data } = await updateAccount({
        variables: { input },
        update(cache, { data: answer }) {
          if (!answer) return;
          const person = { __typename: "User", id: viewer.id };
          // Oneself stands in lists of people too.
          cache.modify({
            id: cache.identify(person) ?? "",
            fields: { name: () => answer.updateAccount.viewer.name },
          });
        },
      });
      setName(data?.updateAccount.viewer.name ?? name);
      setEmail(data?.updateAccount.viewer.email ?? email);
      setCurrentPassword("");
      setSaved(true);
    } catch (error) {
      setProblem(describeError(error));
    }
  };
  return (
    <section className={classes.section} aria-labelledby="profile">
      <h2 id="profile">{t("account:profile.title")}</h2>
      <form className={classes.form} onSubmit={(event) => void submit(event)} noValidate>
        <TextInput
          label={t("field.name")}
          description={t("field.nameHint")}
          autoComplete="name"
          dir="auto"
          maxLength={200}
          value={name}
          error={errorOf("name")}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        {viewer.hasPassword && (
          <TextInput
            label={t("field.email")}
            description={t("account:profile.emailHint")}
            type="email"
            autoComplete="username"
            value={email}
            error={errorOf("email")}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
        )}
        {isNewEmail && (
          <PasswordInput
            label={t("account:profile.password")}
            description={t("account:profile.passwordHint")}
            autoComplete="current-password"
            maxLength={200}
            value={currentPassword}
            error={errorOf("currentPassword")}
            onChange={(event) => setCurrentPassword(event.currentTarget.value)}
          />
        )}
        {problem && refused === null && (
          <InlineError message={problem.message} requestId={problem.requestId} />
        )}
        <div className={classes.buttons}>
          <Button
            type="submit"
            variant="default"
            loading={loading}
            disabled={!isReady || (!isNewName && !isNewEmail)}
          >
            {t("action.save")}
          </Button>
          <span className={classes.quiet} role="status">
            {isSaved && !isNewName && !isNewEmail && t("saved")}
          </span>
        </div>
      </form>
      {!viewer.hasPassword && <p className={classes.note}>{t("account:profile.tokensOnly")}</p>}
    </section>
  );
}
