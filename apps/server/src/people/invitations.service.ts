/** Use cases of invitations: make a link, look at what it offers, join by it. */
import { v7 as uuidv7 } from "uuid";
import { requireProject } from "../access/access.service.ts";
import { type Context, type Credential, viewerOf } from "../context.ts";
import type { Reader, Transaction } from "../database/database.ts";
import { badInput } from "../errors.ts";
import { Prisma } from "../generated/prisma/client.ts";
import type { Role } from "../generated/prisma/enums.ts";
import { applyOnce } from "../graphql/apply-once.ts";
import { uuid } from "../graphql/input-checks.ts";
import { createLoaders } from "../graphql/loaders.ts";
import { bumpProject } from "../project/project.service.ts";
import { hashSecret, randomSecret } from "./access-token.ts";
import { checkName, checkSignInDetails, insertSignIn, requireCookies, startSession } from "./accounts.ts";
import { lockMembers, membersChanged } from "./members.service.ts";
import type { AcceptInvitationInput, CreateInvitationInput } from "./people.input.ts";
import type { PersonRow } from "./person.queries.ts";

const VALID_FOR = 14 * 24 * 3_600_000;

const RANK: Record<Role, number> = { VIEWER: 0, ANNOTATOR: 1, CURATOR: 2, OWNER: 3 };

/** An invitation that can be accepted. */
export interface OpenInvitation {
  id: string;
  projectId: string;
  projectName: string;
  role: Role;
  expiresAt: Date;
}

/**
 * The invitation that a token is for; null when it is wrong, used or expired.
 * It counts only while who made it is still an owner: nobody comes back in by a link they kept.
 * @param lock holds the invitation for the transaction, so that of two who use it at once the second finds it used
 */
async function openInvitation(
  ctx: Context,
  db: Reader,
  token: string,
  { lock = false } = {},
): Promise<OpenInvitation | null> {
  const id = ctx.identity.invitationIdOf(token);
  if (id === null) return null;
  const [invitation] = await db.$queryRaw<OpenInvitation[]>`
    select i.id, i.project_id as "projectId", p.name as "projectName", i.role::text as role, i.expires_at as "expiresAt"
    from invitation i
    join project p on p.id = i.project_id and p.deleted_at is null
    join membership m on m.project_id = i.project_id and m.person_id = i.created_by and m.role = 'OWNER'
    where i.id = ${id}::uuid and i.used_at is null and i.expires_at > now()
    ${lock ? Prisma.sql`for update of i` : Prisma.empty}`;
  return invitation ?? null;
}

/** What an invitation link offers; null when it does not work. */
export function previewInvitation(ctx: Context, token: string): Promise<OpenInvitation | null> {
  return openInvitation(ctx, ctx.db.prisma, token);
}

function refuseInvitation() {
  return badInput(
    "input.token",
    "This invitation is wrong, was used already or has expired. Ask for a new one.",
  );
}

/** Makes an invitation for one person; the link is made from its id again, so a retry gets the same. */
export async function createInvitation(
  ctx: Context,
  input: CreateInvitationInput,
): Promise<{ token: string; url: string; expiresAt: Date }> {
  const { invitationId, expiresAt } = await applyOnce(
    ctx,
    "createInvitation",
    input,
    async (tx) => {
      const projectId = uuid(input.projectId, "input.projectId");
      await requireProject(ctx, projectId, "manageMembers", tx);
      const { id, expiresAt } = await tx.invitation.create({
        data: {
          id: uuidv7(),
          projectId,
          role: input.role,
          createdBy: viewerOf(ctx).id,
          expiresAt: new Date(Date.now() + VALID_FOR),
        },
      });
      return { invitationId: id, projectId, expiresAt: expiresAt.toISOString() };
    },
    ({ projectId }) => requireProject(ctx, projectId, "manageMembers"),
  );
  return { ...ctx.identity.invitationLink(invitationId), expiresAt: new Date(expiresAt) };
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
  const joined = await (ctx.caller === null ? joinAsNewPerson(ctx, input) : joinAsViewer(ctx, input));
  membersChanged(ctx, joined.projectId);
  return joined;
}

/** Puts somebody in, in the caller's transaction; the project they are in. */
async function join(ctx: Context, tx: Transaction, token: string, personId: string): Promise<string> {
  const invitation = await openInvitation(ctx, tx, token, { lock: true });
  if (invitation === null) throw refuseInvitation();
  const { id, projectId, role } = invitation;
  await lockMembers(tx, projectId);
  const where = { projectId_personId: { projectId, personId } };
  const before = await tx.membership.findUnique({ where, select: { role: true } });
  // A member who tries a link that gives no more keeps the role, and the link stays good for who it was meant for.
  if (before !== null && RANK[before.role] >= RANK[role]) return projectId;
  await tx.membership.upsert({ where, create: { projectId, personId, role }, update: { role } });
  await tx.invitation.update({ where: { id }, data: { usedBy: personId, usedAt: new Date() } });
  await bumpProject(tx, projectId);
  return projectId;
}

async function joinAsViewer(ctx: Context, input: AcceptInvitationInput): Promise<Joined> {
  const { id, name } = viewerOf(ctx);
  const projectId = await ctx.db.prisma.$transaction((tx) => join(ctx, tx, input.token, id));
  return { projectId, person: { id, name }, accessToken: null };
}

async function joinAsNewPerson(ctx: Context, input: AcceptInvitationInput): Promise<Joined> {
  const email = input.email ?? null;
  const password = input.password ?? null;
  const name = checkName(input.name ?? "");
  const person = { id: uuidv7(), name };

  if (email === null && password === null) {
    const accessToken = randomSecret();
    const tokenId = uuidv7();
    const projectId = await ctx.db.prisma.$transaction(async (tx) => {
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
    become(ctx, person, null, { kind: "token", id: tokenId });
    return { projectId, person, accessToken };
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
  const projectId = await ctx.db.prisma.$transaction(async (tx) => {
    await tx.person.create({ data: person });
    await insertSignIn(tx, person, details.email, passwordHash);
    return join(ctx, tx, input.token, person.id);
  });
  await startSession(ctx, details);
  const session = await ctx.db.prisma.session.findFirstOrThrow({
    where: { userId: person.id },
    select: { id: true },
  });
  become(ctx, person, details.email, { kind: "session", id: session.id });
  return { projectId, person, accessToken: null };
}

/** The rest of this request is the new person's: they may read the project that the answer gives them. */
function become(ctx: Context, person: PersonRow, email: string | null, credential: Credential): void {
  ctx.caller = { viewer: { ...person, email, createsProjects: false }, credential };
  ctx.loaders = createLoaders(ctx.db, person.id);
}
