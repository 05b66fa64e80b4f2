// What clients of Hocuspocus say: how watchers enter a document, and somebody who writes into one.
import { once } from "node:events";
import { writeAuthentication } from "@hocuspocus/common";
import { createDecoder, readVarString, readVarUint } from "lib0/decoding";
import { createEncoder, type Encoder, toUint8Array, writeVarString, writeVarUint } from "lib0/encoding";
import WebSocket from "ws";
import { writeSyncStep1, writeUpdate } from "y-protocols/sync";
import * as Y from "yjs";
import type { Script } from "../support/crowd-process.ts";
import { changeOf } from "./change.ts";

/** Kinds of its messages. */
const SYNC = 0;
const AUTH = 2;

function message(documentName: string, kind: number, write: (encoder: Encoder) => void): Uint8Array {
  const encoder = createEncoder();
  writeVarString(encoder, documentName);
  writeVarUint(encoder, kind);
  write(encoder);
  return toUint8Array(encoder);
}

/** Signs in and asks for all there is; the server then tells what follows. */
export function hocuspocusScript(documentName: string): Script {
  const signIn = message(documentName, AUTH, (encoder) => writeAuthentication(encoder, "anybody"));
  return [signIn, message(documentName, SYNC, (encoder) => writeSyncStep1(encoder, new Y.Doc()))];
}

export interface HocuspocusWriter {
  /** Appends a change to the document's list. */
  change(at: string): void;
  dispose(): void;
}

/** Somebody who is in a document and writes. */
export async function startHocuspocusWriter(url: string, documentName: string): Promise<HocuspocusWriter> {
  const socket = new WebSocket(url.replace(/^http/, "ws"));
  await once(socket, "open");
  const isLetIn = new Promise<void>((resolve) => {
    socket.on("message", (data: Buffer) => {
      const decoder = createDecoder(data);
      readVarString(decoder);
      if (readVarUint(decoder) === AUTH) resolve();
    });
  });
  for (const line of hocuspocusScript(documentName)) socket.send(line);
  await isLetIn;
  const document = new Y.Doc();
  const changes = document.getArray("changes");
  document.on("update", (update: Uint8Array) =>
    socket.send(message(documentName, SYNC, (encoder) => writeUpdate(encoder, update))),
  );
  return {
    change: (at) => changes.push([changeOf(at, changes.length + 1)]),
    dispose: () => socket.terminate(),
  };
}
