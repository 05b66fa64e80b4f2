/** `concord logout`: forgets the token on this machine. */
import { Command } from "@commander-js/extra-typings";
import type { Context } from "../context.ts";
import { removeLogin } from "../login-file.ts";

export function logoutCommand({ env, out }: Context) {
  return new Command("logout")
    .description("forget the token on this machine; it works on until you revoke it in the browser")
    .action(async () => {
      const was = await removeLogin(env.loginFile);
      await out.line(was ? "The token is forgotten here." : "Nobody was signed in here.");
    });
}
