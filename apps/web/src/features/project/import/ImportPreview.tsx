// Chosen files before they are imported: what is in them, what becomes of it, what is wrong with it. The server reads
// them without keeping anything; how it reads them can be changed here.
import { useApolloClient } from "@apollo/client/react";
import { Button } from "@mantine/core";
import { useState } from "react";
import { Trans } from "react-i18next";
import type { ShownError } from "../../../apollo/error-message.ts";
import { formatBytes } from "../../../ui/count.ts";
import { ErrorState, InlineError } from "../../../ui/ErrorState.tsx";
import { ProgressBar } from "../../../ui/ProgressBar.tsx";
import { t } from "../../../words/words.ts";
import type { ProjectHead } from "../project-head.ts";
import classes from "./AddDocumentsDialog.module.css";
import { ColumnTable } from "./ColumnTable.tsx";
import type { TableColumns } from "./columns.ts";
import { FormatChoice } from "./FormatChoice.tsx";
import { FoundDocuments } from "./FoundDocuments.tsx";
import { FoundFiles } from "./FoundFiles.tsx";
import preview from "./ImportPreview.module.css";
import { followImport } from "./import-store.ts";
import { contentsOf, errorsIn, type Job } from "./job.ts";
import type { JobRun } from "./job-run.ts";
import { shareOf } from "./job-run.ts";
import { ProblemList } from "./ProblemList.tsx";
import type { StartRequest } from "./run-job.ts";
import { useDryRun } from "./useDryRun.ts";
import { WordMappings } from "./WordMappings.tsx";
import type { WordMapping } from "./word-mapping.ts";

export interface ImportPreviewProps {
  readonly project: ProjectHead;
  readonly files: readonly File[];
  /** Another import is under way. */
  readonly isBusy: boolean;
  readonly onOther: () => void;
  readonly onClose: () => void;
}

/** Every document in it has something wrong. */
const isFruitless = (job: Job) => job.documentCount === 0 && errorsIn(job) > 0;

/** What has to be said before it can be read. */
function questionIn({ state, candidates, preview: found }: Job): "format" | "columns" | null {
  if (state !== "failed") return null;
  if (candidates.length > 0) return "format";
  return found?.table?.chosen === null ? "columns" : null;
}

export function ImportPreview({ project, files, isBusy, onOther, onClose }: ImportPreviewProps) {
  const client = useApolloClient();
  // What the server is asked from the first byte on; what changes later is asked of the file that it has.
  const [wanted, setWanted] = useState<{ readonly files: readonly File[]; readonly format?: string }>({
    files,
  });
  if (wanted.files !== files) setWanted({ files });
  const { run, seen, retry, again, start } = useDryRun(project.id, wanted);
  const [asked, setAsked] = useState<Pick<StartRequest, "format" | "columns">>({});
  const [labels, setLabels] = useState<WordMapping>({});
  const [relationTypes, setRelationTypes] = useState<WordMapping>({});
  const [refusal, setRefusal] = useState<ShownError | null>(null);
  const [isStarting, setStarting] = useState(false);

  const isReading = run.phase !== "over";
  const isReady = !isReading && run.error === null && seen?.state === "done" && !isFruitless(seen);
  const readAs = (format: string) => {
    setAsked({ format });
    if (seen?.canStart) void again({ format });
    else setWanted({ files, format });
  };
  const readWith = (columns: TableColumns) => {
    const next = { ...asked, columns };
    setAsked(next);
    void again(next);
  };
  const importFiles = async () => {
    setStarting(true);
    setRefusal(null);
    const begun = await start({ ...asked, labels, relationTypes });
    setStarting(false);
    if ("error" in begun) return setRefusal(begun.error);
    void followImport(client, { projectId: project.id, fileName: run.fileName, size: run.size, ...begun });
    onClose();
  };

  return (
    <div className={preview.preview}>
      <p className={preview.head}>
        <Trans
          t={t}
          i18nKey="import:preview.file"
          values={{ size: formatBytes(files.reduce((sum, { size }) => sum + size, 0)) }}
          components={{ file: <b dir="auto">{run.fileName}</b> }}
        />{" "}
        <button type="button" className={classes.choose} onClick={onOther}>
          {t("import:preview.otherFiles")}
        </button>
      </p>
      {run.error ? (
        <ErrorState
          title={t("import:preview.unchecked", { file: run.fileName })}
          message={run.error.message}
          requestId={run.error.requestId}
          onRetry={retry}
        />
      ) : (
        <>
          <div className={preview.state}>
            <div className={preview.bar} data-over={!isReading || undefined}>
              <ProgressBar label={t("import:preview.checked")} share={shareOf(run)} />
            </div>
            <p className={classes.carried} role="status">
              {stateWords(run)}
            </p>
            {!isReading && seen?.preview && seen.preview.duplicateCount > 0 && (
              <p className={classes.summary}>
                {t("import:preview.duplicates", { count: seen.preview.duplicateCount })}
              </p>
            )}
          </div>
          {seen && (
            <div className={preview.parts} data-old={isReading || undefined} aria-busy={isReading}>
              <FormatChoice key={wanted.format ?? ""} job={seen} disabled={isReading} onChange={readAs} />
              {seen.problems.length > 0 && questionIn(seen) === null && (
                <section aria-label={t("import:preview.found")}>
                  <h3>{t("import:preview.found")}</h3>
                  <p className={classes.summary}>{problemWords(seen)}</p>
                  <ProblemList problems={seen.problems} fileName={run.fileName} />
                </section>
              )}
              {seen.preview?.table && (
                <ColumnTable table={seen.preview.table} disabled={isReading} onChange={readWith} />
              )}
              {seen.preview && (
                <WordMappings
                  projectId={project.id}
                  preview={seen.preview}
                  labels={labels}
                  onLabels={setLabels}
                  relationTypes={relationTypes}
                  onRelationTypes={setRelationTypes}
                />
              )}
              {seen.files.length > 1 && (
                <section>
                  <h3>{t("import:found.files", { count: seen.files.length })}</h3>
                  <FoundFiles files={seen.files} />
                </section>
              )}
              {seen.preview && <FoundDocuments job={seen} documents={seen.preview.documents} />}
              {seen.state === "done" && <Rules project={project} job={seen} />}
            </div>
          )}
        </>
      )}
      {refusal && <InlineError message={refusal.message} requestId={refusal.requestId} />}
      {isBusy && <p className={classes.summary}>{t("import:add.busy")}</p>}
      <div className={preview.buttons}>
        <Button variant="default" onClick={onClose}>
          {t("action.cancel")}
        </Button>
        <Button disabled={!isReady || isBusy} loading={isStarting} onClick={() => void importFiles()}>
          {isReady ? t("import:preview.do", { count: seen.documentCount }) : t("import:preview.doSomething")}
        </Button>
      </div>
    </div>
  );
}

function stateWords({ phase, job }: JobRun): string {
  if (phase === "packing") return t("import:preview.packing");
  if (phase === "uploading") return t("import:preview.sending");
  if (phase === "working" || job === null) return t("import:preview.checking");
  const question = questionIn(job);
  if (question !== null)
    return t(question === "format" ? "import:preview.unsure" : "import:preview.whichText");
  if (job.state !== "done" || isFruitless(job)) return t("import:preview.impossible");
  return t(errorsIn(job) > 0 ? "import:preview.partly" : "import:preview.holds", {
    contents: contentsOf(job),
  });
}

function problemWords(job: Job): string {
  const errors = errorsIn(job);
  const notes = job.problems.length - errors;
  const counts = [
    errors > 0 && t("import:problems.errors", { count: errors }),
    notes > 0 && t("import:problems.notes", { count: notes }),
  ];
  const found = t("contents", { counts: counts.filter((each) => each !== false) });
  return errors > 0 ? t("import:preview.leftOut", { found }) : found;
}

/** What the import of a Concord corpus does beyond adding the documents. */
function Rules({ project, job }: { readonly project: ProjectHead; readonly job: Job }) {
  const isEmpty = project.allDocuments.totalCount === 0;
  if (job.format !== "concord" && !job.files.some(({ format }) => format === "concord")) return null;
  return (
    <ul className={classes.rules}>
      <li>
        {t(project.viewerRole === "OWNER" ? "import:preview.authorsKept" : "import:preview.authorsLost")}
      </li>
      {isEmpty && <li>{t("import:preview.takesOver")}</li>}
    </ul>
  );
}
