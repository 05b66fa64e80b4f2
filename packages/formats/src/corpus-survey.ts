/** The first of two readings: what the source is made of and the whole codebook, before any document. */
import type { CorpusHeader, FilesEvent, Problem, ReadFile, TableStart } from "./corpus.ts";
import type { Part } from "./corpus-parts.ts";
import type { FormatId, Found } from "./format.ts";
import { errorAt, NOWHERE } from "./problem.ts";
import { Words } from "./words.ts";

/** What the first reading found. */
export interface Survey {
  files: Omit<FilesEvent, "format">;
  /** Null where no document was met. */
  header: CorpusHeader | null;
  /** What is wrong with files as wholes. */
  problems: Problem[];
}

/**
 * Reads all parts.
 * @param name of a project that says none itself
 * @param problemOf throws what is none of the source's doing
 * @param tell how many bytes are read by then
 */
export async function survey(
  parts: AsyncIterable<Part>,
  name: string,
  problemOf: (cause: unknown) => Problem,
  tell: (read: number) => void = () => {},
): Promise<Survey> {
  const words = new Words();
  const problems: Problem[] = [];
  const files: ReadFile[] = [];
  const candidates = new Set<FormatId>();
  let table: TableStart | null = null;
  let documents = 0;
  try {
    for await (const part of parts) {
      tell(part.read);
      if (part.kind === "unreadable") problems.push(part.problem);
      else if (part.kind === "end") {
        files.push(part.about);
        for (const candidate of part.candidates) candidates.add(candidate);
      } else if (part.found.kind === "table") table = rather(part.found.table, table);
      else {
        if (isDocument(part.found)) documents++;
        takeWords(words, part.found);
        if (part.found.kind === "words" || part.found.kind === "broken")
          problems.push(...named(part.found.problems, part.file));
      }
    }
  } catch (cause) {
    const problem = problemOf(cause);
    // What came before it comes in, and it is met and told again behind that.
    if (documents === 0) problems.push(problem);
  }
  const failed = problems.some(({ severity }) => severity === "error");
  if (documents === 0 && !failed) problems.push(errorAt(NOWHERE, "There are no documents in it."));
  return {
    files: {
      ...{ kind: "files", files, table, problems: [], end: 0 },
      candidates: documents === 0 ? [...candidates] : [],
    },
    header: documents === 0 ? null : words.header(name),
    problems,
  };
}

/** Problems with their file's name, where it is one of several. */
export function named(problems: readonly Problem[], file: string | null): Problem[] {
  return file === null
    ? [...problems]
    : problems.map((problem) => ({ ...problem, file: problem.file ?? file }));
}

/** Whether it is a document, be it a refused one. */
export function isDocument(found: Found): found is Extract<Found, { kind: "draft" | "document" }> {
  return found.kind === "draft" || found.kind === "document";
}

function takeWords(words: Words, found: Found): void {
  if (found.kind === "words") words.declare(found.words);
  if (found.kind === "draft") words.observe(found.draft);
}

/** The first table, unless a later one has to be asked about. */
function rather(table: TableStart, before: TableStart | null): TableStart {
  return before === null || (before.columns !== null && table.columns === null) ? table : before;
}
