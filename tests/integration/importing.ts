// Sending files to a server and waiting for what becomes of them.
import { setTimeout as delay } from "node:timers/promises";
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
}

/** What the HTTP doors answer to a refused request. */
export interface HttpRefusal {
  status: number;
  code: string;
  field: string | undefined;
  message: string;
}

/** Asks one of the doors that are not GraphQL. */
export function request(
  server: TestServer,
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
  server: TestServer,
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

export async function readJob(server: TestServer, id: string, token?: string): Promise<Job> {
  const response = await request(server, `/jobs/${id}`, {}, token);
  if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`);
  return response.json();
}

/** Waits until the job is so. */
export async function untilJob(
  server: TestServer,
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
export function ended(server: TestServer, id: string): Promise<Job> {
  return untilJob(server, id, ({ state }) => state !== "queued" && state !== "running");
}

/** Uploads and waits for the end. */
export async function importFile(
  server: TestServer,
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
): Promise<string> {
  const response = await request(server, `/projects/${projectId}/export?format=${format}`);
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
