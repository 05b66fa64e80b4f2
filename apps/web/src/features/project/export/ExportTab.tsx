// The corpus as a file: choose a form, see how it begins, take it along.
import { Button, Checkbox, SegmentedControl, Skeleton } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useState } from "react";
import { countOf, formatBytes } from "../../../ui/count.ts";
import { ErrorState, InlineError } from "../../../ui/ErrorState.tsx";
import { ProgressBar } from "../../../ui/ProgressBar.tsx";
import { usePageTitle } from "../../../ui/usePageTitle.ts";
import { useProject } from "../project-head.ts";
import tab from "../tab.module.css";
import classes from "./ExportTab.module.css";
import type { ExportFormat } from "./export-address.ts";
import { useDownload } from "./useDownload.ts";
import { useExportPreview } from "./useExportPreview.ts";

const forms: Readonly<Record<ExportFormat, { readonly label: string; readonly words: string }>> = {
  json: {
    label: "JSON",
    words: "One object: the project with its codebook, then every document with its annotations.",
  },
  ndjson: {
    label: "NDJSON",
    words: "The project on the first line, then one document a line. Right for large corpora.",
  },
};

export function ExportTab() {
  const project = useProject();
  usePageTitle("Export", project.name);
  const [format, setFormat] = useState<ExportFormat>("json");
  const [leavesOutArchived, setLeavesOut] = useState(false);
  const archivedCount = project.archivedDocuments.totalCount;
  const wanted = { format, leavesOutArchived: leavesOutArchived && archivedCount > 0 };
  const preview = useExportPreview(project.id, wanted);
  const download = useDownload(project.id, project.name);
  const contents = wanted.leavesOutArchived
    ? countOf(project.allDocuments.totalCount - archivedCount, "document")
    : `${countOf(project.allDocuments.totalCount, "document")}, ${countOf(project.annotationCount, "annotation")}`;
  return (
    <div className={tab.page}>
      <section className={tab.section} aria-labelledby="format">
        <h2 id="format">Format</h2>
        <div className={classes.choice}>
          <SegmentedControl
            aria-labelledby="format"
            value={format}
            onChange={setFormat}
            disabled={download.state === "running"}
            data={[
              { value: "json", label: forms.json.label },
              { value: "ndjson", label: forms.ndjson.label },
            ]}
          />
          <p className={tab.note}>
            {forms[format].words} Every position counts Unicode characters; relations, comments and authors
            are included.
          </p>
          {archivedCount > 0 && (
            <Checkbox
              label={`Leave out ${countOf(archivedCount, "archived document")}`}
              checked={leavesOutArchived}
              disabled={download.state === "running"}
              onChange={(event) => setLeavesOut(event.currentTarget.checked)}
            />
          )}
        </div>
        <div className={classes.download}>
          {download.state === "running" ? (
            <div className={classes.progress}>
              <ProgressBar label="Download" share={null} />
              <div className={tab.buttons}>
                <span role="status">{formatBytes(download.bytes)} so far</span>
                <Button variant="default" size="xs" onClick={download.cancel}>
                  Cancel
                </Button>
              </div>
            </div>
          ) : (
            <div className={tab.buttons}>
              <Button
                leftSection={<IconDownload size={16} stroke={1.5} />}
                onClick={() => void download.start(wanted)}
              >
                Download {forms[format].label}
              </Button>
              <span className={tab.quiet} role="status">
                {download.state === "done" ? `${formatBytes(download.bytes)} downloaded` : contents}
                {download.state === "cancelled" && ". Cancelled; nothing was kept."}
              </span>
            </div>
          )}
          {download.state === "failed" && download.error && (
            <InlineError message={download.error.message} requestId={download.error.requestId} />
          )}
        </div>
      </section>
      <section className={tab.section} aria-labelledby="preview">
        <h2 id="preview">How it begins</h2>
        {preview.error && (
          <ErrorState
            title="The beginning could not be read"
            message={preview.error.message}
            requestId={preview.error.requestId}
            onRetry={preview.retry}
          />
        )}
        {!preview.error && preview.text === null && <Skeleton height={220} mt={12} />}
        {preview.text !== null && (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
          <pre className={classes.preview} tabIndex={0}>
            {preview.text}
            {preview.isCut && <span className={classes.cut}> …</span>}
          </pre>
        )}
      </section>
    </div>
  );
}
