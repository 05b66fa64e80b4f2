/** What more is asked of annotations of a project, as SQL conditions. */
import { Prisma } from "../generated/prisma/client.ts";
import { LIMITS, text } from "../graphql/input-checks.ts";
import { attributeConditions } from "./attribute-conditions.ts";
import type { AttributeFilter } from "./search-filters.type.ts";

interface AnnotationConditions {
  note?: string | null;
  attributes?: readonly AttributeFilter[] | null;
  createdSince?: Date | null;
  createdUntil?: Date | null;
  updatedSince?: Date | null;
  updatedUntil?: Date | null;
}

/**
 * Conditions on `annotation a`.
 * @throws BAD_USER_INPUT naming the part of `filter`
 */
export function annotationConditions(filter: AnnotationConditions): Prisma.Sql[] {
  const conditions = attributeConditions(Prisma.sql`a.attributes`, filter.attributes, "filter.attributes");
  if (filter.note != null) {
    const note = text(filter.note, "filter.note", { max: LIMITS.search, blank: true });
    conditions.push(Prisma.sql`strpos(lower(a.note), lower(${note})) > 0`);
  }
  const { createdSince, createdUntil, updatedSince, updatedUntil } = filter;
  if (createdSince) conditions.push(Prisma.sql`a.created_at >= ${createdSince}`);
  if (createdUntil) conditions.push(Prisma.sql`a.created_at < ${createdUntil}`);
  if (updatedSince) conditions.push(Prisma.sql`a.updated_at >= ${updatedSince}`);
  if (updatedUntil) conditions.push(Prisma.sql`a.updated_at < ${updatedUntil}`);
  return conditions;
}
