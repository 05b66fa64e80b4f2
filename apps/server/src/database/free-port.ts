/** Finds a port that nobody listens on. Between the finding and the using somebody else may take it. */
import { createServer } from "node:net";

/** A free TCP port of an address of this machine. */
export function findFreePort(host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, host, () => {
      const address = server.address();
      server.close(() => {
        if (address === null || typeof address === "string") reject(new Error(`no free port on ${host}`));
        else resolve(address.port);
      });
    });
  });
}
