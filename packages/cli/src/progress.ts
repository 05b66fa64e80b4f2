/** How far something is: a bar on a terminal, a plain line now and then in a pipe, nothing for what is done at once. */
import type { Output } from "./output.ts";

export interface Progress {
  /** @param total null where nobody knows */
  show(what: string, done: number, total: number | null, unit: "bytes" | "lines"): void;
  /** Takes a terminal's line away, so that something else can be written. */
  clear(): void;
}

const QUIET_MS = 700;
const TERMINAL_MS = 100;
const PIPE_MS = 5_000;
const BAR = 16;

/** @param now a test's clock */
export function createProgress(err: Output, now: () => number = Date.now): Progress {
  let next = now() + QUIET_MS;
  let shown = false;
  return {
    show(what, done, total, unit) {
      if (now() < next) return;
      next = now() + (err.isTerminal ? TERMINAL_MS : PIPE_MS);
      const text = err.isTerminal
        ? `\r\x1b[K${barLine(what, done, total, unit).slice(0, err.columns - 1)}`
        : `${plainLine(what, done, total, unit)}\n`;
      shown = true;
      void err.write(text);
    },
    clear() {
      if (shown && err.isTerminal) void err.write("\r\x1b[K");
      shown = false;
    },
  };
}

function plainLine(what: string, done: number, total: number | null, unit: "bytes" | "lines"): string {
  if (!total) return `${what}: ${amount(done, unit)}`;
  return `${what}: ${percent(done, total)} %, ${amount(done, unit)} of ${amount(total, unit)}`;
}

function barLine(what: string, done: number, total: number | null, unit: "bytes" | "lines"): string {
  if (!total) return `${what}  ${amount(done, unit)}`;
  const full = Math.round((Math.min(done, total) / total) * BAR);
  const bar = "█".repeat(full) + "░".repeat(BAR - full);
  return `${bar} ${String(percent(done, total)).padStart(3)} %  ${what}  ${amount(done, unit)} of ${amount(total, unit)}`;
}

function percent(done: number, total: number): number {
  return Math.floor((100 * Math.min(done, total)) / total);
}

function amount(count: number, unit: "bytes" | "lines"): string {
  return unit === "bytes" ? size(count) : `${count.toLocaleString("en")} lines`;
}

/** Bytes for people: 812 B, 1.4 MB. */
export function size(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  const unit = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)));
  return `${unit === 0 ? bytes : (bytes / 1000 ** unit).toFixed(1)} ${units[unit]}`;
}
