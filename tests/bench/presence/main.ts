// `npm run bench -- presence [--watchers=1000] [--repeats=3] [--seconds=5] [--rate=20]`: what it costs a server that the
// watchers of a document also see each other, and whether live changes wait for it: with nobody who says where they
// are, with 50 of them moving, and with all of them, each as often as the web client says it.
//
// Every watcher has both subscriptions in every case, and changes are written at one rate throughout, so that the cases
// differ by presence alone. All of it takes some two minutes on two cores.
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { type ConcordProcess, makeStore, startConcord } from "../support/concord-process.ts";
import { startCrowd, watchScript } from "../support/crowd.ts";
import type { WatchReport } from "../support/crowd-process.ts";
import { SPOKEN } from "../support/crowd-speakers.ts";
import {
  addDocument,
  annotate,
  inviteReaders,
  type MeasuredDocument,
  makeDocument,
} from "../support/measured-document.ts";
import { cpuOf, waitedForCore } from "../support/process-figures.ts";
import { startProgress } from "../support/progress.ts";
import { quantiles, spread, table } from "../support/statistics.ts";
import { writeSteadily } from "../support/steady-writer.ts";

const { values } = parseArgs({
  options: {
    watchers: { type: "string", default: "1000" },
    repeats: { type: "string", default: "3" },
    seconds: { type: "string", default: "5" },
    rate: { type: "string", default: "20" },
  },
});
const WATCHERS = Number(values.watchers);
const REPEATS = Number(values.repeats);
const SECONDS = Number(values.seconds);
const RATE = Number(values.rate);
const CASES = [0, 50, WATCHERS];

/** Of a person at most ten tabs are kept. */
const READERS = Math.ceil(WATCHERS / 5);
/** As the web client does, ms. */
const MOVES_EVERY = 200;
const WARM_UP = 3;
/** What was said last is answered by then, ms: the server would complain of answers that nobody takes. */
const ANSWERED_WITHIN = 2_500;

/** What the ids of presence's subscriptions begin with. */
const LIST = "p";
const idOf = (kind: string) => `${kind}0000000-0000-4000-8000-0000000#`;

/** What the workbench asks of presence. */
const PRESENCE = `subscription ($d: ID!) { documentPresence(documentId: $d) {
  personCount tabs { tabId user { id name } reading { start end } selection { start end } annotationId editing } } }`;

const MOVE = `mutation ($i: SetPresenceInput!) { setPresence(input: $i) { expiresAt } }`;

const subscribe = (id: string, query: string, variables: string) =>
  `{"id":"${id}","type":"subscribe","payload":{"query":${JSON.stringify(query)},"variables":${variables}}}`;

/** Somebody who scrolls and selects. */
const moveOf = (documentId: string) =>
  subscribe(
    idOf(SPOKEN),
    MOVE,
    `{"i":{"documentId":"${documentId}","tabId":"00000000-0000-4000-8000-0000000#","reading":{"start":10,"end":@},"selection":[{"start":20,"end":@}],"annotationId":null,"editing":false}}`,
  );

interface Measured {
  /** Server CPU in a second, ms. */
  cpu: number;
  /** Seconds it was measured for. */
  time: number;
  /** Of the time, how much the busiest of server and watchers was kept waiting for a core. */
  waitShare: number;
  report: WatchReport;
}

async function measure(
  concord: ConcordProcess,
  place: MeasuredDocument,
  tokens: string[],
  speakers: number,
): Promise<Measured> {
  const documentId = await addDocument(concord, place.projectId);
  let start = 0;
  const change = (at: string) => annotate(concord, { ...place, documentId }, start++, at);
  const crowd = startCrowd();
  try {
    await crowd.countMessages();
    const scripts = tokens.map((token) => [
      ...watchScript(token, { d: documentId, r: 0 }),
      subscribe(idOf(LIST), PRESENCE, `{"d":"${documentId}"}`),
    ]);
    await crowd.open({ url: concord.url, count: WATCHERS, scripts });
    await crowd.speak({ speakers, every: MOVES_EVERY, message: moveOf(documentId) });
    await writeSteadily(change, RATE, WARM_UP);
    await crowd.reset();
    const used = async () => ({
      at: performance.now(),
      cpu: await cpuOf(concord.pid),
      waited: await Promise.all([concord.pid, crowd.pid].map(waitedForCore)),
    });
    const before = await used();
    await writeSteadily(change, RATE, SECONDS);
    const after = await used();
    // What was written last is on its way.
    await sleep(500);
    const report = await crowd.report();
    await crowd.speak({ speakers: 0, every: 0, message: "" });
    if (speakers > 0) await sleep(ANSWERED_WITHIN);
    const time = (after.at - before.at) / 1_000;
    const waits = after.waited.map((waited, index) => waited - (before.waited[index] ?? 0));
    return {
      cpu: (after.cpu - before.cpu) / time,
      time,
      waitShare: Math.max(...waits) / time / 1_000,
      report,
    };
  } finally {
    await crowd.dispose();
  }
}

function rowOf(speakers: number, runs: readonly Measured[], idle: readonly Measured[]): string[] {
  const figure = (of: (run: Measured) => number, digits: number) => spread(runs.map(of), digits);
  const answers = runs.flatMap(({ report }) => report.answers);
  const lists = ({ report }: Measured) => report.counted.get(LIST);
  return [
    String(speakers),
    figure((run) => run.cpu, 0),
    spread(
      runs.map((run, repeat) => run.cpu / (idle[repeat]?.cpu ?? Number.NaN)),
      2,
    ),
    quantiles(runs.flatMap(({ report }) => report.latencies)),
    figure(({ report, time }) => report.said / time, 0),
    answers.length === 0 ? "" : quantiles(answers),
    figure((run) => (lists(run)?.messages ?? 0) / run.time, 0),
    figure((run) => (lists(run)?.bytes ?? 0) / run.time / 1e6, 2),
    `${figure(({ report, time }) => report.cpu / time / 10, 0)} %; ${figure(({ report }) => report.lag, 0)} ms; ${figure((run) => run.waitShare * 100, 0)} %`,
  ];
}

/** What makes the figures worthless. */
function remarks(speakers: number, { report }: Measured): string[] {
  const errors = [...report.counted.values()].reduce((sum, count) => sum + count.errors, 0);
  return [
    ...(report.lost > 0 ? [`unsound: with ${speakers} moving ${report.lost} watchers were cut off\n`] : []),
    ...(errors > 0 ? [`unsound: with ${speakers} moving ${errors} were refused\n`] : []),
  ];
}

const progress = startProgress(2 + CASES.length * REPEATS);
const store = await makeStore();
const concord = await startConcord(store.env);
try {
  progress(`${READERS} readers are invited`);
  const place = await makeDocument(concord);
  const tokens = await inviteReaders(concord, place.projectId, READERS);
  progress("the server warms up");
  await measure(concord, place, tokens, WATCHERS);
  const results = CASES.map((speakers): { speakers: number; runs: Measured[] } => ({ speakers, runs: [] }));
  for (let repeat = 0; repeat < REPEATS; repeat++) {
    for (const { speakers, runs } of results) {
      progress(`${speakers} of ${WATCHERS} watchers move, ${repeat + 1} of ${REPEATS}`);
      const run = await measure(concord, place, tokens, speakers);
      for (const remark of remarks(speakers, run)) process.stdout.write(remark);
      runs.push(run);
    }
  }
  const idle = results[0]?.runs ?? [];
  const head = [
    "who move",
    "server CPU, ms/s",
    "× nobody moves",
    "latency of changes, ms",
    "moves/s",
    "answered after, ms",
    "lists/s",
    "MB/s",
    "watchers' process: CPU; lag p99; kept from a core",
  ];
  process.stdout.write(
    `\n${WATCHERS} watchers, ${RATE} changes/s. Least / median / most of ${REPEATS}; latency and answers p50 / p95 / p99 of all\n\n${table(
      head,
      results.map(({ speakers, runs }) => rowOf(speakers, runs, idle)),
    )}`,
  );
} finally {
  await concord.stop();
  await store.drop();
}
