/** What every command is given: where to write, what to read, and who is asking. Tests could give others. */
import type { ConcordClient } from "@concord/client";
import type { Env } from "./env.ts";
import type { Output } from "./output.ts";

export interface Context {
  env: Env;
  /** Results: what a pipe takes. */
  out: Output;
  /** For the person: progress and problems. */
  err: Output;
  input: NodeJS.ReadStream;
  /** Aborted when the person presses Ctrl-C. */
  signal: AbortSignal;
  /** Connects on first use; disposed by main. */
  client(): Promise<ConcordClient>;
}
