// Hocuspocus as it comes, without extensions: nothing is stored and nobody is asked who they are.
import { Server } from "@hocuspocus/server";
import { serveParent } from "./parent.ts";

const server = new Server({ port: 0, address: "127.0.0.1", quiet: true });
await server.listen();
// Its changes come from a client, as they do in use.
serveParent(server.httpServer.address(), { change() {} });
