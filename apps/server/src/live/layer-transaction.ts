/**
 * One transaction for all who wait for a layer. The layer is locked once, each write runs in order and has its own
 * outcome: one that is refused leaves nothing behind, one that fails otherwise costs its neighbours nothing but time.
 */
import pg from "pg";
import { type DocumentAccess, documentAccessOf } from "../access/access.service.ts";
import { createSql, type Sql } from "../database/sql.ts";
import { ApiError, notFound } from "../errors.ts";
import { Prisma } from "../generated/prisma/client.ts";
import type { Repeatable } from "../graphql/apply-once.ts";
import type { Change } from "./change.ts";
import type { Outcomes } from "./layer-queue.ts";
import { appendLog, lockLayerToWrite, type NewChange } from "./log.ts";

/** A layer locked for one write. */
export interface LayerWriter {
  sql: Sql;
  layerId: string;
  documentId: string;
  projectId: string;
  /** How the viewer stands here, asked under the lock: what was archived or taken away meanwhile counts. */
  access: DocumentAccess;
  /** The one time of all that this write does. */
  now: Date;
  /** Numbers a change; call it once for each, in order. */
  record(change: Change): void;
}

/** What every mutation of a layer answers besides its own. */
export interface LayerOutcome {
  projectId: string;
  layerId: string;
  revision: number;
}

/** One mutation that waits for a layer. */
export interface LayerWrite {
  personId: string;
  documentId: string;
  /** Null when it carries no clientMutationId. */
  repeatable: Repeatable | null;
  /** Begins to read what it needs and what no write to a layer changes; answers how it goes on. Called anew for each try. */
  prepare(sql: Sql): MakeChange;
}

/**
 * Makes the change; recording nothing leaves the revision as it is. Refuse before anything is changed: a refusal that
 * comes later is right too, but makes the neighbours begin again.
 * @returns what is remembered besides the LayerOutcome
 */
export type MakeChange = (writer: LayerWriter) => Promise<object>;

/** Thrown to a write whose clientMutationId is known: what it stands for is remembered, and not done again. */
export class AppliedBefore extends Error {
  constructor() {
    super("the mutation was applied before");
    this.name = "AppliedBefore";
  }
}

/** A transaction that failed amid its writes, so that nothing of it is there. */
class Broken extends Error {}

/** What each alone would not be spared stays as it is: there is no such layer, or it is locked elsewhere for too long. */
function breakUp(error: unknown): never {
  const isEverybodys =
    error instanceof ApiError || (error instanceof pg.DatabaseError && error.code === "55P03");
  if (isEverybodys || error instanceof Broken) throw error;
  throw new Broken("nothing was written", { cause: error });
}

const isRefusal = (error: unknown) => error instanceof ApiError || error instanceof AppliedBefore;

const rejected = (reason: unknown): PromiseRejectedResult => ({ status: "rejected", reason });

/**
 * Writes to a layer for those who wait.
 * @param published told after each commit that has changed something
 * @throws what kept all of them from being written, or leaves open whether they were
 */
export async function writeTogether(
  pool: pg.Pool,
  layerId: string,
  take: () => LayerWrite[],
  published: (layerId: string, revision: number) => void,
): Promise<Outcomes<LayerOutcome>> {
  try {
    return await inTransaction(pool, layerId, take, published);
  } catch (error) {
    if (!(error instanceof Broken)) throw error;
    const writes = take();
    if (writes.length === 1) return [rejected(error.cause)];
    const outcomes: Outcomes<LayerOutcome> = [];
    for (const write of writes)
      outcomes.push(
        ...(await writeTogether(pool, layerId, () => [write], published).catch((reason: unknown) => [
          rejected(reason),
        ])),
      );
    return outcomes;
  }
}

async function inTransaction(
  pool: pg.Pool,
  layerId: string,
  take: () => LayerWrite[],
  published: (layerId: string, revision: number) => void,
): Promise<Outcomes<LayerOutcome>> {
  const client = await pool.connect();
  let failed = true;
  try {
    const transaction = new LayerTransaction(client, layerId, take());
    const outcomes = await transaction.run();
    failed = false;
    if (transaction.hasChanged) published(layerId, transaction.revision);
    return outcomes;
  } finally {
    // Closing it undoes what was not committed, whatever state it is in.
    client.release(failed);
  }
}

/** A mutation's id is its person's. */
const keyOf = (personId: string, id: string) => `${personId} ${id}`;

class LayerTransaction {
  readonly #layerId: string;
  readonly #writes: readonly LayerWrite[];
  readonly #client: pg.ClientBase;
  readonly #sql: Sql;
  /** Whether the write under way may have changed something. */
  #touched = false;
  #before = 0;
  #standings: ReadonlyMap<string, DocumentAccess> = new Map();
  /** Mutations that were applied, before or here. */
  #known = new Set<string>();
  #begun: { write: LayerWrite; makeChange: MakeChange }[] = [];
  readonly #changes: NewChange[] = [];

  constructor(client: pg.ClientBase, layerId: string, writes: readonly LayerWrite[]) {
    this.#layerId = layerId;
    this.#writes = writes;
    this.#client = client;
    this.#sql = createSql(client, () => {
      this.#touched = true;
    });
  }

  get revision(): number {
    return this.#before + this.#changes.length;
  }

  get hasChanged(): boolean {
    return this.#changes.length > 0;
  }

  /**
   * The whole of it.
   * @throws Broken when nothing of it is there; anything else when that is not certain, or would be no better for each alone
   */
  async run(): Promise<Outcomes<LayerOutcome>> {
    const outcomes = await this.#writeAll().catch(async (error: unknown) => {
      // What was sent first may be the reason why this failed.
      await this.#sql.settled().catch(breakUp);
      return breakUp(error);
    });
    // Goes along with what was sent; where that fails, the database takes COMMIT for ROLLBACK.
    const committed = this.#client.query("commit");
    committed.catch(() => {});
    await this.#sql.settled().catch((error: unknown) => {
      if (error instanceof pg.DatabaseError) breakUp(error);
      throw error;
    });
    const { command } = await committed;
    // Never seen, since a statement that failed throws above; but what is answered must be there.
    if (command !== "COMMIT") throw new Error(`the database answered ${command} to a COMMIT`);
    return outcomes;
  }

  /** Locks the layer and reads what all need. Sent together: each statement sees what is there once the one before is done. */
  async #begin(): Promise<void> {
    const people = [...new Set(this.#writes.map(({ personId }) => personId))];
    const reading = Promise.all([
      this.#sql.rows(Prisma.sql`begin`),
      lockLayerToWrite(this.#sql, this.#layerId),
      documentAccessOf(this.#sql, this.#writes[0]?.documentId ?? "", people),
      appliedAmong(this.#sql, this.#writes),
    ]);
    this.#begun = this.#writes.map((write) => ({ write, makeChange: write.prepare(this.#sql) }));
    const [, revision, standings, known] = await reading;
    this.#before = revision;
    this.#standings = standings;
    this.#known = known;
  }

  async #writeAll(): Promise<Outcomes<LayerOutcome>> {
    await this.#begin();
    const outcomes: Outcomes<LayerOutcome> = [];
    const applied: AppliedRow[] = [];
    for (const { write, makeChange } of this.#begun)
      outcomes.push(await this.#settle(write, makeChange, applied));
    if (this.hasChanged) appendLog(this.#sql, this.#layerId, this.#before, this.#changes);
    if (applied.length > 0) rememberApplied(this.#sql, applied);
    return outcomes;
  }

  async #settle(
    write: LayerWrite,
    makeChange: MakeChange,
    applied: AppliedRow[],
  ): Promise<PromiseSettledResult<LayerOutcome>> {
    const { personId, repeatable } = write;
    this.#touched = false;
    try {
      if (repeatable !== null && this.#known.has(keyOf(personId, repeatable.id))) throw new AppliedBefore();
      const { result, outcome } = await this.#write(write, makeChange);
      if (repeatable !== null) {
        this.#known.add(keyOf(personId, repeatable.id));
        const contentHash = repeatable.contentHash.toString("hex");
        applied.push({ personId, id: repeatable.id, contentHash, outcome: { ...result, ...outcome } });
      }
      return { status: "fulfilled", value: outcome };
    } catch (error) {
      if (!isRefusal(error)) throw error;
      if (this.#touched) throw new Broken("a refusal came after a change", { cause: error });
      return rejected(error);
    }
  }

  async #write(
    { personId, repeatable }: LayerWrite,
    makeChange: MakeChange,
  ): Promise<{ result: object; outcome: LayerOutcome }> {
    const access = this.#standings.get(personId);
    if (access === undefined) throw notFound("document");
    const layerId = this.#layerId;
    const { documentId, projectId } = access;
    const now = new Date();
    const recorded: NewChange[] = [];
    const mutation = { at: now, authorId: personId, clientMutationId: repeatable?.id ?? null };
    const result = await makeChange({
      sql: this.#sql,
      layerId,
      documentId,
      projectId,
      access,
      now,
      record: (change) => void recorded.push({ ...mutation, change }),
    });
    this.#changes.push(...recorded);
    return { result, outcome: { projectId, layerId, revision: this.revision } };
  }
}

interface AppliedRow {
  personId: string;
  id: string;
  contentHash: string;
  outcome: object;
}

/** The mutations among these that were applied before. */
async function appliedAmong(sql: Sql, writes: readonly LayerWrite[]): Promise<Set<string>> {
  const asked = writes.flatMap(({ personId, repeatable }) =>
    repeatable === null ? [] : [{ personId, id: repeatable.id }],
  );
  if (asked.length === 0) return new Set();
  const rows = await sql.rows<{ personId: string; id: string }>(Prisma.sql`
    select a.person_id as "personId", a.client_mutation_id as id
    from unnest(${asked.map(({ personId }) => personId)}::uuid[], ${asked.map(({ id }) => id)}::text[]) asked(person_id, id)
    join applied_mutation a on a.person_id = asked.person_id and a.client_mutation_id = asked.id`);
  return new Set(rows.map(({ personId, id }) => keyOf(personId, id)));
}

/** Remembers what each answers; fails when another server has applied one of them meanwhile. */
function rememberApplied(sql: Sql, applied: readonly AppliedRow[]): void {
  sql.send(Prisma.sql`
    insert into applied_mutation (person_id, client_mutation_id, content_hash, outcome)
    select "personId", id, decode("contentHash", 'hex'), outcome
    from jsonb_to_recordset(${JSON.stringify(applied)}::jsonb)
      as applied("personId" uuid, id text, "contentHash" text, outcome jsonb)
    order by 1, 2`);
}
