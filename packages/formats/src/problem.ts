/** Problems in their plain form. */
import type { Problem } from "./corpus.ts";
import type { FilePlace } from "./format.ts";

/** Where nothing can be said of the place. */
export const NOWHERE: FilePlace = { line: null, column: null };

/** Something that keeps a document, or all that follows, out. @example errorAt({ line: 3, column: 1 }, "…") */
export function errorAt({ line, column, file }: FilePlace, message: string): Problem {
  return { file: file ?? null, line, column, message, severity: "error" };
}

/** Something that is not as one may expect. */
export function warningAt({ line, column, file }: FilePlace, message: string): Problem {
  return { file: file ?? null, line, column, message, severity: "warning" };
}

/** A file can't be read on; thrown by what readers are built of, and told as a problem by who drives them. */
export class Unreadable extends Error {
  readonly problem: Problem;

  constructor(place: FilePlace, message: string) {
    super(message);
    this.name = "Unreadable";
    this.problem = errorAt(place, message);
  }
}
