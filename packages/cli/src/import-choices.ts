/** What a command line decides about the files that the server reads. */
import type { ImportColumns } from "@concord/client";
import { EXIT, Failure } from "./failure.ts";

/**
 * Pairs as options have them; the last one of a key counts.
 * @throws Failure for what is no pair
 * @example parseWords("--map", ["PER=speaker", "MISC="]); // { PER: "speaker", MISC: null }
 */
export function parseWords(option: string, pairs: readonly string[]): Record<string, string | null> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.lastIndexOf("=");
      if (at < 1)
        throw new Failure(`${option} takes THEIR=OURS, or THEIR= to leave it out, not ${pair}.`, EXIT.usage);
      return [pair.slice(0, at), pair.slice(at + 1) || null];
    }),
  );
}

const ONCE = ["text", "title", "sourceId", "language"] as const;

/**
 * Which column is what, as `text=Body,title=,metadata=Date,metadata=Author`; with nothing behind it, there is none.
 * @throws Failure naming what is accepted
 */
export function parseColumns(text: string): ImportColumns {
  const columns: ImportColumns = {};
  const metadata: string[] = [];
  for (const pair of text.split(",")) {
    const [name = "", ...rest] = pair.split("=");
    const heading = rest.join("=");
    const once = ONCE.find((known) => known === name.trim());
    if (rest.length === 0 || (once === undefined && name.trim() !== "metadata"))
      throw new Failure(
        `--columns takes text=, title=, sourceId=, language= and metadata= with headings, by commas; not ${pair}.`,
        EXIT.usage,
      );
    if (once === undefined) metadata.push(heading);
    else if (once !== "text") columns[once] = heading || null;
    else columns.text = heading;
  }
  if (metadata.length > 0) columns.metadata = metadata.filter((heading) => heading !== "");
  return columns;
}
