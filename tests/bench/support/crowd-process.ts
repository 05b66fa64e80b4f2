// Many watchers in one process, as cheap as can be so that they are not what is measured: bare TCP sockets that count
// bytes; every tenth also looks for the times that the writer put into its changes.
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** What the parent asks for. */
export interface WatchOrder {
  url: string;
  count: number;
  /** Sent by each after the handshake; `#` becomes its number, of five digits. */
  messages: string[];
  /** Between two fifties, ms: a person may not ask more than so often. */
  pause?: number;
}

/** What the parent is told when it asks. */
export interface WatchReport {
  /** Least and most that any watcher got. */
  leastBytes: number;
  mostBytes: number;
  /** From the writer's send to a watcher, ms. */
  latencies: number[];
}

interface Watcher {
  socket: Socket;
  bytes: number;
}

const watchers: Watcher[] = [];
let latencies: number[] = [];
const SENT_AT = /"clientMutationId":"(\d{10,19})"/g;

/** A masked text frame, as clients must send. */
function frameOf(text: string): Buffer {
  const body = Buffer.from(text);
  const mask = randomBytes(4);
  const head =
    body.length < 126
      ? Buffer.from([0x81, 0x80 | body.length])
      : Buffer.from([0x81, 0xfe, body.length >> 8, body.length & 0xff]);
  for (const [index, byte] of body.entries()) body[index] = byte ^ (mask[index % 4] ?? 0);
  return Buffer.concat([head, mask, body]);
}

/** An empty one, masked with zeros. */
const PONG = Buffer.from([0x8a, 0x80, 0, 0, 0, 0]);

function readTimes(chunk: Buffer): void {
  const now = process.hrtime.bigint();
  for (const [, at] of chunk.toString("latin1").matchAll(SENT_AT))
    if (at !== undefined) latencies.push(Number(now - BigInt(at)) / 1e6);
}

async function open({ url, messages }: WatchOrder, number: number): Promise<void> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.setNoDelay(true);
  await once(socket, "connect");
  socket.write(
    `GET /graphql HTTP/1.1\r\nHost: ${hostname}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n` +
      `Sec-WebSocket-Protocol: graphql-transport-ws\r\nSec-WebSocket-Key: ${randomBytes(16).toString("base64")}\r\n\r\n`,
  );
  await once(socket, "data");
  for (const [index, message] of messages.entries()) {
    socket.write(frameOf(message.replaceAll("#", String(number).padStart(5, "0"))));
    // The first is answered; a subscription is silent.
    if (index === 0) await once(socket, "data");
  }
  // Comes at either end of a chunk; it holds what no JSON does.
  const isPing = (chunk: Buffer, at: number) => chunk[at] === 0x89 && chunk[at + 1] === 0;
  const watcher: Watcher = { socket, bytes: 0 };
  const isSample = number % 10 === 0;
  socket.on("data", (chunk: Buffer) => {
    watcher.bytes += chunk.length;
    if (isPing(chunk, 0) || isPing(chunk, chunk.length - 2)) socket.write(PONG);
    if (isSample) readTimes(chunk);
  });
  socket.on("error", () => {});
  watchers.push(watcher);
}

process.on("message", async (message: WatchOrder | "reset" | "report") => {
  if (message === "reset") {
    for (const watcher of watchers) watcher.bytes = 0;
    latencies = [];
    process.send?.("done");
  } else if (message === "report") {
    const bytes = watchers.map((watcher) => watcher.bytes);
    const report: WatchReport = { leastBytes: Math.min(...bytes), mostBytes: Math.max(...bytes), latencies };
    process.send?.(report);
  } else {
    // Some at a time, as a server's queue of new connections is short.
    for (let from = 0; from < message.count; from += 50) {
      await Promise.all(
        Array.from({ length: Math.min(50, message.count - from) }, (_, index) => open(message, from + index)),
      );
      await sleep(message.pause ?? 0);
    }
    process.send?.("done");
  }
});
