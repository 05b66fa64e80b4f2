/** `npm run restore -- FILE`: what a backup carries, into an empty DATA_DIR or database. */
import { runCommand, summaryOf } from "./backup/command.ts";
import { checkBackup, type RestoreTarget, restoreBackup } from "./backup/restore-backup.ts";
import { startEmbeddedDatabase } from "./database/embedded.ts";
import type { Settings } from "./env.ts";

await runCommand("restore", async ({ file, settings, warn, ...options }) => {
  const header = await checkBackup(file, options);
  const { stop, ...target } = await openTarget(settings, warn);
  try {
    const counts = await restoreBackup(target, file, header, options);
    return `Restored ${summaryOf(counts)} (deleted ones included), as of ${header.madeAt}. People sign in as before; access tokens and invitations have to be made anew.`;
  } finally {
    await stop();
  }
});

/** The embedded database is made if need be, and refused while its server runs. */
async function openTarget(
  { databaseUrl, dataDir }: Settings,
  warn: (message: string) => void,
): Promise<RestoreTarget & { stop(): Promise<void> }> {
  if (databaseUrl !== null) return { url: databaseUrl, dataDir: null, stop: async () => {} };
  const { url, stop } = await startEmbeddedDatabase({ dataDir, log: { info: () => {}, warn } });
  return { url, dataDir, stop };
}
