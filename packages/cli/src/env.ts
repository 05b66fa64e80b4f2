/** The only reader of process.env. */
import { homedir } from "node:os";
import { join } from "node:path";

export interface Env {
  /** Both or neither count for more than what `concord login` has kept. */
  url: string | null;
  token: string | null;
  /** Where `concord login` keeps address and token. */
  loginFile: string;
}

/** @param variables process.env, unless a test says otherwise */
export function readEnv(variables: NodeJS.ProcessEnv = process.env): Env {
  const { CONCORD_URL, CONCORD_TOKEN, XDG_CONFIG_HOME, APPDATA } = variables;
  const home = process.platform === "win32" ? APPDATA : XDG_CONFIG_HOME;
  return {
    url: CONCORD_URL || null,
    token: CONCORD_TOKEN || null,
    loginFile: join(home || join(homedir(), ".config"), "concord", "login.json"),
  };
}
