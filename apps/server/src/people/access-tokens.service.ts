/** Use cases of access tokens: list, make, revoke one's own. */
import { v7 as uuidv7 } from "uuid";
import { type Context, viewerOf } from "../context.ts";
import { badInput, notFound } from "../errors.ts";
import { applyOnce } from "../graphql/apply-once.ts";
import { LIMITS, text, uuid } from "../graphql/input-checks.ts";
import { hashSecret, newSalt } from "./access-token.ts";
import type { CreateAccessTokenInput, RevokeAccessTokenInput } from "./people.input.ts";
import type { AccessTokenType } from "./people.type.ts";

const SHOWN = { id: true, name: true, createdAt: true, lastUsedAt: true, expiresAt: true } as const;

/** The viewer's own tokens, the newest first. */
export function accessTokensOf(ctx: Context): Promise<AccessTokenType[]> {
  return ctx.db.prisma.accessToken.findMany({
    where: { personId: viewerOf(ctx).id },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    select: SHOWN,
  });
}

/** Makes a token; its secret is given to the caller and stored nowhere, see people/access-token.ts. */
export async function createAccessToken(
  ctx: Context,
  input: CreateAccessTokenInput,
): Promise<{ accessToken: AccessTokenType; secret: string }> {
  const { id, salt, name, createdAt, expiresAt } = await applyOnce(
    ctx,
    "createAccessToken",
    input,
    async (tx) => {
      const expires = input.expiresAt ?? null;
      if (expires !== null && expires.getTime() <= Date.now())
        throw badInput("input.expiresAt", "input.expiresAt must be in the future.");
      const tokenId = uuidv7();
      const tokenSalt = newSalt();
      const row = await tx.accessToken.create({
        data: {
          id: tokenId,
          personId: viewerOf(ctx).id,
          name: text(input.name, "input.name", { max: LIMITS.name }),
          hash: hashSecret(ctx.identity.accessTokenSecret(tokenId, tokenSalt)),
          expiresAt: expires,
        },
        select: SHOWN,
      });
      return {
        id: row.id,
        salt: tokenSalt,
        name: row.name,
        createdAt: row.createdAt.toISOString(),
        expiresAt: row.expiresAt?.toISOString() ?? null,
      };
    },
  );
  return {
    accessToken: {
      id,
      name,
      createdAt: new Date(createdAt),
      lastUsedAt: null,
      expiresAt: expiresAt === null ? null : new Date(expiresAt),
    },
    secret: ctx.identity.accessTokenSecret(id, salt),
  };
}

/** Revokes one of the viewer's own tokens at once; sockets that it opened are closed at once. */
export async function revokeAccessToken(
  ctx: Context,
  input: RevokeAccessTokenInput,
): Promise<{ id: string }> {
  const outcome = await applyOnce(ctx, "revokeAccessToken", input, async (tx) => {
    const id = uuid(input.id, "input.id");
    const { count } = await tx.accessToken.deleteMany({ where: { id, personId: viewerOf(ctx).id } });
    if (count === 0) throw notFound("access token");
    return { id };
  });
  ctx.live.accessChanged();
  return outcome;
}
