/** What a dry run has found, line by line. */
import type { ImportedWord, ImportJob } from "@concord/client";
import { counted } from "./output.ts";

/** Words of one line. */
const MAX_WORDS = 30;

/** Files with their formats, new labels and relation types, columns, and how much is there already. */
export function previewLines({ files, preview }: ImportJob): string[] {
  const [only, ...others] = files;
  const lines =
    only !== undefined && others.length === 0
      ? [`format: ${[only.format ?? "not known", only.encoding].filter(Boolean).join(", ")}`]
      : files.map(
          ({ name, format, encoding, documentCount, annotationCount, errorCount }) =>
            `${name}: ${[
              format ?? "format not known",
              encoding,
              counted(documentCount, "document"),
              counted(annotationCount, "annotation"),
              errorCount > 0 ? counted(errorCount, "error") : null,
            ]
              .filter((part) => part !== null)
              .join(", ")}`,
        );
  if (preview === null) return lines;
  const { labels, relationTypes, columns, duplicateCount } = preview;
  const countOf = { labels: labels.map((label) => ({ ...label, count: label.annotationCount })) };
  lines.push(...wordLines("labels", countOf.labels));
  lines.push(
    ...wordLines(
      "relation types",
      relationTypes.map((type) => ({ ...type, count: type.relationCount })),
    ),
  );
  if (columns?.chosen) {
    const { metadata, ...once } = columns.chosen;
    const chosen = Object.entries(once).filter(([, heading]) => heading !== null);
    lines.push(
      `columns: ${chosen.map(([name, heading]) => `${name}=${heading}`).join(", ")}; metadata: ${metadata === null ? "all others" : metadata.join(", ") || "none"}`,
    );
  }
  if (duplicateCount > 0) lines.push(`there already, passed over: ${counted(duplicateCount, "document")}`);
  return lines;
}

function wordLines(what: string, words: readonly (ImportedWord & { count: number })[]): string[] {
  const fresh = words.filter(
    ({ isKnown, mappedTo, isLeftOut }) => !isKnown && mappedTo === null && !isLeftOut,
  );
  const mapped = words.filter(({ mappedTo }) => mappedTo !== null);
  const left = words.filter(({ isLeftOut }) => isLeftOut);
  const line = (head: string, list: readonly string[]) => {
    if (list.length === 0) return [];
    const more = list.length > MAX_WORDS ? [`and ${list.length - MAX_WORDS} more`] : [];
    return [`${head}: ${[...list.slice(0, MAX_WORDS), ...more].join(", ")}`];
  };
  return [
    ...line(
      `new ${what}`,
      fresh.map(({ key, count }) => `${key} (${count})`),
    ),
    ...line(
      `mapped ${what}`,
      mapped.map(({ key, mappedTo, count }) => `${key} = ${mappedTo} (${count})`),
    ),
    ...line(
      `${what} left out`,
      left.map(({ key, count }) => `${key} (${count})`),
    ),
  ];
}
