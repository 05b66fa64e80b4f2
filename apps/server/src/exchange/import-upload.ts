/** Takes a file in, piece by piece, and makes it a job when it is whole. */
import { v7 as uuidv7 } from "uuid";
import type { Database } from "../database/database.ts";
import { ApiError, badInput } from "../errors.ts";
import { toInputJson } from "../graphql/stored-json.ts";
import type { Choices } from "./import-choices.ts";
import { Cancelled } from "./import-job.ts";
import { freshProgress } from "./import-progress.ts";

/** What a file is to become. */
export interface ImportOrder {
  projectId: string;
  makerId: string;
  format: string;
  dryRun: boolean;
  /** As the sender calls it. */
  fileName: string | null;
  choices: Partial<Choices>;
}

/** Bytes of one file. */
export const MAX_UPLOAD = 2 * 1024 * 1024 * 1024;

/** Bytes of one row. */
const PIECE = 1024 * 1024;

/** Gathers chunks of any size into pieces of one size, the last one aside. */
async function* inPieces(body: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void, undefined> {
  let gathered: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    for (let from = 0; from < chunk.length; ) {
      const part = chunk.subarray(from, from + PIECE - size);
      gathered.push(part);
      size += part.length;
      from += part.length;
      if (size < PIECE) continue;
      yield Buffer.concat(gathered);
      gathered = [];
      size = 0;
    }
  }
  if (size > 0) yield Buffer.concat(gathered);
}

/**
 * Stores a file and queues its job; answers the job's id. An upload that breaks off or is refused leaves nothing.
 * @param mayStill asked when the file is whole, which may be hours later
 * @throws TOO_LARGE, BAD_USER_INPUT for an empty file, and whatever `mayStill` throws
 */
export async function uploadImport(
  { prisma, pool }: Database,
  order: ImportOrder,
  body: AsyncIterable<Buffer>,
  mayStill: () => Promise<unknown>,
): Promise<string> {
  const id = uuidv7();
  const { projectId, makerId, format, dryRun, fileName, choices } = order;
  await prisma.importJob.create({
    data: {
      ...{ id, projectId, createdBy: makerId, format, dryRun, fileName, choices: toInputJson(choices) },
      total: 0,
      progress: freshProgress("upload"),
    },
  });
  try {
    let total = 0;
    let index = 0;
    for await (const piece of inPieces(body)) {
      total += piece.length;
      if (total > MAX_UPLOAD) {
        throw new ApiError("TOO_LARGE", `The file is larger than ${MAX_UPLOAD} bytes.`, { field: "body" });
      }
      const sql = "insert into import_piece (job_id, index, bytes) values ($1, $2, $3)";
      await pool.query(sql, [id, index++, piece]);
    }
    if (total === 0) throw badInput("body", "body must be the file to import; it is empty.");
    await mayStill();
    await prisma.importJob.update({ where: { id }, data: { total, progress: freshProgress("read") } });
    return id;
  } catch (error) {
    await prisma.importJob.deleteMany({ where: { id } });
    throw error;
  }
}

/**
 * A piece of a stored file, by its number from 0; null behind the last one.
 * @throws Cancelled when the job was called off
 */
export async function storedPiece(
  { pool }: Database,
  jobId: string,
  index: number,
): Promise<Uint8Array | null> {
  const sql = `
    select p.bytes, j.cancel_requested as cancelled
    from import_piece p join import_job j on j.id = p.job_id where p.job_id = $1 and p.index = $2`;
  const { rows } = await pool.query<{ bytes: Buffer; cancelled: boolean }>(sql, [jobId, index]);
  const [row] = rows;
  if (row?.cancelled) throw new Cancelled();
  return row?.bytes ?? null;
}
