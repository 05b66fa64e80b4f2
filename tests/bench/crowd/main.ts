// `npm run bench -- crowd [--idle=10000] [--returning=1000]`: the server's memory for a watcher who waits, and how long it
// takes until all are caught up who come back at once while people write.
import { readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import {
  ADMIN_TOKEN,
  type ConcordProcess,
  makeDocument,
  makeStore,
  startConcord,
} from "../support/concord-process.ts";
import { startCrowd, WATCH, watchMessages } from "../support/crowd.ts";

const { values } = parseArgs({
  options: { idle: { type: "string", default: "10000" }, returning: { type: "string", default: "1000" } },
});
/** One person may have so many. */
const MOST_OF_ONE = 4_000;

/** Resident memory of a process, MB. From /proc, so on Linux. */
async function memoryOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) / 1024;
}

async function watcherCount({ url }: ConcordProcess): Promise<number> {
  const headers = { authorization: `Bearer ${ADMIN_TOKEN}` };
  const metrics = await (await fetch(`${url}/metrics`, { headers })).text();
  return Number(/^concord_watchers (\d+)$/m.exec(metrics)?.[1]);
}

/** One who may read the project, by a token. */
async function inviteReader({ ask }: ConcordProcess, projectId: string): Promise<string> {
  const { createInvitation } = await ask<{ createInvitation: { token: string } }>(
    `mutation ($i: CreateInvitationInput!) { createInvitation(input: $i) { token } }`,
    { i: { projectId, role: "VIEWER" } },
  );
  const { acceptInvitation } = await ask<{ acceptInvitation: { accessToken: string } }>(
    `mutation ($i: AcceptInvitationInput!) { acceptInvitation(input: $i) { accessToken } }`,
    { i: { token: createInvitation.token, name: "Reader" } },
    null,
  );
  return acceptInvitation.accessToken;
}

async function measureIdle(concord: ConcordProcess, count: number): Promise<void> {
  const { documentId, projectId } = await makeDocument(concord);
  const crowd = startCrowd();
  const before = await memoryOf(concord.pid);
  for (let opened = 0; opened < count; opened += MOST_OF_ONE) {
    await crowd.open({
      url: concord.url,
      count: Math.min(MOST_OF_ONE, count - opened),
      messages: watchMessages(await inviteReader(concord, projectId), WATCH, { d: documentId, r: 0 }),
      pause: 100,
    });
  }
  // Past a sweep, which asks for all of them.
  await sleep(3_000);
  const after = await memoryOf(concord.pid);
  process.stdout.write(
    `${await watcherCount(concord)} idle watchers: ${before.toFixed(0)} MB before, ${after.toFixed(0)} MB with them, ${(((after - before) * 1024) / count).toFixed(1)} KB each\n`,
  );
  await crowd.dispose();
}

/** How much those who come back have missed, besides what is written meanwhile. */
const BEHIND = 30;

const CREATE = `mutation ($i: CreateAnnotationInput!) { createAnnotation(input: $i) { revision } }`;

async function measureReturn(concord: ConcordProcess, count: number): Promise<void> {
  const { documentId, labelId } = await makeDocument(concord);
  let revision = 0;
  const write = async () => {
    const input = { documentId, labelId, fragments: [{ start: revision % 2_000, end: 2_010 }] };
    const { createAnnotation } = await concord.ask<{ createAnnotation: { revision: number } }>(CREATE, {
      i: input,
    });
    revision = createAnnotation.revision;
  };
  while (revision < BEHIND) await write();
  const writing = { goesOn: true };
  const writer = (async () => {
    while (writing.goesOn) await Promise.all([write(), sleep(50)]);
  })();
  const crowd = startCrowd();
  const begun = performance.now();
  const messages = watchMessages(ADMIN_TOKEN, WATCH, { d: documentId, r: 0 });
  await crowd.open({ url: concord.url, count, messages });
  const opened = performance.now();
  writing.goesOn = false;
  await writer;
  const { leastBytes, mostBytes } = await crowd.arrived();
  process.stdout.write(
    `${count} watchers come back ${BEHIND} changes behind while people write: all connected after ${((opened - begun) / 1_000).toFixed(1)} s, all caught up ${((performance.now() - opened) / 1_000).toFixed(1)} s later (${leastBytes} to ${mostBytes} bytes each)\n`,
  );
  await crowd.dispose();
}

const store = await makeStore();
const concord = await startConcord(store.env);
try {
  await measureIdle(concord, Number(values.idle));
  await measureReturn(concord, Number(values.returning));
} finally {
  await concord.stop();
  await store.drop();
}
