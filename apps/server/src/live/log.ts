/** A layer's log: appended to in the transaction of the change, read by those who watch. */

import { type DocumentAccess, requireDocument, requireProject } from "../access/access.service.ts";
import { type Context, viewerOf } from "../context.ts";
import type { Reader, Transaction } from "../database/database.ts";
import { notFound } from "../errors.ts";
import type { RepeatableInput } from "../graphql/apply-once.ts";
import { applyOnce } from "../graphql/apply-once.ts";
import type { Change, LoggedChange } from "./change.ts";

/** How many changes a reader takes at once: bounds the memory of a long replay. */
const PAGE = 500;

/** A layer locked for one writer. */
export interface LayerWriter {
  tx: Transaction;
  layerId: string;
  documentId: string;
  projectId: string;
  /** How the viewer stands here, asked under the lock: what was archived or taken away meanwhile counts. */
  access: DocumentAccess;
  /** The one time of all that this transaction does. */
  now: Date;
  /** Numbers a change; call it once for each, in order. */
  record(change: Change): void;
  /** The layer's revision with what is recorded so far. */
  revision(): number;
}

/** What every mutation of a layer answers besides its own. */
interface LayerOutcome {
  projectId: string;
  layerId: string;
  revision: number;
}

/** Waits for the layer's other writers. What else is read before it may be stale by the time it is held. */
export async function lockLayer(
  tx: Transaction,
  layerId: string,
): Promise<{ revision: number; documentId: string }> {
  const [layer] = await tx.$queryRaw<{ revision: number; documentId: string }[]>`
    select revision, document_id as "documentId" from layer where id = ${layerId}::uuid for update`;
  if (layer === undefined) throw notFound("document");
  return layer;
}

async function append(
  writer: { tx: Transaction; layerId: string; now: Date },
  authorId: string,
  clientMutationId: string | null,
  from: number,
  changes: readonly Change[],
): Promise<void> {
  const { tx, layerId, now } = writer;
  await tx.$executeRaw`update layer set revision = ${from + changes.length} where id = ${layerId}::uuid`;
  await tx.layerChange.createMany({
    data: changes.map(({ kind, ...payload }, index) => ({
      layerId,
      revision: from + 1 + index,
      at: now,
      authorId,
      clientMutationId,
      kind,
      payload,
    })),
  });
}

/**
 * The one way in which a layer changes: one transaction with the rows, the revision and the log, at most once for
 * each clientMutationId; after the commit everybody who watches is told.
 *
 * @param layerOf finds the layer, and by that whether the viewer may know of it; runs inside the transaction
 * @param write makes the change under the layer's lock; recording nothing leaves the revision as it is
 */
export async function changeLayer<Result extends object>(
  ctx: Context,
  mutation: string,
  input: RepeatableInput,
  layerOf: (tx: Transaction) => Promise<string>,
  write: (writer: LayerWriter) => Promise<Result>,
): Promise<Result & LayerOutcome> {
  const outcome = await applyOnce<Result & LayerOutcome>(
    ctx,
    mutation,
    input,
    async (tx) => {
      const layerId = await layerOf(tx);
      const { revision: before, documentId } = await lockLayer(tx, layerId);
      const access = await requireDocument(ctx, documentId, "read", tx);
      const { projectId } = access;
      const changes: Change[] = [];
      const now = new Date();
      const revision = () => before + changes.length;
      const writer = {
        tx,
        layerId,
        documentId,
        projectId,
        access,
        now,
        record: (change: Change) => void changes.push(change),
        revision,
      };
      const result = await write(writer);
      if (changes.length > 0)
        await append(writer, viewerOf(ctx).id, input.clientMutationId ?? null, before, changes);
      return { ...result, projectId, layerId, revision: revision() };
    },
    ({ projectId }) => requireProject(ctx, projectId, "read"),
  );
  ctx.live.published(outcome.layerId, outcome.revision);
  return outcome;
}

/** A layer's changes above a revision, in order, at most a page of them. */
export async function readLog(
  db: Reader,
  layerId: string,
  afterRevision: number,
  upTo: number,
): Promise<LoggedChange[]> {
  const rows = await db.$queryRaw<(Omit<LoggedChange, keyof Change> & { change: Change })[]>`
    select revision, at, author_id as "authorId", client_mutation_id as "clientMutationId",
      payload || jsonb_build_object('kind', kind::text) as change
    from layer_change
    where layer_id = ${layerId}::uuid and revision > ${afterRevision} and revision <= ${upTo}
    order by revision limit ${PAGE}`;
  return rows.map(({ change, ...row }) => ({ ...row, ...change }));
}

/** How far the log of each layer has come. */
export async function revisionsOf(db: Reader, layerIds: readonly string[]): Promise<Map<string, number>> {
  const rows = await db.layer.findMany({
    where: { id: { in: [...layerIds] } },
    select: { id: true, revision: true },
  });
  return new Map(rows.map(({ id, revision }) => [id, revision]));
}

/** Whether the change after a revision was made more than so many days ago. */
export async function isOlderThan(
  db: Reader,
  layerId: string,
  afterRevision: number,
  days: number,
): Promise<boolean> {
  const [row] = await db.$queryRaw<{ old: boolean }[]>`
    select at < now() - make_interval(days => ${days}::int) as old from layer_change
    where layer_id = ${layerId}::uuid and revision = ${afterRevision + 1}`;
  return row?.old ?? false;
}
