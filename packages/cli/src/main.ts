/** The command `concord`: runs one command and ends with the exit code that says how it went. */
import { constants } from "node:os";
import type { ConcordClient } from "@concord/client";
import { mendJsonParse } from "@concord/core";
import { CommanderError } from "commander";
import { connect, findLogin } from "./connect.ts";
import type { Context } from "./context.ts";
import { readEnv } from "./env.ts";
import { describeFailure, EXIT, exitCodeOf } from "./failure.ts";
import { createOutput } from "./output.ts";
import { createProgram } from "./program.ts";

mendJsonParse();

const abort = new AbortController();
let interruptedBy: "SIGINT" | "SIGTERM" | null = null;
for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.on(signal, () => {
    // Asked twice, it does not tidy up any more.
    if (interruptedBy !== null) process.exit(128 + constants.signals[signal]);
    interruptedBy = signal;
    abort.abort();
  });

// Whoever reads the results has enough of them; that is no failure.
const readerGone = () => process.exit(EXIT.done);

let connected: Promise<ConcordClient> | null = null;
const context: Context = {
  env: readEnv(),
  out: createOutput(process.stdout, readerGone),
  err: createOutput(process.stderr, () => {}),
  input: process.stdin,
  signal: abort.signal,
  client() {
    connected ??= findLogin(context.env).then(connect);
    return connected;
  },
};

async function run(): Promise<number> {
  try {
    await createProgram(context).parseAsync();
    return EXIT.done;
  } catch (error) {
    // Its message is written already, and so is help that was asked for.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
    if (interruptedBy === null) await context.err.line(`concord: ${describeFailure(error)}`);
    return exitCodeOf(error);
  } finally {
    await connected?.then(
      (client) => client.dispose(),
      () => {},
    );
  }
}

const code = await run();
process.exitCode = interruptedBy === null ? code : 128 + constants.signals[interruptedBy];
// Standard input, where it was begun and not read to its end, would keep the process.
process.stdin.unref?.();
