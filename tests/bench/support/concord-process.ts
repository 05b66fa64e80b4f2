// The real server as a process of its own, on a database of its own, for what measures or kills it.
import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { serverFlags } from "../../../scripts/toolbox.mjs";

const MAIN = fileURLToPath(new URL("../../../apps/server/dist/main.js", import.meta.url));

export const ADMIN_TOKEN = "an-access-token-of-the-first-owner-for-measuring";

export interface ConcordProcess {
  url: string;
  pid: number;
  /** Asks the API as the first owner; `token` null asks signed out. */
  ask<Data>(query: string, variables?: object, token?: string | null): Promise<Data>;
  /** Ends it at once, as a crash would. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a server; PORT 0 takes a free one. */
export async function startConcord(env: Record<string, string>): Promise<ConcordProcess> {
  const child = spawn(process.execPath, [...serverFlags, MAIN], {
    env: {
      ...process.env,
      PORT: "0",
      HOST: "127.0.0.1",
      ADMIN_TOKEN,
      DEMO: "0",
      LOG_LEVEL: "fatal",
      REDIS_URL: "",
      PUBLIC_URL: "",
      ...env,
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const url = await addressOf(child);
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.kill(signal);
    await ended;
  };
  return {
    url,
    pid: child.pid ?? 0,
    async ask<Data>(
      query: string,
      variables: object = {},
      token: string | null = ADMIN_TOKEN,
    ): Promise<Data> {
      const response = await fetch(`${url}/graphql`, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        },
        body: JSON.stringify({ query, variables }),
      });
      const { data, errors }: { data: Data | null; errors?: unknown } = await response.json();
      if (errors !== undefined || data === null) throw new Error(JSON.stringify(errors));
      return data;
    },
    kill: () => end("SIGKILL"),
    stop: () => end("SIGTERM"),
  };
}

function addressOf(child: ChildProcess): Promise<string> {
  let output = "";
  return new Promise((resolve, reject) => {
    child.stdout?.on("data", (chunk: Buffer) => {
      output += chunk.toString();
      const [, url] = /^Concord is at (.+)$/m.exec(output) ?? [];
      if (url !== undefined) resolve(url);
    });
    child.once("exit", (code) => reject(new Error(`the server ended with ${code}`)));
  });
}

/** A database to measure on. */
export interface Store {
  env: Record<string, string>;
  /** Its address, once a server has started on it. */
  url(): Promise<string>;
  drop(): Promise<void>;
}

/** A fresh one beside DATABASE_URL's, or the embedded PostgreSQL in a temporary folder. */
export async function makeStore(): Promise<Store> {
  const server = process.env.DATABASE_URL;
  if (!server) {
    const folder = await mkdtemp(join(tmpdir(), "concord-bench-"));
    return {
      env: { DATA_DIR: folder, DATABASE_URL: "" },
      async url() {
        const password = (await readFile(join(folder, "postgres.password"), "utf8")).trim();
        const port = (await readFile(join(folder, "postgres", "postmaster.pid"), "utf8")).split("\n")[3];
        return `postgresql://concord:${password}@127.0.0.1:${port}/concord`;
      },
      drop: () => rm(folder, { recursive: true, force: true }),
    };
  }
  const name = `concord_bench_${randomBytes(4).toString("hex")}`;
  const url = new URL(server);
  url.pathname = `/${name}`;
  await onServer(server, `CREATE DATABASE ${name}`);
  return {
    env: { DATABASE_URL: url.href },
    url: async () => url.href,
    drop: () => onServer(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}

async function onServer(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
