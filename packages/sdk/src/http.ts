/** One request and its answer, failures told as ConcordError. Does not try again; client.ts does. */
import { ConcordError, type ErrorDetails, record, refusalFrom } from "./errors.ts";

/** Where and as whom. */
export interface Connection {
  /** The server's address, without a slash at its end. */
  url: string;
  /** An access token; null in a page of the server itself, where the session's cookie counts. */
  token: string | null;
  /** Milliseconds to wait for an answer to a question. */
  timeout: number;
  fetch: typeof fetch;
}

export interface Request {
  method?: string;
  headers?: Record<string, string>;
  body?: BodyInit | undefined;
  signal?: AbortSignal | undefined;
}

/**
 * Sends to one of the addresses that are not GraphQL; answers once the answer's head is there.
 * @throws ConcordError for any status but 2xx, and when there is no answer
 */
export async function send(connection: Connection, path: string, request: Request): Promise<Response> {
  const response = await reach(connection, path, request);
  if (response.ok) return response;
  const { error } = record(await jsonOf(response));
  throw error === undefined ? noConcord(connection, response) : refusalFrom(error, detailsOf(response));
}

/**
 * Asks in GraphQL.
 * @returns `data`
 * @throws ConcordError for the first of `errors`, and when there is no answer
 */
export async function ask<Result>(
  connection: Connection,
  query: string,
  variables: unknown,
  signal?: AbortSignal,
): Promise<Result> {
  const timeout = AbortSignal.timeout(connection.timeout);
  const response = await reach(connection, "/graphql", {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/graphql-response+json" },
    body: JSON.stringify({ query, variables }),
    signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
  });
  const answer: { data?: Result; errors?: unknown[]; error?: unknown } | undefined = await jsonOf(response);
  const problem = answer?.errors?.[0] ?? answer?.error;
  if (problem !== undefined) throw refusalFrom(problem, detailsOf(response));
  if (answer?.data === undefined || answer.data === null) throw noConcord(connection, response);
  return answer.data;
}

async function reach({ url, token, fetch }: Connection, path: string, request: Request): Promise<Response> {
  const { method = "GET", headers, body, signal } = request;
  const init = {
    method,
    headers: { ...headers, ...(token === null ? {} : { authorization: `Bearer ${token}` }) },
    ...(body === undefined ? {} : { body }),
    ...(signal === undefined ? {} : { signal }),
    // What is sent as it is made is sent before the answer comes; Node and browsers want that to be said.
    ...(body instanceof ReadableStream ? { duplex: "half" } : {}),
  };
  try {
    return await fetch(url + path, init);
  } catch (error) {
    throw unreachable(url, error);
  }
}

/** No answer. An abort that the caller asked for stays what it is. */
export function unreachable(url: string, error: unknown): unknown {
  if (error instanceof DOMException && error.name === "AbortError") return error;
  return new ConcordError("UNREACHABLE", `${url} does not answer${reasonOf(error)}.`, { cause: error });
}

function reasonOf(error: unknown): string {
  if (error instanceof DOMException && error.name === "TimeoutError") return " in time";
  const { cause } = record(error);
  const { code } = record(cause instanceof Error ? cause : error);
  return typeof code === "string" ? ` (${code})` : "";
}

function noConcord({ url }: Connection, response: Response): ConcordError {
  const { status } = response;
  // What stands before a server says so when the server is away.
  if (status >= 500)
    return new ConcordError("UNREACHABLE", `${url} answers ${status}, as when its server is away.`, {
      ...detailsOf(response),
    });
  return new ConcordError("NOT_CONCORD", `${url} answers ${status}, but not as Concord does.`, { status });
}

function detailsOf(response: Response): ErrorDetails {
  const seconds = Number.parseFloat(response.headers.get("retry-after") ?? "");
  return { status: response.status, retryAfter: Number.isFinite(seconds) ? seconds : undefined };
}

/** undefined where it is no JSON. */
async function jsonOf<Body>(response: Response): Promise<Body | undefined> {
  const text = await response.text().catch((error: unknown) => {
    throw unreachable(response.url, error);
  });
  try {
    const body: Body = JSON.parse(text);
    return body;
  } catch {
    return undefined;
  }
}
