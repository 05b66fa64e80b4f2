/** Reads labels and relation types, in codebook order. */
import type { AttributeDefinition } from "@concord/core";
import type { Reader } from "../database/database.ts";
import { groupBy } from "../database/group-by.ts";
import type { Sql } from "../database/sql.ts";
import { type Label, Prisma, type RelationType } from "../generated/prisma/client.ts";
import { parseAttributeDefinitions } from "./attribute-definitions.ts";

/** A label with its attribute definitions read from their JSON. */
export interface LabelRow extends Omit<Label, "attributes"> {
  attributes: AttributeDefinition[];
}

/** A relation type with the labels that may stand at its ends. */
export interface RelationTypeRow extends RelationType {
  sourceLabelIds: string[];
  targetLabelIds: string[];
}

function toLabelRow(label: Label): LabelRow {
  return { ...label, attributes: parseAttributeDefinitions(label.attributes) };
}

/** Labels by id, in no order. */
export async function labelsById(sql: Pick<Sql, "rows">, ids: readonly string[]): Promise<LabelRow[]> {
  const labels = await sql.rows<Label>(Prisma.sql`
    select id, project_id as "projectId", key, name, color, shortcut, description, parent_id as "parentId", attributes,
      position, archived_at as "archivedAt", heir_id as "heirId", version, updated_by as "updatedBy",
      updated_at as "updatedAt"
    from label where id = any(${[...ids]}::uuid[])`);
  return labels.map(toLabelRow);
}

/** All labels of each project, archived ones too: annotations keep them. */
export async function labelsOfProjects(
  db: Reader,
  projectIds: readonly string[],
): Promise<Map<string, LabelRow[]>> {
  const labels = await db.label.findMany({
    where: { projectId: { in: [...projectIds] } },
    orderBy: [{ position: "asc" }, { id: "asc" }],
  });
  return groupBy(labels.map(toLabelRow), (label) => label.projectId);
}

const WITH_ENDS = {
  include: { ends: { select: { end: true, labelId: true, label: { select: { position: true } } } } },
} as const;

type RelationTypeWithEnds = Awaited<ReturnType<typeof readRelationTypes>>[number];

function readRelationTypes(db: Reader, where: { id: { in: string[] } } | { projectId: { in: string[] } }) {
  return db.relationType.findMany({ where, ...WITH_ENDS, orderBy: [{ position: "asc" }, { id: "asc" }] });
}

function toRelationTypeRow({ ends, ...type }: RelationTypeWithEnds): RelationTypeRow {
  const inOrder = [...ends].sort((a, b) => a.label.position - b.label.position);
  return {
    ...type,
    sourceLabelIds: inOrder.filter(({ end }) => end === "SOURCE").map(({ labelId }) => labelId),
    targetLabelIds: inOrder.filter(({ end }) => end === "TARGET").map(({ labelId }) => labelId),
  };
}

/** Relation types by id, in no order. */
export async function relationTypesById(db: Reader, ids: readonly string[]): Promise<RelationTypeRow[]> {
  return (await readRelationTypes(db, { id: { in: [...ids] } })).map(toRelationTypeRow);
}

/** All relation types of each project. */
export async function relationTypesOfProjects(
  db: Reader,
  projectIds: readonly string[],
): Promise<Map<string, RelationTypeRow[]>> {
  const types = await readRelationTypes(db, { projectId: { in: [...projectIds] } });
  return groupBy(types.map(toRelationTypeRow), (type) => type.projectId);
}
