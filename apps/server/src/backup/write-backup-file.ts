/** Writes a backup's bytes so that a file of that name is always a whole one: under another name first, renamed at the end. */
import { createWriteStream } from "node:fs";
import { open, rename, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { messageOf } from "../database/database-error.ts";
import { exists, isCode } from "../database/embedded-binaries.ts";
import { BackupError } from "./backup-format.ts";

/** A quarter of the time of the usual 6, for a file a tenth larger. */
const COMPRESSION = 3;
const CHUNK = 256 * 1024;

/**
 * Compresses `content` into `file`, readable by its owner alone, since it holds the hashes of passwords.
 * @throws BackupError when the file is there already or can't be written
 */
export async function writeBackupFile(
  file: string,
  content: AsyncIterable<Buffer>,
  signal: AbortSignal,
): Promise<{ bytes: number }> {
  const part = `${file}.part`;
  await reserve(file, part);
  try {
    await pipeline(
      content,
      createGzip({ level: COMPRESSION, chunkSize: CHUNK }),
      // Flushed to the disk before it is closed.
      createWriteStream(part, { flags: "r+", flush: true }),
      { signal },
    );
    const { size } = await stat(part);
    await rename(part, file);
    await flushFolder(dirname(file));
    return { bytes: size };
  } catch (error) {
    await rm(part, { force: true });
    throw isAboutFiles(error)
      ? new BackupError(`${part} can't be written: ${messageOf(error)}`, { cause: error })
      : error;
  }
}

/** Makes the unfinished file, which keeps others from writing the same backup. */
async function reserve(file: string, part: string): Promise<void> {
  try {
    await (await open(part, "wx", 0o600)).close();
  } catch (error) {
    if (!isAboutFiles(error)) throw error;
    throw new BackupError(
      isCode(error, "EEXIST")
        ? `${part} is there already: another backup is being written, or one was killed. Delete it if none is.`
        : `${part} can't be made: ${messageOf(error)}`,
      { cause: error },
    );
  }
  // Asked only now: whoever else wrote it has renamed its part by then.
  if (!(await exists(file))) return;
  await rm(part, { force: true });
  throw new BackupError(`${file} is there already; a backup replaces nothing. Choose another name.`);
}

/** Makes the new name last through a power cut; some systems can't open a folder, and need not. */
async function flushFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

const fileTroubles = [
  ...["EACCES", "EDQUOT", "EEXIST", "EFBIG", "EIO", "EISDIR", "ENAMETOOLONG"],
  ...["ENOENT", "ENOSPC", "ENOTDIR", "EPERM", "EROFS"],
];

/** An error of the file system, as opposed to the database's. */
function isAboutFiles(error: unknown): boolean {
  return isCode(error, ...fileTroubles);
}
