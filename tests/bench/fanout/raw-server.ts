// What Concord is measured against: a plain ws server that sends one ready message to everybody, a message a change.
// Speaks with its parent: { size } once, then a time for each change.
import { WebSocketServer } from "ws";

const server = new WebSocketServer({
  port: 0,
  host: "127.0.0.1",
  handleProtocols: ([first]) => first ?? false,
});
let padding = "";

process.on("message", (message: { size: number } | { at: string }) => {
  if ("size" in message) {
    padding = "x".repeat(message.size - `{"clientMutationId":"${"0".repeat(19)}","x":""}`.length);
    return;
  }
  const bytes = Buffer.from(`{"clientMutationId":"${message.at.padStart(19, "0")}","x":"${padding}"}`);
  for (const client of server.clients) client.send(bytes, { binary: false });
});
server.once("listening", () => {
  const address = server.address();
  if (typeof address === "object") process.send?.({ url: `http://127.0.0.1:${address?.port}` });
});
