// `npm run bench -- crowd [--idle=10000]`: the server's memory for a watcher who waits.
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { ADMIN_TOKEN, type ConcordProcess, makeStore, startConcord } from "../support/concord-process.ts";
import { startCrowd, watchScript } from "../support/crowd.ts";
import { inviteReaders, makeDocument } from "../support/measured-document.ts";
import { memoryOf } from "../support/process-figures.ts";

const { values } = parseArgs({ options: { idle: { type: "string", default: "10000" } } });
const COUNT = Number(values.idle);
/** One person may have so many. */
const MOST_OF_ONE = 4_000;

async function watcherCount({ url }: ConcordProcess): Promise<number> {
  const headers = { authorization: `Bearer ${ADMIN_TOKEN}` };
  const metrics = await (await fetch(`${url}/metrics`, { headers })).text();
  return Number(/^concord_watchers (\d+)$/m.exec(metrics)?.[1]);
}

const store = await makeStore();
const concord = await startConcord(store.env);
const crowd = startCrowd();
try {
  const { documentId, projectId } = await makeDocument(concord);
  const tokens = await inviteReaders(concord, projectId, Math.ceil(COUNT / MOST_OF_ONE));
  const before = await memoryOf(concord.pid);
  for (const [index, token] of tokens.entries()) {
    const count = Math.min(MOST_OF_ONE, COUNT - index * MOST_OF_ONE);
    process.stdout.write(`[${index + 1} of ${tokens.length}] ${count} watchers come\n`);
    const scripts = [watchScript(token, { d: documentId, r: 0 })];
    await crowd.open({ url: concord.url, count, scripts, pause: 100 });
  }
  // Past a sweep, which asks for all of them.
  await sleep(3_000);
  const after = await memoryOf(concord.pid);
  process.stdout.write(
    `${await watcherCount(concord)} idle watchers: ${before.toFixed(0)} MB before, ${after.toFixed(0)} MB with them, ${(((after - before) * 1024) / COUNT).toFixed(1)} KB each\n`,
  );
} finally {
  await crowd.dispose();
  await concord.stop();
  await store.drop();
}
