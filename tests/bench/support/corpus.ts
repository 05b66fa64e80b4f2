// Documents to read: as long and as densely annotated as asked for, by several people, some of it with notes and gaps.
import { setTimeout as sleep } from "node:timers/promises";
import { ADMIN_TOKEN, type ConcordProcess } from "./concord-process.ts";

const SENTENCE = "The minister said on Monday that the “new bridge” would open in May. ";
const LABELS = ["speaker", "claim", "initiative", "agreement"];
const AUTHORS = 6;
const OWNER = { authorization: `Bearer ${ADMIN_TOKEN}` };

const uuid = (kind: number, index: number) =>
  `01900000-${String(kind).padStart(4, "0")}-7000-8000-${String(index).padStart(12, "0")}`;

function annotationsOf(count: number, length: number, document: number) {
  const step = Math.max(1, Math.floor((length - 80) / count));
  return Array.from({ length: count }, (_, index) => {
    const start = index * step;
    const end = start + 5 + (index % 40);
    const author = uuid(0, index % AUTHORS);
    return {
      id: uuid(document + 1, index),
      label: LABELS[index % LABELS.length],
      fragments:
        index % 10 === 0
          ? [
              [start, start + 4],
              [end, end + 6],
            ]
          : [[start, end]],
      attributes: {},
      note: index % 8 === 0 ? `“Who” is meant here? See ${index}.` : "",
      origin: "HUMAN",
      createdBy: author,
      createdAt: `2026-03-12T09:30:00.${String(index % 1_000).padStart(3, "0")}Z`,
      updatedBy: author,
      updatedAt: "2026-03-12T09:30:01.120Z",
      version: 1,
    };
  });
}

/** Who made the annotations, by the file's header. */
const USERS = Array.from({ length: AUTHORS }, (_, index) => ({
  id: uuid(0, index),
  name: `Zoë Author ${index}`,
}));

/** The document that has so many annotations, as a line of `ndjson`. */
export function corpusDocument(count: number, index: number) {
  const text = SENTENCE.repeat(Math.ceil(Math.max(2_000, count * 10) / SENTENCE.length));
  return {
    id: uuid(9_000, index),
    title: `A report with ${count}`,
    language: "en",
    metadata: { source: "wire" },
    createdAt: "2026-03-12T09:00:00.000Z",
    text,
    annotations: annotationsOf(count, text.length, index),
    relations: [],
    comments: [],
  };
}

/** A file that could be exported from the project, line by line, with a document for each number of annotations. */
export async function* corpusLines(
  concord: ConcordProcess,
  projectId: string,
  counts: readonly number[],
): AsyncGenerator<Uint8Array> {
  const line = (value: unknown) => new TextEncoder().encode(`${JSON.stringify(value)}\n`);
  yield line({ ...(await headerOf(concord, projectId)), users: USERS });
  for (const [index, count] of counts.entries()) yield line(corpusDocument(count, index));
}

/** An empty project; its id. */
export async function makeProject({ ask }: ConcordProcess): Promise<string> {
  const { createProject } = await ask<{ createProject: { project: { id: string } } }>(
    `mutation { createProject(input: { name: "Measured" }) { project { id } } }`,
  );
  return createProject.project.id;
}

/** Brings a corpus in and waits until it is there. */
export async function importCorpus(
  { url }: ConcordProcess,
  projectId: string,
  file: AsyncIterable<Uint8Array>,
): Promise<void> {
  const init: RequestInit & { duplex: "half" } = {
    method: "POST",
    headers: OWNER,
    body: streamOf(file[Symbol.asyncIterator]()),
    duplex: "half",
  };
  const response = await fetch(`${url}/projects/${projectId}/import?format=ndjson`, init);
  if (response.status !== 202) throw new Error(await response.text());
  await jobDone(`${url}${response.headers.get("location")}`);
}

function streamOf(chunks: AsyncIterator<Uint8Array>): ReadableStream {
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await chunks.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
  });
}

/** Makes a project with a document for each number of annotations; the documents' ids. */
export async function makeCorpus(concord: ConcordProcess, counts: readonly number[]) {
  const projectId = await makeProject(concord);
  await importCorpus(concord, projectId, corpusLines(concord, projectId, counts));
  return { projectId, documentIds: counts.map((_, index) => uuid(9_000, index)) };
}

/** The empty project as a file's first line. */
async function headerOf({ url }: ConcordProcess, projectId: string): Promise<object> {
  const response = await fetch(`${url}/projects/${projectId}/export?format=ndjson`, { headers: OWNER });
  return JSON.parse(await response.text());
}

async function jobDone(url: string): Promise<void> {
  for (;;) {
    const job: { state: string; problems: unknown[] } = await (await fetch(url, { headers: OWNER })).json();
    if (job.state === "done") return;
    if (job.state === "failed") throw new Error(JSON.stringify(job.problems.slice(0, 3)));
    await sleep(100);
  }
}
