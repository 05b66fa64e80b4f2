// Another password. It ends the other sessions unless one says otherwise: who changes a password often fears that it is
// known to somebody.
import { Button, Checkbox, PasswordInput } from "@mantine/core";
import { type FormEvent, useRef, useState } from "react";
import { type AuthFailure, changePassword } from "../../apollo/auth.ts";
import { newPasswordProblem, PASSWORD_HINT } from "../../frame/new-password.ts";
import { useViewer } from "../../frame/viewer.ts";
import { InlineError } from "../../ui/ErrorState.tsx";
import { t } from "../../words/words.ts";
import classes from "./AccountPage.module.css";
import { sessionsChanged } from "./sessions.ts";

export function PasswordSection() {
  const viewer = useViewer();
  const form = useRef<HTMLFormElement>(null);
  const [currentPassword, setCurrentPassword] = useState("");
  const [newPassword, setNewPassword] = useState("");
  const [revokeOtherSessions, setRevokeOthers] = useState(true);
  const [weak, setWeak] = useState<string>();
  const [failure, setFailure] = useState<AuthFailure | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [done, setDone] = useState("");

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const found = newPasswordProblem(newPassword);
    setWeak(found);
    setFailure(null);
    setDone("");
    if (found !== undefined) {
      form.current?.querySelector<HTMLInputElement>("[name=new]")?.focus();
      return;
    }
    setBusy(true);
    const result = await changePassword({ currentPassword, newPassword, revokeOtherSessions });
    setBusy(false);
    if (!result.ok) {
      setFailure(result);
      return;
    }
    setCurrentPassword("");
    setNewPassword("");
    setDone(t(revokeOtherSessions ? "account:password.changedAndSignedOut" : "account:password.changed"));
    sessionsChanged();
  };
  const isWrong = failure?.reason === "refused";
  return (
    <section className={classes.section} aria-labelledby="password">
      <h2 id="password">{t("account:password.title")}</h2>
      <form ref={form} className={classes.form} onSubmit={(event) => void submit(event)} noValidate>
        <input type="email" autoComplete="username" value={viewer.email ?? ""} readOnly hidden />
        <PasswordInput
          label={t("account:password.current")}
          autoComplete="current-password"
          maxLength={200}
          value={currentPassword}
          error={isWrong ? failure.message : undefined}
          onChange={(event) => setCurrentPassword(event.currentTarget.value)}
        />
        <PasswordInput
          label={t("field.newPassword")}
          name="new"
          autoComplete="new-password"
          maxLength={200}
          value={newPassword}
          {...(weak === undefined ? { description: PASSWORD_HINT } : { error: weak })}
          onChange={(event) => {
            setNewPassword(event.currentTarget.value);
            setWeak(undefined);
          }}
        />
        <Checkbox
          label={t("account:password.signOutElsewhere")}
          checked={revokeOtherSessions}
          onChange={(event) => setRevokeOthers(event.currentTarget.checked)}
        />
        {failure && !isWrong && <InlineError message={failure.message} />}
        <div className={classes.buttons}>
          <Button
            type="submit"
            variant="default"
            loading={isBusy}
            disabled={currentPassword === "" || newPassword === ""}
          >
            {t("account:password.change")}
          </Button>
          <span className={classes.quiet} role="status">
            {done}
          </span>
        </div>
      </form>
    </section>
  );
}
