// The corpus as a file: choose a format and what goes in, see what it leaves out and how it begins, take it along. The
// choice is in the address, so that it can be handed on.
import { Button, Skeleton } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useMemo } from "react";
import { formatBytes } from "../../../ui/count.ts";
import { ErrorState, InlineError } from "../../../ui/ErrorState.tsx";
import { ProgressBar } from "../../../ui/ProgressBar.tsx";
import { usePageTitle } from "../../../ui/usePageTitle.ts";
import { t } from "../../../words/words.ts";
import { useFileFormats, writtenFormats } from "../file-formats.ts";
import { useProject } from "../project-head.ts";
import tab from "../tab.module.css";
import classes from "./ExportTab.module.css";
import { endingOf, exportPath } from "./export-choice.ts";
import { contentsOf, type ExportReport } from "./export-report.ts";
import { FilterFields } from "./FilterFields.tsx";
import { FormatField } from "./FormatField.tsx";
import { LeftOut } from "./LeftOut.tsx";
import { ScriptLines } from "./ScriptLines.tsx";
import type { Answer } from "./useAnswer.ts";
import { type Download, useDownload } from "./useDownload.ts";
import { type ExportPreview, useExportPreview, useExportReport } from "./useExport.ts";
import { useExportChoice } from "./useExportChoice.ts";

export function ExportTab() {
  const project = useProject();
  usePageTitle(t("page.export"), project.name);
  const [choice, onChange] = useExportChoice();
  const { formats, error, retry } = useFileFormats();
  const written = useMemo(() => formats && writtenFormats(formats), [formats]);
  const format = written?.find(({ id }) => id === choice.format) ?? null;
  const path = format && exportPath(project.id, choice, format.tables);
  const fileName = format && t("export:file.name", { ending: endingOf(format) });
  const report = useExportReport(path);
  const preview = useExportPreview(path, choice.format === "json");
  const download = useDownload();
  const isBusy = download.state === "running";
  if (error) return <ErrorState {...error} title={t("export:format.unread")} onRetry={retry} />;
  return (
    <div className={tab.page}>
      <div className={classes.columns}>
        <section className={tab.section} aria-labelledby="format">
          <h2 id="format">{t("export:format.title")}</h2>
          <div className={classes.choice}>
            <FormatField formats={written} choice={choice} onChange={onChange} disabled={isBusy} />
            {written && !format && (
              <InlineError message={t("export:format.unknown", { format: choice.format })} />
            )}
          </div>
        </section>
        <section className={tab.section} aria-labelledby="filter">
          <h2 id="filter">{t("export:filter.title")}</h2>
          <div className={classes.choice}>
            <FilterFields choice={choice} onChange={onChange} disabled={isBusy} />
          </div>
        </section>
        <section className={tab.section} aria-labelledby="file">
          <h2 id="file">{t("export:file.title")}</h2>
          <div className={classes.choice}>
            <Contents report={report} />
            <DownloadRow
              download={download}
              name={format?.name ?? ""}
              isReady={path !== null && report.error === null}
              onStart={() => {
                if (path !== null && fileName !== null) void download.start(path, fileName);
              }}
            />
          </div>
        </section>
      </div>
      <section className={`${tab.section} ${classes.wide}`} aria-labelledby="preview">
        <h2 id="preview">{t("export:preview.title")}</h2>
        <Beginning preview={preview} isAsked={path !== null} />
      </section>
      {path !== null && fileName !== null && <ScriptLines path={path} fileName={fileName} />}
    </div>
  );
}

function Contents({ report }: { readonly report: Answer<ExportReport> }) {
  const { value, isOld, error, retry } = report;
  if (error)
    return (
      <ErrorState
        title={t("export:file.uncounted")}
        message={error.message}
        requestId={error.requestId}
        onRetry={retry}
      />
    );
  if (value === null)
    return (
      <div className={classes.contents} aria-busy="true">
        <Skeleton height={14} width={240} my={3} />
        <Skeleton height={14} width={180} my={3} />
      </div>
    );
  return (
    <div className={classes.contents} data-old={isOld || undefined} aria-busy={isOld}>
      <p className={classes.counts} role="status">
        {value.documentCount === 0 ? t("export:file.empty") : contentsOf(value)}
      </p>
      <LeftOut report={value} />
    </div>
  );
}

interface DownloadRowProps {
  readonly download: Download;
  readonly name: string;
  readonly isReady: boolean;
  readonly onStart: () => void;
}

function DownloadRow({ download, name, isReady, onStart }: DownloadRowProps) {
  const { state, bytes, error, cancel } = download;
  const size = formatBytes(bytes);
  return (
    <div className={classes.download}>
      {state === "running" ? (
        <div className={classes.progress}>
          <ProgressBar label={t("export:download.progress")} share={null} />
          <div className={tab.buttons}>
            <span role="status">{t("export:download.soFar", { size })}</span>
            <Button variant="default" size="xs" onClick={cancel}>
              {t("action.cancel")}
            </Button>
          </div>
        </div>
      ) : (
        <div className={tab.buttons}>
          <Button leftSection={<IconDownload size={16} stroke={1.5} />} disabled={!isReady} onClick={onStart}>
            {t("export:download.button", { format: name })}
          </Button>
          <span className={tab.quiet} role="status">
            {state === "done" && t("export:download.done", { size })}
            {state === "cancelled" && t("export:download.cancelled")}
          </span>
        </div>
      )}
      {state === "failed" && error && <InlineError message={error.message} requestId={error.requestId} />}
    </div>
  );
}

interface BeginningProps {
  readonly preview: Answer<ExportPreview>;
  readonly isAsked: boolean;
}

function Beginning({ preview, isAsked }: BeginningProps) {
  const { value, isOld, error, retry } = preview;
  if (error)
    return (
      <ErrorState
        title={t("export:preview.unread")}
        message={error.message}
        requestId={error.requestId}
        onRetry={retry}
      />
    );
  if (value === null) return isAsked ? <Skeleton height={220} mt={12} /> : null;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <pre className={classes.preview} tabIndex={0} data-old={isOld || undefined} aria-busy={isOld}>
      {value.text}
      {value.isCut && <span className={classes.cut}> …</span>}
    </pre>
  );
}
