/** What JSON.parse gave, as JSON. */
import type { JsonValue } from "@concord/core";
import { isMembers, PLAIN_TIME } from "./checks.ts";

/** Whether a value is JSON all the way down. */
export function isJson(value: unknown): value is JsonValue {
  if (value === null || typeof value === "string" || typeof value === "boolean") return true;
  if (typeof value === "number") return Number.isFinite(value);
  if (Array.isArray(value)) return value.every(isJson);
  return isMembers(value) && Object.values(value).every(isJson);
}

/** An object without members, inherited ones too: a file may call one `__proto__`, which is to be a name like any other. */
export function noMembers<Value>(): Record<string, Value> {
  return Object.create(null);
}

/** The members of an object that are JSON; none for what is no object. */
export function jsonMembers(value: unknown): Record<string, JsonValue> {
  const members = noMembers<JsonValue>();
  if (!isMembers(value)) return members;
  for (const [key, member] of Object.entries(value)) if (isJson(member)) members[key] = member;
  return members;
}

/** The values of an object that attributes can hold. */
export function attributeMembers(value: unknown): Record<string, boolean | number | string> {
  const attributes = noMembers<boolean | number | string>();
  if (!isMembers(value)) return attributes;
  for (const [key, member] of Object.entries(value))
    if (
      typeof member === "string" ||
      typeof member === "boolean" ||
      (typeof member === "number" && Number.isFinite(member))
    )
      attributes[key] = member;
  return attributes;
}

/** A text, or null for anything else. */
export function textOrNull(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

/** A moment as `Date.toISOString` gives it, or null. @example timeOrNull("2026-03-12T09:30:00Z") // "2026-03-12T09:30:00.000Z" */
export function timeOrNull(value: unknown): string | null {
  if (typeof value === "string" && PLAIN_TIME.test(value)) return value;
  if (typeof value !== "string" || !/^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(value)) return null;
  const time = new Date(value);
  const year = time.getUTCFullYear();
  return Number.isNaN(year) || year < 1 || year > 9999 ? null : time.toISOString();
}
