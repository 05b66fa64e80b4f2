// A corpus being imported: how far, what is wrong with it, and what came of it.
import { useState } from "react";
import { formatBytes, formatNumber } from "../../../ui/count.ts";
import { ProgressBar } from "../../../ui/ProgressBar.tsx";
import { ImportedDocuments } from "./ImportedDocuments.tsx";
import classes from "./ImportPanel.module.css";
import { cancelImport } from "./import-store.ts";
import { type CorpusRun, contentsOf, isDone, shareOf } from "./job.ts";
import { ProblemList } from "./ProblemList.tsx";
import { ProgressPanel } from "./ProgressPanel.tsx";

function headline(run: CorpusRun): string {
  const { phase, job, fileName, isCancelled } = run;
  if (phase === "uploading") return `Sending ${fileName}`;
  if (phase === "working") return `Importing ${fileName}`;
  if (isDone(run) && job) return `${contentsOf(job)} imported`;
  return isCancelled ? "Import cancelled" : "Nothing was imported";
}

function progressWords({ phase, sent, size, job, isUnreachable }: CorpusRun): string {
  if (isUnreachable) return "No answer. The import goes on; asking again.";
  if (phase === "uploading") return `${formatBytes(sent)} of ${formatBytes(size)} sent`;
  if (phase === "over") return "";
  if (job === null || job.state === "queued") return "Waiting for its turn";
  return `${formatBytes(job.done)} of ${formatBytes(job.total)} read`;
}

type Opened = "problems" | "documents" | null;

export function CorpusProgress({ run }: { readonly run: CorpusRun }) {
  const [opened, setOpened] = useState<Opened>(null);
  const { phase, job, error, fileName } = run;
  const problems = job?.problems ?? [];
  const hasErrors = problems.some(({ severity }) => severity === "error");
  const toggle = (what: Opened) => setOpened(opened === what ? null : what);
  return (
    <ProgressPanel label="Importing a corpus" headline={headline(run)} mayClose={phase === "over"}>
      <ProgressBar label="Corpus imported" share={shareOf(run)} />
      {error && (
        <p className={classes.problem} role="alert">
          {error.message}
        </p>
      )}
      <div className={classes.panelFoot}>
        <span>{progressWords(run)}</span>
        {isDone(run) && job && job.documents.length > 0 && (
          <button
            type="button"
            className={classes.textButton}
            aria-expanded={opened === "documents"}
            onClick={() => toggle("documents")}
          >
            Open a document
          </button>
        )}
        {problems.length > 0 && (
          <button
            type="button"
            className={classes.textButton}
            data-danger={hasErrors || undefined}
            aria-expanded={opened === "problems"}
            onClick={() => toggle("problems")}
          >
            {hasErrors ? "What is wrong" : `${formatNumber(problems.length)} to note`}
          </button>
        )}
        {phase !== "over" && (
          <button type="button" className={classes.textButton} onClick={cancelImport}>
            Cancel
          </button>
        )}
      </div>
      {opened === "problems" && <ProblemList problems={problems} fileName={fileName} />}
      {opened === "documents" && job && <ImportedDocuments ids={job.documents} />}
    </ProgressPanel>
  );
}
