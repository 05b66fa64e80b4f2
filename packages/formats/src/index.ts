/** Reads other people's files: bytes in, documents out. Runs in Node and in browsers; knows no server. */
export * from "./concord/read.ts";
export * from "./corpus.ts";
