/** JSON on its way into a jsonb column. */
import type { JsonValue } from "@concord/core";

/** Anything that came from JSON, typed as what a column takes; non-JSON values vanish as in JSON.stringify. */
export function toInputJson(value: unknown): Exclude<JsonValue, null> {
  return JSON.parse(JSON.stringify(value));
}
