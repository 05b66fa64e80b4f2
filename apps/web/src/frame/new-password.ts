// What a new password needs, checked before it is sent. The server checks again and has the last word.
export const PASSWORD_MIN = 10;
export const PASSWORD_HINT = "At least ten characters. A sentence is fine.";

/** What is wrong with a new password; undefined when nothing is. */
export function newPasswordProblem(password: string): string | undefined {
  const length = [...password].length;
  if (length === 0) return "At least ten characters.";
  const missing = PASSWORD_MIN - length;
  if (missing <= 0) return undefined;
  return `${missing} more ${missing === 1 ? "character" : "characters"}.`;
}
