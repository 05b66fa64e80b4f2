/** Use cases of invitations: make a link, look at what it offers, join by it, revoke it. */
import { v7 as uuidv7 } from "uuid";
import { requireProject } from "../access/access.service.ts";
import { type Context, viewerOf } from "../context.ts";
import type { Reader, Transaction } from "../database/database.ts";
import { badInput, notFound, unauthenticated } from "../errors.ts";
import type { Role } from "../generated/prisma/enums.ts";
import { applyOnce } from "../graphql/apply-once.ts";
import { uuid } from "../graphql/input-checks.ts";
import { announce, type LogPlace, recordChanges } from "../live/project-log.ts";
import { hashSecret, randomSecret } from "./access-token.ts";
import {
  become,
  checkName,
  checkSignInDetails,
  insertSignIn,
  lockPerson,
  requireCookies,
  signInAs,
} from "./accounts.ts";
import { type OpenInvitation, openInvitationById } from "./invitation.queries.ts";
import { lockMembers, membersChanged } from "./members.service.ts";
import type { AcceptInvitationInput, CreateInvitationInput, RevokeInvitationInput } from "./people.input.ts";
import type { InvitationRow } from "./people.type.ts";
import type { PersonRow } from "./person.queries.ts";

const DAY = 24 * 3_600_000;
const VALID_FOR = 14 * DAY;
const LONGEST = 90 * DAY;

const RANK: Record<Role, number> = { VIEWER: 0, ANNOTATOR: 1, CURATOR: 2, OWNER: 3 };

/** The invitation that a token is for; null when it is wrong, used, revoked or expired. */
async function openInvitation(
  ctx: Context,
  db: Reader,
  token: string,
  { lock = false } = {},
): Promise<OpenInvitation | null> {
  const id = ctx.identity.invitationIdOf(token);
  return id === null ? null : openInvitationById(db, id, { lock });
}

/** What an invitation link offers; null when it does not work. */
export function previewInvitation(ctx: Context, token: string): Promise<OpenInvitation | null> {
  return openInvitation(ctx, ctx.db.prisma, token);
}

function refuseInvitation() {
  return badInput(
    "input.token",
    "This invitation is wrong, was used or revoked already or has expired. Ask for a new one.",
  );
}

/** When a link stops working, as it was asked for. */
function expiryOf({ expiresAt }: CreateInvitationInput): Date {
  if (!expiresAt) return new Date(Date.now() + VALID_FOR);
  const left = expiresAt.getTime() - Date.now();
  if (left > 0 && left <= LONGEST) return expiresAt;
  throw badInput(
    "input.expiresAt",
    "input.expiresAt must be in the future, and at most 90 days from now; leave it out for 14 days.",
  );
}

/** Makes an invitation for one person; the link is made from its id again, so a retry gets the same. */
export async function createInvitation(
  ctx: Context,
  input: CreateInvitationInput,
): Promise<{ token: string; url: string; invitation: InvitationRow }> {
  const { invitationId, createdAt, expiresAt } = await applyOnce(
    ctx,
    "createInvitation",
    input,
    async (tx) => {
      const projectId = uuid(input.projectId, "input.projectId");
      await requireProject(ctx, projectId, "manageMembers", tx);
      const { id, createdAt, expiresAt } = await tx.invitation.create({
        data: {
          id: uuidv7(),
          projectId,
          role: input.role,
          createdBy: viewerOf(ctx).id,
          expiresAt: expiryOf(input),
        },
      });
      return {
        invitationId: id,
        projectId,
        createdAt: createdAt.toISOString(),
        expiresAt: expiresAt.toISOString(),
      };
    },
    ({ projectId }) => requireProject(ctx, projectId, "manageMembers"),
  );
  return {
    ...ctx.identity.invitationLink(invitationId),
    invitation: {
      id: invitationId,
      role: input.role,
      createdBy: viewerOf(ctx).id,
      createdAt: new Date(createdAt),
      expiresAt: new Date(expiresAt),
    },
  };
}

/**
 * Makes an invitation's link stop working at once.
 * @throws NOT_FOUND when it was used, and to strangers
 */
export async function revokeInvitation(ctx: Context, input: RevokeInvitationInput): Promise<{ id: string }> {
  const { id } = await applyOnce(
    ctx,
    "revokeInvitation",
    input,
    async (tx) => {
      const id = uuid(input.id, "input.id");
      const found = await tx.invitation.findUnique({ where: { id }, select: { projectId: true } });
      if (found === null) throw notFound("invitation");
      await requireProject(ctx, found.projectId, "manageMembers", tx, { what: "invitation" });
      // Whoever accepts it at this moment holds its row; then it is found used.
      const { count } = await tx.invitation.deleteMany({ where: { id, usedAt: null } });
      if (count === 0) throw notFound("invitation");
      return { id, projectId: found.projectId };
    },
    ({ projectId }) => requireProject(ctx, projectId, "manageMembers", ctx.db.prisma, { what: "invitation" }),
  );
  return { id };
}

/** Who has joined what. */
interface Joined {
  projectId: string;
  person: PersonRow;
  /** For a person who has no other way in; shown this once. */
  accessToken: string | null;
}

/** Joins a project by an invitation: as who is signed in, or as somebody new. */
export async function acceptInvitation(ctx: Context, input: AcceptInvitationInput): Promise<Joined> {
  // Before anything slow: only who holds a link that works may cost us a password's hash.
  if ((await openInvitation(ctx, ctx.db.prisma, input.token)) === null) throw refuseInvitation();
  const { logged, ...joined } = await (ctx.caller === null
    ? joinAsNewPerson(ctx, input)
    : joinAsViewer(ctx, input));
  announce(ctx, logged);
  membersChanged(ctx, joined.projectId);
  return joined;
}

/** The project that somebody is in by an invitation, and what its log says of that. */
interface Joining {
  projectId: string;
  logged: LogPlace[];
}

/** Puts somebody in, in the caller's transaction. */
async function join(ctx: Context, tx: Transaction, token: string, personId: string): Promise<Joining> {
  if (!(await lockPerson(tx, personId, "for share"))) throw unauthenticated();
  const invitation = await openInvitation(ctx, tx, token, { lock: true });
  if (invitation === null) throw refuseInvitation();
  const { id, projectId, role } = invitation;
  await lockMembers(tx, projectId);
  const where = { projectId_personId: { projectId, personId } };
  const before = await tx.membership.findUnique({ where, select: { role: true } });
  // A member who tries a link that gives no more keeps the role, and the link stays good for who it was meant for.
  if (before !== null && RANK[before.role] >= RANK[role]) return { projectId, logged: [] };
  await tx.membership.upsert({ where, create: { projectId, personId, role }, update: { role } });
  await tx.invitation.update({ where: { id }, data: { usedBy: personId, usedAt: new Date() } });
  const by = { authorId: personId, clientMutationId: null };
  const place = await recordChanges(tx, projectId, by, [{ kind: "MEMBER_CHANGED", personId, role }]);
  return { projectId, logged: [place] };
}

async function joinAsViewer(ctx: Context, input: AcceptInvitationInput): Promise<Joined & Joining> {
  const { id, name } = viewerOf(ctx);
  const joining = await ctx.db.prisma.$transaction((tx) => join(ctx, tx, input.token, id));
  return { ...joining, person: { id, name }, accessToken: null };
}

async function joinAsNewPerson(ctx: Context, input: AcceptInvitationInput): Promise<Joined & Joining> {
  const email = input.email ?? null;
  const password = input.password ?? null;
  const name = checkName(input.name ?? "");
  const person = { id: uuidv7(), name };

  if (email === null && password === null) {
    const accessToken = randomSecret();
    const tokenId = uuidv7();
    const joining = await ctx.db.prisma.$transaction(async (tx) => {
      await tx.person.create({ data: person });
      await tx.accessToken.create({
        data: {
          id: tokenId,
          personId: person.id,
          name: "From the invitation",
          hash: hashSecret(accessToken),
        },
      });
      return join(ctx, tx, input.token, person.id);
    });
    become(ctx, { ...person, email: null, createsProjects: false }, { kind: "token", id: tokenId });
    return { ...joining, person, accessToken };
  }
  if (email === null)
    throw badInput(
      "input.email",
      "input.email must be given with input.password; leave out both to work by an access token.",
    );
  if (password === null)
    throw badInput(
      "input.password",
      "input.password must be given with input.email; leave out both to work by an access token.",
    );
  requireCookies(ctx);
  const details = checkSignInDetails(email, password);
  const passwordHash = await ctx.identity.hashPassword(details.password);
  const joining = await ctx.db.prisma.$transaction(async (tx) => {
    await tx.person.create({ data: person });
    await insertSignIn(tx, person, details.email, passwordHash);
    return join(ctx, tx, input.token, person.id);
  });
  await signInAs(ctx, person.id, details);
  return { ...joining, person, accessToken: null };
}
