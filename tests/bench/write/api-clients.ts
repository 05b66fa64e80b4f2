// Clients who write over POST /graphql, in a process of their own; bare sockets, so that they are not what is measured.
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { type Client, type Order, placeOf, writeFor } from "./order.ts";

const CREATE =
  "mutation ($i: CreateAnnotationInput!) { createAnnotation(input: $i) { clientMutationId revision annotation { id version } } }";

/** A connection that is asked one thing at a time. */
interface Line {
  ask(head: string, body: string): Promise<string>;
  end(): void;
}

async function openLine(url: string): Promise<Line> {
  const { hostname, port } = new URL(url);
  const socket: Socket = connect(Number(port), hostname);
  socket.setNoDelay(true);
  await once(socket, "connect");
  let received = "";
  let answered: (body: string) => void = () => {};
  socket.setEncoding("utf8");
  socket.on("data", (chunk: string) => {
    received += chunk;
    const split = received.indexOf("\r\n\r\n");
    if (split < 0) return;
    const [, length] = /^content-length: (\d+)/im.exec(received.slice(0, split)) ?? [];
    // All that is said here is ASCII, so that bytes are characters.
    if (received.length < split + 4 + Number(length)) return;
    const body = received.slice(split + 4);
    received = "";
    answered(body);
  });
  return {
    ask(head, body) {
      const answer = new Promise<string>((resolve) => {
        answered = resolve;
      });
      socket.write(`${head}content-length: ${body.length}\r\n\r\n${body}`);
      return answer;
    },
    end: () => socket.destroy(),
  };
}

process.on("message", async (order: Order) => {
  const lines = new Map<Client, Line>();
  for (const client of order.clients) lines.set(client, await openLine(order.url));
  const { host } = new URL(order.url);
  const report = await writeFor(order, async (client, index, count) => {
    const input = {
      documentId: client.documentId,
      labelId: client.labelId,
      fragments: [placeOf(index, count)],
      clientMutationId: `${order.run}-${index}-${count}`,
    };
    const head = `POST /graphql HTTP/1.1\r\nhost: ${host}\r\ncontent-type: application/json\r\nauthorization: Bearer ${client.token}\r\n`;
    const body = JSON.stringify({ query: CREATE, variables: { i: input } });
    const answer = await lines.get(client)?.ask(head, body);
    return answer?.startsWith('{"data":{"createAnnotation":{') === true;
  });
  for (const line of lines.values()) line.end();
  process.send?.(report);
});
