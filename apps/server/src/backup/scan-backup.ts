/** Takes lines and the rows of whole tables off a backup's bytes, and sums them up as they pass. */
import { createHash } from "node:crypto";
import { END_MARK } from "./backup-format.ts";

/** What a file has that a backup can't have; the message follows the file's name. */
export class BackupFlaw extends Error {}

export interface BackupScanner {
  /** The next line without its line feed; null at the end. `hashed` false keeps it out of the sum. */
  line(hashed?: boolean): Promise<string | null>;
  /** All up to the next end mark, in pieces that may end within a row; that mark is the next line. */
  rows(): AsyncGenerator<Buffer>;
  /** SHA-256 of what passed so far, in hex; once, at the end. */
  sum(): string;
}

const LINE_FEED = "\n";
/** Unmistakable: within a row a line feed is written \n, and no row begins so. */
const MARK = `${LINE_FEED}${END_MARK}`;
/** Far longer than any line that is not a row. */
const MAX_LINE = 1_000_000;

/** @throws BackupFlaw, from each method, when the bytes end too soon or are no lines */
export function createBackupScanner(source: AsyncIterable<Buffer>): BackupScanner {
  const hash = createHash("sha256");
  const chunks = source[Symbol.asyncIterator]();
  let rest: Buffer = Buffer.alloc(0);

  async function more(): Promise<boolean> {
    const { done, value } = await chunks.next();
    if (done) return false;
    rest = rest.length === 0 ? value : Buffer.concat([rest, value]);
    return true;
  }

  return {
    async line(hashed = true) {
      let end = rest.indexOf(LINE_FEED);
      while (end === -1) {
        if (rest.length > MAX_LINE) throw new BackupFlaw("is damaged: a line does not end");
        if (!(await more())) {
          if (rest.length === 0) return null;
          throw new BackupFlaw("is cut off");
        }
        end = rest.indexOf(LINE_FEED);
      }
      const taken = rest.subarray(0, end + 1);
      rest = rest.subarray(end + 1);
      if (hashed) hash.update(taken);
      return taken.toString("utf8", 0, end);
    },
    async *rows() {
      // The line feed before the first row was taken with the line before; a table without rows ends right there.
      rest = Buffer.concat([Buffer.from(LINE_FEED), rest]);
      let seen = 1;
      for (;;) {
        const mark = rest.indexOf(MARK);
        // The last bytes may be the beginning of the mark.
        const end = mark === -1 ? rest.length - MARK.length + 1 : mark + 1;
        if (end > seen) {
          const part = rest.subarray(seen, end);
          hash.update(part);
          yield part;
        }
        if (end >= seen) {
          rest = rest.subarray(end);
          seen = 0;
        }
        if (mark !== -1) return;
        if (!(await more())) throw new BackupFlaw("is cut off");
      }
    },
    sum: () => hash.digest("hex"),
  };
}
