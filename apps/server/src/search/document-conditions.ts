/** Which documents are wanted, as SQL conditions. */
import type { Context } from "../context.ts";
import { Prisma } from "../generated/prisma/client.ts";
import { languageTag, uuids } from "../graphql/input-checks.ts";
import { attributeConditions } from "./attribute-conditions.ts";
import type { DocumentFilter } from "./search-filters.type.ts";
import { askedFor, readingOf, textCondition } from "./text-conditions.ts";

/**
 * Conditions on `document d` of a project; a text is sought in what is searchable by now.
 * @throws BAD_USER_INPUT naming the part of `field`
 */
export async function documentConditions(
  ctx: Pick<Context, "db" | "searchIndex">,
  projectId: string,
  filter: DocumentFilter | null | undefined,
  field: string,
): Promise<Prisma.Sql[]> {
  if (!filter) return [];
  const conditions = attributeConditions(Prisma.sql`d.metadata`, filter.metadata, `${field}.metadata`);
  if (filter.languages) conditions.push(languageCondition(filter.languages, `${field}.languages`));
  if (filter.since) conditions.push(Prisma.sql`d.created_at >= ${filter.since}`);
  if (filter.until) conditions.push(Prisma.sql`d.created_at < ${filter.until}`);
  const labels = uuids(filter.labels, `${field}.labels`);
  const people = uuids(filter.annotatedBy, `${field}.annotatedBy`);
  if (labels || people) conditions.push(annotationCondition(projectId, labels, people));
  if (filter.text != null) {
    const question = askedFor(filter.text, filter.mode, `${field}.text`);
    const { configs } = await ctx.searchIndex.settle(projectId);
    const condition = textCondition(question, await readingOf(ctx.db, question, configs));
    conditions.push(
      Prisma.sql`d.id in (select p.document_id from passage p where p.project_id = ${projectId}::uuid and ${condition})`,
    );
  }
  return conditions;
}

/** A tag covers those that begin with it, subtag by subtag. */
function languageCondition(tags: readonly string[], field: string): Prisma.Sql {
  const wanted = tags.map((tag, index) => languageTag(tag, `${field}[${index}]`).toLowerCase());
  return Prisma.sql`exists (
    select 1 from unnest(${wanted}::text[]) tag where lower(coalesce(d.language, 'und')) = tag
      or starts_with(lower(d.language), tag || '-'))`;
}

function annotationCondition(
  projectId: string,
  labels: string[] | undefined,
  people: string[] | undefined,
): Prisma.Sql {
  return Prisma.sql`exists (
    select 1 from annotation a join layer l on l.id = a.layer_id and l.kind = 'SHARED'
    where a.project_id = ${projectId}::uuid and a.document_id = d.id and a.deleted_at is null ${madeOf(labels, people)})`;
}

/** What is asked of an annotation `a`, to be added to other conditions. */
export function madeOf(labels: string[] | undefined, people: string[] | undefined): Prisma.Sql {
  const byLabel = labels ? Prisma.sql`and a.label_id = any(${labels}::uuid[])` : Prisma.empty;
  const byPerson = people ? Prisma.sql`and a.created_by = any(${people}::uuid[])` : Prisma.empty;
  return Prisma.sql`${byLabel} ${byPerson}`;
}
