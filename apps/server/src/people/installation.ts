/** The one row about this installation: its first owner and its secret. */
import { createHash, randomBytes } from "node:crypto";
import { v7 as uuidv7 } from "uuid";
import type { Database } from "../database/database.ts";

interface InstallationFacts {
  /** The person that the one-time link and ADMIN_TOKEN stand for. */
  ownerId: string;
  /** Signs sessions and derives one-time tokens; shared by all servers. Never logged. */
  authSecret: string;
}

/** Of the advisory lock that lets one of several servers make the installation. */
const LOCK = 0x636f6e63;

/** A secret that nothing was signed with yet. */
export function newAuthSecret(): string {
  return randomBytes(32).toString("base64url");
}

/** Reads the installation; at first start makes it, with its first owner, whom nobody can sign in as yet. */
export async function ensureInstallation(db: Database): Promise<InstallationFacts> {
  const select = { ownerId: true, authSecret: true } as const;
  const known = await db.prisma.installation.findUnique({ where: { id: 1 }, select });
  if (known !== null) return known;
  return db.prisma.$transaction(async (tx) => {
    await tx.$queryRaw`select pg_advisory_xact_lock(${LOCK}::bigint)::text`;
    const faster = await tx.installation.findUnique({ where: { id: 1 }, select });
    if (faster !== null) return faster;
    const owner = await tx.person.create({ data: { id: uuidv7(), name: "Owner", createsProjects: true } });
    return tx.installation.create({
      data: { id: 1, ownerId: owner.id, authSecret: newAuthSecret() },
      select,
    });
  });
}

/** A short name of this installation that tells nothing of it. */
export function installationTag({ authSecret }: InstallationFacts): string {
  return createHash("sha256").update(`tag:${authSecret}`).digest("hex").slice(0, 8);
}
