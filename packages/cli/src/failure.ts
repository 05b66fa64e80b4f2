/** How the command ends: what each exit code means, and the errors that carry one. `concord --help` lists them. */
import { ConcordError } from "@concord/client";

export const EXIT = {
  done: 0,
  /** Some of it, or all, was refused or went wrong. */
  refused: 1,
  /** The command was written wrong. */
  usage: 2,
  /** Not signed in: no token, or a wrong one. */
  signedOut: 3,
  /** Not there, or not allowed. */
  noAccess: 4,
  /** The server can't be reached, or the connection broke off. */
  unreachable: 5,
  /** The changes that were asked for are no longer kept. */
  gone: 6,
} as const;

/** One line for the person, and what the command ends with. */
export class Failure extends Error {
  readonly exitCode: number;
  constructor(message: string, exitCode: number = EXIT.refused) {
    super(message);
    this.name = "Failure";
    this.exitCode = exitCode;
  }
}

const CODES: Readonly<Record<string, number>> = {
  UNAUTHENTICATED: EXIT.signedOut,
  FORBIDDEN: EXIT.noAccess,
  NOT_FOUND: EXIT.noAccess,
  UNREACHABLE: EXIT.unreachable,
  NOT_CONCORD: EXIT.unreachable,
  BROKEN_OFF: EXIT.unreachable,
  REVISION_GONE: EXIT.gone,
};

/** The exit code for whatever was thrown. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof Failure) return error.exitCode;
  return error instanceof ConcordError ? (CODES[error.code] ?? EXIT.refused) : EXIT.refused;
}

/** One line that says what went wrong, and what to do about it where that is known. */
export function describeFailure(error: unknown): string {
  if (error instanceof ConcordError) {
    const { code, field, message, requestId } = error;
    const where = field === undefined ? "" : ` (${field})`;
    const log = requestId === undefined ? "" : ` The server's log has it under ${requestId}.`;
    const advice = code === "UNAUTHENTICATED" ? " Run concord login, or set CONCORD_TOKEN." : "";
    return `${message}${where}${log}${advice}`;
  }
  return error instanceof Error ? error.message : String(error);
}

/** Whether nothing that follows can go better: the server is away, does not know us, or does not let us. */
export function isHopeless(error: unknown): boolean {
  const code = exitCodeOf(error);
  return code === EXIT.signedOut || code === EXIT.unreachable || code === EXIT.noAccess;
}
