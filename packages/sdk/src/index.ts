/** A client for scripts and other programs, in Node and in browsers. README.md shows how it is used. */
export { createClient } from "./client.ts";
export type { ConcordClient, ConcordOptions, JobOptions } from "./concord-client.ts";
export { ConcordError, type ErrorCode, type ErrorDetails } from "./errors.ts";
export { readLines } from "./lines.ts";
export type { Operation, Repeatable, VariablesOf } from "./operation.ts";
export * from "./operations.ts";
export type { Page } from "./pages.ts";
export type {
  ExportOptions,
  ExportReport,
  ImportChoices,
  ImportColumns,
  ImportedFile,
  ImportedWord,
  ImportFile,
  ImportJob,
  ImportOptions,
  ImportPreview,
  ImportProblem,
} from "./transfer.ts";
export type { WatchOptions } from "./watch.ts";
