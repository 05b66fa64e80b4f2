// Where the corpus is read from, and what its file is called.
export type ExportFormat = "json" | "ndjson";

export interface Export {
  readonly format: ExportFormat;
  readonly leavesOutArchived: boolean;
}

export function exportAddress(projectId: string, { format, leavesOutArchived }: Export): string {
  const archived = leavesOutArchived ? "&archived=0" : "";
  return `/projects/${encodeURIComponent(projectId)}/export?format=${format}${archived}`;
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
