/** JSON on its way into a jsonb column. */
import type { Prisma } from "../generated/prisma/client.ts";

/** Anything that came from JSON, typed as what a column takes; non-JSON values vanish as in JSON.stringify. */
export function toInputJson(value: unknown): Exclude<Prisma.JsonValue, null> {
  return JSON.parse(JSON.stringify(value));
}
