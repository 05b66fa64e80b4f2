/**
 * Holds everything said in a project, for what is done to a label or relation type wherever it is used.
 *
 * All layers are locked, in the order of their ids, then the project, which is the order of everybody who locks both. A
 * document that came in between has a layer that is not held; nobody waits for that one, since its writer may wait for
 * the project: the transaction begins anew.
 */
import { requireProject } from "../access/access.service.ts";
import type { Context } from "../context.ts";
import type { Transaction } from "../database/database.ts";
import { sqlIn } from "../database/sql.ts";
import { conflict, notFound } from "../errors.ts";
import { lockLayers } from "../project/project.service.ts";
import { type LabelRow, labelsById } from "./codebook.queries.ts";
import { type Codebook, lockCodebook } from "./codebook.rules.ts";

/** Times that new documents may come in between. */
const MAX_TRIES = 5;

/** A layer came up that could not be held. */
class LayersGrew extends Error {
  constructor() {
    super("a document came in while its project was being held");
    this.name = "LayersGrew";
  }
}

/**
 * Begins anew where documents came in between.
 * @throws CONFLICT when they do not stop
 */
export async function retrying<Outcome>(work: () => Promise<Outcome>): Promise<Outcome> {
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof LayersGrew)) throw error;
    }
  }
  throw conflict("Documents are coming into the project at this moment. Try again when they are in.");
}

/** Holds all that is said in the project of a label, and its codebook. */
export async function holdAnnotations(
  ctx: Context,
  tx: Transaction,
  labelId: string,
): Promise<{ label: LabelRow; codebook: Codebook }> {
  const [found] = await labelsById(sqlIn(tx), [labelId]);
  if (found === undefined) throw notFound("label");
  const codebook = await holdProject(ctx, tx, found.projectId, "label");
  const label = codebook.labels.find(({ id }) => id === labelId);
  if (label === undefined) throw notFound("label");
  return { label, codebook };
}

/** The same for a project that is known. */
export async function holdProject(
  ctx: Context,
  tx: Transaction,
  projectId: string,
  what: string,
): Promise<Codebook> {
  // Before anybody has to wait for us.
  await requireProject(ctx, projectId, "manageProject", tx, { what });
  await lockLayers(tx, projectId);
  const codebook = await lockCodebook(ctx, tx, projectId, what);
  const [layers] = await tx.$queryRaw<{ all: boolean }[]>`
    select (select count(*) from layer where project_id = ${projectId}::uuid) = (
      select count(*) from (
        select 1 from layer where project_id = ${projectId}::uuid for update skip locked) held) as all`;
  if (!layers?.all) throw new LayersGrew();
  return codebook;
}
