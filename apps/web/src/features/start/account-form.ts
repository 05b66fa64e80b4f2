// What a new account needs, checked before it is sent. The server checks again and has the last word.
import { newPasswordProblem } from "../../frame/new-password.ts";
import { t } from "../../words/words.ts";

export interface Account {
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

export const ACCOUNT_FIELDS = ["name", "email", "password"] as const;
export type AccountField = (typeof ACCOUNT_FIELDS)[number];
export type AccountProblems = Partial<Record<AccountField, string>>;

export function checkAccount({ name, email, password }: Account): AccountProblems {
  const problems: AccountProblems = {};
  if (name.trim() === "") problems.name = t("start:account.nameMissing");
  if (email.trim() === "") problems.email = t("start:account.emailMissing");
  else if (!/^\S+@\S+$/.test(email.trim())) problems.email = t("start:account.emailInvalid");
  const weak = newPasswordProblem(password);
  if (weak !== undefined) problems.password = weak;
  return problems;
}
