// Sending files to a server and waiting for what becomes of them.
import { setTimeout as delay } from "node:timers/promises";
import { type Written, zipped } from "@concord/formats";
import type { TestServer } from "../support/server.ts";

/** A job as `GET /jobs/{id}` answers it. */
export interface Job {
  id: string;
  state: "queued" | "running" | "done" | "failed" | "cancelled";
  done: number;
  total: number;
  documentCount: number;
  annotationCount: number;
  documents: string[];
  problems: {
    file: string | null;
    line: number | null;
    column: number | null;
    message: string;
    severity: string;
  }[];
  format: string;
  dryRun: boolean;
  fileName: string | null;
  canStart: boolean;
  canUndo: boolean;
  files: {
    name: string;
    format: string | null;
    encoding: string | null;
    documentCount: number;
    annotationCount: number;
    errorCount: number;
  }[];
  preview: Preview | null;
  candidates: string[];
}

/** What is known of a file before anything of it comes in. */
interface Preview {
  labels: PreviewWord<"annotationCount">[];
  relationTypes: PreviewWord<"relationCount">[];
  columns: { headings: string[]; chosen: object | null; rows: string[][] } | null;
  documents: { title: string; length: number; annotationCount: number }[];
  duplicateCount: number;
}

type PreviewWord<Count extends string> = Record<Count, number> & {
  key: string;
  name: string;
  isKnown: boolean;
  mappedTo: string | null;
  isLeftOut: boolean;
};

/** What the HTTP doors answer to a refused request. */
export interface HttpRefusal {
  status: number;
  code: string;
  field: string | undefined;
  message: string;
}

/** What it takes to ask about jobs. */
export type JobServer = Pick<TestServer, "url" | "adminToken">;

/** A zip of files. */
export async function zipOf(files: Record<string, string | Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
  async function* pieces(): AsyncGenerator<Written> {
    for (const [path, content] of Object.entries(files)) {
      yield { kind: "file", path };
      yield {
        kind: "bytes",
        bytes: typeof content === "string" ? new TextEncoder().encode(content) : content,
      };
    }
  }
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  for await (const chunk of zipped(pieces(), () => {})) chunks.push(new Uint8Array(chunk));
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}

/** Sends an order about a job. */
export function order(
  server: JobServer,
  id: string,
  act: "start" | "undo",
  body?: object,
  token?: string | null,
): Promise<Response> {
  const json = { headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
  return request(server, `/jobs/${id}/${act}`, { method: "POST", ...(body ? json : {}) }, token);
}

/** Starts a job's file again and waits for the end of what was started. */
export async function startAgain(server: JobServer, id: string, body: object): Promise<Job> {
  const response = await order(server, id, "start", body);
  if (response.status !== 202) throw new Error(`${response.status} ${await response.text()}`);
  const job: Job = await response.json();
  if (response.headers.get("location") !== `/jobs/${job.id}`)
    throw new Error("the answer does not lead to the job");
  return ended(server, job.id);
}

/** Asks one of the doors that are not GraphQL. */
export function request(
  server: JobServer,
  path: string,
  init: RequestInit = {},
  token: string | null = server.adminToken,
): Promise<Response> {
  const authorization: Record<string, string> = token === null ? {} : { authorization: `Bearer ${token}` };
  return fetch(`${server.url}${path}`, { ...init, headers: { ...authorization, ...init.headers } });
}

/** Expects a refusal. */
export async function refusal(response: Response): Promise<HttpRefusal> {
  const { error }: { error: HttpRefusal } = await response.json();
  return { status: response.status, code: error.code, field: error.field, message: error.message };
}

/** Uploads a file; answers its job as it was queued. */
export async function upload(
  server: JobServer,
  projectId: string,
  content: string | Uint8Array<ArrayBuffer>,
  query = "",
  token?: string,
): Promise<Job> {
  const response = await request(
    server,
    `/projects/${projectId}/import${query}`,
    { method: "POST", body: content },
    token,
  );
  if (response.status !== 202) throw new Error(`${response.status} ${await response.text()}`);
  const job: Job = await response.json();
  if (response.headers.get("location") !== `/jobs/${job.id}`)
    throw new Error("the answer does not lead to the job");
  return job;
}

export async function readJob(server: JobServer, id: string, token?: string): Promise<Job> {
  const response = await request(server, `/jobs/${id}`, {}, token);
  if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`);
  return response.json();
}

/** Waits until the job is so. */
export async function untilJob(
  server: JobServer,
  id: string,
  condition: (job: Job) => boolean,
): Promise<Job> {
  for (;;) {
    const job = await readJob(server, id);
    if (condition(job)) return job;
    await delay(20);
  }
}

/** Waits for the job's end, whatever it is. */
export function ended(server: JobServer, id: string): Promise<Job> {
  return untilJob(server, id, ({ state }) => state !== "queued" && state !== "running");
}

/** Uploads and waits for the end. */
export async function importFile(
  server: JobServer,
  projectId: string,
  content: string | Uint8Array<ArrayBuffer>,
  query = "",
  token?: string,
): Promise<Job> {
  return ended(server, (await upload(server, projectId, content, query, token)).id);
}

export async function exportFile(
  server: TestServer,
  projectId: string,
  format: "json" | "ndjson",
  more = "",
): Promise<string> {
  const response = await request(server, `/projects/${projectId}/export?format=${format}${more}`);
  if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`);
  return response.text();
}

/** A project as everybody starts one: no documents, the default codebook. */
export async function emptyProject(server: TestServer, token?: string): Promise<string> {
  const { project } = await server.mutate<{ project: { id: string } }>(
    "createProject",
    { name: "Empty" },
    "project { id }",
    token,
  );
  return project.id;
}
