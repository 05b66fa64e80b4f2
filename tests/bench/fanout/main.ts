// `npm run bench -- fanout [watchers/rate …] [--repeats=3] [--seconds=5] [--against=graphql-ws,hocuspocus]`: what it
// costs the server to tell one change to one watcher, and how long the watcher waits for it, against a plain ws server
// that sends a ready message of the same size, and beside graphql-ws and Hocuspocus as they come.
//
// A change of Concord's is a real createAnnotation through the API, written to the database; the others keep nothing.
// CPU is that of the server process with watchers less that without, at the same rate of writes, after a warm-up.
// All of it takes some 13 minutes on two cores. The database is DATABASE_URL's server, or the embedded one.
import { parseArgs } from "node:util";
import { startProgress } from "../support/progress.ts";
import { quantiles, spread, table } from "../support/statistics.ts";
import { type Measured, measure } from "./measure.ts";
import { SUBJECTS, type Subject } from "./subjects.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    repeats: { type: "string", default: "3" },
    seconds: { type: "string", default: "5" },
    against: { type: "string", default: "graphql-ws,hocuspocus" },
  },
});
const REPEATS = Number(values.repeats);
const PACE = { warmUp: 2, seconds: Number(values.seconds) };

/** Above these a run says more of the watchers' process or of the machine than of the server. */
const MOST = { crowdShare: 0.9, lag: 20, waitShare: 0.15 };
/** A server that needs this long after the last write to tell of all has not kept up, ms. */
const KEEPS_UP_WITHIN = 1_500;

interface Plan {
  watchers: number;
  rate: number;
}

const plans = (positionals.length > 0 ? positionals : ["200/20", "200/100", "1000/20", "1000/100"]).map(
  (text): Plan => {
    const [watchers, rate] = text.split("/").map(Number);
    if (!watchers || !rate) throw new Error(`${text}: say WATCHERS/RATE, such as 1000/20`);
    return { watchers, rate };
  },
);
const names = ["concord", "plain", ...values.against.split(",").filter((name) => name !== "")];
for (const name of names)
  if (!(name in SUBJECTS)) throw new Error(`${name}: there are ${Object.keys(SUBJECTS).join(", ")}`);

/** Microseconds of server CPU for one change to one watcher. */
const costOf = (among: Measured, alone: Measured, watchers: number) =>
  ((among.cpu / among.changes - alone.cpu / alone.changes) * 1_000) / watchers;

const progress = startProgress(
  names.length * REPEATS * (plans.length + new Set(plans.map(({ rate }) => rate)).size),
);

/** Without watchers, by subject, rate and repeat: it serves every number of watchers. */
const alone = new Map<string, Measured>();
async function withoutWatchers(subject: Subject, rate: number, repeat: number): Promise<Measured> {
  const key = `${subject.name} ${rate} ${repeat}`;
  const known = alone.get(key);
  if (known) return known;
  progress(`${subject.name}, no watchers, ${rate}/s, ${repeat + 1} of ${REPEATS}`);
  const measured = await measure(subject, 0, { rate, ...PACE }, 1_000);
  alone.set(key, measured);
  return measured;
}

interface Result {
  subject: Subject;
  costs: number[];
  runs: Measured[];
}

async function runPlan(subjects: Subject[], { watchers, rate }: Plan): Promise<Result[]> {
  const results = subjects.map((subject): Result => ({ subject, costs: [], runs: [] }));
  for (let repeat = 0; repeat < REPEATS; repeat++) {
    let size = 1_000;
    for (const { subject, costs, runs } of results) {
      const without = await withoutWatchers(subject, rate, repeat);
      progress(`${subject.name}, ${watchers} watchers, ${rate}/s, ${repeat + 1} of ${REPEATS}`);
      const among = await measure(subject, watchers, { rate, ...PACE }, size);
      // Concord comes first: the plain server sends as many bytes as it did.
      if (subject.name === "Concord") size = Math.round(among.report.leastBytes / among.changes);
      costs.push(costOf(among, without, watchers));
      runs.push(among);
    }
  }
  return results;
}

/** What of the results is to be taken with care, or not at all. */
function remarks({ subject, runs }: Result): string[] {
  const most = (figure: (run: Measured) => number) => Math.max(...runs.map(figure));
  const rest = most((run) => run.rest);
  const crowdShare = most((run) => run.crowdShare);
  const lag = most((run) => run.report.lag);
  const waitShare = most((run) => run.waitShare);
  const lost = most((run) => run.report.lost);
  // Pings come in between.
  const uneven = most((run) => run.report.mostBytes - run.report.leastBytes);
  return [
    ...(rest > KEEPS_UP_WITHIN
      ? [`collapses: all had arrived only ${(rest / 1_000).toFixed(1)} s after the last write`]
      : []),
    ...(lost > 0 ? [`unsound: ${lost} watchers were cut off`] : []),
    ...(uneven > 20 ? [`unsound: some watchers got ${uneven} bytes more than others`] : []),
    ...(crowdShare > MOST.crowdShare
      ? [
          `unsound: the watchers' own process was the bottleneck (${(crowdShare * 100).toFixed(0)} % of a core)`,
        ]
      : []),
    ...(waitShare > MOST.waitShare || lag > MOST.lag
      ? [
          `unsound: the machine was the bottleneck (kept waiting for a core ${(waitShare * 100).toFixed(0)} % of the time; the watchers' timers were ${lag.toFixed(0)} ms late)`,
        ]
      : []),
  ].map((remark) => `  ${subject.name}: ${remark}`);
}

function tableOf({ watchers, rate }: Plan, results: Result[]): string {
  const plain = results.find(({ subject }) => subject.name === "plain ws");
  const rows = results.map(({ subject, costs, runs }) => {
    const ratios = costs.map((cost, repeat) => cost / (plain?.costs[repeat] ?? Number.NaN));
    const answers = runs.flatMap((run) => run.answers);
    const crowd = runs.map((run) => `${(run.crowdShare * 100).toFixed(0)} %`);
    return [
      subject.name,
      spread(costs, 2),
      spread(ratios, 2),
      quantiles(runs.flatMap(({ report }) => report.latencies)),
      subject.name === "Concord" ? quantiles(answers) : "",
      `${crowd.join(", ")}; ${spread(
        runs.map(({ report }) => report.lag),
        0,
      )} ms`,
    ];
  });
  const head = [
    `${watchers} watchers, ${rate}/s`,
    "CPU, µs",
    "× plain ws",
    "latency, ms",
    "writer's answer, ms",
    "watchers' process: CPU; lag p99",
  ];
  return [table(head, rows), ...results.flatMap(remarks).map((line) => `${line}\n`)].join("");
}

const subjects: Subject[] = [];
try {
  for (const name of names) subjects.push(await (SUBJECTS[name] ?? SUBJECTS.concord!)());
  // Until the engine has compiled what is hot: a young server is several times slower.
  for (const subject of subjects) await measure(subject, 100, { rate: 50, warmUp: 2, seconds: 2 }, 1_000);
  const tables: string[] = [];
  for (const plan of plans) {
    tables.push(tableOf(plan, await runPlan(subjects, plan)));
    process.stdout.write(`\n${tables.at(-1)}\n`);
  }
  process.stdout.write(
    `\nServer CPU for one change to one watcher, least / median / most of ${REPEATS}; latency from the writer's send to the watcher, p50 / p95 / p99 of all\n\n${tables.join("\n")}`,
  );
} finally {
  for (const subject of subjects) await subject.stop();
}
