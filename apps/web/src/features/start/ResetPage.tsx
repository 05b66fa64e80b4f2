// A one-time link for a forgotten password: says whose it is, takes the new one, and signs in with it.
import { useApolloClient, useMutation, useQuery } from "@apollo/client/react";
import { Button, PasswordInput, Skeleton } from "@mantine/core";
import { type FormEvent, useRef, useState } from "react";
import { Trans } from "react-i18next";
import { Link, useLocation, useNavigate } from "react-router";
import { describeError, type ShownError } from "../../apollo/error-message.ts";
import { markSessionFound } from "../../apollo/session.ts";
import { newPasswordProblem, PASSWORD_HINT } from "../../frame/new-password.ts";
import { ViewerDocument } from "../../frame/viewer.ts";
import type { PasswordResetQuery } from "../../gql/graphql.ts";
import { graphql } from "../../gql/index.ts";
import { InlineError } from "../../ui/ErrorState.tsx";
import { fieldError } from "../../ui/form-error.ts";
import { dayAndTime } from "../../ui/relative-time.ts";
import { usePageTitle } from "../../ui/usePageTitle.ts";
import { t } from "../../words/words.ts";
import classes from "./StartLayout.module.css";
import { StartLayout } from "./StartLayout.tsx";

const PasswordResetDocument = graphql(`
  query PasswordReset($token: String!) {
    passwordReset(token: $token) {
      name
      email
      expiresAt
    }
  }
`);

const ResetPasswordDocument = graphql(`
  mutation ResetPassword($input: ResetPasswordInput!) {
    resetPassword(input: $input) {
      user {
        id
      }
    }
  }
`);

const FIELDS = ["password"] as const;

export function ResetPage() {
  usePageTitle(t("start:reset.pageTitle"));
  const token = useLocation().hash.slice(1);
  const { data, error, refetch } = useQuery(PasswordResetDocument, {
    variables: { token },
    fetchPolicy: "network-only",
    context: { public: true },
  });
  if (error) {
    const { message, requestId } = describeError(error);
    return (
      <StartLayout title={t("start:reset.title")} lead={t("start:reset.uncheckedLead")}>
        <div className={classes.problem}>
          <InlineError message={message} requestId={requestId} />
        </div>
        <Button size="md" variant="default" onClick={() => void refetch()}>
          {t("action.tryAgain")}
        </Button>
      </StartLayout>
    );
  }
  if (!data) {
    return (
      <StartLayout title={t("start:reset.title")} lead={<Skeleton height={44} />}>
        <Skeleton height={126} />
      </StartLayout>
    );
  }
  if (!data.passwordReset) {
    return (
      <StartLayout title={t("start:reset.usedTitle")} lead={t("start:reset.usedLead")}>
        <Button component={Link} to="/sign-in" size="md">
          {t("action.signIn")}
        </Button>
      </StartLayout>
    );
  }
  return <NewPassword token={token} account={data.passwordReset} />;
}

interface NewPasswordProps {
  readonly token: string;
  readonly account: NonNullable<PasswordResetQuery["passwordReset"]>;
}

function NewPassword({ token, account }: NewPasswordProps) {
  const client = useApolloClient();
  const navigate = useNavigate();
  const field = useRef<HTMLInputElement>(null);
  const [password, setPassword] = useState("");
  const [weak, setWeak] = useState<string>();
  const [refusal, setRefusal] = useState<ShownError | null>(null);
  const [resetPassword, { loading }] = useMutation(ResetPasswordDocument);
  const isAboutField = fieldError(refusal, FIELDS) !== null;
  const problem = weak ?? (isAboutField ? refusal?.message : undefined);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const found = newPasswordProblem(password);
    setWeak(found);
    setRefusal(null);
    if (found !== undefined) {
      field.current?.focus();
      return;
    }
    try {
      await resetPassword({ variables: { input: { token, password } }, context: { public: true } });
      await client.clearStore();
      await client.query({ query: ViewerDocument, fetchPolicy: "network-only" });
      markSessionFound();
      // Replaces the link in the history: it works no more.
      await navigate("/", { replace: true });
    } catch (error) {
      setRefusal(describeError(error));
    }
  };
  return (
    <StartLayout
      title={t("start:reset.title")}
      lead={
        <Trans
          t={t}
          i18nKey="start:reset.lead"
          components={{ name: <bdi>{account.name}</bdi>, email: <>{account.email}</> }}
        />
      }
    >
      <form onSubmit={(event) => void submit(event)} noValidate>
        {/* Tells a password manager whose password it is about to keep. */}
        <input type="email" autoComplete="username" value={account.email} readOnly hidden />
        <div className={classes.fields}>
          <PasswordInput
            ref={field}
            label={t("field.newPassword")}
            size="md"
            autoComplete="new-password"
            autoFocus
            maxLength={200}
            value={password}
            {...(problem === undefined ? { description: PASSWORD_HINT } : { error: problem })}
            onChange={(event) => {
              setPassword(event.currentTarget.value);
              setWeak(undefined);
              setRefusal(null);
            }}
          />
        </div>
        {refusal && !isAboutField && (
          <div className={classes.problem}>
            <InlineError message={refusal.message} requestId={refusal.requestId} />
          </div>
        )}
        <div className={classes.buttons}>
          <Button type="submit" size="md" loading={loading}>
            {t("start:reset.set")}
          </Button>
        </div>
      </form>
      <p className={classes.hint}>
        {t("start:reset.until", { time: dayAndTime(new Date(account.expiresAt)) })}
      </p>
    </StartLayout>
  );
}
