// `npm run bench -- corpus [--annotations=1000000] [--documents=1000] [--repeats=3]`: a corpus out and in as `ndjson`,
// against what PostgreSQL does by itself: COPY of row_to_json through pg, and parsing the file and COPY into the same
// tables with their indexes and keys. Peaks are of the server's resident memory.
import { createReadStream, createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { parseArgs } from "node:util";
import { ADMIN_TOKEN, type ConcordProcess, makeStore, startConcord } from "../support/concord-process.ts";
import { corpusLines, importCorpus, makeProject } from "../support/corpus.ts";
import { watchMemory } from "../support/process-figures.ts";
import { startProgress } from "../support/progress.ts";
import { spread, table } from "../support/statistics.ts";
import { copyIn, copyOut } from "./by-copy.ts";

const { values } = parseArgs({
  options: {
    annotations: { type: "string", default: "1000000" },
    documents: { type: "string", default: "1000" },
    repeats: { type: "string", default: "3" },
  },
});
const DOCUMENTS = Number(values.documents);
const REPEATS = Number(values.repeats);
const counts = Array.from({ length: DOCUMENTS }, () => Math.ceil(Number(values.annotations) / DOCUMENTS));

interface Run {
  seconds: number;
  /** MB. */
  peak: number;
}

async function timed(pid: number, work: () => Promise<unknown>): Promise<Run> {
  const memory = watchMemory(pid);
  const begun = performance.now();
  await work();
  return { seconds: (performance.now() - begun) / 1_000, peak: memory.stop() };
}

/** Reads an export to its end and keeps nothing; its length in bytes. */
async function readExport({ url }: ConcordProcess, projectId: string): Promise<number> {
  const response = await fetch(`${url}/projects/${projectId}/export?format=ndjson`, {
    headers: { authorization: `Bearer ${ADMIN_TOKEN}` },
  });
  let bytes = 0;
  for await (const chunk of response.body ?? []) bytes += chunk.length;
  return bytes;
}

interface Runs {
  concord: Run[];
  bare: Run[];
}

function report(name: string, { concord, bare }: Runs): string[] {
  const seconds = concord.map((run) => run.seconds);
  const ratios = concord.map((run, index) => (bare[index]?.seconds ?? Number.NaN) / run.seconds);
  return [
    name,
    spread(seconds, 1),
    spread(
      bare.map((run) => run.seconds),
      1,
    ),
    spread(ratios, 2),
    Math.max(...concord.map(({ peak }) => peak)).toFixed(0),
  ];
}

const folder = await mkdtemp(join(tmpdir(), "concord-bench-"));
const file = join(folder, "corpus.ndjson");
const progress = startProgress(REPEATS * 5);
const exports: Runs = { concord: [], bare: [] };
const imports: Runs = { concord: [], bare: [] };
for (let repeat = 1; repeat <= REPEATS; repeat++) {
  const store = await makeStore();
  let concord = await startConcord(store.env);
  try {
    const projectId = await makeProject(concord);
    const lines = () => createReadStream(file, { highWaterMark: 1_048_576 });
    progress(`the file is written, ${repeat} of ${REPEATS}`);
    await pipeline(corpusLines(concord, projectId, counts), createWriteStream(file));
    progress(`import, ${repeat} of ${REPEATS}`);
    imports.concord.push(await timed(concord.pid, () => importCorpus(concord, projectId, lines())));
    // Anew, since memory that was used once stays with the process.
    await concord.stop();
    concord = await startConcord(store.env);
    progress(`export, ${repeat} of ${REPEATS}`);
    exports.concord.push(await timed(concord.pid, () => readExport(concord, projectId)));
    progress(`COPY of row_to_json, ${repeat} of ${REPEATS}`);
    exports.bare.push(await timed(process.pid, async () => copyOut(await store.url(), projectId)));
    const emptyId = await makeProject(concord);
    progress(`parse and COPY, ${repeat} of ${REPEATS}`);
    imports.bare.push(await timed(process.pid, async () => copyIn(await store.url(), emptyId, lines())));
  } finally {
    await concord.stop();
    await store.drop();
  }
}
await rm(folder, { recursive: true });
process.stdout.write(
  `\n${values.annotations} annotations in ${DOCUMENTS} documents; least / median / most of ${REPEATS}; × is COPY's time over Concord's\n\n`,
);
process.stdout.write(
  table(
    ["", "Concord, s", "COPY, s", "×", "peak, MB"],
    [report("export", exports), report("import", imports)],
  ),
);
