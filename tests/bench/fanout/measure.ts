// One run: watchers, changes at a steady rate, and what it cost the server and the watchers.
import { startCrowd } from "../support/crowd.ts";
import type { WatchReport } from "../support/crowd-process.ts";
import { cpuOf, waitedForCore } from "../support/process-figures.ts";
import { writeSteadily } from "../support/steady-writer.ts";
import type { Subject } from "./subjects.ts";

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
    await writeSteadily(topic.change, rate, warmUp);
    await crowd.arrived();
    await crowd.reset();
    const used = async () => ({
      at: performance.now(),
      cpu: await cpuOf(subject.pid),
      waited: await Promise.all([subject.pid, crowd.pid].map(waitedForCore)),
    });
    const before = await used();
    const answers = await writeSteadily(topic.change, rate, seconds);
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
