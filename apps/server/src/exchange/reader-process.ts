/**
 * The process that reads files, so that no parser keeps the server from its other work or takes it along when it falls.
 * It has no database: the server hands it the file piece by piece, and asks for each batch. Runs from sources too, so it
 * imports nothing with decorators. docs/decisions/0006-import.md says why it is no thread.
 */
import { Worker } from "node:worker_threads";
import { mendJsonParse } from "@concord/core";
import {
  type CorpusDocument,
  type DocumentEvent,
  type ReadCorpusOptions,
  readCorpus,
} from "@concord/formats";
import { type Batch, inBatches } from "./import-batches.ts";

/** What is to be read. */
export interface ReadOrder {
  kind: "read";
  /** The file's name. */
  name: string;
  /** Its bytes. */
  size: number;
  options: Omit<ReadCorpusOptions, "report" | "surveyed" | "newId">;
}

/** What the server says: `piece` answers the reader, null behind the last one. */
export type ToReader = ReadOrder | { kind: "next" } | { kind: "piece"; bytes: Uint8Array | null };

/** What the reader says: `batch` and `end` answer the server. */
export type FromReader =
  | { kind: "piece"; index: number }
  /** How many bytes are done with before the first batch comes. A file that is read twice counts half each time. */
  | { kind: "progress"; done: number }
  | { kind: "batch"; batch: Batch<SentEvent> }
  | { kind: "end" }
  /** A reader threw what nobody foresaw; it is told as a problem too. */
  | { kind: "failure"; stack: string };

/** A document without what can't leave a process, and is made of its text again. */
type SentEvent = Omit<DocumentEvent, "document"> & { document: Omit<CorpusDocument, "offsets"> | null };

let batches: AsyncGenerator<Batch, void, undefined> | null = null;
/** How much of the file is done with when so many bytes are read. */
let doneAt = (read: number) => read;
let takePiece: (bytes: Uint8Array | null) => void = () => {};

mendJsonParse();
// They are for the server, which ends in its own time; a terminal sends them to both.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => {});
// A reader that waits ends with its server by itself; one that is busy, or loops, would stay.
new Worker(
  `setInterval(() => process.ppid === ${process.ppid} || process.kill(process.pid, "SIGKILL"), 1_000)`,
  { eval: true },
).unref();
process.on("message", (message: ToReader) => {
  if (message.kind === "read") batches = inBatches(read(message));
  else if (message.kind === "piece") takePiece(message.bytes);
  // What is thrown ends the process, which the server notices.
  else void sendNext();
});

function say(message: FromReader): void {
  // A server that has ended takes nothing more, and this process ends with it.
  process.send?.(message, (error) => {
    if (error !== null) process.exit();
  });
}

function read({ name, size, options }: ReadOrder) {
  doneAt = (bytes) => bytes;
  let told = 0;
  return readCorpus(
    { name, open: pieces },
    {
      ...options,
      report: (cause) =>
        say({
          kind: "failure",
          stack: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause),
        }),
      surveyed(bytes) {
        doneAt = (again) => Math.floor((size + again) / 2);
        if (bytes === told) return;
        told = bytes;
        say({ kind: "progress", done: Math.floor(bytes / 2) });
      },
    },
  );
}

/** The file from its start; a reader has one open at a time. */
async function* pieces(): AsyncGenerator<Uint8Array, void, undefined> {
  for (let index = 0; ; index++) {
    const { promise, resolve } = Promise.withResolvers<Uint8Array | null>();
    takePiece = resolve;
    say({ kind: "piece", index });
    const bytes = await promise;
    if (bytes === null) return;
    yield bytes;
  }
}

async function sendNext(): Promise<void> {
  const next = await batches?.next();
  if (next === undefined || next.done) return say({ kind: "end" });
  const { events, end, ...batch } = next.value;
  say({ kind: "batch", batch: { ...batch, events: events.map(sent), end: doneAt(end) } });
}

function sent({ document, ...event }: DocumentEvent): SentEvent {
  if (document === null) return { ...event, document };
  const { offsets: _made, ...rest } = document;
  return { ...event, document: rest };
}
