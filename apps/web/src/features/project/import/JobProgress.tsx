// Files being imported: how far, what is wrong with them, what came of each, and the way back.
import { useState } from "react";
import { formatBytes } from "../../../ui/count.ts";
import { ProgressBar } from "../../../ui/ProgressBar.tsx";
import { t } from "../../../words/words.ts";
import { FoundFiles } from "./FoundFiles.tsx";
import { ImportedDocuments } from "./ImportedDocuments.tsx";
import classes from "./ImportPanel.module.css";
import { cancelImport } from "./import-store.ts";
import { contentsOf } from "./job.ts";
import { isDone, type JobRun, shareOf } from "./job-run.ts";
import { ProblemList } from "./ProblemList.tsx";
import { ProgressPanel } from "./ProgressPanel.tsx";
import { UndoImportDialog } from "./UndoImportDialog.tsx";

function headline(run: JobRun): string {
  const { phase, job, fileName, isUndo, isCancelled } = run;
  if (phase !== "over")
    return t(isUndo ? "import:progress.undoing" : "import:progress.importing", { file: fileName });
  if (isDone(run) && job) return t("import:progress.imported", { contents: contentsOf(job) });
  if (isUndo && isCancelled)
    return t(job?.problems.length ? "import:progress.undonePartly" : "import:progress.undone");
  return t(isCancelled ? "import:progress.cancelled" : "import:progress.nothing");
}

function progressWords({ phase, job, isUnreachable, isUndo }: JobRun): string {
  if (isUnreachable) return t("import:progress.noAnswer");
  if (phase === "over" || isUndo) return "";
  if (job === null || job.state === "queued") return t("import:progress.waiting");
  return t("import:progress.read", { done: formatBytes(job.done), all: formatBytes(job.total) });
}

type Opened = "problems" | "documents" | "files" | null;

export function JobProgress({ run }: { readonly run: JobRun }) {
  const [opened, setOpened] = useState<Opened>(null);
  const [asksUndo, setAsksUndo] = useState(false);
  const { phase, job, error, fileName, isUndo } = run;
  const problems = job?.problems ?? [];
  const hasErrors = problems.some(({ severity }) => severity === "error");
  const documents = isDone(run) ? (job?.documents ?? []) : [];
  const files = phase === "over" && !isUndo ? (job?.files ?? []) : [];
  const opener = (what: Opened, words: string, isDanger = false) => (
    <button
      type="button"
      className={classes.textButton}
      data-danger={isDanger || undefined}
      aria-expanded={opened === what}
      onClick={() => setOpened(opened === what ? null : what)}
    >
      {words}
    </button>
  );
  return (
    <ProgressPanel label={t("import:progress.files")} headline={headline(run)} mayClose={phase === "over"}>
      <ProgressBar label={t("import:progress.filesDone")} share={shareOf(run)} />
      {error && (
        <p className={classes.problem} role="alert">
          {error.message}
        </p>
      )}
      <div className={classes.panelFoot}>
        <span>{progressWords(run)}</span>
        {documents.length > 0 && opener("documents", t("import:progress.open"))}
        {files.length > 1 && opener("files", t("import:found.files", { count: files.length }))}
        {problems.length > 0 &&
          opener(
            "problems",
            hasErrors ? t("import:problems.wrong") : t("import:problems.toNote", { count: problems.length }),
            hasErrors,
          )}
        {phase !== "over" && !isUndo && (
          <button type="button" className={classes.textButton} onClick={cancelImport}>
            {t("action.cancel")}
          </button>
        )}
        {isDone(run) && job?.canUndo && (
          <button type="button" className={classes.textButton} onClick={() => setAsksUndo(true)}>
            {t("action.undo")}
          </button>
        )}
      </div>
      {opened === "problems" && <ProblemList problems={problems} fileName={fileName} />}
      {opened === "documents" && <ImportedDocuments ids={documents} />}
      {opened === "files" && <FoundFiles files={files} />}
      {asksUndo && job && <UndoImportDialog job={job} onClose={() => setAsksUndo(false)} />}
    </ProgressPanel>
  );
}
