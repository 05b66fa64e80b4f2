/** The kinds of fields that a row plan knows. Columns are named by the tables of types, never by who asks. */
import type { Context } from "../context.ts";
import type { PlanField, PlannedType } from "./row-plan.ts";

/** Something in the data that is not planned for. */
export class NotPlanned extends Error {}

function column(sql: string, write: (value: string) => string): PlanField {
  return (plan) => {
    const index = plan.column(sql);
    return (row) => write(row[index] ?? "");
  };
}

/** A number. */
export const number = (sql: string) => column(sql, (value) => value);

/** An id or an enum's value, in which nothing needs escaping. */
export const name = (sql: string) => column(sql, (value) => `"${value}"`);

export const text = (sql: string) => column(sql, (value) => (value === "" ? '""' : JSON.stringify(value)));

/** jsonb; keys and numbers as JavaScript has them. */
export const json = (sql: string) =>
  column(sql, (value) => (value === "{}" ? value : JSON.stringify(JSON.parse(value))));

/** As PostgreSQL prints it in the zone UTC and the style ISO, which database.ts sets: 2026-11-28 09:05:01.25+00 */
const TIMESTAMP = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d{1,3}))?\+00$/;

/** As Date prints it. */
export const time = (sql: string) =>
  column(sql, (value) => {
    const [, day, clock, fraction = ""] = TIMESTAMP.exec(value) ?? [];
    if (day === undefined) throw new NotPlanned(`the time ${value}`);
    return `"${day}T${clock}.${fraction.padEnd(3, "0")}Z"`;
  });

/** An object in the same row. */
export const object =
  (type: PlannedType): PlanField =>
  (plan, nodes) =>
    plan.object(type, nodes);

/** A list of integers, {0,5,10,12}, as a list of objects: each two are a row of their own. */
export const pairs =
  (sql: string, type: PlannedType): PlanField =>
  (plan, nodes) => {
    const index = plan.column(sql);
    const write = plan.object(type, nodes);
    return (
      write &&
      ((row) => {
        const integers = (row[index] ?? "").slice(1, -1).split(",");
        const items: string[] = [];
        for (let i = 0; i + 1 < integers.length; i += 2) items.push(write(integers.slice(i, i + 2)));
        return `[${items.join(",")}]`;
      })
    );
  };

/** The first or second of two integers in a list of pairs. */
export const half =
  (index: 0 | 1): PlanField =>
  () =>
  (row) =>
    row[index] ?? "";

/** What is shown of rows that are loaded by id. */
export interface LookedUpType<Loaded> {
  name: string;
  /** Those besides `id`. */
  fields: Readonly<Record<string, (loaded: Loaded) => string | number | boolean | null>>;
  load(ctx: Context, ids: readonly string[]): Promise<readonly Loaded[]>;
}

/** An object of which a column holds the id. */
export function lookedUp<Loaded extends { id: string }>(
  sql: string,
  { name: typeName, fields, load }: LookedUpType<Loaded>,
): PlanField {
  return (plan, nodes) => {
    const asked = plan.fieldsOf(typeName, nodes);
    const isOwn = (field: string) => field === "id" || field === "__typename";
    if (asked.some(([, field]) => !isOwn(field) && !fields[field])) return null;
    const write = (id: string, loaded: Loaded | null) =>
      JSON.stringify(
        Object.fromEntries(
          asked.map(([key, field]) => {
            if (field === "__typename") return [key, typeName];
            return [key, field === "id" ? id : loaded && fields[field]?.(loaded)];
          }),
        ),
      );
    const index = plan.column(sql);
    const texts = new Map<string, string>();
    plan.lookUps.push({
      column: index,
      async load(ctx, ids) {
        if (asked.every(([, field]) => isOwn(field))) for (const id of ids) texts.set(id, write(id, null));
        else for (const loaded of await load(ctx, ids)) texts.set(loaded.id, write(loaded.id, loaded));
      },
    });
    return (row) => {
      const known = texts.get(row[index] ?? "");
      if (known === undefined) throw new NotPlanned(`${typeName} ${row[index]} is named but missing`);
      return known;
    };
  };
}
