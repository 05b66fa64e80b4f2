/** How a document's annotations are read and written without the executor. */
import type { GraphQLResolveInfo } from "graphql";
import { LABEL } from "../codebook/codebook.plan.ts";
import type { Context } from "../context.ts";
import { Prisma } from "../generated/prisma/client.ts";
import type { Connection } from "../graphql/connection.ts";
import { half, json, lookedUp, name, number, object, pairs, text, time } from "../graphql/planned-fields.ts";
import { type PlannedList, plannedPage } from "../graphql/planned-page.ts";
import type { PlannedType } from "../graphql/row-plan.ts";
import { USER } from "../people/people.plan.ts";
import { type LayerPage, selectPage } from "./annotation.queries.ts";

const FRAGMENT: PlannedType = { name: "Fragment", fields: { start: half(0), end: half(1) } };

/** Its place is repeated in the annotation; only the rest needs the span's own row. */
const SPAN: PlannedType = {
  name: "Span",
  fields: {
    id: name("a.span_id"),
    start: number("a.start"),
    end: number('a."end"'),
    fragments: pairs("s.fragments", FRAGMENT),
    quote: text("s.quote"),
    prefix: text("s.prefix"),
    suffix: text("s.suffix"),
  },
};

const ANNOTATION: PlannedType = {
  name: "Annotation",
  fields: {
    id: name("a.id"),
    version: number("a.version"),
    note: text("a.note"),
    attributes: json("a.attributes"),
    origin: name("a.origin"),
    createdAt: time("a.created_at"),
    updatedAt: time("a.updated_at"),
    createdBy: lookedUp("a.created_by", USER),
    updatedBy: lookedUp("a.updated_by", USER),
    label: lookedUp("a.label_id", LABEL),
    span: object(SPAN),
  },
};

const ANNOTATIONS: PlannedList = {
  connection: "AnnotationConnection",
  type: ANNOTATION,
  key: [
    { sql: "a.start", read: Number },
    { sql: 'a."end"', read: Number },
    { sql: "a.id", read: String },
  ],
};

/** A page written as text; null where the executor must make it. */
export function plannedAnnotations(
  ctx: Context,
  info: GraphQLResolveInfo,
  page: LayerPage,
): Promise<Connection<never> | null> {
  return plannedPage(ctx, info, ANNOTATIONS, {
    layerId: page.layerId,
    size: page.size,
    statement(columns, names) {
      const join = names.some((column) => column.startsWith("s."))
        ? Prisma.sql`join span s on s.id = a.span_id`
        : Prisma.empty;
      return selectPage(columns, join, page);
    },
    countAll: () => ctx.loaders.annotationPageCount.load(page),
  });
}
