// The whole workbench on a real server: what a person scrolls is the text with the list beside it, the ruler and the bar.
import type { Browser } from "@playwright/test";
import { ADMIN_TOKEN, makeStore, startConcord } from "../support/concord-process.ts";
import { IN_PAGE, measureScroll, type Scrolled } from "./measures.ts";
import type { BenchData } from "./subject.ts";

const POLL_MS = 500;

/** Imports the text with its annotations; answers the document's path. */
async function makeDocument(
  { url, ask }: Awaited<ReturnType<typeof startConcord>>,
  data: BenchData,
): Promise<string> {
  const { createProject } = await ask<{
    createProject: { project: { id: string; labels: { key: string; color: string }[] } };
  }>(`mutation { createProject(input: { name: "Measured" }) { project { id labels { key color } } } }`);
  const { id, labels } = createProject.project;
  const keyOf = (color: string) => labels.find((label) => label.color === color)?.key ?? labels[0]?.key;
  const document = {
    title: "A long report",
    text: data.text,
    annotations: data.annotations.map(({ color, fragments }) => ({
      label: keyOf(color),
      fragments: fragments.map(({ start, end }) => [start, end]),
    })),
  };
  const exported = await fetch(`${url}/projects/${id}/export?format=json`, {
    headers: { authorization: `Bearer ${ADMIN_TOKEN}` },
  });
  const corpus: Record<string, unknown> = await exported.json();
  const headers = { authorization: `Bearer ${ADMIN_TOKEN}` };
  const started = await fetch(`${url}/projects/${id}/import`, {
    method: "POST",
    headers,
    body: JSON.stringify({ ...corpus, documents: [document] }),
  });
  let job: { id: string; state: string; documents: string[] } = await started.json();
  while (job.state === "queued" || job.state === "running") {
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    job = await (await fetch(`${url}/jobs/${job.id}`, { headers })).json();
  }
  if (job.documents[0] === undefined) throw new Error(`the import ended as ${job.state}`);
  return `/documents/${job.documents[0]}`;
}

/** Wheel gestures over the text of an opened document, the pointer resting on it. */
export async function measureWorkbench(
  browser: Browser,
  data: BenchData,
  repeats: number,
): Promise<Scrolled[]> {
  const store = await makeStore();
  const concord = await startConcord(store.env);
  try {
    const path = await makeDocument(concord, data);
    const context = await browser.newContext({
      viewport: { width: 1440, height: 900 },
      extraHTTPHeaders: { authorization: `Bearer ${ADMIN_TOKEN}` },
    });
    const page = await context.newPage();
    await page.addInitScript(IN_PAGE);
    await page.goto(`${concord.url}${path}`);
    await page.locator("[data-row]").first().waitFor({ timeout: 120_000 });
    const cdp = await context.newCDPSession(page);
    await page.mouse.move(620, 450);
    const found: Scrolled[] = [];
    for (let repeat = 0; repeat < repeats; repeat++) found.push(await measureScroll(page, cdp));
    await context.close();
    return found;
  } finally {
    await concord.stop();
    await store.drop();
  }
}
