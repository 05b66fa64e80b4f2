// What Concord is measured against: a plain ws server that sends one ready message to everybody, a message a change.
// Speaks with its parent: { size } once, then { at } for each change.
import { WebSocketServer } from "ws";
import { serveParent } from "./parent.ts";

const server = new WebSocketServer({
  port: 0,
  host: "127.0.0.1",
  handleProtocols: ([first]) => first ?? false,
});
let padding = "";

server.once("listening", () =>
  serveParent(server.address(), {
    size(bytes) {
      padding = "x".repeat(bytes - JSON.stringify({ clientMutationId: "0".repeat(19), x: "" }).length);
    },
    change(at) {
      const bytes = Buffer.from(JSON.stringify({ clientMutationId: at, x: padding }));
      for (const client of server.clients) client.send(bytes, { binary: false });
    },
  }),
);
