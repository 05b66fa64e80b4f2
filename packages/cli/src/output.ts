/** Writing to a terminal, a file or a pipe, no faster than it takes. */
import { once } from "node:events";

export interface Output {
  readonly isTerminal: boolean;
  readonly columns: number;
  /** Resolves when more may be written. */
  write(text: string | Uint8Array): Promise<void>;
  /** A value as one line of JSON. */
  json(value: unknown): Promise<void>;
  /** A line of plain text. */
  line(text: string): Promise<void>;
}

/** A result pipe whose reader has gone ends the command: there is nobody to work for. */
export function createOutput(stream: NodeJS.WriteStream, onReaderGone: () => void): Output {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    onReaderGone();
  });
  const write = async (text: string | Uint8Array) => {
    if (!stream.write(text)) await once(stream, "drain");
  };
  return {
    isTerminal: stream.isTTY === true,
    get columns() {
      // Terminals that do not know say 0.
      return stream.columns || 80;
    },
    write,
    json: (value) => write(`${JSON.stringify(value)}\n`),
    line: (text) => write(`${text}\n`),
  };
}

/** Rows under each other: aligned on a terminal, parted by tabs in a pipe. The last column is as wide as it is. */
export async function writeTable(out: Output, rows: readonly (readonly string[])[]): Promise<void> {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  for (const row of rows) {
    // A title with a tab or a line break in it must not look like two.
    const cells = row.map((cell) => cell.replace(/\s+/g, " "));
    const padded = cells.map((cell, column) =>
      column === cells.length - 1 ? cell : cell.padEnd(widths[column] ?? 0),
    );
    await out.line(out.isTerminal ? padded.join("  ") : cells.join("\t"));
  }
}

/** @example counted(2, "file"); // "2 files" */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
}
