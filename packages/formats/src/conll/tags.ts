/** Tags of tokens: IOB1, IOB2, IOBES and BIOES, BILOU, and bare labels; all read alike, IOB2 is written. */

/** A run of tokens, half-open. */
export interface TaggedRun {
  label: string;
  from: number;
  to: number;
}

const PREFIX = /^([BIOESLU])-(.+)$/su;

/** Whether it looks like a tag with a prefix, or none. @example isTag("B-LOC") // true */
export function isTag(tag: string): boolean {
  return tag === "O" || PREFIX.test(tag);
}

/**
 * The runs that tags mark. A run begins at B or S, where the label changes, and behind E or S; so one rule reads all
 * schemes: in IOB1 only a run that touches another of its label begins with B.
 * @example runsOf(["I-A", "I-A", "B-A", "O"]) // [{ label: "A", from: 0, to: 2 }, { label: "A", from: 2, to: 3 }]
 */
export function runsOf(tags: readonly string[]): TaggedRun[] {
  const runs: TaggedRun[] = [];
  let open: TaggedRun | null = null;
  for (const [index, tag] of tags.entries()) {
    const [prefix, label] = partsOf(tag);
    if (label === "") {
      open = null;
      continue;
    }
    if (open !== null && open.label === label && !STARTS.has(prefix)) open.to = index + 1;
    else {
      open = { label, from: index, to: index + 1 };
      runs.push(open);
    }
    if (ENDS.has(prefix)) open = null;
  }
  return runs;
}

const STARTS = new Set(["B", "S", "U"]);
const ENDS = new Set(["E", "S", "L", "U"]);

function partsOf(tag: string): [prefix: string, label: string] {
  if (tag === "O" || tag === "_" || tag === "-" || tag === "") return ["O", ""];
  const [, prefix, label] = PREFIX.exec(tag) ?? [];
  return prefix === undefined || label === undefined ? ["I", tag] : [prefix, label];
}
