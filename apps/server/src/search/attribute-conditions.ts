/** Attributes and metadata as SQL conditions. */
import { badInput } from "../errors.ts";
import { Prisma } from "../generated/prisma/client.ts";
import { LIMITS, text } from "../graphql/input-checks.ts";
import type { AttributeFilter } from "./search-filters.type.ts";

/** Conditions of one list at most. */
const MOST = 20;

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/**
 * Conditions that must all hold; none for an absent list.
 * @param object an SQL expression of a JSON object
 * @throws BAD_USER_INPUT naming the part of `field`
 */
export function attributeConditions(
  object: Prisma.Sql,
  filters: readonly AttributeFilter[] | null | undefined,
  field: string,
): Prisma.Sql[] {
  if (!filters) return [];
  if (filters.length > MOST)
    throw badInput(field, `${field} has ${filters.length} conditions; at most ${MOST} are accepted.`);
  return filters.flatMap((filter, index) => conditionsOf(object, filter, `${field}[${index}]`));
}

function conditionsOf(object: Prisma.Sql, filter: AttributeFilter, field: string): Prisma.Sql[] {
  const key = text(filter.key, `${field}.key`, { max: LIMITS.search });
  const value = Prisma.sql`${object} -> ${key}::text`;
  const said = Prisma.sql`${object} ->> ${key}::text`;
  const conditions = [Prisma.sql`${said} is not null`];
  const { values, is, min, max } = filter;
  if (values) conditions.push(Prisma.sql`${said} = any(${values}::text[])`);
  if (is != null) conditions.push(Prisma.sql`${value} = to_jsonb(${is}::boolean)`);
  if (filter.text != null) {
    const part = text(filter.text, `${field}.text`, { max: LIMITS.search, blank: true });
    conditions.push(
      Prisma.sql`jsonb_typeof(${value}) = 'string' and strpos(lower(${said}), lower(${part})) > 0`,
    );
  }
  // In this order: what is no number can't be read as one.
  const number = Prisma.sql`case when jsonb_typeof(${value}) = 'number' then (${said})::numeric end`;
  if (min != null) conditions.push(Prisma.sql`${number} >= ${min}::float8::numeric`);
  if (max != null) conditions.push(Prisma.sql`${number} <= ${max}::float8::numeric`);
  const date = Prisma.sql`case when jsonb_typeof(${value}) = 'string' then ${said} end collate "C"`;
  if (filter.since != null) conditions.push(Prisma.sql`${date} >= ${day(filter.since, `${field}.since`)}`);
  if (filter.until != null) conditions.push(Prisma.sql`${date} < ${day(filter.until, `${field}.until`)}`);
  return conditions;
}

function day(value: string, field: string): string {
  if (DAY.test(value)) return value;
  throw badInput(field, `${field} must be a day such as 2026-11-28.`);
}
