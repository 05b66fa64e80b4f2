// What an export would hold, and what its format leaves out, as the server tells before anything is downloaded. Pure.
import { t } from "../../../words/words.ts";
import { isRecord, listOf, numberOf, textOf } from "../json-shape.ts";

export interface ExportReport {
  readonly documentCount: number;
  readonly annotationCount: number;
  readonly relationCount: number;
  readonly commentCount: number;
  /** In people's words, each once. */
  readonly leftOut: readonly string[];
  /** With those that are not named. */
  readonly leftOutCount: number;
}

export function toReport(value: unknown): ExportReport {
  const report = isRecord(value) ? value : {};
  const messages = listOf(report.leftOut).flatMap((problem) => {
    const file = isRecord(problem) ? textOf(problem.file) : null;
    const message = isRecord(problem) ? textOf(problem.message) : null;
    return message === null ? [] : [file === null ? message : t("export:leftOut.ofFile", { file, message })];
  });
  return {
    documentCount: numberOf(report.documentCount),
    annotationCount: numberOf(report.annotationCount),
    relationCount: numberOf(report.relationCount),
    commentCount: numberOf(report.commentCount),
    leftOut: [...new Set(messages)],
    leftOutCount: Math.max(numberOf(report.leftOutCount), messages.length),
  };
}

/** "5 documents, 412 annotations, 30 relations, 3 comments". */
export function contentsOf({
  documentCount,
  annotationCount,
  relationCount,
  commentCount,
}: ExportReport): string {
  return t("contents", {
    counts: [
      t("count.documents", { count: documentCount }),
      t("count.annotations", { count: annotationCount }),
      ...(relationCount > 0 ? [t("count.relations", { count: relationCount })] : []),
      ...(commentCount > 0 ? [t("count.comments", { count: commentCount })] : []),
    ],
  });
}

/** The name that the server gives the file. */
export function fileNameIn(disposition: string | null): string | null {
  const encoded = disposition?.match(/filename\*=UTF-8''([^;\s]+)/iu)?.[1];
  if (encoded !== undefined) {
    try {
      return decodeURIComponent(encoded);
    } catch {
      return null;
    }
  }
  return disposition?.match(/filename="([^"]+)"/iu)?.[1] ?? null;
}
