/** Reads who did what when in a project, over the logs of its documents and its own. */
import type { Reader } from "../database/database.ts";
import { Prisma } from "../generated/prisma/client.ts";
import { ChangeKind, ProjectChangeKind } from "../generated/prisma/enums.ts";
import { type Connection, connectionOf, decodeCursor, pageSize } from "../graphql/connection.ts";
import type { Change, LoggedChange } from "../live/change.ts";
import type { LoggedProjectChange, ProjectChange } from "../live/project-change.ts";

/** One change, of a document's shared layer or of the project itself. */
export interface ActivityRow {
  at: Date;
  authorId: string;
  /** The layer's or the project's. */
  logId: string;
  revision: number;
  /** Null where it is about no single document. */
  documentId: string | null;
  documentChange: LoggedChange | null;
  projectChange: LoggedProjectChange | null;
}

/** Which changes are wanted. */
export interface ActivityFilter {
  projectId: string;
  people: string[] | undefined;
  documents: string[] | undefined;
  kinds: (ChangeKind | ProjectChangeKind)[] | undefined;
  since: Date | undefined;
  /** Exclusive. */
  until: Date | undefined;
}

/** What both logs have in common in their columns. */
interface LogRow {
  at: Date;
  authorId: string;
  logId: string;
  revision: number;
  clientMutationId: string | null;
  documentId: string | null;
  change: Change | ProjectChange;
}

function commonClauses({ projectId, people, since, until }: ActivityFilter): Prisma.Sql[] {
  const clauses = [Prisma.sql`c.project_id = ${projectId}::uuid`];
  if (people) clauses.push(Prisma.sql`c.author_id = any(${people}::uuid[])`);
  if (since) clauses.push(Prisma.sql`c.at >= ${since}`);
  if (until) clauses.push(Prisma.sql`c.at < ${until}`);
  return clauses;
}

/** Which kinds of a log are wanted: undefined for all. */
function kindsIn<Kind extends string>(
  { kinds }: ActivityFilter,
  all: Readonly<Record<string, Kind>>,
): Kind[] | undefined {
  return kinds && Object.values(all).filter((kind) => kinds.some((wanted) => wanted === kind));
}

function layersFrom(filter: ActivityFilter): Prisma.Sql {
  const clauses = commonClauses(filter);
  const kinds = kindsIn(filter, ChangeKind);
  if (kinds) clauses.push(Prisma.sql`c.kind = any(${kinds}::"ChangeKind"[])`);
  if (filter.documents) {
    clauses.push(
      Prisma.sql`c.layer_id in (select id from layer where document_id = any(${filter.documents}::uuid[]))`,
    );
  }
  return Prisma.sql`
    from layer_change c
    join layer l on l.id = c.layer_id and l.kind = 'SHARED'
    join document d on d.id = l.document_id and d.deleted_at is null
    where ${Prisma.join(clauses, " and ")}`;
}

function projectFrom(filter: ActivityFilter): Prisma.Sql {
  const clauses = commonClauses(filter);
  const kinds = kindsIn(filter, ProjectChangeKind);
  if (kinds) clauses.push(Prisma.sql`c.kind = any(${kinds}::"ProjectChangeKind"[])`);
  if (filter.documents) {
    const documents = filter.documents;
    clauses.push(Prisma.sql`(c.payload ->> 'documentId' = any(${documents}::text[])
      or jsonb_exists_any(c.payload -> 'documentIds', ${documents}::text[]))`);
  }
  return Prisma.sql`from project_change c where ${Prisma.join(clauses, " and ")}`;
}

/** A page of what was done, the latest first. Rows never change, so a page stays right while others write. */
export async function activityOfProject(
  db: Reader,
  filter: ActivityFilter,
  first: number | null | undefined,
  after: string | null | undefined,
): Promise<Connection<ActivityRow>> {
  const size = pageSize(first, 50);
  const key = decodeCursor(after, ["bigint", "uuid", "integer"]);
  const beyond = (logId: Prisma.Sql) =>
    key
      ? Prisma.sql`and (c.at, ${logId}, c.revision) < (${new Date(Number(key[0]))}, ${key[1]}::uuid, ${key[2]}::int)`
      : Prisma.empty;
  const limit = Prisma.sql`limit ${size + 1}`;
  // Each log by itself first, along its index; then the few that are left together.
  const rows = await db.$queryRaw<LogRow[]>`
    (select c.at, c.author_id as "authorId", c.layer_id as "logId", c.revision,
        c.client_mutation_id as "clientMutationId", l.document_id as "documentId",
        c.payload || jsonb_build_object('kind', c.kind::text) as change
      ${layersFrom(filter)} ${beyond(Prisma.sql`c.layer_id`)}
      order by c.at desc, c.layer_id desc, c.revision desc ${limit})
    union all
    (select c.at, c.author_id, c.project_id, c.revision, c.client_mutation_id, (c.payload ->> 'documentId')::uuid,
        c.payload || jsonb_build_object('kind', c.kind::text)
      ${projectFrom(filter)} ${beyond(Prisma.sql`c.project_id`)}
      order by c.at desc, c.revision desc ${limit})
    order by at desc, "logId" desc, revision desc ${limit}`;
  return connectionOf(
    rows.map((row) => toActivity(row, filter.projectId)),
    size,
    ({ at, logId, revision }) => [at.getTime(), logId, revision],
    async () => {
      const [all] = await db.$queryRaw<{ count: number }[]>`
        select ((select count(*) ${layersFrom(filter)}) + (select count(*) ${projectFrom(filter)}))::int as count`;
      return all?.count ?? 0;
    },
  );
}

function toActivity(row: LogRow, projectId: string): ActivityRow {
  const { at, authorId, logId, revision, clientMutationId, documentId, change } = row;
  const numbered = { revision, at, authorId, clientMutationId };
  return {
    at,
    authorId,
    logId,
    revision,
    documentId,
    documentChange: isOfDocument(change) ? { ...numbered, ...change } : null,
    projectChange: isOfDocument(change) ? null : { ...numbered, projectId, ...change },
  };
}

function isOfDocument(change: Change | ProjectChange): change is Change {
  return change.kind in ChangeKind;
}
