// Recognises an exported corpus by how its file begins.
const CORPUS_FILE = /\.(json|ndjson)$/iu;
/** The header's first line says what it is; a description of the project before it may be long. */
const BEGINNING_BYTES = 16_384;

/** Whether a text begins like a corpus: an object that says so of itself before its documents begin. */
export function isCorpusBeginning(text: string): boolean {
  const beginning = text.replace(/^\uFEFF/u, "").trimStart();
  if (!beginning.startsWith("{")) return false;
  const header = beginning.split(/"documents"\s*:\s*\[/u)[0] ?? "";
  return /[{,]\s*"format"\s*:\s*"concord-corpus"/u.test(header);
}

export type FileKind = "corpus" | "otherJson" | "other";

/** What a chosen file is: a corpus, some other JSON, or nothing of the kind. */
export async function kindOfFile(file: File): Promise<FileKind> {
  if (!CORPUS_FILE.test(file.name)) return "other";
  try {
    // Cut in the middle of a character it decodes to a replacement at the end, which matters nothing here.
    return isCorpusBeginning(await file.slice(0, BEGINNING_BYTES).text()) ? "corpus" : "otherJson";
  } catch {
    return "other";
  }
}
