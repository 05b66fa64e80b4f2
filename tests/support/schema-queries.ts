// For every field of every type that a query reaches, one query that asks for it: made from the schema itself, so that
// a field added later can't be forgotten.
import {
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isObjectType,
} from "graphql";

/** A query for one field. */
export interface FieldQuery {
  /** `Project.members` */
  field: string;
  /** The root field it goes by. */
  root: string;
  query: string;
}

/** How a type is reached: the fields on the way, the root field first, each with its arguments. */
type Way = readonly string[];

/**
 * @param roots the root fields in the order in which they are preferred as a way, with the arguments they need
 */
export function fieldQueries(schema: GraphQLSchema, roots: Readonly<Record<string, string>>): FieldQuery[] {
  const ways = shortestWays(schema, roots);
  return [...ways].flatMap(([type, way]) =>
    Object.values(type.getFields()).map((field) => ({
      field: `${type.name}.${field.name}`,
      root: nameOf(way[0] ?? ""),
      query: `{ ${way.map((step) => `${step} { `).join("")}${field.name}${selection(field)}${" }".repeat(way.length + 1)}`,
    })),
  );
}

/** Breadth first from the roots. */
function shortestWays(
  schema: GraphQLSchema,
  roots: Readonly<Record<string, string>>,
): Map<GraphQLObjectType, Way> {
  const rootFields = schema.getQueryType()?.getFields() ?? {};
  const ways = new Map<GraphQLObjectType, Way>();
  const queue: [GraphQLObjectType, Way][] = [];
  const visit = (field: GraphQLField<unknown, unknown> | undefined, way: Way) => {
    const type = field && getNamedType(field.type);
    if (!isObjectType(type) || ways.has(type)) return;
    ways.set(type, way);
    queue.push([type, way]);
  };
  for (const [name, args] of Object.entries(roots)) visit(rootFields[name], [name + args]);
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const [type, way] = next;
    for (const field of Object.values(type.getFields())) visit(field, [...way, field.name]);
  }
  return ways;
}

function selection(field: GraphQLField<unknown, unknown>): string {
  return isCompositeType(getNamedType(field.type)) ? " { __typename }" : "";
}

const nameOf = (step: string) => step.replace(/\(.*$/s, "");

/** Everything of a type that needs no way further down, as a selection. */
export function plainFields(type: GraphQLObjectType): string {
  return Object.values(type.getFields())
    .map((field) => `${field.name}${selection(field)}`)
    .join(" ");
}
