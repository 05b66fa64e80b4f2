// What a reader does to the server when it goes astray: nothing, whatever it is.
import { afterEach, expect, it } from "vitest";
import { LIMITS } from "../graphql/input-checks.ts";
import { createReader, type File } from "./import-reading.ts";

const PROGRAM = new URL("./broken-reader.fixture.ts", import.meta.url);

const broken = createReader({ program: PROGRAM, heap: 64 });
const impatient = createReader({ program: PROGRAM, patience: 1 });
const working = createReader();
afterEach(() => Promise.all([broken, impatient, working].map((reader) => reader.dispose())));

function file(name: string, given: Partial<File> = {}): File {
  return {
    order: { name, size: 0, options: { format: "auto", limits: { ...LIMITS, text: 1_000 } } },
    piece: async () => null,
    signal: new AbortController().signal,
    progress: () => {},
    report: () => {},
    ...given,
  };
}

it.each([
  ["exits", broken, "The file can't be read: its reader failed on it. The server's log says why."],
  [
    "hoards",
    broken,
    "The file can't be read: its reader ran out of memory on it. Several smaller files may come in.",
  ],
  ["loops", impatient, "The file can't be read: its reader did not come to an end with it."],
])("a process that %s refuses the file and is told", async (name, reader, message) => {
  const told: unknown[] = [];
  const reading = reader.read(file(name, { report: (cause) => told.push(cause) }));
  await expect(reading.next()).rejects.toMatchObject({ problems: [{ message, severity: "error" }] });
  await reading.end();
  expect(told).toHaveLength(1);
});

it("a process that loops ends when its job does, for the job's reason", async () => {
  const job = new AbortController();
  const reading = broken.read(file("loops", { signal: job.signal }));
  const coming = reading.next();
  const reason = new Error("called off");
  job.abort(reason);
  await expect(coming).rejects.toBe(reason);
  await expect(reading.next()).rejects.toBe(reason);
  await reading.end();
});

it("what keeps the file from being fetched is thrown as it is", async () => {
  const lost = new Error("lost connection");
  const reading = working.read(file("a.txt", { piece: () => Promise.reject(lost) }));
  await expect(reading.next()).rejects.toBe(lost);
  await reading.end();
});

it("one process reads one file after the other; of two readings the first is half the way", async () => {
  // The second key of the second line is what V8 may read wrongly.
  const lines = [
    String.raw`{"text":"One 😀 two","label":[[6,9,"X"]],"meta":{"h":0,"\\":0}}`,
    String.raw`{"text":"Three","label":[],"meta":{"h":0,"\n":0}}`,
  ];
  const bytes = new TextEncoder().encode(lines.join("\n"));
  for (let time = 0; time < 2; time++) {
    const done: number[] = [];
    const reading = working.read({
      ...file("a.jsonl", { piece: async (index) => (index === 0 ? bytes : null) }),
      order: { ...file("a.jsonl").order, size: bytes.length },
      progress: (bytesDone) => done.push(bytesDone),
    });
    const batch = await reading.next();
    expect(batch).toMatchObject({ header: { header: { labels: [{ key: "X" }] } }, end: bytes.length });
    const documents = batch?.events.map(({ document }) => document) ?? [];
    expect(documents.map((document) => document?.offsets.slice(0, 5))).toEqual(["One 😀", "Three"]);
    expect(documents.map((document) => document?.metadata)).toMatchObject([{ "\\": 0 }, { "\n": 0 }]);
    expect(await reading.next()).toBeNull();
    await reading.end();
    expect(done).toEqual([Math.floor(bytes.length / 2)]);
  }
});
