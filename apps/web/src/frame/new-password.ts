// What a new password needs, checked before it is sent. The server checks again and has the last word.
import { t } from "../words/words.ts";

const PASSWORD_MIN = 10;
export const PASSWORD_HINT = t("frame:newPassword.hint");

/** What is wrong with a new password; undefined when nothing is. */
export function newPasswordProblem(password: string): string | undefined {
  const length = [...password].length;
  if (length === 0) return t("frame:newPassword.empty");
  const count = PASSWORD_MIN - length;
  return count <= 0 ? undefined : t("frame:newPassword.missing", { count });
}
