// `npm run bench -- write [one] [many] [--clients=32] [--repeats=3] [--seconds=5]`: createAnnotation over POST /graphql
// from many clients at once, on one document and on a document each, against the same statements by hand: a program that
// keeps a connection and makes one transaction for each write. Both on one database, in turns, on documents of their own.
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import pg from "pg";
import { type ConcordProcess, makeStore, startConcord } from "../support/concord-process.ts";
import { cpuOf } from "../support/process-figures.ts";
import { quantiles, spread } from "../support/statistics.ts";
import { type Client, type Order, type Report, TEXT } from "./order.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    clients: { type: "string", default: "32" },
    repeats: { type: "string", default: "3" },
    seconds: { type: "string", default: "5" },
  },
});
const CLIENTS = Number(values.clients);
const SECONDS = Number(values.seconds);
/** Until the engine has compiled what is hot: a young server is several times slower. So many writes, or so many seconds. */
const WARM_UP = { writes: 4_000, seconds: 40 };
const plans = positionals.length > 0 ? positionals : ["one", "many"];

/** A person each: requests are counted by person. */
type Writer = Pick<Client, "token" | "personId">;

async function makeWriters({ ask }: ConcordProcess, projectId: string): Promise<Writer[]> {
  const writers: Writer[] = [];
  while (writers.length < CLIENTS) {
    const { createInvitation } = await ask<{ createInvitation: { token: string } }>(
      `mutation ($i: CreateInvitationInput!) { createInvitation(input: $i) { token } }`,
      { i: { projectId, role: "ANNOTATOR" } },
    );
    const { acceptInvitation } = await ask<{
      acceptInvitation: { accessToken: string; user: { id: string } };
    }>(
      `mutation ($i: AcceptInvitationInput!) { acceptInvitation(input: $i) { accessToken user { id } } }`,
      { i: { token: createInvitation.token, name: `Writer ${writers.length}` } },
      null,
    );
    writers.push({ token: acceptInvitation.accessToken, personId: acceptInvitation.user.id });
  }
  return writers;
}

const store = await makeStore();
const databaseUrl = store.env.DATABASE_URL;
if (!databaseUrl) throw new Error("DATABASE_URL is needed: the program by hand writes to the same database");
const concord = await startConcord(store.env);
const database = new pg.Client({ connectionString: databaseUrl });
await database.connect();
const { createProject } = await concord.ask<{
  createProject: { project: { id: string; labels: { id: string }[] } };
}>(`mutation { createProject(input: { name: "Measured" }) { project { id labels { id } } } }`);
const { project } = createProject;
const labelId = project.labels[0]?.id ?? "";
const writers = await makeWriters(concord, project.id);

/** Clients who write to one document, or to one each; new documents for each run, so that none is longer. */
async function makeClients(plan: string): Promise<Client[]> {
  const documents = Array.from({ length: plan === "one" ? 1 : CLIENTS }, () => ({
    title: "A report",
    text: TEXT,
  }));
  const { importDocuments } = await concord.ask<{ importDocuments: { documents: { id: string }[] } }>(
    `mutation ($i: ImportDocumentsInput!) { importDocuments(input: $i) { documents { id } } }`,
    { i: { projectId: project.id, documents } },
  );
  const ids = importDocuments.documents.map(({ id }) => id);
  const { rows } = await database.query<{ id: string; documentId: string }>(
    `select id, document_id as "documentId" from layer where document_id = any($1::uuid[])`,
    [ids],
  );
  const layers = new Map(rows.map((row) => [row.documentId, row.id]));
  return writers.map((writer, index) => {
    const documentId = ids[index % ids.length] ?? "";
    return { ...writer, projectId: project.id, documentId, layerId: layers.get(documentId) ?? "", labelId };
  });
}

let run = 0;

/** Lets clients of one kind write for a while. */
async function measure(child: ChildProcess, url: string, plan: string, seconds: number): Promise<Report> {
  const order: Order = { url, clients: await makeClients(plan), seconds, run: ++run };
  const answered = once(child, "message");
  child.send(order);
  const [report] = await answered;
  if (report.failed > 0) process.stdout.write(`${report.failed} writes failed\n`);
  return report;
}

const api = fork(fileURLToPath(new URL("./api-clients.ts", import.meta.url)));
const hand = fork(fileURLToPath(new URL("./by-hand.ts", import.meta.url)));
try {
  for (const plan of plans) {
    let writes = 0;
    for (let second = 0; second < WARM_UP.seconds && writes < WARM_UP.writes; second += 2)
      writes += (await measure(api, concord.url, plan, 2)).writes;
    await measure(hand, databaseUrl, plan, 2);
  }
  process.stdout.write(
    "writes a second, min / median / max; latency p50 / p95 / p99; CPU of the server or the program a write, PostgreSQL not counted\n",
  );
  for (const plan of plans) {
    const ours: number[] = [];
    const theirs: number[] = [];
    const ratios: number[] = [];
    const times: number[] = [];
    const theirTimes: number[] = [];
    const costs: number[] = [];
    const theirCosts: number[] = [];
    for (let repeat = 0; repeat < Number(values.repeats); repeat++) {
      const before = await cpuOf(concord.pid);
      const report = await measure(api, concord.url, plan, SECONDS);
      costs.push(((await cpuOf(concord.pid)) - before) / report.writes);
      const plain = await measure(hand, databaseUrl, plan, SECONDS);
      theirCosts.push(plain.cpu / plain.writes);
      ours.push(report.writes / SECONDS);
      theirs.push(plain.writes / SECONDS);
      ratios.push(report.writes / plain.writes);
      times.push(...report.times);
      theirTimes.push(...plain.times);
    }
    process.stdout.write(
      `${CLIENTS} clients on ${plan === "one" ? "one document" : "a document each"}\n` +
        `  Concord  ${spread(ours, 0)} /s   latency ${quantiles(times)} ms   CPU ${spread(costs, 2)} ms\n` +
        `  by hand  ${spread(theirs, 0)} /s   latency ${quantiles(theirTimes)} ms   CPU ${spread(theirCosts, 2)} ms\n` +
        `  ratio    ${spread(ratios, 2)}\n`,
    );
  }
} finally {
  api.kill();
  hand.kill();
  await database.end();
  await concord.stop();
  await store.drop();
}
