// What is measured on a page, whoever drew it. Times end after the frame that shows the result has been rendered by the
// page's own thread; a frame counts as lost for each time that its callback came later than the one before by a frame.
import { readFile } from "node:fs/promises";
import type { Browser, CDPSession, Page } from "@playwright/test";
import type { BenchData } from "./subject.ts";

/** Put into every page before its scripts. */
export const IN_PAGE = `
window.bench = {
  afterFrame: () => new Promise((done) => requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => done();
    channel.port2.postMessage(null);
  })),
  async until(condition) {
    const deadline = performance.now() + 60000;
    while (!condition()) {
      await window.bench.afterFrame();
      if (performance.now() > deadline) throw new Error("it never came");
    }
  },
  frames: [],
  watch() {
    window.bench.frames = [];
    window.bench.isWatching = true;
    const step = (at) => {
      window.bench.frames.push(at);
      if (window.bench.isWatching) requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  },
};
`;

declare global {
  interface Window {
    bench: {
      afterFrame(): Promise<void>;
      until(condition: () => boolean): Promise<void>;
      frames: number[];
      isWatching: boolean;
      watch(): void;
    };
    upAt: number;
  }
}

/** From the data in memory to the first picture with highlights, building the text included; ms. */
export function measureOpen(page: Page, data: BenchData): Promise<number> {
  return page.evaluate(async (given) => {
    await document.fonts.ready;
    await window.bench.afterFrame();
    const begun = performance.now();
    window.subject.open(given);
    do await window.bench.afterFrame();
    while (!window.subject.isShown());
    return performance.now() - begun;
  }, data);
}

/** From letting go of the mouse to the picture with the new highlight, a few times at different places; ms. */
export async function measureTags(page: Page, times: number): Promise<number[]> {
  const size = page.viewportSize() ?? { width: 0, height: 0 };
  await page.evaluate(() =>
    addEventListener("pointerup", (event) => (window.upAt = event.timeStamp), { capture: true }),
  );
  const found: number[] = [];
  for (let time = 0; time < times; time++) {
    const [x, y] = [size.width / 2 - 150, 120 + 90 * time];
    const before = await page.evaluate(() => window.subject.tagCount());
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + 120, y, { steps: 5 });
    const measuring = page.evaluate(async (count) => {
      const deadline = performance.now() + 5_000;
      while (window.subject.tagCount() <= count && performance.now() < deadline)
        await window.bench.afterFrame();
      return window.subject.tagCount() > count ? performance.now() - window.upAt : Number.NaN;
    }, before);
    await page.mouse.up();
    found.push(await measuring);
    await page.mouse.click(x + 400, 20);
  }
  return found;
}

export interface Scrolled {
  readonly frames: number;
  readonly lost: number;
  /** The longest time between two frames, ms. */
  readonly longest: number;
}

const FRAME_MS = 1_000 / 60;

/** A wheel gesture down the text, as the browser itself handles it. */
export async function measureScroll(page: Page, cdp: CDPSession, distance = 6_000): Promise<Scrolled> {
  const size = page.viewportSize() ?? { width: 0, height: 0 };
  await page.evaluate(() => window.bench.watch());
  await cdp.send("Input.synthesizeScrollGesture", {
    x: Math.round(size.width / 2),
    y: Math.round(size.height / 2),
    yDistance: -distance,
    speed: 2_500,
    gestureSourceType: "mouse",
    preventFling: true,
  });
  const frames = await page.evaluate(() => {
    window.bench.isWatching = false;
    return window.bench.frames;
  });
  const gaps = frames.slice(1).map((at, index) => at - (frames[index] ?? at));
  const lost = gaps.reduce((sum, gap) => sum + Math.max(0, Math.round(gap / FRAME_MS) - 1), 0);
  return { frames: gaps.length + lost, lost, longest: Math.max(0, ...gaps) };
}

/** Live script memory after a collection, and what the page's process holds alone; MB. */
export async function measureMemory(
  browser: Browser,
  cdp: CDPSession,
): Promise<{ heap: number; process: number }> {
  await cdp.send("HeapProfiler.enable");
  await cdp.send("HeapProfiler.collectGarbage");
  const { usedSize } = await cdp.send("Runtime.getHeapUsage");
  const whole = await browser.newBrowserCDPSession();
  const { processInfo } = await whole.send("SystemInfo.getProcessInfo");
  await whole.detach();
  const renderers = processInfo.filter(({ type }) => type === "renderer");
  const sizes = await Promise.all(renderers.map(({ id }) => privateMemoryOf(id)));
  return { heap: usedSize / 2 ** 20, process: Math.max(0, ...sizes) };
}

/** From /proc, so on Linux; MB. */
async function privateMemoryOf(pid: number): Promise<number> {
  const rollup = await readFile(`/proc/${pid}/smaps_rollup`, "utf8");
  return Number(/^Pss:\s+(\d+) kB/m.exec(rollup)?.[1] ?? 0) / 1024;
}
