// How the servers that are not Concord hear from the benchmark: as its child processes.
import type { AddressInfo } from "node:net";

/** What the benchmark says to such a server. */
export type Order = { size: number } | { at: string };

/** What such a server does when it is told. */
interface Service {
  /** How many bytes a message should have. */
  size?: (bytes: number) => void;
  /** A change was sent at this time. */
  change(at: string): void;
}

/** Says where the server is, and does as it is told. */
export function serveParent(address: AddressInfo | string | null, service: Service): void {
  if (address === null || typeof address === "string") throw new Error("no port");
  process.on("message", (order: Order) => {
    if ("size" in order) service.size?.(order.size);
    else service.change(order.at);
  });
  process.send?.({ url: `http://127.0.0.1:${address.port}` });
}
