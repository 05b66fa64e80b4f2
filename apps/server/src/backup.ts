/** `npm run backup -- FILE`: everything that a server keeps, in one file, whether the server runs or not. */
import { runCommand, summaryOf } from "./backup/command.ts";
import { makeBackup } from "./backup/make-backup.ts";
import { size } from "./backup/progress.ts";
import { reachDatabase } from "./database/reach-database.ts";

await runCommand("backup", async ({ file, settings, ...options }) => {
  const database = await reachDatabase(settings);
  try {
    const { counts, bytes } = await makeBackup(database.url, file, options);
    return `Wrote ${file}: ${summaryOf(counts)} (deleted ones included), ${size(bytes)}.`;
  } finally {
    await database.release();
  }
});
