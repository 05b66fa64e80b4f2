// Who runs the embedded database. PostgreSQL refuses root, so a server started as root runs it as a system user,
// who must be able to walk to the cluster.
import { execFile } from "node:child_process";
import { chmod, lstat, mkdir, realpath, stat } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { promisify } from "node:util";
import { DatabaseError, messageOf } from "./database-error.ts";

const run = promisify(execFile);

export interface SystemUser {
  name: string;
  uid: number;
  gid: number;
}

/**
 * Whom to run PostgreSQL as; null: the one who runs this process.
 * @param owner of an existing cluster; a cluster is never given to somebody else
 */
export async function chooseUser(owner: { uid: number; gid: number } | null): Promise<SystemUser | null> {
  if (process.geteuid?.() !== 0) return null;
  if (owner !== null && owner.uid !== 0) return { name: `uid ${owner.uid}`, ...owner };
  const name = "postgres";
  const found = await findUser(name);
  if (found !== null) return found;
  try {
    await run("useradd", [
      "--system",
      "--user-group",
      "--no-create-home",
      "--home-dir",
      "/nonexistent",
      "--shell",
      "/usr/sbin/nologin",
      name,
    ]);
  } catch (error) {
    throw new DatabaseError(
      `PostgreSQL does not run as root, and the system user "${name}" can't be made (${messageOf(error)}); start Concord as an ordinary user, or set DATABASE_URL.`,
      { cause: error },
    );
  }
  const made = await findUser(name);
  if (made === null)
    throw new DatabaseError(`The system user "${name}" was made but can't be found; set DATABASE_URL.`);
  return made;
}

async function findUser(name: string): Promise<SystemUser | null> {
  try {
    const [uid, gid] = await Promise.all(
      ["-u", "-g"].map(async (flag) => Number((await run("id", [flag, name])).stdout)),
    );
    return uid === undefined || gid === undefined ? null : { name, uid, gid };
  } catch {
    // `id` fails for an unknown user; making the user then tells whatever else is wrong.
    return null;
  }
}

/** Makes `dataDir` and lets `user` in; answers its real path. */
export async function prepareDataDir(dataDir: string, user: SystemUser | null): Promise<string> {
  const firstMade = await mkdir(dataDir, { recursive: true, mode: user === null ? 0o700 : 0o711 });
  const real = await realpath(dataDir);
  if (user === null) return real;
  // What was just made is ours to open, as is DATA_DIR itself; what was there before is not.
  const top = firstMade === undefined ? real : await realpath(firstMade);
  for (const folder of [...foldersBetween(top, real), real]) await letIn(folder);
  const closed = await findClosedFolder(real, user);
  if (closed !== null) {
    throw new DatabaseError(
      `DATA_DIR ${real} can't be used: PostgreSQL does not run as root, and the user "${user.name}" it runs as may not enter ${closed}; run chmod o+x ${closed}, or choose another DATA_DIR.`,
    );
  }
  return real;
}

async function letIn(folder: string): Promise<void> {
  const { mode } = await stat(folder);
  if ((mode & 0o001) === 0) await chmod(folder, (mode & 0o7777) | 0o001);
}

function foldersBetween(top: string, bottom: string): string[] {
  const folders: string[] = [];
  for (
    let folder = dirname(bottom);
    folder.length >= top.length && !relative(top, folder).startsWith("..");
    folder = dirname(folder)
  ) {
    folders.push(folder);
    if (folder === dirname(folder)) break;
  }
  return folders;
}

/** The first part of a real path, from the root down, that `user` may not enter or execute; null when none. Access lists are not looked at. */
export async function findClosedFolder(path: string, user: SystemUser): Promise<string | null> {
  let part: string = sep;
  for (const name of ["", ...path.split(sep).filter((name) => name !== "")]) {
    part = join(part, name);
    const { mode, uid, gid } = await lstat(part);
    const needed = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001;
    if ((mode & needed) === 0) return part;
  }
  return null;
}
