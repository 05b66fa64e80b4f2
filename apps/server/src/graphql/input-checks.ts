/** Checks of what callers send, each naming the field and what is accepted. */
import { codePointLength, findUnstorable } from "@concord/core";
import { badInput } from "../errors.ts";

/** Any version, in either case. */
export const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/**
 * An id in lower case.
 * @throws BAD_USER_INPUT when it is no UUID
 */
export function uuid(value: string, field: string): string {
  if (!UUID.test(value))
    throw badInput(field, `${field} must be a UUID, like 018f3f5e-1c2d-7a3b-8c4d-5e6f7a8b9c0d.`);
  return value.toLowerCase();
}

/** The same for a list of ids; an absent or null one stays undefined. */
export function uuids(values: string[] | null | undefined, field: string): string[] | undefined {
  return values?.map((value, index) => uuid(value, `${field}[${index}]`));
}

/**
 * A line or text of bounded length.
 * @param limits in code points; `blank` allows white space alone
 * @throws BAD_USER_INPUT when it is blank or too long
 */
export function text(value: string, field: string, limits: { max: number; blank?: boolean }): string {
  if (!limits.blank && value.trim() === "") throw badInput(field, `${field} must not be blank.`);
  const length = value.length <= limits.max ? value.length : codePointLength(value);
  if (length > limits.max) {
    throw badInput(field, `${field} has ${length} characters; at most ${limits.max} are accepted.`);
  }
  return value;
}

/**
 * One of several words; the first where it is left out.
 * @throws BAD_USER_INPUT naming them all
 */
export function oneOf(value: unknown, field: string, accepted: readonly string[]): string {
  const [absent = ""] = accepted;
  const given = value ?? absent;
  if (typeof given === "string" && accepted.includes(given)) return given;
  throw badInput(field, `${field} must be one of ${accepted.join(", ")}.`);
}

/** Bounds in code points, one place for all. */
export const LIMITS = {
  name: 200,
  title: 1_000,
  description: 4_000,
  guidelines: 200_000,
  note: 20_000,
  comment: 20_000,
  sourceId: 1_000,
  clientMutationId: 200,
  search: 1_000,
  /** Of an object's JSON. */
  json: 100_000,
  /** Objects and lists within each other. */
  nesting: 100,
} as const;

/**
 * A language tag (BCP 47), as it was given.
 * @throws BAD_USER_INPUT when it is none
 */
export function languageTag(value: string, field: string): string {
  try {
    Intl.getCanonicalLocales(value);
  } catch {
    throw badInput(field, `${field} must be a language tag such as "en", "kk" or "zh-Hant".`);
  }
  if (value === "")
    throw badInput(field, `${field} must be a language tag such as "en"; leave it out when unknown.`);
  return value;
}

/**
 * A JSON object that the database can keep.
 * @throws BAD_USER_INPUT when its JSON is too long
 */
export function jsonObject(value: Record<string, unknown>, field: string): Record<string, unknown> {
  const { length } = JSON.stringify(value);
  if (length > LIMITS.json)
    throw badInput(field, `${field} is ${length} characters of JSON; at most ${LIMITS.json} are accepted.`);
  return value;
}

/**
 * In an update absent means unchanged, and null is refused.
 * @throws BAD_USER_INPUT naming the field that is null
 */
export function refuseNulls(input: object): void {
  for (const [key, value] of Object.entries(input)) {
    if (value === null && key !== "clientMutationId") {
      throw badInput(`input.${key}`, `input.${key} must not be null; leave it out to keep it as it is.`);
    }
  }
}

/**
 * Walks everything a field was given and refuses what PostgreSQL can't store, or JSON can't say again.
 * @throws BAD_USER_INPUT with the path and the position in code points
 */
export function checkStorable(value: unknown, path = "", nesting = 0): void {
  if (typeof value === "string") {
    const found = findUnstorable(value);
    if (found === null) return;
    throw badInput(
      path,
      `${path} has a ${found.what} at position ${found.position} (counted in code points), which can't be stored.`,
    );
  }
  if (typeof value === "number" && !Number.isFinite(value))
    throw badInput(path, `${path} must be a finite number.`);
  if (value === null || typeof value !== "object") return;
  if (nesting > LIMITS.nesting)
    throw badInput(path, `${path} is nested too deep; at most ${LIMITS.nesting} levels are accepted.`);
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) checkStorable(item, `${path}[${index}]`, nesting + 1);
    return;
  }
  for (const [key, item] of Object.entries(value)) {
    const at = path === "" ? key : `${path}.${key}`;
    checkStorable(key, path === "" ? "arguments" : path);
    checkStorable(item, at, nesting + 1);
  }
}
