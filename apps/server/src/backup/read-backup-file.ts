/** Reads a backup file from its first line to its last, and notices whatever is not as it was written. */
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import type { z } from "zod";
import { messageOf } from "../database/database-error.ts";
import { isCode } from "../database/embedded-binaries.ts";
import {
  BackupError,
  type BackupHeader,
  type BackupTable,
  backupHeader,
  backupTrailer,
  backupVersion,
  END_MARK,
  type RowCounts,
  tableLine,
  VERSION,
} from "./backup-format.ts";
import { countLines } from "./count-lines.ts";
import type { Progress } from "./progress.ts";
import { BackupFlaw, type BackupScanner, createBackupScanner } from "./scan-backup.ts";

/** Uses up a table's rows, which come in pieces that may end within a row. */
export type TakeRows = (table: BackupTable, rows: AsyncIterable<Buffer>) => Promise<void>;

interface ReadOptions {
  progress: Progress;
  /** What is being done, as in "Checking". */
  verb: string;
  signal: AbortSignal;
}

export interface ReadBackup {
  header: BackupHeader;
  counts: RowCounts;
}

const CHUNK = 256 * 1024;

/**
 * Gives every table's rows to `takeRows`, in the file's order.
 * @throws BackupError, one line, when the file is no backup, not whole, or not as it was written; by then `takeRows`
 * may have been given rows
 */
export async function readBackupFile(
  file: string,
  takeRows: TakeRows,
  { progress, verb, signal }: ReadOptions,
): Promise<ReadBackup> {
  async function read(source: AsyncIterable<Buffer>): Promise<ReadBackup> {
    const scanner = createBackupScanner(source);
    const header = parseHeader(await scanner.line());
    const counts: Record<string, number> = {};
    for (const table of header.tables) {
      progress.begin(`${verb} ${table.name}`);
      counts[table.name] = await readTable(scanner, table, (rows) => takeRows(table, rows), progress);
    }
    await checkTrailer(scanner, counts);
    return { header, counts };
  }
  try {
    return await pipeline(createReadStream(file), createGunzip({ chunkSize: CHUNK }), read, { signal });
  } catch (error) {
    throw explained(error, file);
  }
}

async function readTable(
  scanner: BackupScanner,
  { name }: BackupTable,
  takeRows: (rows: AsyncIterable<Buffer>) => Promise<void>,
  progress: Progress,
): Promise<number> {
  if (parseLine(tableLine, await scanner.line()).table !== name)
    throw new BackupFlaw(`is damaged: ${name} is not where it should be`);
  let count = 0;
  async function* counted(): AsyncGenerator<Buffer> {
    for await (const part of scanner.rows()) {
      const rows = countLines(part);
      count += rows;
      progress.add(rows, part.length);
      yield part;
    }
  }
  await takeRows(counted());
  if ((await scanner.line()) !== `${END_MARK}${count}`)
    throw new BackupFlaw(`is damaged: ${name} has ${count} rows, which are not as many as were written`);
  return count;
}

/** What a table's rows were summed up to, and that nothing follows. */
async function checkTrailer(scanner: BackupScanner, counts: RowCounts): Promise<void> {
  const line = await scanner.line(false);
  const after = await scanner.line(false);
  const trailer = parseLine(backupTrailer, line);
  const rows = Object.values(counts).reduce((sum, count) => sum + count, 0);
  if (trailer.sha256 !== scanner.sum() || trailer.rows !== rows)
    throw new BackupFlaw("is damaged: its content does not fit its checksum");
  if (after !== null) throw new BackupFlaw("is damaged: something follows its end");
}

/** The first line, or why this Concord can't read what follows it. */
function parseHeader(line: string | null): BackupHeader {
  const json = line === null ? undefined : parseJson(line);
  const found = backupVersion.safeParse(json);
  if (!found.success) throw new BackupFlaw("is not a backup of Concord");
  if (found.data.version > VERSION)
    throw new BackupFlaw(
      `is a backup in version ${found.data.version} of the format, and this Concord reads ${VERSION}: restore it with a newer one`,
    );
  const header = backupHeader.safeParse(json);
  if (!header.success) throw new BackupFlaw("is damaged: its first line is not as it should be");
  return header.data;
}

function parseLine<Line extends z.ZodType>(schema: Line, line: string | null): z.infer<Line> {
  if (line === null) throw new BackupFlaw("is cut off");
  const parsed = schema.safeParse(parseJson(line));
  if (!parsed.success) throw new BackupFlaw("is damaged: a line is not as it should be");
  return parsed.data;
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    // Not told apart from JSON of another shape, which is what the caller looks for.
    return undefined;
  }
}

/** Names the file; leaves what went wrong elsewhere as it is. */
function explained(error: unknown, file: string): unknown {
  const because = (flaw: string) => new BackupError(`${file} ${flaw}.`, { cause: error });
  if (error instanceof BackupFlaw) return because(error.message);
  if (isCode(error, "Z_BUF_ERROR")) return because("is cut off");
  if (isCode(error, "Z_DATA_ERROR")) return because("is damaged, or not a backup of Concord");
  if (isCode(error, "ENOENT")) return because("is not there");
  if (isCode(error, "EACCES", "EISDIR", "EIO", "EPERM", "ENOTDIR"))
    return because(`can't be read: ${messageOf(error)}`);
  return error;
}
