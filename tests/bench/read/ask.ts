// Asks over and over on a few connections that stay open, with as little work as possible for the one who asks.
import { connect, type Socket } from "node:net";

/** A request as bytes. */
export function requestOf(method: string, path: string, headers: Record<string, string>, body = ""): Buffer {
  const all = { host: "bench", ...headers, "content-length": String(Buffer.byteLength(body)) };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join("")}\r\n${body}`);
}

/** Waits for one whole answer, which says its length; its bytes are only counted. */
function answered(socket: Socket): Promise<void> {
  return new Promise((resolve, reject) => {
    let missing = -1;
    const read = (chunk: Buffer) => {
      if (missing < 0) {
        const head = chunk.indexOf("\r\n\r\n");
        const [, length] = /content-length: (\d+)/i.exec(chunk.toString("latin1", 0, head)) ?? [];
        const ok = chunk.toString("latin1", 9, 12) === "200";
        if (!ok || head < 0 || length === undefined) return end(new Error(chunk.toString()));
        missing = Number(length) + head + 4;
      }
      missing -= chunk.length;
      if (missing <= 0) end(null);
    };
    const end = (error: Error | null) => {
      socket.off("data", read).off("error", end);
      if (error) reject(error);
      else resolve();
    };
    socket.on("data", read).on("error", end);
  });
}

/** How many requests a second are answered on so many connections, each asking when it has its answer. */
export async function askFor(
  seconds: number,
  connections: number,
  url: string,
  next: () => Buffer,
): Promise<number> {
  const { hostname, port } = new URL(url);
  const begun = performance.now();
  const end = begun + seconds * 1_000;
  let count = 0;
  await Promise.all(
    Array.from({ length: connections }, async () => {
      const socket = connect(Number(port), hostname);
      socket.setNoDelay(true);
      while (performance.now() < end) {
        socket.write(next());
        await answered(socket);
        count++;
      }
      socket.destroy();
    }),
  );
  return (count * 1_000) / (performance.now() - begun);
}
