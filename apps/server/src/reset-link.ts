/** `npm run reset-link -- EMAIL`: prints a link that sets a new password, for whoever has the console of the server. */
import { type Database, openDatabase } from "./database/database.ts";
import { DatabaseError } from "./database/database-error.ts";
import { reachDatabase } from "./database/reach-database.ts";
import { SettingError, type Settings, settingsOfProcess } from "./env.ts";
import { linkOf, rowToken } from "./people/one-time-token.ts";
import { issueReset } from "./people/password-reset.service.ts";

/** What whoever typed the command can put right; one line. */
class UsageError extends Error {}

/** A link for the account with this e-mail, and what to say of it. */
async function makeLink(db: Database, email: string, { publicUrl }: Settings): Promise<string> {
  const { rows } = await db.pool.query("select to_regclass('password_reset') is not null as found");
  const installation =
    rows[0]?.found === true ? await db.prisma.installation.findUnique({ where: { id: 1 } }) : null;
  if (installation === null)
    throw new UsageError("This database is not up to date, or not Concord's: start Concord on it once.");
  const account = await db.prisma.signIn.findUnique({ where: { email: email.trim().toLowerCase() } });
  if (account === null) throw new UsageError(`There is no account with the e-mail address ${email}.`);
  const { id, expiresAt } = await db.prisma.$transaction((tx) => issueReset(tx, account.id, null));
  const token = rowToken(installation.authSecret, "password-reset", id);
  return `This link sets a new password for ${account.name}, once, until ${expiresAt.toISOString()}:\n${linkOf(publicUrl, "reset", token)}\n`;
}

async function main(): Promise<void> {
  const [email, ...more] = process.argv.slice(2);
  if (email === undefined || more.length > 0) throw new UsageError("usage: npm run reset-link -- EMAIL");
  const settings = settingsOfProcess();
  const reached = await reachDatabase(settings);
  try {
    const db = await openDatabase(reached.url, { maxConnections: 2, onError: () => {} });
    try {
      process.stdout.write(await makeLink(db, email, settings));
    } finally {
      await db.dispose();
    }
  } finally {
    await reached.release();
  }
}

main().catch((error: unknown) => {
  const expected =
    error instanceof UsageError || error instanceof SettingError || error instanceof DatabaseError;
  const said = error instanceof Error ? (expected ? error.message : error.stack) : undefined;
  process.stderr.write(`${said ?? String(error)}\n`);
  process.exitCode = 1;
});
