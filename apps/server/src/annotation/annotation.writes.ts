/** What writing an annotation reads and changes, in SQL; all of it under the layer's lock. */
import type { AttributeDefinition } from "@concord/core";
import { parseAttributeDefinitions } from "../codebook/attribute-definitions.ts";
import type { Sql } from "../database/sql.ts";
import { Prisma } from "../generated/prisma/client.ts";
import { type AnnotationRow, COLUMNS } from "./annotation.queries.ts";
import type { SpanRow } from "./span.ts";

/** An annotation, also a deleted one. */
export async function findAnnotation(sql: Sql, id: string): Promise<AnnotationRow | undefined> {
  const [row] = await sql.rows<AnnotationRow>(
    Prisma.sql`select ${COLUMNS} from annotation a where a.id = ${id}::uuid`,
  );
  return row;
}

/** What a label asks of its annotations. */
export interface LabelRules {
  id: string;
  projectId: string;
  name: string;
  archivedAt: Date | null;
  attributes: AttributeDefinition[];
}

/**
 * A label's rules, and whether an annotation has the id that a new one is to get. In place of a merged label it is the
 * heir at the end of the chain: who was offline while that happened must not lose what they did. Under a layer's lock
 * no label is merged, archived or deleted; see codebook/hold-annotations.ts.
 */
export async function findLabel(
  sql: Sql,
  labelId: string,
  newId: string | null = null,
): Promise<(LabelRules & { idTaken: boolean }) | undefined> {
  const [label] = await sql.rows<LabelRules & { idTaken: boolean }>(Prisma.sql`
    select id, project_id as "projectId", name, archived_at as "archivedAt", attributes,
      exists (select 1 from annotation where id = ${newId}::uuid) as "idTaken"
    from label where id = (
      with recursive line as (
        select id, heir_id from label where id = ${labelId}::uuid
        union all
        select heir.id, heir.heir_id from line join label heir on heir.id = line.heir_id)
      select id from line where heir_id is null)`);
  return label && { ...label, attributes: parseAttributeDefinitions(label.attributes) };
}

/** A span that is stored unless its place is known already. */
const keepSpan = (span: SpanRow) => Prisma.sql`
  insert into span (id, document_id, start, "end", fragments, quote, prefix, suffix)
  values (${span.id}::uuid, ${span.documentId}::uuid, ${span.start}, ${span.end}, ${span.fragments}::int[],
    ${span.quote}, ${span.prefix}, ${span.suffix})
  on conflict (id) do nothing`;

/** Stores a new annotation and its place. */
export function insertAnnotation(sql: Sql, row: AnnotationRow, span: SpanRow): void {
  sql.send(Prisma.sql`
    with kept as (${keepSpan(span)})
    insert into annotation (id, project_id, document_id, layer_id, span_id, start, "end", label_id, attributes, note,
      origin, created_by, created_at, updated_by, updated_at, version)
    values (${row.id}::uuid, ${row.projectId}::uuid, ${row.documentId}::uuid, ${row.layerId}::uuid, ${row.spanId}::uuid,
      ${row.start}, ${row.end}, ${row.labelId}::uuid, ${JSON.stringify(row.attributes)}::jsonb, ${row.note},
      ${row.origin}::"Origin", ${row.createdBy}::uuid, ${row.createdAt}, ${row.updatedBy}::uuid, ${row.updatedAt},
      ${row.version})`);
}

/** Stores what an annotation is now. */
export function saveAnnotation(sql: Sql, row: AnnotationRow, span: SpanRow | null): void {
  if (span !== null) sql.send(keepSpan(span));
  sql.send(Prisma.sql`
    update annotation set span_id = ${row.spanId}::uuid, start = ${row.start}, "end" = ${row.end},
      label_id = ${row.labelId}::uuid, attributes = ${JSON.stringify(row.attributes)}::jsonb, note = ${row.note},
      updated_by = ${row.updatedBy}::uuid, updated_at = ${row.updatedAt}, version = ${row.version}
    where id = ${row.id}::uuid`);
}

/** Deletes an annotation with its relations and comments; the ids of the relations. */
export async function buryAnnotation(sql: Sql, id: string, now: Date): Promise<string[]> {
  const relations = await sql.rows<{ id: string }>(Prisma.sql`
    with annotation as (update annotation set deleted_at = ${now} where id = ${id}::uuid),
      comments as (
        update comment set deleted_at = ${now}, deleted_with = ${id}::uuid
        where annotation_id = ${id}::uuid and deleted_at is null),
      relations as (
        update relation set deleted_at = ${now}, deleted_with = ${id}::uuid
        where (source_id = ${id}::uuid or target_id = ${id}::uuid) and deleted_at is null
        returning id)
    select id from relations order by id`);
  return relations.map((relation) => relation.id);
}

/** Brings an annotation back with its comments. */
export function reviveWithComments(sql: Sql, id: string, version: number): void {
  sql.send(Prisma.sql`
    with comments as (update comment set deleted_at = null, deleted_with = null where deleted_with = ${id}::uuid)
    update annotation set deleted_at = null, version = ${version} where id = ${id}::uuid`);
}

/** Where an annotation is and who changed it last, for somebody who has an older version. */
export async function describePresent(
  sql: Sql,
  id: string,
): Promise<{ fragments: number[]; updater: { id: string; name: string } } | undefined> {
  const [row] = await sql.rows<{ fragments: number[]; updater: { id: string; name: string } }>(Prisma.sql`
    select s.fragments, jsonb_build_object('id', p.id, 'name', p.name) as updater
    from annotation a join span s on s.id = a.span_id join person p on p.id = a.updated_by
    where a.id = ${id}::uuid`);
  return row;
}
