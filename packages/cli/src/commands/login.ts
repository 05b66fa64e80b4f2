/** `concord login`: keeps a server's address and an access token, once they have been tried. */
import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import { Command } from "@commander-js/extra-typings";
import { ReadViewer } from "@concord/client";
import { addressOf, connect } from "../connect.ts";
import type { Context } from "../context.ts";
import { EXIT, Failure } from "../failure.ts";
import { writeLogin } from "../login-file.ts";

const HELP = `
The token is made in the browser, under Account. It is asked for, or read from a pipe, and never a part of the command,
which others on the machine can see.

Examples:
  concord login https://concord.example.org
  concord login https://concord.example.org < token.txt
`;

export function loginCommand(context: Context) {
  return new Command("login")
    .description("sign in with an access token, and stay signed in")
    .argument("[address]", "the server's address; CONCORD_URL without it")
    .addHelpText("after", HELP)
    .action(async (address = context.env.url ?? "") => {
      const url = addressOf(address === "" ? await askAddress(context) : address);
      const token = (await askToken(context)).trim();
      if (token === "") throw new Failure("No token was given.", EXIT.usage);
      const client = connect({ url, token });
      const { viewer } = await client.query(ReadViewer, {}).finally(() => client.dispose());
      if (viewer === null) throw new Failure("The server does not know this token.", EXIT.signedOut);
      await writeLogin(context.env.loginFile, { url, token });
      if (isExposed(url))
        await context.err.line(`concord: ${url} is not encrypted: others on the way can read the token.`);
      await context.out.line(`Signed in at ${url} as ${viewer.name}.`);
      if (context.env.url !== null || context.env.token !== null)
        await context.err.line("concord: CONCORD_URL or CONCORD_TOKEN is set and counts for more.");
    });
}

function isExposed(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === "http:" && !/^(localhost|127\.[\d.]+|\[::1\])$/.test(hostname);
}

async function askAddress({ input }: Context): Promise<string> {
  if (input.isTTY !== true) throw new Failure("No address was given.", EXIT.usage);
  const prompt = createInterface({ input, output: process.stderr });
  try {
    return await prompt.question("Address: ");
  } finally {
    prompt.close();
  }
}

/** On a terminal nothing of it is shown. */
async function askToken({ input, err, signal }: Context): Promise<string> {
  const isTerminal = input.isTTY === true;
  if (isTerminal) await err.write("Access token: ");
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const prompt = createInterface({ input, output: nowhere, terminal: isTerminal });
  try {
    return await new Promise<string>((resolve) => {
      prompt.once("line", resolve);
      prompt.once("close", () => resolve(""));
      prompt.once("SIGINT", () => process.kill(process.pid, "SIGINT"));
      signal.addEventListener("abort", () => prompt.close(), { once: true });
    });
  } finally {
    prompt.close();
    if (isTerminal) await err.write("\n");
  }
}
