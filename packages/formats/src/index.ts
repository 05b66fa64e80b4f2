/** Reads and writes other people's files: bytes in, documents out, and back. Runs in Node and in browsers; knows no server. */
export * from "./bundle/zip.ts";
export * from "./concord/read.ts";
export * from "./corpus.ts";
export type { Source } from "./corpus-parts.ts";
export * from "./format.ts";
export * from "./formats.ts";
export { createFileNames } from "./path.ts";
export { Unreadable } from "./problem.ts";
export * from "./read-corpus.ts";
export * from "./write-corpus.ts";
