// Name, e-mail and password of a new account, each problem beside its field.
import { Button, PasswordInput, TextInput } from "@mantine/core";
import { type FormEvent, type ReactNode, useRef, useState } from "react";
import type { ShownError } from "../../apollo/error-message.ts";
import { PASSWORD_HINT } from "../../frame/new-password.ts";
import { InlineError } from "../../ui/ErrorState.tsx";
import { fieldError } from "../../ui/form-error.ts";
import { t } from "../../words/words.ts";
import {
  ACCOUNT_FIELDS,
  type Account,
  type AccountField,
  type AccountProblems,
  checkAccount,
} from "./account-form.ts";
import classes from "./StartLayout.module.css";

export interface AccountFormProps {
  readonly submitLabel: string;
  readonly busy: boolean;
  readonly error: ShownError | null;
  readonly onSubmit: (account: Account) => void;
  readonly beside?: ReactNode;
}

const hints: Readonly<Record<AccountField, string | undefined>> = {
  name: t("field.nameHint"),
  email: undefined,
  password: PASSWORD_HINT,
};

export function AccountForm({ submitLabel, busy, error, onSubmit, beside }: AccountFormProps) {
  const form = useRef<HTMLFormElement>(null);
  const [account, setAccount] = useState<Account>({ name: "", email: "", password: "" });
  const [problems, setProblems] = useState<AccountProblems>({});
  const refused = fieldError(error, ACCOUNT_FIELDS);

  const helpFor = (name: AccountField) => {
    const problem = problems[name] ?? (refused === name ? error?.message : undefined);
    return problem === undefined ? { description: hints[name] } : { error: problem };
  };
  const field = (name: AccountField) => ({
    name,
    size: "md",
    value: account[name],
    // The problem takes the hint's place, so that nothing below it moves.
    ...helpFor(name),
    onChange: (event: { readonly currentTarget: { readonly value: string } }) => {
      setAccount({ ...account, [name]: event.currentTarget.value });
      setProblems({ ...problems, [name]: undefined });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const found = checkAccount(account);
    setProblems(found);
    const first = ACCOUNT_FIELDS.find((name) => found[name] !== undefined);
    if (first) form.current?.querySelector<HTMLInputElement>(`[name=${first}]`)?.focus();
    else onSubmit({ name: account.name.trim(), email: account.email.trim(), password: account.password });
  };
  return (
    <form ref={form} onSubmit={submit} noValidate>
      <div className={classes.fields}>
        <TextInput
          label={t("start:account.name")}
          autoComplete="name"
          autoFocus
          maxLength={200}
          {...field("name")}
        />
        <TextInput label={t("field.email")} type="email" autoComplete="username" {...field("email")} />
        <PasswordInput
          label={t("field.password")}
          autoComplete="new-password"
          maxLength={200}
          {...field("password")}
        />
      </div>
      {error && refused === null && (
        <div className={classes.problem}>
          <InlineError message={error.message} requestId={error.requestId} />
        </div>
      )}
      <div className={classes.buttons}>
        <Button type="submit" size="md" loading={busy}>
          {submitLabel}
        </Button>
        {beside}
      </div>
    </form>
  );
}
