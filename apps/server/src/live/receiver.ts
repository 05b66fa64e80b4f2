/**
 * Hands frames to one socket: past graphql-ws and ws, whose promises and copies cost more than the write itself.
 *
 * ws writes its own messages to the same net.Socket at once (perMessageDeflate is off), so the order holds.
 */
import type { Socket } from "node:net";
import { WebSocket } from "ws";
import type { Frame } from "./frames.ts";

/** The close code of who reads too slowly; clients come back and resume. */
const TOO_SLOW_CLOSE = 1013;

/** Bytes of live changes that may wait for a socket. */
const MAX_WAITING = 1024 * 1024;

/** Where the frames of one subscription go. */
export interface Receiver {
  /** Hands over without waiting; a socket that falls too far behind is closed. */
  push(frame: Frame): void;
  /** Hands over and waits until it has left; false when the socket is closing. */
  send(frame: Frame): Promise<boolean>;
}

/** The live side of one socket, shared by its subscriptions. */
export interface LiveSocket {
  receiver(subscriptionId: string): Receiver;
}

/** Sockets that were closed for reading too slowly, in this process. */
export const slowSockets = { closed: 0 };

/**
 * @param client who closes
 * @param wire what the client writes to
 */
export function createLiveSocket(client: WebSocket, wire: Socket): LiveSocket {
  /** What was pushed since the wire was last empty: answers and replays wait there too, and are no fault. */
  let pushed = 0;

  function push(frame: Frame, id: Buffer): void {
    if (client.readyState !== WebSocket.OPEN) return;
    const waiting = wire.writableLength;
    if (waiting === 0) pushed = 0;
    if (pushed > MAX_WAITING && waiting > MAX_WAITING) {
      client.close(TOO_SLOW_CLOSE, "Too slow");
      slowSockets.closed++;
    } else pushed += frame.writeTo(wire, id);
  }

  return {
    receiver(subscriptionId) {
      const id = Buffer.from(JSON.stringify(subscriptionId));
      return {
        push: (frame) => push(frame, id),
        send(frame) {
          if (client.readyState !== WebSocket.OPEN) return Promise.resolve(false);
          return new Promise((resolve) => {
            frame.writeTo(wire, id, (error) => resolve(!error));
          });
        },
      };
    },
  };
}
