// `npm run bench -- storm [--watchers=1000] [--repeats=3] [--at-once=1000]`: how long it takes until all are back who
// come back at once while somebody writes: after the network was away (the server is warm), and after the server was
// started anew (it is cold, and all find out at the same moment).
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { type ConcordProcess, makeStore, startConcord } from "../support/concord-process.ts";
import { startCrowd, watchScript } from "../support/crowd.ts";
import {
  annotate,
  inviteReaders,
  type MeasuredDocument,
  makeDocument,
} from "../support/measured-document.ts";
import { cpuOf } from "../support/process-figures.ts";
import { startProgress } from "../support/progress.ts";
import { quantiles, spread, table } from "../support/statistics.ts";

const { values } = parseArgs({
  options: {
    watchers: { type: "string", default: "1000" },
    repeats: { type: "string", default: "3" },
    "at-once": { type: "string" },
  },
});
const WATCHERS = Number(values.watchers);
const REPEATS = Number(values.repeats);
const AT_ONCE = Number(values["at-once"] ?? WATCHERS);

/** How many people they are. */
const READERS = 50;
/** What those who come back have missed, besides what is written meanwhile. */
const BEHIND = 30;
/** Between two writes, ms. */
const WRITE_EVERY = 50;

interface Return {
  /** Until everybody was let in and had said what they watch, s. */
  connected: number;
  /** Until everybody had what was there when the last was connected, s. */
  caughtUp: number;
  /** CPU of the server, s. */
  cpu: number;
  /** CPU of the watchers' process, s. */
  crowdCpu: number;
  /** Until the writer had its answers meanwhile, ms. */
  answers: number[];
  lost: number;
  tries: number;
}

/** Writes one after the other until it is stopped. */
function startWriter(concord: ConcordProcess, document: MeasuredDocument) {
  const answers: number[] = [];
  const state = { goesOn: true, revision: 0 };
  const written = (async () => {
    for (let start = 0; state.goesOn; start++) {
      const sent = performance.now();
      state.revision = await annotate(concord, document, start);
      answers.push(performance.now() - sent);
      await sleep(WRITE_EVERY);
    }
  })();
  return {
    answers,
    revision: () => state.revision,
    async stop() {
      state.goesOn = false;
      await written;
    },
  };
}

async function measureReturn(
  concord: ConcordProcess,
  document: MeasuredDocument,
  tokens: string[],
  afterRevision: number,
): Promise<Return> {
  const writer = startWriter(concord, document);
  const crowd = startCrowd();
  try {
    await crowd.readRevisions();
    await crowd.reset();
    const cpu = await cpuOf(concord.pid);
    const begun = performance.now();
    const since = () => (performance.now() - begun) / 1_000;
    const scripts = tokens.map((token) => watchScript(token, { d: document.documentId, r: afterRevision }));
    await crowd.open({ url: concord.url, count: WATCHERS, scripts, atOnce: AT_ONCE });
    const connected = since();
    const goal = writer.revision();
    let report = await crowd.report();
    while (report.leastRevision < goal && report.lost === 0) {
      await sleep(10);
      report = await crowd.report();
    }
    return {
      connected,
      caughtUp: since(),
      cpu: ((await cpuOf(concord.pid)) - cpu) / 1_000,
      crowdCpu: report.cpu / 1_000,
      answers: writer.answers,
      lost: report.lost,
      tries: report.tries,
    };
  } finally {
    await writer.stop();
    await crowd.dispose();
  }
}

function rowOf(name: string, returns: Return[]): string[] {
  const figure = (of: (it: Return) => number) => spread(returns.map(of), 2);
  return [
    name,
    figure((it) => it.connected),
    figure((it) => it.caughtUp),
    figure((it) => it.cpu),
    figure((it) => it.crowdCpu),
    quantiles(returns.flatMap((it) => it.answers)),
    returns.map((it) => it.tries).join(", "),
  ];
}

const progress = startProgress(1 + 2 * REPEATS);
const store = await makeStore();
let concord = await startConcord(store.env);
try {
  progress(`${READERS} readers are invited, and a document is made`);
  const document = await makeDocument(concord);
  const tokens = await inviteReaders(concord, document.projectId, READERS);
  /** What is there less what they have missed. */
  const missed = async () => {
    let revision = 0;
    for (let index = 0; index < BEHIND; index++) revision = await annotate(concord, document, index);
    return revision - BEHIND;
  };
  const cases = {
    "the network was away": async () => {},
    "the server was started anew": async () => {
      await concord.stop();
      concord = await startConcord(store.env);
    },
  };
  const rows: string[][] = [];
  for (const [name, happen] of Object.entries(cases)) {
    const returns: Return[] = [];
    for (let repeat = 0; repeat < REPEATS; repeat++) {
      progress(`${WATCHERS} watchers come back, ${name}, ${repeat + 1} of ${REPEATS}`);
      const afterRevision = await missed();
      await happen();
      const came = await measureReturn(concord, document, tokens, afterRevision);
      if (came.lost > 0) process.stdout.write(`unsound: ${came.lost} watchers were refused or cut off\n`);
      returns.push(came);
    }
    rows.push(rowOf(name, returns));
  }
  const head = [
    `${WATCHERS} watchers at once`,
    "all connected, s",
    "all caught up, s",
    "server CPU, s",
    "watchers' CPU, s",
    "writer's answer, ms",
    "came again",
  ];
  process.stdout.write(
    `\nLeast / median / most of ${REPEATS}; the writer's answers meanwhile p50 / p95 / p99\n\n${table(head, rows)}`,
  );
} finally {
  await concord.stop();
  await store.drop();
}
