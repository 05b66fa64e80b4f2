/** Reads what stands before a corpus' documents: the project's own words, its codebook, and whom the rest names. */
import type { CorpusHeader, CorpusLabel, CorpusRelationType, CorpusUser } from "@concord/formats";
import type pg from "pg";
import { parseAttributeDefinitions } from "../codebook/attribute-definitions.ts";
import { isoTime } from "../database/iso-time.ts";
import { notFound } from "../errors.ts";
import { annotationConditions, documentConditions, type Scope, whereAmongThem } from "./export-scope.ts";

/**
 * The header.
 * @throws NOT_FOUND for a project that is not there or deleted
 */
export async function readHeader(client: pg.ClientBase, scope: Scope): Promise<CorpusHeader> {
  const { projectId } = scope;
  const sql = "select name, description, guidelines from project where id = $1 and deleted_at is null";
  const [project] = (
    await client.query<Pick<CorpusHeader, "name" | "description" | "guidelines">>(sql, [projectId])
  ).rows;
  if (project === undefined) throw notFound("project");
  return {
    ...project,
    labels: await readLabels(client, projectId),
    relationTypes: await readRelationTypes(client, projectId),
    users: await readUsers(client, scope),
  };
}

/** All labels in codebook order, archived ones too: annotations keep them. */
async function readLabels(client: pg.ClientBase, projectId: string): Promise<CorpusLabel[]> {
  const sql = `
    select l.id, l.key, l.name, l.color::text, l.shortcut, l.description, parent.key as parent,
      ${isoTime("l.archived_at")} as "archivedAt", l.attributes
    from label l left join label parent on parent.id = l.parent_id
    where l.project_id = $1 order by l.position, l.id`;
  const { rows } = await client.query<Omit<CorpusLabel, "attributes"> & { attributes: unknown }>(sql, [
    projectId,
  ]);
  return rows.map((label) => ({
    ...label,
    // jsonb does not keep the order of keys.
    attributes: parseAttributeDefinitions(label.attributes).map(({ key, name, kind, choices, required }) => {
      return { key, name, kind, choices, required };
    }),
  }));
}

/** All relation types in codebook order, the labels at their ends too. */
async function readRelationTypes(client: pg.ClientBase, projectId: string): Promise<CorpusRelationType[]> {
  const labelsAt = (end: "SOURCE" | "TARGET") => `
    array(select l.key from relation_type_end e join label l on l.id = e.label_id
      where e.relation_type_id = t.id and e."end" = '${end}' order by l.position, l.id)`;
  const sql = `
    select t.id, t.key, t.name, ${labelsAt("SOURCE")} as "sourceLabels", ${labelsAt("TARGET")} as "targetLabels"
    from relation_type t where t.project_id = $1 order by t.position, t.id`;
  return (await client.query<CorpusRelationType>(sql, [projectId])).rows;
}

/** Exactly those people who are named in what is exported, by id. */
async function readUsers(client: pg.ClientBase, scope: Scope): Promise<CorpusUser[]> {
  const sql = `
    with place as materialized (
      select l.id from layer l join document d on d.id = l.document_id
      where l.kind = 'SHARED' and ${documentConditions(scope)}),
    author as (
      select distinct a.created_by, a.updated_by from annotation a
      where a.layer_id in (select id from place) and ${annotationConditions(scope)})
    select p.id, p.name from person p where p.id in (
      select created_by from author
      union select updated_by from author
      union select r.created_by from relation r
        where r.layer_id in (select id from place) and r.deleted_at is null
          ${whereAmongThem(scope, "r", "source_id", "target_id")}
      union select c.author_id from comment c
        where c.layer_id in (select id from place) and c.deleted_at is null ${whereAmongThem(scope, "c", "annotation_id")})
    order by p.id`;
  return (await client.query<CorpusUser>(sql)).rows;
}

/** How much is exported. */
export interface Counts {
  documentCount: number;
  annotationCount: number;
  relationCount: number;
  commentCount: number;
}

/** Counts what is exported. */
export async function readCounts(client: pg.ClientBase, scope: Scope): Promise<Counts> {
  const sql = `
    with place as materialized (
      select d.id as document_id, l.id from document d left join layer l on l.document_id = d.id and l.kind = 'SHARED'
      where ${documentConditions(scope)})
    select (select count(*) from place)::int as "documentCount",
      (select count(*) from annotation a where a.layer_id in (select id from place)
        and ${annotationConditions(scope)})::int as "annotationCount",
      (select count(*) from relation r where r.layer_id in (select id from place) and r.deleted_at is null
        ${whereAmongThem(scope, "r", "source_id", "target_id")})::int as "relationCount",
      (select count(*) from comment c where c.layer_id in (select id from place) and c.deleted_at is null
        ${whereAmongThem(scope, "c", "annotation_id")})::int as "commentCount"`;
  const [counts] = (await client.query<Counts>(sql)).rows;
  if (counts === undefined) throw new Error("counting answered nothing");
  return counts;
}
