/** A project's log: appended to in the transaction of the change, read by those who watch. */
import { type Context, viewerOf } from "../context.ts";
import type { Reader, Transaction } from "../database/database.ts";
import { notFound } from "../errors.ts";
import { Prisma } from "../generated/prisma/client.ts";
import { applyOnce, type RepeatableInput } from "../graphql/apply-once.ts";
import type { Live } from "./live.ts";
import type { LoggedProjectChange, ProjectChange } from "./project-change.ts";

/** How many changes a reader takes at once: bounds the memory of a long replay. */
const PAGE = 500;

/** Who made a change, and under which id its client sent it. */
interface By {
  authorId: string;
  clientMutationId: string | null;
}

/** How far a project's log came by a change; to be told to those who watch, after the commit. */
export interface LogPlace {
  projectId: string;
  revision: number;
}

/**
 * The one way in which a project's revision moves: each change adds one and leaves its row in the log.
 * @param changes at least one, in order
 */
export async function recordChanges(
  tx: Transaction,
  projectId: string,
  { authorId, clientMutationId }: By,
  changes: readonly ProjectChange[],
): Promise<LogPlace> {
  const [project] = await tx.$queryRaw<{ revision: number }[]>`
    update project set revision = revision + ${changes.length} where id = ${projectId}::uuid returning revision`;
  if (project === undefined) throw notFound("project");
  const { revision } = project;
  const at = new Date();
  await tx.projectChange.createMany({
    data: changes.map(({ kind, ...payload }, index) => ({
      projectId,
      revision: revision - changes.length + 1 + index,
      at,
      authorId,
      clientMutationId,
      kind,
      payload: toPayload(payload),
    })),
  });
  return { projectId, revision };
}

/** What is absent in a row stays absent: JSON has no undefined. */
function toPayload(payload: object): Prisma.InputJsonObject {
  return JSON.parse(JSON.stringify(payload));
}

/** A transaction in which projects change. */
export interface ProjectsWriter {
  tx: Transaction;
  /** Numbers changes of one project, by the viewer. Rows that show its revision are to be read after it. */
  record(projectId: string, ...changes: ProjectChange[]): Promise<void>;
}

/**
 * Runs a mutation that changes projects' own data: one transaction with the rows, the revisions and the logs, at most
 * once for each clientMutationId; after the commit everybody who watches is told.
 *
 * @param mayRead asked before a remembered outcome is given again, see apply-once.ts
 */
export async function changeProjects<Outcome extends object>(
  ctx: Context,
  mutation: string,
  input: RepeatableInput,
  run: (writer: ProjectsWriter) => Promise<Outcome>,
  mayRead?: (outcome: Outcome) => Promise<unknown>,
): Promise<Outcome> {
  const { logged, ...outcome } = await applyOnce<Outcome & { logged: LogPlace[] | undefined }>(
    ctx,
    mutation,
    input,
    async (tx) => {
      const places: LogPlace[] = [];
      const by = { authorId: viewerOf(ctx).id, clientMutationId: input.clientMutationId ?? null };
      const outcome = await run({
        tx,
        async record(projectId, ...changes) {
          if (changes.length > 0) places.push(await recordChanges(tx, projectId, by, changes));
        },
      });
      return { ...outcome, logged: places };
    },
    mayRead,
  );
  // One that was remembered before there was a log has none.
  announce(ctx, logged ?? []);
  return outcome as Outcome;
}

/** Tells everybody who watches; to be called after the commit. */
export function announce({ live }: { live: Pick<Live, "published"> }, places: readonly LogPlace[]): void {
  for (const { projectId, revision } of places) live.published(projectId, revision);
}

/** A project's changes above a revision, in order, at most a page of them. */
export async function readProjectLog(
  db: Reader,
  projectId: string,
  afterRevision: number,
  upTo: number,
): Promise<LoggedProjectChange[]> {
  const rows = await db.$queryRaw<ProjectChangeRow[]>`
    select ${PROJECT_CHANGE_COLUMNS} from project_change c
    where c.project_id = ${projectId}::uuid and c.revision > ${afterRevision} and c.revision <= ${upTo}
    order by c.revision limit ${PAGE}`;
  return rows.map(toProjectChange);
}

/** A row of the log as `PROJECT_CHANGE_COLUMNS` reads it. */
export type ProjectChangeRow = Omit<LoggedProjectChange, keyof ProjectChange> & { change: ProjectChange };

/** The columns of `c` that make a change. */
export const PROJECT_CHANGE_COLUMNS = Prisma.sql`
  c.project_id as "projectId", c.revision, c.at, c.author_id as "authorId", c.client_mutation_id as "clientMutationId",
  c.payload || jsonb_build_object('kind', c.kind::text) as change`;

/** A change from its row. */
export function toProjectChange({ change, ...row }: ProjectChangeRow): LoggedProjectChange {
  return { ...row, ...change };
}

/** How far the log of each project has come; none for one that is deleted. */
export async function projectRevisionsOf(
  db: Reader,
  projectIds: readonly string[],
): Promise<Map<string, number>> {
  const rows = await db.project.findMany({
    where: { id: { in: [...projectIds] }, deletedAt: null },
    select: { id: true, revision: true },
  });
  return new Map(rows.map(({ id, revision }) => [id, revision]));
}

/** When the change after a revision was made; null where the log does not hold it. */
export async function timeOfChange(db: Reader, projectId: string, revision: number): Promise<Date | null> {
  const change = await db.projectChange.findUnique({
    where: { projectId_revision: { projectId, revision } },
    select: { at: true },
  });
  return change?.at ?? null;
}
