// Many watchers in one process, as cheap as can be so that they are not what is measured: bare TCP sockets that count
// bytes; every tenth also looks for the times that the writer put into its changes.
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { createSpeakers, SPOKEN, type SpeakOrder } from "./crowd-speakers.ts";
import { createFrameReader, type SeenFrame } from "./frame-reader.ts";

/** What a client sends after the handshake: texts, in which `#` becomes its number of five digits, or bytes. */
export type Script = (string | Uint8Array)[];

/** What the parent asks for. */
export interface WatchOrder {
  url: string;
  count: number;
  /** Watchers take turns with them. */
  scripts: Script[];
  /** How many open at a time; a server's queue of new connections is short. */
  atOnce?: number;
  /** Between two lots, ms: a person may not ask more than so often. */
  pause?: number;
}

/** Messages of all watchers, by the first sign of the id of what they belong to. */
export type Counted = Map<string, { messages: number; bytes: number; errors: number }>;

/** What the parent is told when it asks. */
export interface WatchReport {
  /** Least and most that any watcher got. */
  leastBytes: number;
  mostBytes: number;
  /** The lowest of the last revisions that watchers have seen whole; 0 where somebody has none. */
  leastRevision: number;
  /** Watchers whose socket has ended, or who were told of an error. */
  lost: number;
  /** How often watchers were not let in and had to come again. */
  tries: number;
  /** Empty unless it was asked for. */
  counted: Counted;
  /** How often watchers spoke, and how long until each was answered, ms. */
  said: number;
  answers: number[];
  /** From the writer's send to a watcher, ms. */
  latencies: number[];
  /** CPU of this process, ms. */
  cpu: number;
  /** How late this process's own timers were, p99, ms: what watchers wait here they do not wait for the server. */
  lag: number;
}

interface Watcher {
  bytes: number;
  revision: number;
  isLost: boolean;
}

const watchers: Watcher[] = [];
let latencies: number[] = [];
/** How often somebody was not let in and came again. */
let tries = 0;
/** In JSON, and in Yjs's own encoding. */
const SENT_AT = /clientMutationId\D{2,3}(\d{19})/g;
const REVISION = /"revision":(\d+),/g;

const RESOLUTION = 5;
const delays = monitorEventLoopDelay({ resolution: RESOLUTION });
delays.enable();
let cpuBefore = process.cpuUsage();

/** A masked frame, as clients must send. */
function frameOf(message: string | Uint8Array): Buffer {
  const opcode = typeof message === "string" ? 0x81 : 0x82;
  const body = Buffer.from(message);
  const mask = randomBytes(4);
  const head =
    body.length < 126
      ? Buffer.from([opcode, 0x80 | body.length])
      : Buffer.from([opcode, 0xfe, body.length >> 8, body.length & 0xff]);
  for (const [index, byte] of body.entries()) body[index] = byte ^ (mask[index % 4] ?? 0);
  return Buffer.concat([head, mask, body]);
}

/** An empty one, masked with zeros. */
const PONG = Buffer.from([0x8a, 0x80, 0, 0, 0, 0]);

/** Comes at either end of a chunk; it holds what no JSON does. */
const isPing = (chunk: Buffer, at: number) => chunk[at] === 0x89 && chunk[at + 1] === 0;

function readTimes(text: string): void {
  const now = process.hrtime.bigint();
  for (const [, at] of text.matchAll(SENT_AT))
    if (at !== undefined) latencies.push(Number(now - BigInt(at)) / 1e6);
}

/** What the server says next; fails when the socket ends instead, or is told to. */
async function answerOn(socket: Socket, gone: AbortSignal): Promise<void> {
  const [chunk]: Buffer[] = await once(socket, "data", { signal: gone });
  if (chunk?.[0] === 0x88) throw new Error("the server closed the socket");
}

async function handshake(socket: Socket, hostname: string, gone: AbortSignal): Promise<void> {
  await once(socket, "connect", { signal: gone });
  socket.write(
    `GET /graphql HTTP/1.1\r\nHost: ${hostname}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n` +
      `Sec-WebSocket-Protocol: graphql-transport-ws\r\nSec-WebSocket-Key: ${randomBytes(16).toString("base64")}\r\n\r\n`,
  );
  await answerOn(socket, gone);
}

const numbered = (message: string, number: number) =>
  message.replaceAll("#", String(number).padStart(5, "0"));

async function enter(socket: Socket, { url, scripts }: WatchOrder, number: number): Promise<void> {
  const left = new AbortController();
  socket.on("error", () => {});
  socket.once("close", () => left.abort());
  await handshake(socket, new URL(url).hostname, left.signal);
  const [first, ...others] = (scripts[number % scripts.length] ?? []).map((message) =>
    frameOf(typeof message === "string" ? numbered(message, number) : message),
  );
  if (first) {
    socket.write(first);
    // It is answered; what follows may be silent.
    await answerOn(socket, left.signal);
  }
  watchFrom(socket, number);
  for (const message of others) socket.write(message);
}

function watchFrom(socket: Socket, number: number): void {
  const watcher: Watcher = { bytes: 0, revision: 0, isLost: false };
  watchers.push(watcher);
  speakers.add(number, socket);
  const isSample = number % 10 === 0;
  const count = createCounter(number);
  socket.on("data", (chunk: Buffer) => {
    watcher.bytes += chunk.length;
    if (isPing(chunk, 0) || isPing(chunk, chunk.length - 2)) socket.write(PONG);
    if (isSample) readTimes(chunk.toString("latin1"));
    if (readsRevisions) readRevision(watcher, chunk.toString("latin1"));
    if (countsMessages) count(chunk);
  });
  socket.once("close", () => {
    watcher.isLost = true;
  });
}

const speakers = createSpeakers((socket, message, number) =>
  socket.write(frameOf(numbered(message, number))),
);

/** As with revisions. */
let countsMessages = false;
let counted: Counted = new Map();

/** For the chunks of one watcher. */
function createCounter(number: number): (chunk: Buffer) => void {
  return createFrameReader(({ bytes, start }: SeenFrame) => {
    const [, kind, type] = /^\{"id":"(.)[^"]*","type":"(\w+)"/.exec(start.toString("latin1")) ?? [];
    if (kind === undefined) return;
    const count = counted.get(kind) ?? { messages: 0, bytes: 0, errors: 0 };
    counted.set(kind, count);
    if (type === "next") count.messages++;
    if (type === "error") count.errors++;
    count.bytes += bytes;
    if (kind === SPOKEN && type !== "next") speakers.answered(number);
  });
}

/** Comes in, and tries again where it was not let in, as clients do. */
async function open(order: WatchOrder, number: number): Promise<void> {
  const { hostname, port } = new URL(order.url);
  for (;;) {
    const socket = connect(Number(port), hostname);
    socket.setNoDelay(true);
    try {
      await enter(socket, order, number);
      return;
    } catch {
      socket.destroy();
      tries++;
      await sleep(200 + Math.random() * 300);
    }
  }
}

/** Dear with many watchers and many changes, so only where it is asked for. */
let readsRevisions = false;

function readRevision(watcher: Watcher, text: string): void {
  if (text.includes('"type":"error"')) watcher.isLost = true;
  for (const [, revision] of text.matchAll(REVISION)) watcher.revision = Number(revision);
}

function reset(): void {
  for (const watcher of watchers) watcher.bytes = 0;
  latencies = [];
  counted = new Map();
  speakers.reset();
  delays.reset();
  cpuBefore = process.cpuUsage();
}

function report(): WatchReport {
  const bytes = watchers.map((watcher) => watcher.bytes);
  const { user, system } = process.cpuUsage(cpuBefore);
  return {
    leastBytes: Math.min(...bytes),
    mostBytes: Math.max(...bytes),
    leastRevision: Math.min(...watchers.map((watcher) => watcher.revision)),
    lost: watchers.filter((watcher) => watcher.isLost).length,
    tries,
    counted,
    ...speakers.report(),
    latencies,
    cpu: (user + system) / 1_000,
    lag: Math.max(0, delays.percentile(99) / 1e6 - RESOLUTION),
  };
}

async function openAll(order: WatchOrder): Promise<void> {
  const atOnce = order.atOnce ?? 50;
  for (let from = 0; from < order.count; from += atOnce) {
    const lot = Math.min(atOnce, order.count - from);
    await Promise.all(Array.from({ length: lot }, (_, index) => open(order, from + index)));
    await sleep(order.pause ?? 0);
  }
}

type Message = WatchOrder | SpeakOrder | "reset" | "report" | "read revisions" | "count messages";

process.on("message", async (message: Message) => {
  if (message === "report") {
    process.send?.(report());
    return;
  }
  if (message === "reset") reset();
  else if (message === "read revisions") readsRevisions = true;
  else if (message === "count messages") countsMessages = true;
  else if ("speakers" in message) speakers.speak(message);
  else await openAll(message);
  process.send?.("done");
});
