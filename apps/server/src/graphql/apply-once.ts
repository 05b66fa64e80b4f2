/** Idempotent mutations: one that was applied under a clientMutationId is not applied again but answered as before. */
import { createHash } from "node:crypto";
import { canonicalJson, type JsonValue } from "@concord/core";
import { DatabaseError } from "pg";
import type { Context } from "../context.ts";
import { viewerOf } from "../context.ts";
import type { Transaction } from "../database/database.ts";
import { ApiError, conflict } from "../errors.ts";
import { Prisma } from "../generated/prisma/client.ts";
import { LIMITS, text } from "./input-checks.ts";

/** Long enough for a large import on a slow disk, short enough that nothing hangs for ever. */
const TRANSACTION = { maxWait: 30_000, timeout: 120_000 } as const;

/** What every mutation's input may carry. */
export interface RepeatableInput {
  clientMutationId?: string | null;
}

/** Under which id a mutation is repeatable, and the hash of what it says. */
export interface Repeatable {
  id: string;
  contentHash: Buffer;
}

/**
 * What makes a mutation repeatable; null where its input carries no id.
 * @throws BAD_USER_INPUT for an id that is blank or too long
 */
export function repeatableOf(mutation: string, input: RepeatableInput): Repeatable | null {
  const id = input.clientMutationId ?? null;
  if (id === null) return null;
  text(id, "input.clientMutationId", { max: LIMITS.clientMutationId });
  const content = canonicalJson({ mutation, input: toJson(input) });
  return { id, contentHash: createHash("sha256").update(content).digest() };
}

/**
 * What a mutation answered when it was applied under its id; null when it was not.
 * @param mayRead asked before it is given again, since the viewer may have lost access meanwhile
 * @throws IDEMPOTENCY_CONFLICT when the id was used with another content
 */
export async function rememberedOutcome<Outcome>(
  ctx: Context,
  { id, contentHash }: Repeatable,
  mayRead?: (outcome: Outcome) => Promise<unknown>,
): Promise<{ outcome: Outcome } | null> {
  const applied = await ctx.db.prisma.appliedMutation.findUnique({
    where: { personId_clientMutationId: { personId: viewerOf(ctx).id, clientMutationId: id } },
    select: { contentHash: true, outcome: true },
  });
  if (applied === null) return null;
  if (Buffer.compare(applied.contentHash, contentHash) !== 0) {
    throw new ApiError(
      "IDEMPOTENCY_CONFLICT",
      "This clientMutationId was already used for something else. Take a new one.",
      {
        field: "input.clientMutationId",
      },
    );
  }
  // Written by this very mutation: the content hash says so.
  const outcome = applied.outcome as Outcome;
  await mayRead?.(outcome);
  return { outcome };
}

/**
 * Runs a mutation in one transaction, at most once for each clientMutationId of the viewer. What changes a layer goes
 * through live/change-layer.ts instead.
 *
 * The lookup comes before every other rule, and once more after a failure: of two equal requests at once the
 * second may fail on what the first has just done, and must get the first's outcome.
 *
 * @param run does the work and returns what the payload is made from, as plain JSON
 * @param mayRead as in rememberedOutcome
 * @throws IDEMPOTENCY_CONFLICT when the id was used with another content
 */
export async function applyOnce<Outcome>(
  ctx: Context,
  mutation: string,
  input: RepeatableInput,
  run: (tx: Transaction) => Promise<Outcome>,
  mayRead?: (outcome: Outcome) => Promise<unknown>,
): Promise<Outcome> {
  const repeatable = repeatableOf(mutation, input);
  if (repeatable === null) return ctx.db.prisma.$transaction(run, TRANSACTION).catch(refuseTaken);
  const earlier = await rememberedOutcome(ctx, repeatable, mayRead);
  if (earlier !== null) return earlier.outcome;
  try {
    return await ctx.db.prisma.$transaction(async (tx) => {
      const outcome = await run(tx);
      await tx.$executeRaw`
        insert into applied_mutation (person_id, client_mutation_id, content_hash, outcome)
        values (${viewerOf(ctx).id}::uuid, ${repeatable.id}, ${repeatable.contentHash}, ${JSON.stringify(outcome)}::jsonb)`;
      return outcome;
    }, TRANSACTION);
  } catch (error) {
    const twin = await rememberedOutcome(ctx, repeatable, mayRead);
    if (twin !== null) return twin.outcome;
    return refuseTaken(error);
  }
}

/**
 * Two transactions that both found an id free.
 * @throws CONFLICT for the second; any other error as it is
 */
export function refuseTaken(error: unknown): never {
  const byPrisma = error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002";
  const byPg = error instanceof DatabaseError && error.code === "23505";
  if (byPrisma || byPg) throw conflict("Somebody used this id, or made the same, at the same moment.");
  throw error;
}

/** The coerced input as plain JSON: class instances become objects, absent members vanish. */
function toJson(input: RepeatableInput): JsonValue {
  return JSON.parse(JSON.stringify(input));
}
