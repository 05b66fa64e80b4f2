// Where the corpus is read from, and what its file is called.
export type ExportFormat = "json" | "ndjson";

export function exportAddress(projectId: string, format: ExportFormat): string {
  return `/projects/${encodeURIComponent(projectId)}/export?format=${format}`;
}

/** The project's name without what file systems refuse. */
export function exportFileName(projectName: string, format: ExportFormat): string {
  const stem = projectName
    .replace(/[\p{Cc}<>:"/\\|?*]+/gu, " ")
    .replace(/\s+/gu, " ")
    .trim()
    .slice(0, 100);
  return `${stem === "" ? "corpus" : stem}.${format}`;
}
