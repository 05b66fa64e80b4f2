/** Checks of what a file holds: each failure names the path and what is accepted, and the checking goes on. */
import { codePointLength, findUnstorable, type JsonValue } from "@concord/core";

/** A way into a JSON value, kept as links so that it costs nothing where all is well. */
export interface Path {
  up: Path | null;
  key: string | number;
}

/** Something wrong at a place. */
export interface Finding {
  path: Path | null;
  message: string;
  severity: "error" | "warning";
}

/** An object of the file. */
export type Members = Record<string, unknown>;

/** The members that a kind of object may have; `what` names it in warnings. */
export interface Shape {
  what: string;
  members: ReadonlySet<string>;
}

/** @example shapeOf("user", "id", "name") */
export function shapeOf(what: string, ...members: string[]): Shape {
  return { what, members: new Set(members) };
}

/** Findings kept for one value; more say nothing new. */
const MAX_FINDINGS = 20;

/** Kinds of unknown members warned about, in one file. */
const MAX_UNKNOWN = 100;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** As an export writes it, on a day that every month has: nothing has to be worked out. */
export const PLAIN_TIME =
  /^(?!0000)\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?(Z|[+-]\d\d:\d\d)$/;

/** A path as people write it: `annotations[2].fragments`. */
export function pathText(path: Path | null): string {
  if (path === null) return "";
  const before = pathText(path.up);
  if (typeof path.key === "number") return `${before}[${path.key}]`;
  if (!/^\w+$/.test(path.key)) return `${before}[${shown(path.key)}]`;
  return before === "" ? path.key : `${before}.${path.key}`;
}

/** A value as it may stand in a message: on one line, short, with nothing that can't be stored. */
export function shown(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value);
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" && value !== null ? "an object" : String(value);
}

/** Whether it is an object of JSON. */
export function isMembers(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * Collects what is wrong with one value. A method that fails answers something harmless of the right type, since the
 * whole is refused anyway.
 */
export class Checks {
  readonly findings: Finding[] = [];
  /** Whether anything was wrong enough to refuse the whole. */
  refused = false;
  readonly #unknown: Set<string>;

  /** @param unknown the kinds of unknown members that were warned about already, in the same file */
  constructor(unknown: Set<string>) {
    this.#unknown = unknown;
  }

  error(at: Path | null, key: string | number | null, message: string): void {
    this.refused = true;
    this.#add(at, key, message, "error");
  }

  #add(at: Path | null, key: string | number | null, message: string, severity: Finding["severity"]): void {
    if (this.findings.length >= MAX_FINDINGS) return;
    this.findings.push({ path: key === null ? at : { up: at, key }, message, severity });
  }

  /** Refuses a value that is missing or something else than `accepted`. */
  #expected(at: Path | null, key: string | number | null, accepted: string, value: unknown): void {
    this.error(
      at,
      key,
      value === undefined ? `is missing; it must be ${accepted}` : `must be ${accepted}, not ${shown(value)}`,
    );
  }

  /** An object with these members; others are warned about once a file. */
  object(value: unknown, at: Path | null, shape: Shape): Members | null {
    if (!isMembers(value)) {
      this.#expected(at, null, "an object", value);
      return null;
    }
    for (const key in value) {
      if (shape.members.has(key)) continue;
      const kind = `${shape.what}.${key}`;
      if (this.#unknown.size >= MAX_UNKNOWN || this.#unknown.has(kind)) continue;
      this.#unknown.add(kind);
      this.#add(at, key, `is not known and was left out, here and in every other ${shape.what}`, "warning");
    }
    return value;
  }

  /** A text of at most `max` code points; `absent` stands in for one that is not there. */
  text(
    of: Members,
    key: string,
    at: Path | null,
    rule: { max: number; blank?: boolean; absent?: string },
  ): string {
    const value = of[key];
    if (value === undefined && rule.absent !== undefined) return rule.absent;
    if (typeof value !== "string") {
      this.#expected(at, key, "a text", value);
      return "";
    }
    if (!rule.blank && value.trim() === "") this.error(at, key, "must not be blank");
    const length = value.length <= rule.max ? value.length : codePointLength(value);
    if (length > rule.max) this.error(at, key, `has ${length} characters; at most ${rule.max} are accepted`);
    this.storable(value, at, key);
    return value;
  }

  /** The same, or null where it is null or not there. */
  textOrNull(of: Members, key: string, at: Path | null, rule: { max: number }): string | null {
    return of[key] == null ? null : this.text(of, key, at, rule);
  }

  /** Refuses what PostgreSQL can't keep. */
  storable(value: string, at: Path | null, key: string | number | null): void {
    const found = findUnstorable(value);
    if (found !== null) {
      this.error(
        at,
        key,
        `has a ${found.what} at position ${found.position} (counted in code points), which can't be stored`,
      );
    }
  }

  /** An id in lower case. */
  id(of: Members, key: string, at: Path | null): string {
    const value = of[key];
    if (typeof value === "string" && UUID.test(value)) return value.toLowerCase();
    this.#expected(at, key, "a UUID", value);
    return "";
  }

  idOrNull(of: Members, key: string, at: Path | null): string | null {
    return of[key] == null ? null : this.id(of, key, at);
  }

  /** A moment in UTC with milliseconds, or null. */
  timeOrNull(of: Members, key: string, at: Path | null): string | null {
    const value = of[key];
    if (value == null) return null;
    if (typeof value === "string" && PLAIN_TIME.test(value)) return value;
    if (typeof value === "string" && TIME.test(value)) {
      const time = new Date(value);
      const normal = Number.isNaN(time.getTime()) ? "" : time.toISOString();
      // JavaScript takes 30 February for 2 March; the day has to come back, where it was given in UTC.
      const sameDay = !value.endsWith("Z") || normal.slice(0, 10) === value.slice(0, 10);
      if (/^\d{4}-/.test(normal) && !normal.startsWith("0000") && sameDay) return normal;
    }
    this.#expected(at, key, "a time like 2026-03-12T09:30:00.120Z, at most three decimals", value);
    return null;
  }

  oneOf<Value extends string>(
    of: Members,
    key: string,
    at: Path | null,
    rule: { accepted: readonly Value[]; absent: Value },
  ): Value {
    const value = of[key];
    if (value === undefined) return rule.absent;
    const found = rule.accepted.find((accepted) => accepted === value);
    if (found === undefined) this.#expected(at, key, `one of ${rule.accepted.join(", ")}`, value);
    return found ?? rule.absent;
  }

  boolean(of: Members, key: string, at: Path | null, absent: boolean): boolean {
    const value = of[key] ?? absent;
    if (typeof value === "boolean") return value;
    this.#expected(at, key, "true or false", value);
    return absent;
  }

  /** A list; an empty one where it is not there. */
  list(of: Members, key: string, at: Path | null): unknown[] {
    const value = of[key] ?? [];
    if (Array.isArray(value)) return value;
    this.#expected(at, key, "a list", value);
    return [];
  }

  /** A list of different texts. */
  texts(of: Members, key: string, at: Path | null, max: number): string[] {
    const seen = new Set<string>();
    const path = { up: at, key };
    for (const [index, value] of this.list(of, key, at).entries()) {
      if (typeof value !== "string" || value.length > max) this.#expected(path, index, "a text", value);
      else if (seen.has(value)) this.error(path, index, `is there twice: ${shown(value)}`);
      else {
        this.storable(value, path, index);
        seen.add(value);
      }
    }
    return [...seen];
  }

  /** An object of any JSON that can be stored; an empty one where it is not there. */
  json(
    of: Members,
    key: string,
    at: Path | null,
    limits: { json: number; nesting: number },
  ): Record<string, JsonValue> {
    const value = of[key];
    if (value === undefined) return {};
    const path = { up: at, key };
    if (!isMembers(value)) {
      this.#expected(at, key, "an object", value);
      return {};
    }
    if (!this.#isJson(value, path, limits.nesting)) return {};
    const { length } = JSON.stringify(value);
    if (length > limits.json) {
      this.error(at, key, `is ${length} characters of JSON; at most ${limits.json} are accepted`);
    }
    return value;
  }

  #isJson(value: unknown, path: Path, levels: number): value is Record<string, JsonValue> {
    if (typeof value === "string") this.storable(value, path, null);
    else if (typeof value === "number" && !Number.isFinite(value))
      this.error(path, null, "must be a finite number");
    else if (typeof value === "object" && value !== null) {
      if (levels < 0) this.error(path, null, "is nested too deep");
      else {
        for (const [key, item] of Object.entries(value)) {
          this.storable(key, path, null);
          this.#isJson(item, { up: path, key: Array.isArray(value) ? Number(key) : key }, levels - 1);
        }
      }
    }
    return !this.refused;
  }
}
