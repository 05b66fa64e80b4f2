/** Address and token as `concord login` keeps them, in a file that only its owner can read. */
import { mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { EXIT, Failure } from "./failure.ts";

export interface Login {
  url: string;
  token: string;
}

/**
 * Null where nobody has signed in.
 * @throws Failure when others can read the file, or it holds something else
 */
export async function readLogin(path: string): Promise<Login | null> {
  const stats = await stat(path).catch(() => null);
  if (stats === null) return null;
  if (process.platform !== "win32" && (stats.mode & 0o077) !== 0)
    throw new Failure(
      `Others can read ${path}, which holds your token. Run chmod 600 on it; better still, revoke the token and sign in anew.`,
      EXIT.signedOut,
    );
  const login = parse(await readFile(path, "utf8"));
  if (login === null) throw new Failure(`${path} is damaged. Run concord login.`, EXIT.signedOut);
  return login;
}

/** Replaces the file as a whole; its folder is made when it is missing. */
export async function writeLogin(path: string, { url, token }: Login): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const next = `${path}.${process.pid}`;
  try {
    await writeFile(next, `${JSON.stringify({ url, token }, null, 2)}\n`, { mode: 0o600, flag: "wx" });
    await rename(next, path);
  } finally {
    await rm(next, { force: true });
  }
}

/** @returns whether there was one */
export async function removeLogin(path: string): Promise<boolean> {
  const isThere = await stat(path).then(
    () => true,
    () => false,
  );
  await rm(path, { force: true });
  return isThere;
}

function parse(text: string): Login | null {
  try {
    const { url, token }: { url?: unknown; token?: unknown } = JSON.parse(text);
    return typeof url === "string" && typeof token === "string" ? { url, token } : null;
  } catch {
    return null;
  }
}
