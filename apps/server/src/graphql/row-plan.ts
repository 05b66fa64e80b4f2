/**
 * A selection turned into the columns it needs and a writer of JSON: what graphql-js does for every value of a long list
 * is decided once for the list. Only fields in a table are planned; a selection with any other is left to the executor,
 * with which tests/integration/planned-reads.test.ts compares.
 */
import { type FieldNode, type GraphQLResolveInfo, isObjectType } from "graphql";
import { collectSubfields } from "graphql/execution/collectFields.js";
import type { Context } from "../context.ts";

/** A row, each value as the text that PostgreSQL sends; planned columns are never null. */
export type Row = readonly string[];

/** The JSON of something in a row. */
export type Write = (row: Row) => string;

/** Plans one field; null where this selection of it can't be. */
export type PlanField = (plan: RowPlan, nodes: readonly FieldNode[]) => Write | null;

/** A GraphQL type with those of its fields that can be planned: none that takes arguments or depends on the viewer. */
export interface PlannedType {
  name: string;
  fields: Readonly<Record<string, PlanField>>;
}

/** What is loaded by the ids in one column, each once however often it is shown. */
interface LookUp {
  column: number;
  load(ctx: Context, ids: readonly string[]): Promise<void>;
}

export interface RowPlan {
  readonly columns: readonly string[];
  readonly lookUps: LookUp[];
  /** The place of a column in each row. */
  column(sql: string): number;
  /** The fields that are asked of a type, by the key of each in the answer. */
  fieldsOf(
    type: string,
    nodes: readonly FieldNode[],
  ): [key: string, field: string, nodes: readonly FieldNode[]][];
  /** The writer of an object; null where a field is asked for that is not planned. */
  object(type: PlannedType, nodes: readonly FieldNode[]): Write | null;
}

export function createRowPlan({ schema, fragments, variableValues }: GraphQLResolveInfo): RowPlan {
  const columns: string[] = [];
  const plan: RowPlan = {
    columns,
    lookUps: [],
    column(sql) {
      const known = columns.indexOf(sql);
      return known >= 0 ? known : columns.push(sql) - 1;
    },
    fieldsOf(name, nodes) {
      const type = schema.getType(name);
      if (!isObjectType(type)) throw new Error(`${name} is no object type`);
      const asked = collectSubfields(schema, fragments, variableValues, type, nodes);
      return [...asked].map(([key, fieldNodes]) => [key, fieldNodes[0]?.name.value ?? "", fieldNodes]);
    },
    object({ name, fields }, nodes) {
      const members: { before: string; write: Write }[] = [];
      for (const [key, field, fieldNodes] of plan.fieldsOf(name, nodes)) {
        const write = field === "__typename" ? () => `"${name}"` : fields[field]?.(plan, fieldNodes);
        if (!write) return null;
        members.push({ before: `${members.length === 0 ? "" : ","}"${key}":`, write });
      }
      return (row) => {
        let text = "{";
        for (const { before, write } of members) text += before + write(row);
        return `${text}}`;
      };
    },
  };
  return plan;
}
