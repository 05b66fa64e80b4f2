/** Readers that go astray when they are asked for a batch, each in the way that the file's name says. */
import type { ToReader } from "./reader-process.ts";

let way = "";

process.on("message", (message: ToReader) => {
  if (message.kind === "read") way = message.name;
  else if (way === "exits") process.exit();
  // In one go, which ends a thread's whole process: only a process of its own is safe.
  else if (way === "hoards") JSON.parse(`[${"[],".repeat(10_000_000)}1]`);
  else if (way === "loops") for (;;);
});
