// `npm run bench -- formats [--megabytes=10,100] [--seconds=30]`: each format's writer and reader, in MB of its file a
// second, and what the heap has grown by meanwhile. Formats that hold a whole file in memory go only as far as the first size.
import { createHash } from "node:crypto";
import { parseArgs } from "node:util";
import { createOffsetMap } from "@concord/core";
import {
  type CorpusDocument,
  type CorpusHeader,
  FORMATS,
  type FormatId,
  formatOf,
  type ReadLimits,
  readCorpus,
  unbundled,
  writeCorpus,
  zipped,
} from "@concord/formats";
import { unzipSync } from "fflate";
import { corpusDocument } from "../support/corpus.ts";
import { startProgress } from "../support/progress.ts";
import { table } from "../support/statistics.ts";

const { values } = parseArgs({
  options: {
    megabytes: { type: "string", default: "10,100" },
    seconds: { type: "string", default: "30" },
  },
});
const SIZES = values.megabytes.split(",").map(Number);
/** A run that takes longer is stopped and measured as far as it has come. */
const PATIENCE = Number(values.seconds) * 1_000;
/** In whose readers or writers a file is in memory as a whole. */
const WHOLE: readonly FormatId[] = ["xlsx"];
const ANNOTATIONS = 100;

const limits: ReadLimits = {
  ...{ text: 2_000_000, name: 200, title: 1_000, description: 4_000, guidelines: 200_000, note: 20_000 },
  ...{ comment: 20_000, sourceId: 1_000, json: 100_000, nesting: 100 },
};

const label = { shortcut: null, description: "", parent: null, archivedAt: null, attributes: [] };
const header: CorpusHeader = {
  ...{ name: "Measured", description: "", guidelines: "", relationTypes: [], users: [] },
  labels: ["speaker", "claim", "initiative", "agreement"].map((key) => ({
    ...{ id: null, key, name: key, color: "STONE" as const },
    ...label,
  })),
};

function documentAt(index: number): CorpusDocument {
  const { id, annotations, ...rest } = corpusDocument(ANNOTATIONS, index);
  return {
    ...{ ...rest, id, sourceId: `wire-${index}`, title: `Report ${index}` },
    offsets: createOffsetMap(rest.text),
    sha256: createHash("sha256").update(rest.text).digest("hex"),
    annotations: annotations.map(({ fragments, label: key, ...annotation }) => ({
      ...annotation,
      ...{ label: key ?? "claim", origin: "HUMAN" as const, createdBy: null, updatedBy: null },
      fragments: fragments.map(([start = 0, end = 0]) => ({ start, end })),
    })),
    ...{ relations: [], comments: [] },
  };
}

/** Made beforehand and written again and again, so that only the writer is measured. */
const MADE = Array.from({ length: 200 }, (_, index) => documentAt(index));

function* documentsUntil(isDone: (index: number) => boolean): Generator<CorpusDocument, void, undefined> {
  for (let index = 0; !isDone(index); index++) {
    const made = MADE[index % MADE.length];
    if (made !== undefined) yield { ...made, title: `Report ${index}` };
  }
}

/** Watches time and memory of one run. */
function watched() {
  globalThis.gc?.();
  const [begun, before] = [performance.now(), process.memoryUsage().rss];
  let peak = before;
  return {
    look: () => {
      peak = Math.max(peak, process.memoryUsage().rss);
      return performance.now() - begun < PATIENCE;
    },
    end: (bytes: number) => ({
      speed: bytes / 1e6 / ((performance.now() - begun) / 1_000),
      growth: (peak - before) / 1e6,
    }),
  };
}

/** Writes until the file is so large; keeps it, as a reader's input. */
async function write(format: FormatId, megabytes: number) {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  let written = 0;
  const run = watched();
  // A workbook comes at the end as a whole; what a zip takes in is many times what comes out.
  const documents = documentsUntil((index) =>
    WHOLE.includes(format) ? index >= megabytes * 20 : written >= megabytes * 1e6 || !run.look(),
  );
  async function* counted() {
    for await (const piece of writeCorpus(format, { header, documents })) {
      if (piece.kind === "text") written += piece.text.length;
      else if (piece.kind === "bytes") written += piece.bytes.length;
      yield piece;
    }
  }
  for await (const chunk of (formatOf(format).isBundle ? zipped : unbundled)(counted(), () => {})) {
    chunks.push(chunk);
    bytes += chunk.length;
    run.look();
  }
  const file = Buffer.concat(chunks);
  const size = WHOLE.includes(format) ? unpackedSize(file) : written;
  // The file itself, which a server would have sent, does not count.
  const { speed, growth } = run.end(size);
  return { file, size, speed, growth: Math.max(0, growth - bytes / 1e6) };
}

function unpackedSize(zip: Uint8Array): number {
  let size = 0;
  const filter = ({ originalSize }: { originalSize: number }) => {
    size += originalSize;
    return false;
  };
  unzipSync(zip, { filter });
  return size;
}

/** Bytes that a file on a disk gives at once. */
const CHUNK = 64 * 1024;

class OutOfTime extends Error {}

async function read(format: FormatId, file: Uint8Array, size: number) {
  const { isBundle, extensions } = formatOf(format);
  const name = `corpus${isBundle ? ".zip" : extensions[0]}`;
  /** How often a file is gone through: for the list of a zip, for the words, for the documents. */
  const passes = isBundle ? 3 : format === "concord" ? 1 : 2;
  const run = watched();
  let handed = 0;
  async function* open() {
    for (let at = 0; at < file.length; at += CHUNK) {
      if (!run.look()) throw new OutOfTime();
      const chunk = file.slice(at, at + CHUNK);
      handed += chunk.length;
      yield chunk;
    }
  }
  try {
    for await (const event of readCorpus({ name, open }, { format: isBundle ? "auto" : format, limits })) {
      if (event.kind === "broken") throw new Error(event.problems[0]?.message);
      if (event.kind === "document" && event.document === null) throw new Error(event.problems[0]?.message);
      run.look();
    }
  } catch (cause) {
    if (!(cause instanceof OutOfTime)) throw cause;
    return run.end((size * handed) / file.length / passes);
  }
  return run.end(size);
}

const measured = FORMATS.filter(({ write: writer }) => writer !== undefined);
const steps = measured.flatMap(({ id }) =>
  SIZES.filter((_, index) => index === 0 || !WHOLE.includes(id)).map((megabytes) => ({ id, megabytes })),
);
const progress = startProgress(steps.length);
const rows: string[][] = [];
for (const { id, megabytes } of steps) {
  progress(`${id}, ${megabytes} MB`);
  const out = await write(id, megabytes);
  const back = await read(id, out.file, out.size);
  rows.push([
    id,
    (out.size / 1e6).toFixed(0),
    ...[out.speed, out.growth, back.speed, back.growth].map((it) => it.toFixed(0)),
  ]);
}
process.stdout.write(
  `\nMB are of the files, unpacked where they are in a zip; growth is of resident memory, MB\n\n${table(
    ["", "MB", "write, MB/s", "growth", "read, MB/s", "growth"],
    rows,
  )}`,
);
