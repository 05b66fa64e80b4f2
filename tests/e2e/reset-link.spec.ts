// The command for a lost password, beside a running server and after it was stopped.
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "@playwright/test";
import { freePort, launch, stop } from "./concord.ts";

const COMMAND = fileURLToPath(new URL("../../apps/server/dist/reset-link.js", import.meta.url));
const PUBLIC_URL = "https://concord.example.org";
const EMAIL = "mira@sarn-study.example";

let dataDir = "";

test.beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "concord-e2e-"));
  await chmod(dataDir, 0o711);
});

test.afterAll(() => rm(dataDir, { recursive: true, force: true }));

/** What the command prints; rejects with its code and what it says of the failure. */
async function resetLink(folder: string, ...args: string[]): Promise<string> {
  const env = { ...process.env, DATA_DIR: folder, DATABASE_URL: "", PUBLIC_URL };
  return (await promisify(execFile)(process.execPath, [COMMAND, ...args], { env })).stdout;
}

const tokenIn = (output: string) => /^https:\/\/concord\.example\.org\/reset#(\S+)$/m.exec(output)?.[1] ?? "";

test("a link is printed whether the server runs or not, and works", async () => {
  // Four starts of a database.
  test.setTimeout(120_000);
  const port = await freePort();
  const env = { DEMO: "0", PUBLIC_URL };
  const ask = async (query: string, variables: object) => {
    const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", origin: PUBLIC_URL },
      body: JSON.stringify({ query, variables }),
    });
    return response.json();
  };
  const preview = async (token: string) =>
    ask("query ($t: String!) { passwordReset(token: $t) { email } }", { t: token });
  const works = { data: { passwordReset: { email: EMAIL } } };

  const first = await launch(port, dataDir, env);
  let beside = "";
  try {
    const setUpToken = /\/start#(\S+)$/m.exec(first.output)?.[1];
    await ask("mutation ($i: SetUpOwnerInput!) { setUpOwner(input: $i) { user { id } } }", {
      i: { token: setUpToken, name: "Mira Sandoval", email: EMAIL, password: "a long enough sentence" },
    });
    beside = tokenIn(await resetLink(dataDir, EMAIL.toUpperCase()));
    expect(await preview(beside)).toEqual(works);
    await expect(resetLink(dataDir, "nobody@example.org")).rejects.toMatchObject({
      code: 1,
      stderr: "There is no account with the e-mail address nobody@example.org.\n",
    });
  } finally {
    await stop(first.child, "SIGTERM");
  }

  const alone = tokenIn(await resetLink(dataDir, EMAIL));
  expect(existsSync(join(dataDir, "postgres", "postmaster.pid"))).toBe(false);

  const second = await launch(port, dataDir, env);
  try {
    expect(await preview(beside)).toEqual({ data: { passwordReset: null } });
    expect(await preview(alone)).toEqual(works);
    const reset = await ask(
      "mutation ($i: ResetPasswordInput!) { resetPassword(input: $i) { user { name } } }",
      {
        i: { token: alone, password: "another long sentence" },
      },
    );
    expect(reset).toEqual({ data: { resetPassword: { user: { name: "Mira Sandoval" } } } });
  } finally {
    await stop(second.child, "SIGTERM");
  }
});

test("a folder without a database is said in a line, and none is made", async () => {
  const nowhere = join(dataDir, "nowhere");
  await expect(resetLink(nowhere, EMAIL)).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^There is no database in DATA_DIR [^\n]+\n$/),
  });
  expect(existsSync(nowhere)).toBe(false);
  await expect(resetLink(nowhere)).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining("usage"),
  });
});
