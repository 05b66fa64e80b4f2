// `npm run bench -- fanout [watchers/rate …] [--repeats=3] [--seconds=6] [--each]`: what it costs the server to tell
// one change to one watcher, against a plain ws server that sends a ready message of the same size.
//
// A change is a real createAnnotation through the API. CPU is that of the server process with watchers less that
// without, at the same rate of writes, after a warm-up. `--each` gives each watcher a text of its own, so that each
// has an execution of its own: what sharing saves.
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import {
  ADMIN_TOKEN,
  type ConcordProcess,
  cpuOf,
  makeDocument,
  makeStore,
  startConcord,
} from "../support/concord-process.ts";
import { startCrowd, WATCH, watchMessages } from "../support/crowd.ts";
import type { WatchReport } from "../support/crowd-process.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    repeats: { type: "string", default: "3" },
    seconds: { type: "string", default: "6" },
    each: { type: "boolean", default: false },
  },
});
const SECONDS = Number(values.seconds);
const WARM_UP = 2;
const plans = (positionals.length > 0 ? positionals : ["200/20", "200/100", "1000/20", "1000/100"]).map(
  (plan) => {
    const [watchers = 0, rate = 0] = plan.split("/").map(Number);
    return { watchers, rate };
  },
);

const CREATE = `mutation ($i: CreateAnnotationInput!) { createAnnotation(input: $i) { revision } }`;

interface Measured {
  /** Server CPU, ms. */
  cpu: number;
  changes: number;
  /** Until the writer had its answer, ms. */
  answers: number[];
  report: WatchReport;
}

/** Something that can be told of changes. */
interface Subject {
  url: string;
  pid: number;
  /** Makes one change that carries the time it was sent at. */
  change(at: string): Promise<unknown>;
  messages: string[];
}

/** Changes at a steady rate for some seconds, each begun on time whether or not the last is done; how long each took, ms. */
async function write({ change }: Subject, rate: number, seconds: number): Promise<number[]> {
  const all: Promise<number | null>[] = [];
  const begun = performance.now();
  for (let index = 0; index < rate * seconds; index++) {
    const wait = begun + (index * 1_000) / rate - performance.now();
    if (wait > 0) await sleep(wait);
    const sent = performance.now();
    all.push(
      change(String(process.hrtime.bigint())).then(
        () => performance.now() - sent,
        () => null,
      ),
    );
  }
  const answers = (await Promise.all(all)).filter((answer) => answer !== null);
  if (answers.length < all.length)
    process.stdout.write(`${all.length - answers.length} of ${all.length} writes failed\n`);
  return answers;
}

async function measure(subject: Subject, watchers: number, rate: number): Promise<Measured> {
  const crowd = startCrowd();
  try {
    await crowd.open({ url: subject.url, count: watchers, messages: subject.messages });
    await write(subject, rate, WARM_UP);
    await crowd.arrived();
    await crowd.reset();
    const before = await cpuOf(subject.pid);
    const answers = await write(subject, rate, SECONDS);
    const report = await crowd.arrived();
    const cpu = (await cpuOf(subject.pid)) - before;
    return { cpu, changes: answers.length, answers, report };
  } finally {
    await crowd.dispose();
  }
}

async function concordSubject(concord: ConcordProcess): Promise<Subject> {
  // A new one for each run: none is longer than another by what came before.
  const { documentId, labelId } = await makeDocument(concord);
  let place = 0;
  return {
    url: concord.url,
    pid: concord.pid,
    change(at) {
      const start = place++ % 2_000;
      const fragments = [{ start, end: start + 20 }];
      return concord.ask(CREATE, { i: { documentId, labelId, fragments, clientMutationId: at } });
    },
    messages: watchMessages(ADMIN_TOKEN, values.each ? `# #\n${WATCH}` : WATCH, { d: documentId, r: 0 }),
  };
}

async function rawSubject(child: ChildProcess, url: string, size: number): Promise<Subject> {
  child.send({ size });
  return { url, pid: child.pid ?? 0, change: async (at) => void child.send({ at }), messages: [] };
}

const quantile = (sorted: number[], share: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;

function spread(numbers: number[], digits = 2): string {
  const sorted = [...numbers].sort((a, b) => a - b);
  return [sorted[0], quantile(sorted, 0.5), sorted.at(-1)]
    .map((it) => (it ?? Number.NaN).toFixed(digits))
    .join(" / ");
}

/** p50, p95 and p99. */
function quantiles(times: number[]): string {
  const sorted = [...times].sort((a, b) => a - b);
  return [0.5, 0.95, 0.99].map((share) => quantile(sorted, share).toFixed(1)).join(" / ");
}

/** Microseconds of server CPU for one change to one watcher. */
const cost = (withWatchers: Measured, without: Measured, watchers: number) =>
  ((withWatchers.cpu / withWatchers.changes - without.cpu / without.changes) * 1_000) / watchers;

const store = await makeStore();
const concord = await startConcord(store.env);
const raw = fork(fileURLToPath(new URL("./raw-server.ts", import.meta.url)));
const [{ url: rawUrl }] = await once(raw, "message");
try {
  // Until the engine has compiled what is hot: a young server is several times slower.
  await measure(await concordSubject(concord), 100, 50);
  process.stdout.write("min / median / max; latency p50 / p95 / p99 from the writer's send to the watcher\n");
  for (const { watchers, rate } of plans) {
    const ours: number[] = [];
    const theirs: number[] = [];
    const ratios: number[] = [];
    const ourTimes: number[] = [];
    const theirTimes: number[] = [];
    const answers: number[] = [];
    for (let repeat = 0; repeat < Number(values.repeats); repeat++) {
      const alone = await measure(await concordSubject(concord), 0, rate);
      const among = await measure(await concordSubject(concord), watchers, rate);
      const plain = await rawSubject(raw, rawUrl, Math.round(among.report.leastBytes / among.changes));
      const rawAlone = await measure(plain, 0, rate);
      const rawAmong = await measure(plain, watchers, rate);
      // Pings come in between.
      if (among.report.mostBytes - among.report.leastBytes > 20)
        process.stdout.write(
          `not all got the same: ${among.report.leastBytes} to ${among.report.mostBytes} bytes\n`,
        );
      ours.push(cost(among, alone, watchers));
      theirs.push(cost(rawAmong, rawAlone, watchers));
      ratios.push((ours.at(-1) ?? 0) / (theirs.at(-1) ?? 1));
      ourTimes.push(...among.report.latencies);
      theirTimes.push(...rawAmong.report.latencies);
      answers.push(...among.answers);
    }
    process.stdout.write(
      `${watchers} watchers, ${rate}/s\n` +
        `  Concord   ${spread(ours)} µs   latency ${quantiles(ourTimes)} ms, the writer's answer ${quantiles(answers)} ms\n` +
        `  plain ws  ${spread(theirs)} µs   latency ${quantiles(theirTimes)} ms\n` +
        `  ratio     ${spread(ratios)}\n`,
    );
  }
} finally {
  raw.kill();
  await concord.stop();
  await store.drop();
}
