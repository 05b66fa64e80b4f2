/** How a backup is written down; docs/formats/concord-backup.md says the same for people. */
import { z } from "zod";

export const FORMAT = "concord-backup";
export const VERSION = 1;

/** What a row in COPY's text form never begins with, and so the end of a table. The number of rows follows. */
export const END_MARK = "\\.";

const name = z.string().regex(/^[a-z_][a-z0-9_]*$/);
const count = z.number().int().nonnegative();

/** Looked at first: a later version may have another header. */
export const backupVersion = z.object({ format: z.literal(FORMAT), version: z.number() });

export const backupHeader = z.object({
  format: z.literal(FORMAT),
  version: z.literal(VERSION),
  /** Of Concord, as its package says. */
  concord: z.string(),
  madeAt: z.iso.datetime(),
  /** The last one that the database had; a restore begins there. */
  migration: z.string(),
  tables: z.array(z.object({ name, columns: z.array(name).min(1) })),
});
export type BackupHeader = z.infer<typeof backupHeader>;
export type BackupTable = BackupHeader["tables"][number];

/** The line before a table's rows. */
export const tableLine = z.object({ table: name });

/** The last line. */
export const backupTrailer = z.object({
  rows: count,
  /** Of every byte before this line, in hex. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

/** Rows carried, by table. */
export type RowCounts = Readonly<Record<string, number>>;

/** Why a file can't be written or read; the message is one line for whoever asked. */
export class BackupError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "BackupError";
  }
}

/** COPY's own names for what is carried of a table. */
export function copyTarget({ name: table, columns }: BackupTable): string {
  return `${quoted(table)} (${columns.map(quoted).join(", ")})`;
}

/** A name as SQL takes it, whatever it is. */
export function quoted(identifier: string): string {
  return `"${identifier.replaceAll('"', '""')}"`;
}
