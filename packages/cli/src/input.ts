/** Reading what a command is given: a file or standard input. */
import { createReadStream } from "node:fs";
import { open, stat } from "node:fs/promises";
import type { Context } from "./context.ts";
import { EXIT, Failure } from "./failure.ts";

export interface InputFile {
  /** For messages. */
  name: string;
  /** Bytes; null where nobody knows. */
  size: number | null;
  read(): AsyncIterable<Uint8Array>;
}

/**
 * @param path `-` is standard input
 * @throws Failure when it can't be read
 */
export async function openInput({ input, err }: Context, path: string): Promise<InputFile> {
  if (path === "-") {
    if (input.isTTY === true) await err.line("Reading from the terminal; end with Ctrl-D.");
    return { name: "standard input", size: null, read: () => bytesOf(input) };
  }
  const size = await sizeOf(path);
  return { name: path, size, read: () => createReadStream(path) };
}

async function* bytesOf(stream: NodeJS.ReadStream): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const chunk of stream) yield typeof chunk === "string" ? Buffer.from(chunk) : chunk;
}

async function sizeOf(path: string): Promise<number> {
  try {
    // Opening says at once what reading would say too late.
    await (await open(path)).close();
    return (await stat(path)).size;
  } catch (error) {
    throw new Failure(`${path} can't be read: ${error instanceof Error ? error.message : error}`, EXIT.usage);
  }
}

/** All of it as text. @throws Failure when it is no UTF-8 */
export async function readText(file: InputFile): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of file.read()) chunks.push(chunk);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    throw new Failure(`${file.name} is no UTF-8 text.`, EXIT.usage);
  }
}
