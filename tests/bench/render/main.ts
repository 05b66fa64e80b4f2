// `npm run bench -- render [--counts=1000,5000,20000] [--repeats=3]`: the reading pane with many annotations on 200,000
// characters, against @recogito/text-annotator and against the text alone; a million characters, ours alone; and the whole
// workbench on a real server. All in one Chromium, in turns. Scrolling is by wheel gestures; the text alone says how much
// of a loss is the machine's. `--ways=ours,plain` leaves others out, `--no-long` and `--no-workbench` the last two.
import { parseArgs } from "node:util";
import { type Browser, chromium } from "@playwright/test";
import { makeCorpus } from "./corpus.ts";
import {
  IN_PAGE,
  measureMemory,
  measureOpen,
  measureScroll,
  measureTags,
  type Scrolled,
} from "./measures.ts";
import { servePages, WAYS, type Way } from "./pages.ts";
import type { BenchData } from "./subject.ts";
import { measureWorkbench } from "./workbench.ts";

const { values } = parseArgs({
  options: {
    counts: { type: "string", default: "1000,5000,20000" },
    repeats: { type: "string", default: "3" },
    ways: { type: "string", default: Object.keys(WAYS).join(",") },
    long: { type: "boolean", default: true },
    workbench: { type: "boolean", default: true },
  },
  allowNegative: true,
});
const REPEATS = Number(values.repeats);
const asked = values.ways.split(",");

interface Run {
  open: number;
  tags: number[];
  scrolls: Scrolled[];
  heap: number;
  process: number;
}

async function runOnce(browser: Browser, url: string, data: BenchData, tags: boolean): Promise<Run> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  try {
    const page = await context.newPage();
    await page.addInitScript(IN_PAGE);
    await page.goto(url);
    const cdp = await context.newCDPSession(page);
    const open = await measureOpen(page, data);
    const tagTimes = tags ? await measureTags(page, 5) : [];
    const scrolls = [await measureScroll(page, cdp), await measureScroll(page, cdp)];
    return { open, tags: tagTimes, scrolls, ...(await measureMemory(browser, cdp)) };
  } finally {
    await context.close();
  }
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

const totalOf = (scrolls: readonly Scrolled[], key: "lost" | "frames") =>
  scrolls.reduce((sum, scroll) => sum + scroll[key], 0);

function describeLoss(scrolls: readonly Scrolled[]): string {
  const [lost, frames] = [totalOf(scrolls, "lost"), totalOf(scrolls, "frames")];
  return `${lost} of ${frames} (${((100 * lost) / frames).toFixed(1)} %)`;
}

function rowOf(name: string, runs: readonly Run[]): string {
  const scrolls = runs.flatMap((run) => run.scrolls);
  const cells = [
    name.padEnd(16),
    `${median(runs.map((run) => run.open)).toFixed(0)} ms`.padStart(9),
    `${median(runs.flatMap((run) => run.tags)).toFixed(0)} ms`.padStart(8),
    describeLoss(scrolls).padStart(20),
    `${median(scrolls.map((scroll) => scroll.longest)).toFixed(0)} ms`.padStart(8),
    `${median(runs.map((run) => run.heap)).toFixed(0)} MB`.padStart(8),
    `${median(runs.map((run) => run.process)).toFixed(0)} MB`.padStart(8),
  ];
  return cells.join(" ");
}

const HEAD = `${"".padEnd(16)} ${"open".padStart(9)} ${"tag".padStart(8)} ${"lost frames".padStart(20)} ${"longest".padStart(8)} ${"script".padStart(8)} ${"process".padStart(8)}`;

const isWay = (name: string): name is Way => name in WAYS;
const ways = asked.filter(isWay);
const executablePath = process.env.CONCORD_BROWSER;
const browser = await chromium.launch({
  ...(executablePath && { executablePath }),
  args: ["--disable-gpu", ...(process.getuid?.() === 0 ? ["--no-sandbox"] : [])],
});
const pages = await servePages();
try {
  const plans = [
    ...values.counts.split(",").map((count) => ({ length: 200_000, count: Number(count), ways })),
    ...(values.long
      ? [{ length: 1_000_000, count: 20_000, ways: ways.filter((way) => way === "ours") }]
      : []),
  ];
  process.stdout.write(`Chromium ${browser.version()}, medians of ${REPEATS}\n`);
  for (const plan of plans) {
    const data = makeCorpus(plan.length, plan.count);
    const runs = new Map<Way, Run[]>(plan.ways.map((way) => [way, []]));
    for (let repeat = 0; repeat < REPEATS; repeat++)
      for (const [way, list] of runs)
        list.push(await runOnce(browser, pages.urlOf(way), data, way !== "plain"));
    process.stdout.write(`\n${plan.length} characters, ${plan.count} annotations\n${HEAD}\n`);
    for (const [way, list] of runs) process.stdout.write(`${rowOf(way, list)}\n`);
  }
  if (values.workbench) {
    const scrolls = await measureWorkbench(browser, makeCorpus(200_000, 20_000), 2 * REPEATS);
    process.stdout.write(`\nthe whole workbench, 20000 annotations: ${describeLoss(scrolls)} frames lost\n`);
  }
} finally {
  await pages.stop();
  await browser.close();
}
