// One run: watchers, changes at a steady rate, and what it cost the server and the watchers.
import { setTimeout as sleep } from "node:timers/promises";
import { startCrowd } from "../support/crowd.ts";
import type { WatchReport } from "../support/crowd-process.ts";
import { cpuOf, waitedForCore } from "../support/process-figures.ts";
import { sentNow } from "./change.ts";
import type { Subject, Topic } from "./subjects.ts";

export interface Measured {
  /** Server CPU, ms. */
  cpu: number;
  changes: number;
  /** Until the writer had its answer, ms. */
  answers: number[];
  /** From the last change until nothing more arrived, ms. */
  rest: number;
  /** How much of a core the watchers' process used. */
  crowdShare: number;
  /** Of the time, how much the busiest of server and watchers was kept waiting for a core. */
  waitShare: number;
  report: WatchReport;
}

/** The rate of writing, and for how long; seconds. */
export interface Pace {
  rate: number;
  warmUp: number;
  seconds: number;
}

/** Changes at a steady rate, each begun on time whether or not the last is done; how long each took, ms. */
async function write({ change }: Topic, rate: number, seconds: number): Promise<number[]> {
  const all: Promise<number | null>[] = [];
  const begun = performance.now();
  for (let index = 0; index < rate * seconds; index++) {
    const wait = begun + (index * 1_000) / rate - performance.now();
    if (wait > 0) await sleep(wait);
    const sent = performance.now();
    all.push(
      change(sentNow()).then(
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

/** @param size see Subject.open */
export async function measure(
  subject: Subject,
  watchers: number,
  { rate, warmUp, seconds }: Pace,
  size: number,
): Promise<Measured> {
  const topic = await subject.open(size);
  const crowd = startCrowd();
  try {
    await crowd.open({ url: subject.url, count: watchers, scripts: topic.scripts });
    await write(topic, rate, warmUp);
    await crowd.arrived();
    await crowd.reset();
    const used = async () => ({
      at: performance.now(),
      cpu: await cpuOf(subject.pid),
      waited: await Promise.all([subject.pid, crowd.pid].map(waitedForCore)),
    });
    const before = await used();
    const answers = await write(topic, rate, seconds);
    const written = performance.now();
    const report = await crowd.arrived();
    const after = await used();
    const time = after.at - before.at;
    const waits = after.waited.map((waited, index) => waited - (before.waited[index] ?? 0));
    return {
      cpu: after.cpu - before.cpu,
      changes: answers.length,
      answers,
      rest: after.at - written,
      crowdShare: report.cpu / time,
      waitShare: Math.max(...waits) / time,
      report,
    };
  } finally {
    topic.end();
    await crowd.dispose();
  }
}
