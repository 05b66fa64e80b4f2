// A text on its way in: what is known of it before it is sent, and what would be refused.
import { codePointLength, findUnstorable } from "@concord/core";
import { v7 as uuidv7 } from "uuid";
import { t } from "../../../words/words.ts";
import { decodeText } from "./decode-text.ts";
import { guessLanguage } from "./guess-language.ts";

export interface Draft {
  /** Also the document's id: sent again, it is still the same document. */
  readonly id: string;
  /** Where it came from; null for a pasted text. */
  readonly fileName: string | null;
  readonly title: string;
  readonly text: string;
  /** Code points. */
  readonly length: number;
  readonly language: string | null;
  /** Why it can't be added. */
  readonly problem: string | null;
  /** Why it may be refused. */
  readonly warning: string | null;
  /** Not UTF-8. The server knows more encodings. */
  readonly isOtherEncoding: boolean;
}

const TITLE_MAX = 1000;
const HEADING_MAX = 150;
const BEGINNING_MAX = 80;
/** The server's limit where nobody changed it. */
const USUAL_LENGTH_MAX = 2_000_000;

/** The first line that says something, without Markdown's number signs. */
function firstLine(text: string): string {
  return (
    text
      .match(/^.*\S.*$/mu)?.[0]
      .replace(/^\s*#{1,6}\s+/u, "")
      .trim() ?? ""
  );
}

/** The first line; empty when it is too long for a heading. */
export function suggestTitle(text: string): string {
  const line = firstLine(text);
  return line.length <= HEADING_MAX ? line : "";
}

/** A report without a heading is called by how it begins: whole words, then an ellipsis. */
function titleFromBeginning(text: string): string {
  const beginning = [...firstLine(text)].slice(0, BEGINNING_MAX).join("");
  if (beginning === "") return "";
  const lastSpace = beginning.lastIndexOf(" ");
  return `${lastSpace > 0 ? beginning.slice(0, lastSpace) : beginning}…`;
}

export function problemOf(text: string, length: number): string | null {
  if (length === 0) return t("import:refused.empty");
  const bad = findUnstorable(text);
  if (!bad) return null;
  return t(bad.what === "NUL" ? "import:refused.nul" : "import:refused.surrogate", {
    position: bad.position,
  });
}

export function draftFromText(text: string, fileName: string | null, title?: string): Draft {
  const length = codePointLength(text);
  const stem = fileName?.replace(/\.[^.]+$/u, "") ?? "";
  return {
    id: uuidv7(),
    fileName,
    title: (title ?? (suggestTitle(text) || stem || titleFromBeginning(text))).slice(0, TITLE_MAX),
    text,
    length,
    language: guessLanguage(text),
    problem: problemOf(text, length),
    warning: length > USUAL_LENGTH_MAX ? t("import:refused.tooLong", { count: USUAL_LENGTH_MAX }) : null,
    isOtherEncoding: false,
  };
}

const TEXT_FILE = /\.(txt|text|md|markdown)$/iu;

/** Whether it can be read here; everything else is for the server. */
export const isTextFile = ({ name }: File): boolean => TEXT_FILE.test(name);

/** A file that can't be added, with the reason. */
function unreadableDraft(fileName: string, problem: string, isOtherEncoding = false): Draft {
  return {
    id: uuidv7(),
    fileName,
    title: fileName,
    text: "",
    length: 0,
    language: null,
    problem,
    warning: null,
    isOtherEncoding,
  };
}

export async function draftFromFile(file: File): Promise<Draft> {
  const unreadable = (problem: string) => unreadableDraft(file.name, problem);
  if (!isTextFile(file)) return unreadable(t("import:refused.kind"));
  let bytes: Uint8Array;
  try {
    bytes = new Uint8Array(await file.arrayBuffer());
  } catch {
    return unreadable(t("import:refused.unread"));
  }
  const decoded = decodeText(bytes);
  return "problem" in decoded
    ? unreadableDraft(file.name, decoded.problem, true)
    : draftFromText(decoded.text, file.name);
}
