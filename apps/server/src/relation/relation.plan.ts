/** How a document's relations are read and written without the executor. */
import type { GraphQLResolveInfo } from "graphql";
import { RELATION_TYPE } from "../codebook/codebook.plan.ts";
import type { Context } from "../context.ts";
import type { Connection } from "../graphql/connection.ts";
import { lookedUp, name, object, time } from "../graphql/planned-fields.ts";
import { type PlannedList, plannedPage } from "../graphql/planned-page.ts";
import { USER } from "../people/people.plan.ts";
import { type RelationPage, selectRelations } from "./relation.queries.ts";

/** An annotation at an end, of which only the id is in the row. */
const end = (id: string) => object({ name: "Annotation", fields: { id: name(id) } });

const RELATIONS: PlannedList = {
  connection: "RelationConnection",
  type: {
    name: "Relation",
    fields: {
      id: name("r.id"),
      createdAt: time("r.created_at"),
      createdBy: lookedUp("r.created_by", USER),
      type: lookedUp("r.type_id", RELATION_TYPE),
      source: end("r.source_id"),
      target: end("r.target_id"),
    },
  },
  key: [{ sql: "r.id", read: String }],
};

/** A page written as text; null where the executor must make it. */
export function plannedRelations(
  ctx: Context,
  info: GraphQLResolveInfo,
  page: RelationPage,
): Promise<Connection<never> | null> {
  return plannedPage(ctx, info, RELATIONS, {
    layerId: page.layerId,
    size: page.size,
    statement: (columns) => selectRelations(columns, page),
    countAll: () => ctx.loaders.relationPageCount.load(page),
  });
}
