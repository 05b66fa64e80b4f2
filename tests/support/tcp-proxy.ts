// Stands before a server on this machine, so that a test can take it away, hang it and bring it back.
import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";

export interface TcpProxy {
  port: number;
  /** Cuts every connection and refuses new ones. */
  stop(): Promise<void>;
  /** Keeps every connection and says nothing any more. */
  hang(): void;
  /** Works again after either. */
  start(): Promise<void>;
  dispose(): Promise<void>;
}

/** A proxy before 127.0.0.1:`targetPort`, working. */
export async function startTcpProxy(targetPort: number): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  let server: Server | null = null;
  let hangs = false;
  let port = 0;

  function join(client: Socket): void {
    const target = connect(targetPort, "127.0.0.1");
    const pass = (from: Socket, to: Socket) => {
      from.on("data", (data) => {
        if (!hangs) to.write(data);
      });
      from.on("error", () => {});
      from.on("close", () => {
        sockets.delete(from);
        to.destroy();
      });
      sockets.add(from);
    };
    pass(client, target);
    pass(target, client);
  }

  const proxy: TcpProxy = {
    get port() {
      return port;
    },
    async stop() {
      const stopping = server;
      server = null;
      for (const socket of sockets) socket.destroy();
      if (stopping) await new Promise((resolve) => stopping.close(resolve));
    },
    hang() {
      hangs = true;
    },
    async start() {
      hangs = false;
      if (server !== null) return;
      server = createServer(join).listen(port, "127.0.0.1");
      await once(server, "listening");
      const address = server.address();
      if (typeof address === "object" && address !== null) port = address.port;
    },
    dispose: () => proxy.stop(),
  };
  await proxy.start();
  return proxy;
}
