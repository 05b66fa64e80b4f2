// The settings: the only reader of the environment. Checks each once, so that nothing behind it meets a bad one.
import { isIP } from "node:net";
import { resolve } from "node:path";

const logLevels = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;

export interface Settings {
  /** 0 takes a free port; whoever listens then completes publicUrl. */
  port: number;
  host: string;
  /** An origin, without a slash at the end. */
  publicUrl: string;
  trustProxy: boolean;
  /** Absolute. */
  dataDir: string;
  /** Null: the embedded database. */
  databaseUrl: string | null;
  /** Null: this is the only server. */
  redisUrl: string | null;
  adminToken: string | null;
  demo: boolean;
  /** Code points in one document. */
  maxText: number;
  logLevel: (typeof logLevels)[number];
  /** Days for which a watcher can resume from the change log; null: for ever. */
  logDays: number | null;
}

/** A setting that can't be used; the message is one line for whoever starts the server and holds no secret. */
export class SettingError extends Error {
  constructor(variable: string, wrong: string, accepted: string) {
    super(`${variable} ${wrong}; accepted: ${accepted}.`);
    this.name = "SettingError";
  }
}

/**
 * Reads the settings; an empty variable counts as unset.
 * @param cwd what a relative DATA_DIR starts from
 * @throws SettingError at the first variable that can't be used
 */
export function readSettings(env: Record<string, string | undefined>, cwd: string): Settings {
  const read = (variable: string): string | null => env[variable] || null;
  const port = readInteger("PORT", read("PORT"), 0, 65_535) ?? 4000;
  const host = readHost(read("HOST")) ?? "127.0.0.1";
  return {
    port,
    host,
    publicUrl: readPublicUrl(read("PUBLIC_URL")) ?? originOf(host, port),
    trustProxy: readSwitch("TRUST_PROXY", read("TRUST_PROXY")) ?? false,
    dataDir: resolve(cwd, read("DATA_DIR") ?? "data"),
    databaseUrl: readServerUrl("DATABASE_URL", read("DATABASE_URL"), ["postgresql:", "postgres:"]),
    redisUrl: readServerUrl("REDIS_URL", read("REDIS_URL"), ["redis:", "rediss:"]),
    adminToken: readAdminToken(read("ADMIN_TOKEN")),
    demo: readSwitch("DEMO", read("DEMO")) ?? true,
    // PostgreSQL holds a gigabyte in one value; this stays below it with every code point at four bytes.
    maxText: readInteger("MAX_TEXT", read("MAX_TEXT"), 1, 200_000_000) ?? 2_000_000,
    logLevel: readLogLevel(read("LOG_LEVEL")) ?? "info",
    logDays: readInteger("LOG_DAYS", read("LOG_DAYS"), 1, 36_500),
  };
}

/** `http://HOST:PORT` as a browser writes it in an Origin header: IPv6 in brackets, no port 80. */
export function originOf(host: string, port: number): string {
  return new URL(`http://${isIP(host) === 6 ? `[${host}]` : host}:${port}`).origin;
}

function readInteger(variable: string, value: string | null, least: number, most: number): number | null {
  if (value === null) return null;
  const number = /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN;
  if (number >= least && number <= most) return number;
  throw new SettingError(variable, `is ${shown(value)}`, `a whole number from ${least} to ${most}`);
}

function readSwitch(variable: string, value: string | null): boolean | null {
  if (value === null) return null;
  if (value === "0" || value === "1") return value === "1";
  throw new SettingError(variable, `is ${shown(value)}`, "0 or 1");
}

function readHost(value: string | null): string | null {
  if (value === null || isIP(value) !== 0) return value;
  const isName = /^(?!-)[a-z\d-]{1,63}(?<!-)(\.(?!-)[a-z\d-]{1,63}(?<!-))*$/i.test(value);
  // What ends in a number is an address to a URL, and isIP has said that it is none.
  if (isName && !/(^|\.)(\d+|0x[\da-f]*)$/i.test(value)) return value;
  throw new SettingError("HOST", `is ${shown(value)}`, "an IP address or a host name, without a port");
}

function readPublicUrl(value: string | null): string | null {
  if (value === null) return null;
  const accepted =
    "http:// or https:// with a host and, if need be, a port, as in https://concord.example.org";
  const url = URL.canParse(value) ? new URL(value) : null;
  if (url === null || (url.protocol !== "http:" && url.protocol !== "https:")) {
    throw new SettingError("PUBLIC_URL", "is not an http or https address", accepted);
  }
  if (url.username !== "" || url.password !== "") {
    throw new SettingError("PUBLIC_URL", "has a user name or a password in it", accepted);
  }
  // The parser drops an empty query or fragment, so the text itself is asked.
  if (url.pathname !== "/" || /[?#]/.test(value)) {
    throw new SettingError("PUBLIC_URL", "has a path, a query or a fragment", accepted);
  }
  return url.origin;
}

function readServerUrl(variable: string, value: string | null, protocols: [string, string]): string | null {
  if (value === null) return null;
  if (URL.canParse(value) && protocols.includes(new URL(value).protocol)) return value;
  throw new SettingError(
    variable,
    `is not an address that starts with ${protocols[0]}//`,
    `${protocols.map((protocol) => `${protocol}//`).join(" or ")} with user, password, host and port, special characters percent-encoded`,
  );
}

function readAdminToken(value: string | null): string | null {
  if (value === null) return null;
  const accepted = "32 or more letters, digits and punctuation marks of ASCII";
  if (!/^[\x21-\x7e]*$/.test(value)) {
    throw new SettingError(
      "ADMIN_TOKEN",
      "has characters that an Authorization header can't carry",
      accepted,
    );
  }
  if (value.length < 32) throw new SettingError("ADMIN_TOKEN", `has ${value.length} characters`, accepted);
  return value;
}

function readLogLevel(value: string | null): Settings["logLevel"] | null {
  if (value === null) return null;
  const level = logLevels.find((known) => known === value);
  if (level !== undefined) return level;
  throw new SettingError("LOG_LEVEL", `is ${shown(value)}`, logLevels.join(", "));
}

/** In quotes, on one line, not longer than a line. */
function shown(value: string): string {
  return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value);
}

/** The settings this process was started with. */
export function settingsOfProcess(): Settings {
  return readSettings(process.env, process.cwd());
}
