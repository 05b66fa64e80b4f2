/** Tells whoever waits how far a backup or a restore has come; quiet for what is done at once. */

export interface Progress {
  /** Begins another part of the work, as in "Writing annotation". */
  begin(what: string): void;
  /** Adds to the part begun last. */
  add(rows: number, bytes: number): void;
  /** Takes a terminal's line away. */
  end(): void;
}

const QUIET_MS = 1_000;
const TERMINAL_MS = 200;
/** Where lines are kept, few of them. */
const PIPE_MS = 10_000;

/** One line that is written over on a terminal, a plain line now and then elsewhere. */
export function createProgress(out: {
  isTTY?: boolean;
  columns?: number;
  write(text: string): unknown;
}): Progress {
  const every = out.isTTY ? TERMINAL_MS : PIPE_MS;
  let next = Date.now() + QUIET_MS;
  let part = { what: "", rows: 0, bytes: 0 };
  let shown = false;

  function show(): void {
    const now = Date.now();
    if (now < next) return;
    next = now + every;
    const detail = part.rows > 0 ? `: ${grouped(part.rows)} rows, ${size(part.bytes)}` : " …";
    const line = `${part.what}${detail}`;
    out.write(out.isTTY ? `\r\x1b[K${line.slice(0, (out.columns ?? 80) - 1)}` : `${line}\n`);
    shown = true;
  }

  return {
    begin(what) {
      part = { what, rows: 0, bytes: 0 };
      show();
    },
    add(rows, bytes) {
      part.rows += rows;
      part.bytes += bytes;
      show();
    },
    end() {
      if (shown && out.isTTY) out.write("\r\x1b[K");
      shown = false;
    },
  };
}

/** 1234567 as 1,234,567. */
export function grouped(count: number): string {
  return count.toLocaleString("en");
}

/** Bytes for people: 812 B, 1.4 MB. */
export function size(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]}`;
}
