// `npm run bench -- read [annotations …] [--repeats=3] [--seconds=5] [--connections=8]`: how many times a second a document
// is read with all its annotations, against node:http and pg sending what PostgreSQL made in one statement.
//
// "Not kept" asks each time from another place before the first annotation: the answer and the work are the same, but it
// is another question. "Kept" asks the same again. Readers are many, since one person may ask 500 times a second.
import { deepStrictEqual } from "node:assert";
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { makeStore, startConcord } from "../support/concord-process.ts";
import { makeCorpus } from "../support/corpus.ts";
import { inviteReaders } from "../support/measured-document.ts";
import { cpuOf } from "../support/process-figures.ts";
import { spread } from "../support/statistics.ts";
import { askFor, requestOf } from "./ask.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    repeats: { type: "string", default: "3" },
    seconds: { type: "string", default: "5" },
    connections: { type: "string", default: "8" },
  },
});
const counts = (positionals.length > 0 ? positionals : ["10", "1000", "20000"]).map(Number);
const READERS = 40;

/** The workbench's text and annotations in one. */
const QUERY = `query Read($id: ID!, $first: Int!, $after: String) {
  document(id: $id) {
    id title text language metadata createdAt revision
    annotations(first: $first, after: $after) { nodes { ...AnnotationFields } }
  }
}
fragment AnnotationFields on Annotation {
  id version note attributes origin createdAt updatedAt
  label { id name }
  span { quote fragments { start end } }
  createdBy { id name }
  updatedBy { id name }
}`;

/** A cursor before all annotations, which has no bearing on the answer. */
const placeBefore = (index: number) =>
  Buffer.from(JSON.stringify([-1, index, "00000000-0000-4000-8000-000000000000"])).toString("base64url");

interface Subject {
  name: string;
  url: string;
  pid: number;
  next(): Buffer;
}

async function startRaw(databaseUrl: string): Promise<{ child: ChildProcess; url: string }> {
  const child = fork(fileURLToPath(new URL("./raw-server.ts", import.meta.url)), [databaseUrl]);
  const [{ url }] = await once(child, "message");
  return { child, url };
}

const store = await makeStore();
const concord = await startConcord(store.env);
const raw = await startRaw(await store.url());
try {
  const { projectId, documentIds } = await makeCorpus(concord, counts);
  const tokens = await inviteReaders(concord, projectId, READERS);
  let asked = 0;
  const ask = (id: string, after: string | null) => {
    const authorization = `Bearer ${tokens[asked++ % READERS]}`;
    const body = JSON.stringify({ query: QUERY, variables: { id, first: 20_000, after } });
    return requestOf("POST", "/graphql", { authorization, "content-type": "application/json" }, body);
  };
  process.stdout.write(
    "requests/s, min / median / max; × of raw in the same repeat; ms of the server's CPU a request\n",
  );
  for (const [index, count] of counts.entries()) {
    const id = documentIds[index] ?? "";
    deepStrictEqual(
      { data: await concord.ask(QUERY, { id, first: 20_000, after: placeBefore(0) }, tokens[0]) },
      await (await fetch(`${raw.url}/${id}`)).json(),
    );
    const subjects: Subject[] = [
      { name: "raw", url: raw.url, pid: raw.child.pid ?? 0, next: () => requestOf("GET", `/${id}`, {}) },
      { name: "not kept", url: concord.url, pid: concord.pid, next: () => ask(id, placeBefore(asked)) },
      { name: "kept", url: concord.url, pid: concord.pid, next: () => ask(id, null) },
    ];
    const rates = subjects.map((): number[] => []);
    const cpus = subjects.map((): number[] => []);
    for (const { url, next } of subjects) await askFor(2, Number(values.connections), url, next);
    for (let repeat = 0; repeat < Number(values.repeats); repeat++) {
      for (const [which, { url, pid, next }] of subjects.entries()) {
        const before = await cpuOf(pid);
        const rate = await askFor(Number(values.seconds), Number(values.connections), url, next);
        rates[which]?.push(rate);
        cpus[which]?.push(((await cpuOf(pid)) - before) / (rate * Number(values.seconds)));
      }
    }
    process.stdout.write(`${count} annotations\n`);
    for (const [which, { name }] of subjects.entries()) {
      const ratios = (rates[which] ?? []).map((rate, repeat) => rate / (rates[0]?.[repeat] ?? Number.NaN));
      process.stdout.write(
        `  ${name.padEnd(9)} ${spread(rates[which] ?? [], 0)}   × ${spread(ratios, 2)}   ${spread(cpus[which] ?? [], 2)} ms\n`,
      );
    }
  }
} finally {
  raw.child.kill();
  await concord.stop();
  await store.drop();
}
