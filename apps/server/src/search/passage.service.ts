/** The search for passages: whoever reads a project may search it. */
import { requireProject } from "../access/access.service.ts";
import type { Context } from "../context.ts";
import { Prisma } from "../generated/prisma/client.ts";
import type { Connection } from "../graphql/connection.ts";
import { uuid, uuids } from "../graphql/input-checks.ts";
import { documentConditions, madeOf } from "./document-conditions.ts";
import { type PassageRow, passagePage, passagesOfProject } from "./passage.queries.ts";
import type { PassageFilter } from "./passage.type.ts";
import { matchesOf, type PassageMatch } from "./passage-matches.ts";
import { askedFor, readingOf, textCondition } from "./text-conditions.ts";

/** A passage with its matches, which are looked for with those of all its page, and only when they are asked for. */
export type FoundPassage = PassageRow & { matches: () => Promise<PassageMatch[]> };

/** A page of what was found. */
export type FoundPassages = Connection<FoundPassage> & { pendingCount: number };

/**
 * Finds passages: documents in import order, each in text order.
 * @throws NOT_FOUND to strangers, BAD_USER_INPUT naming the field
 */
export async function searchPassages(
  ctx: Context,
  filter: PassageFilter,
  first: number | null,
  after: string | null,
): Promise<FoundPassages> {
  const projectId = uuid(filter.projectId, "filter.projectId");
  await requireProject(ctx, projectId, "read");
  const question = askedFor(filter.text, filter.mode, "filter.text");
  const page = passagePage(first, after);
  const conditions = [
    ...placeConditions(filter),
    ...(await documentConditions(ctx, projectId, filter.documents, "filter.documents")),
  ];
  const { configs, pendingCount } = await ctx.searchIndex.settle(projectId);
  const reading = await readingOf(ctx.db, question, configs);
  const where = Prisma.join([textCondition(question, reading), ...conditions], " and ");
  const found = await passagesOfProject(ctx.db, projectId, where, page, (rows) => {
    const all = lazily(() => matchesOf(ctx.db, question, reading, rows));
    return (index) => ({ matches: async () => (await all())[index] ?? [] });
  });
  return Object.assign(found, { pendingCount });
}

/** Asks once, when somebody first wants it. */
function lazily<Value>(ask: () => Promise<Value>): () => Promise<Value> {
  let answer: Promise<Value> | undefined;
  return () => {
    answer ??= ask();
    return answer;
  };
}

function placeConditions(filter: PassageFilter): Prisma.Sql[] {
  const conditions: Prisma.Sql[] = [];
  const documentIds = uuids(filter.documentIds, "filter.documentIds");
  const labels = uuids(filter.labels, "filter.labels");
  const people = uuids(filter.createdBy, "filter.createdBy");
  if (documentIds) conditions.push(Prisma.sql`p.document_id = any(${documentIds}::uuid[])`);
  if (labels || people) {
    conditions.push(Prisma.sql`exists (
      select 1 from layer l join annotation a on a.layer_id = l.id
      join span s on s.id = a.span_id, generate_series(1, cardinality(s.fragments), 2) i
      where l.document_id = p.document_id and l.kind = 'SHARED' and a.deleted_at is null ${madeOf(labels, people)}
        and a.start < p."end" and a."end" > p.start and s.fragments[i] < p."end" and s.fragments[i + 1] > p.start)`);
  }
  return conditions;
}
