/** A page of a list, read with one statement and written as text where its selection can be planned. */
import type { GraphQLResolveInfo } from "graphql";
import type { Context } from "../context.ts";
import { queryTexts } from "../database/sql.ts";
import { Prisma } from "../generated/prisma/client.ts";
import type { Answer } from "./answer.ts";
import { type Connection, encodeCursor } from "./connection.ts";
import { NotPlanned } from "./planned-fields.ts";
import { createRowPlan, type PlannedType, type RowPlan, type Write } from "./row-plan.ts";

/** How the pages of a list of one layer are planned. */
export interface PlannedList {
  connection: string;
  type: PlannedType;
  /** The sort key. */
  key: readonly { sql: string; read: (value: string) => string | number }[];
}

/** Which page. */
export interface PlannedPage {
  layerId: string;
  size: number;
  /** Reads `size + 1` rows of these columns, those of the plan being `names`. */
  statement(columns: Prisma.Sql, names: readonly string[]): Prisma.Sql;
  countAll(): Promise<number>;
}

/** What is asked of a page: its lists, by their keys in the answer, and maybe the key of its last row. */
interface Wanted {
  lists: { key: string; write: Write }[];
  keyColumns: { index: number; read: (value: string) => string | number }[];
}

/** Null where the executor must make the lists. */
function planPage(plan: RowPlan, list: PlannedList, info: GraphQLResolveInfo): Wanted | null {
  const lists: Wanted["lists"] = [];
  let hasCursor = false;
  for (const [key, field, nodes] of plan.fieldsOf(list.connection, info.fieldNodes)) {
    if (field === "edges") return null;
    if (field === "pageInfo") hasCursor = true;
    if (field !== "nodes") continue;
    const write = plan.object(list.type, nodes);
    if (write === null) return null;
    lists.push({ key, write });
  }
  if (lists.length === 0) return null;
  const keyColumns = hasCursor ? list.key.map(({ sql, read }) => ({ index: plan.column(sql), read })) : [];
  return { lists, keyColumns };
}

function pathOf(path: GraphQLResolveInfo["path"] | undefined): (string | number)[] {
  return path === undefined ? [] : [...pathOf(path.prev), path.key];
}

async function readPage(
  ctx: Context,
  answer: Answer,
  info: GraphQLResolveInfo,
  list: PlannedList,
  page: PlannedPage,
): Promise<Connection<never> | null> {
  const plan = createRowPlan(info);
  const wanted = planPage(plan, list, info);
  if (wanted === null) return null;
  const { lists, keyColumns } = wanted;
  const revision = Prisma.sql`(select revision from layer where id = ${page.layerId}::uuid)`;
  const columns = Prisma.sql`${Prisma.raw([...plan.columns, ""].join(", "))}${revision}`;
  const read = await queryTexts(ctx.db.pool, page.statement(columns, plan.columns));
  const rows = read.slice(0, page.size);
  await Promise.all(
    plan.lookUps.map(({ column, load }) => load(ctx, [...new Set(rows.map((row) => row[column] ?? ""))])),
  );
  const path = pathOf(info.path);
  for (const { key, write } of lists)
    answer.splices.push({ path: [...path, key], text: `[${rows.map(write).join(",")}]` });
  // Without rows nothing says when: what is asked now was so before, if it is what the document said.
  const [said] = read.length > 0 ? read : await queryTexts(ctx.db.pool, Prisma.sql`select ${revision}`);
  answer.revisions.add(Number(said?.at(-1)));
  const last = rows.at(-1);
  return {
    nodes: [],
    edges: [],
    pageInfo: {
      hasNextPage: read.length > page.size,
      endCursor: last ? encodeCursor(keyColumns.map(({ index, read }) => read(last[index] ?? ""))) : null,
    },
    countAll: page.countAll,
  };
}

/**
 * A page with empty lists, which are noted as text in the context's answer; null where the executor must make them: on a
 * socket, where something is asked for or found that is not planned, and of a document in a list, since the loaders read
 * the pages of all of them with one statement.
 */
export async function plannedPage(
  ctx: Context,
  info: GraphQLResolveInfo,
  list: PlannedList,
  page: PlannedPage,
): Promise<Connection<never> | null> {
  const { answer } = ctx;
  if (answer === null) return null;
  try {
    if (pathOf(info.path).some((key) => typeof key === "number")) throw new NotPlanned();
    const planned = await readPage(ctx, answer, info, list, page);
    if (planned === null) answer.hasOtherLists = true;
    return planned;
  } catch (error) {
    if (!(error instanceof NotPlanned)) throw error;
    answer.hasOtherLists = true;
    return null;
  }
}
