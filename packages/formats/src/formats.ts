/** All formats, and which of them a file is in. A new format is a folder and a line in each of the two lists. */
import { brat } from "./brat/format.ts";
import { concord } from "./concord/format.ts";
import { conll } from "./conll/columns.ts";
import { conllu } from "./conll/universal.ts";
import { decoderFor, detectEncoding, SAMPLE_BYTES } from "./decode.ts";
import { doccano } from "./doccano/format.ts";
import { docx } from "./docx/format.ts";
import type { Format, FormatId, Sample } from "./format.ts";
import { html } from "./html/format.ts";
import { labelstudio } from "./labelstudio/format.ts";
import { markdown } from "./markdown/format.ts";
import { pdf } from "./pdf/format.ts";
import { csv, tsv } from "./table/csv.ts";
import { xlsx } from "./table/xlsx.ts";
import { text } from "./text/format.ts";
import { uima } from "./uima/format.ts";
import { w3c } from "./w3c/format.ts";

/** In the order in which they are offered. */
export const FORMATS: readonly Format[] = [
  concord,
  brat,
  doccano,
  conll,
  conllu,
  uima,
  w3c,
  labelstudio,
  csv,
  tsv,
  xlsx,
  html,
  markdown,
  docx,
  pdf,
  text,
];

const BY_ID = new Map(FORMATS.map((format) => [format.id, format]));

/** From here on a format is taken without asking. */
const SURE = 0.5;
/** By so much the first must be surer than the second. */
const AHEAD = 0.05;

/** A format by its name. */
export function formatOf(id: FormatId): Format {
  const format = BY_ID.get(id);
  if (format === undefined) throw new RangeError(`There is no format ${id}.`);
  return format;
}

/** What a file seems to be. */
export interface Detected {
  /** Null where nothing is sure enough. */
  format: Format | null;
  /** All that it may be, the likeliest first. */
  candidates: Format[];
}

/**
 * Tells a file's format from its start and its name.
 * @example detectFormat(sampleOf("a.jsonl", bytes)).format?.id // "doccano"
 */
export function detectFormat(sample: Sample): Detected {
  const ranked = FORMATS.filter(({ read }) => read !== undefined)
    .map((format) => ({ format, sureness: format.detect(sample) }))
    .filter(({ sureness }) => sureness > 0)
    .sort((a, b) => b.sureness - a.sureness);
  const [first, second] = ranked;
  const isSure =
    first !== undefined && first.sureness >= SURE && first.sureness - (second?.sureness ?? 0) >= AHEAD;
  return { format: isSure ? first.format : null, candidates: ranked.map(({ format }) => format) };
}

/** What `detectFormat` looks at, out of a file's first bytes; 64 KiB are enough. */
export function sampleOf(path: string, start: Uint8Array): Sample {
  const bytes = start.subarray(0, SAMPLE_BYTES);
  return { path, bytes, text: textOf(bytes) };
}

function textOf(bytes: Uint8Array): string {
  const encoding = detectEncoding(bytes);
  let text: string;
  try {
    text = decoderFor(encoding).decode(bytes, { stream: true });
  } catch {
    return "";
  }
  return text.includes("\0") ? "" : text;
}
