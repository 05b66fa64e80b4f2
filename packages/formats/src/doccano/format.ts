/** doccano's JSON Lines for sequence labelling, with and without relations; docs/formats/doccano.md. */
import { CARRIES_ALL, type Format, type Sample } from "../format.ts";
import { splitPath } from "../path.ts";
import { readDoccano } from "./read.ts";
import { writeDoccano } from "./write.ts";

/** doccano JSONL. */
export const doccano: Format = {
  id: "doccano",
  name: "doccano JSONL",
  extensions: [".jsonl", ".json"],
  positions: "code points",
  detect,
  read: readDoccano,
  write: writeDoccano,
  carries: { ...CARRIES_ALL, comments: false, history: false, codebook: false },
};

/** A text, and labels as triples or entities, in the first object. */
function detect({ path, text }: Sample): number {
  const start = text.replace(/^\uFEFF?\s*\[?\s*/, "");
  if (!start.startsWith("{") || !/"(?:text|data)"\s*:/.test(start)) return 0;
  if (
    /"(?:entities|label|labels)"\s*:\s*\[/.test(start) &&
    !/"(?:annotations|predictions)"\s*:\s*\[/.test(start)
  )
    return 0.9;
  // A long text may leave no room for its labels in what is looked at.
  const isText = /^\{\s*"(?:text|data)"\s*:\s*"/.test(start);
  return isText && ([".jsonl", ".ndjson"].includes(splitPath(path)[1]) || text.length > 10_000) ? 0.6 : 0.2;
}
