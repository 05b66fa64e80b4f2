/** Reads files in a process of their own: hands it the bytes, takes batches, and ends it when it goes astray. */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { createOffsetMap } from "@concord/core";
import type { Batch } from "./import-batches.ts";
import { problemOf, Refused } from "./import-job.ts";
import type { FromReader, ReadOrder, ToReader } from "./reader-process.ts";

/** MiB of V8's heap in the process; a reader that wants more fails on its file. */
const HEAP = 2_048;

/** How long a process may say nothing while something is asked of it, ms. The largest workbook is parsed by then. */
const PATIENCE = 600_000;

/** How long a process is kept for the next file, ms: the start of one costs more than the reading of a small file. */
const KEPT = 30_000;

/** Compiled files are beside compiled ones, and sources beside sources. */
const isSource = extname(import.meta.url) === ".ts";
const PROGRAM = new URL(`./reader-process${extname(import.meta.url)}`, import.meta.url);

/** A file on its way in. */
export interface Reading {
  /**
   * The next batch, null behind the last one; asked for again only when the one before is there.
   * @throws Refused when the process failed, why the signal was set, and whatever `piece` throws
   */
  next(): Promise<Batch | null>;
  /** Must be called; nothing is read any more then. */
  end(): Promise<void>;
}

/** What is read. */
export interface File {
  order: Omit<ReadOrder, "kind">;
  /** The bytes by number from 0, null behind the last ones. */
  piece(index: number): Promise<Uint8Array | null>;
  /** Ends the reading, with its reason. */
  signal: AbortSignal;
  /** Is told before the first batch how many bytes are done with. */
  progress(done: number): void;
  /** Is told of what no reader foresaw. */
  report(cause: unknown): void;
}

/** Reads files, one at a time. */
export interface Reader {
  read(file: File): Reading;
  dispose(): Promise<void>;
}

/** A process, and who listens to it. */
interface Listened {
  child: ChildProcess;
  hear: (message: FromReader) => void;
  fail: (cause: unknown) => void;
}

/** A reader; its bounds are for tests to choose. */
export function createReader({ program = PROGRAM, heap = HEAP, patience = PATIENCE } = {}): Reader {
  let spare: Listened | null = null;
  let forgetting: NodeJS.Timeout | undefined;

  function take(): Listened {
    clearTimeout(forgetting);
    const process = spare ?? startProcess(program, heap);
    spare = null;
    return process;
  }

  async function dispose(): Promise<void> {
    clearTimeout(forgetting);
    const process = spare;
    spare = null;
    if (process !== null) await kill(process.child);
  }

  function keep(process: Listened): void {
    process.hear = () => {};
    process.fail = () => {
      if (spare === process) spare = null;
    };
    spare = process;
    forgetting = setTimeout(() => void dispose(), KEPT).unref();
  }

  return {
    read: (file) => startReading(file, take(), { keep, patience }),
    dispose,
  };
}

function startProcess(program: URL, heap: number): Listened {
  const child = fork(fileURLToPath(program), {
    // Node reads TypeScript by itself; the packages' sources are found by the condition.
    // Little garbage, as in the server (docs/decisions/0002-server.md).
    execArgv: [
      `--max-old-space-size=${heap}`,
      "--max-semi-space-size=8",
      "--heap-growing-percent=40",
      ...(isSource ? ["--conditions=source"] : []),
    ],
    serialization: "advanced",
    // It reads files of strangers, and needs none of the server's secrets.
    env: {},
  });
  child.unref();
  child.channel?.unref();
  const process: Listened = { child, hear: () => {}, fail: () => {} };
  child.on("message", (message: FromReader) => process.hear(message));
  child.on("error", (cause) => process.fail(cause));
  child.on("exit", (code, signal) => process.fail(new Ended(code, signal)));
  return process;
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGKILL");
  await ended;
}

function startReading(
  file: File,
  process: Listened,
  { keep, patience }: { keep: (process: Listened) => void; patience: number },
): Reading {
  const { signal } = file;
  const say = (message: ToReader) => process.child.send(message);
  let asked = Promise.withResolvers<Batch | null>();
  let failure: { cause: unknown } | null = null;
  let isWhole = false;
  let watch: NodeJS.Timeout | undefined;

  function fail(cause: unknown): void {
    failure ??= { cause };
    clearTimeout(watch);
    // Nobody may be waiting.
    asked.promise.catch(() => {});
    asked.reject(failure.cause);
    void kill(process.child);
  }
  const stop = () => fail(signal.reason);
  signal.addEventListener("abort", stop, { once: true });

  async function give(index: number): Promise<void> {
    try {
      say({ kind: "piece", bytes: await file.piece(index) });
    } catch (cause) {
      fail(cause);
    }
  }

  function answer(batch: Batch | null): void {
    clearTimeout(watch);
    isWhole = batch === null;
    asked.resolve(batch);
  }

  process.fail = (cause) => {
    // Not again for the end that was made of it.
    if (failure !== null) return;
    file.report(cause);
    fail(new Refused([problemOf("error", whatFailed(cause))]));
  };
  process.hear = (message) => {
    watch?.refresh();
    if (message.kind === "piece") void give(message.index);
    else if (message.kind === "progress") file.progress(message.done);
    else if (message.kind === "failure") file.report(new Error(message.stack));
    else answer(message.kind === "end" ? null : received(message.batch));
  };
  say({ kind: "read", ...file.order });

  return {
    async next() {
      signal.throwIfAborted();
      if (failure !== null) throw failure.cause;
      asked = Promise.withResolvers();
      watch = setTimeout(() => process.fail(new Stuck()), patience).unref();
      say({ kind: "next" });
      return asked.promise;
    },
    async end() {
      signal.removeEventListener("abort", stop);
      if (isWhole && failure === null) return keep(process);
      fail(new Error("the reading was ended"));
      await kill(process.child);
    },
  };
}

/** A process has said nothing for too long. */
class Stuck extends Error {
  constructor() {
    super("the process that reads a file is stuck");
    this.name = "Stuck";
  }
}

/** A process has ended by itself; what it said of it is on standard error. */
class Ended extends Error {
  /** V8 aborts when its heap is full, and the system kills when all memory is. */
  readonly wasOutOfMemory: boolean;

  constructor(code: number | null, signal: NodeJS.Signals | null) {
    super(`the process that reads a file ended with ${signal ?? code}`);
    this.name = "Ended";
    this.wasOutOfMemory = signal === "SIGABRT" || signal === "SIGKILL" || code === 134;
  }
}

function whatFailed(cause: unknown): string {
  if (cause instanceof Stuck) return "The file can't be read: its reader did not come to an end with it.";
  if (cause instanceof Ended && cause.wasOutOfMemory)
    return "The file can't be read: its reader ran out of memory on it. Several smaller files may come in.";
  return "The file can't be read: its reader failed on it. The server's log says why.";
}

function received(batch: Extract<FromReader, { kind: "batch" }>["batch"]): Batch {
  const events = batch.events.map(({ document, ...event }) => ({
    ...event,
    document: document === null ? null : { ...document, offsets: createOffsetMap(document.text) },
  }));
  return { ...batch, events };
}
