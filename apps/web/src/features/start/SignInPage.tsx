// Signing in, and back to the page that asked for it.
import { useApolloClient, useQuery } from "@apollo/client/react";
import { Button, PasswordInput, TextInput } from "@mantine/core";
import { type FormEvent, useRef, useState } from "react";
import { Navigate, useLocation, useNavigate } from "react-router";
import { signIn } from "../../apollo/auth.ts";
import { markSessionFound } from "../../apollo/session.ts";
import { returnAddress } from "../../frame/return-address.ts";
import { ViewerDocument } from "../../frame/viewer.ts";
import { InlineError } from "../../ui/ErrorState.tsx";
import { usePageTitle } from "../../ui/usePageTitle.ts";
import { t } from "../../words/words.ts";
import classes from "./StartLayout.module.css";
import { StartLayout } from "./StartLayout.tsx";

export function SignInPage() {
  usePageTitle(t("start:signIn.title"));
  const client = useApolloClient();
  const navigate = useNavigate();
  const next = returnAddress(useLocation().search);
  const { data } = useQuery(ViewerDocument, { fetchPolicy: "network-only", context: { public: true } });
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const passwordField = useRef<HTMLInputElement>(null);

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    const result = await signIn(String(form.get("email")).trim(), String(form.get("password")));
    if (result.ok) {
      await client.clearStore();
      await client.query({ query: ViewerDocument, fetchPolicy: "network-only" });
      markSessionFound();
      await navigate(next, { replace: true });
      return;
    }
    setProblem(result.message);
    setBusy(false);
    passwordField.current?.select();
  };
  if (data?.viewer && !isBusy) return <Navigate to={next} replace />;
  return (
    <StartLayout title={t("start:signIn.title")} lead={t("start:signIn.lead")}>
      <form onSubmit={(event) => void submit(event)}>
        <div className={classes.fields}>
          <TextInput
            label={t("field.email")}
            name="email"
            type="email"
            size="md"
            autoComplete="username"
            autoFocus
            required
            withAsterisk={false}
          />
          <PasswordInput
            ref={passwordField}
            label={t("field.password")}
            name="password"
            size="md"
            autoComplete="current-password"
            required
            withAsterisk={false}
          />
        </div>
        {problem && (
          <div className={classes.problem}>
            <InlineError message={problem} />
          </div>
        )}
        <div className={classes.buttons}>
          <Button type="submit" size="md" loading={isBusy}>
            {t("action.signIn")}
          </Button>
        </div>
      </form>
      <p className={classes.hint}>
        {t("start:signIn.noAccount")}
        <br />
        {t("start:signIn.forgotten")}
      </p>
    </StartLayout>
  );
}
