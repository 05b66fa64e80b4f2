/** What an import is given: files, folders, standard input. Says what is a text and what the server has to read. */
import { readdir, readFile, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { findUnstorable } from "@concord/core";
import { EXIT, Failure } from "./failure.ts";

/** One file. */
export interface Source {
  path: string;
  /** With the folder it was found in, by slashes: the same on every machine, so a second run knows it again. */
  name: string;
  isText: boolean;
}

/** A text, ready to be sent. */
export interface SourceText {
  name: string;
  title: string;
  text: string;
}

const TEXT = /\.(txt|text|md|markdown)$/i;

/**
 * All files that are meant, those of a folder in the order of their names; hidden ones are left out.
 * @param format `text` takes every file for a text, `auto` those whose name ends so, anything else none
 * @throws Failure for a path that is not there
 */
export async function findSources(paths: readonly string[], format: string): Promise<Source[]> {
  const isText = (name: string) => format === "text" || (format === "auto" && TEXT.test(name));
  const found: Source[] = [];
  for (const path of paths) {
    for (const name of await namesBelow(path))
      found.push({
        path: join(path, name),
        name: path === "-" ? "standard input" : [basename(path), name].filter(Boolean).join("/"),
        isText: isText(name || path),
      });
  }
  return found;
}

/** Of a folder what is in it, of a file the empty name. */
async function namesBelow(path: string): Promise<string[]> {
  if (path === "-") return [""];
  const stats = await stat(path).catch((error: NodeJS.ErrnoException) => {
    throw new Failure(`${path} can't be read: ${error.message}`, EXIT.usage);
  });
  if (!stats.isDirectory()) return [""];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(join(path, "/").length).replaceAll("\\", "/"))
    .filter((name) => !name.split("/").some((part) => part.startsWith(".")))
    .sort();
}

/**
 * Reads a text. What it begins with may say that it is UTF-16; else it is what `encoding` says.
 * @throws Failure with the reason, for a text that can't be stored as it is
 */
export async function readSource({ path, name }: Source, encoding: string): Promise<SourceText> {
  const bytes = await readFile(path);
  const text = decode(bytes, encoding);
  if (text === null) throw new Failure(`It is not ${encoding}; --encoding takes others, as windows-1251.`);
  if (text.trim() === "") throw new Failure("There is no text in it.");
  const unstorable = findUnstorable(text);
  if (unstorable !== null)
    throw new Failure(`There is a ${unstorable.what} at character ${unstorable.position}; is it a text?`);
  const title = basename(name).replace(/\.[^.]+$/, "");
  return { name, title: title === "" ? name : title, text };
}

function decode(bytes: Uint8Array, encoding: string): string | null {
  const [first, second] = bytes;
  const marked =
    first === 0xff && second === 0xfe ? "utf-16le" : first === 0xfe && second === 0xff ? "utf-16be" : null;
  try {
    return new TextDecoder(marked ?? encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** @throws Failure for a name that means no encoding */
export function checkEncoding(encoding: string): string {
  try {
    return new TextDecoder(encoding).encoding;
  } catch {
    throw new Failure(`${encoding} is no encoding; utf-8, utf-16le and windows-1251 are some.`, EXIT.usage);
  }
}
