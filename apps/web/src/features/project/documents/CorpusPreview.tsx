// A chosen corpus before it is imported: what is in it, what is wrong with it, and who will stand as the author.
import { Button } from "@mantine/core";
import { useEffect } from "react";
import { countOf, formatBytes } from "../../../ui/count.ts";
import { ErrorState } from "../../../ui/ErrorState.tsx";
import { ProgressBar } from "../../../ui/ProgressBar.tsx";
import type { ProjectHead } from "../project-head.ts";
import classes from "./AddDocumentsDialog.module.css";
import { type CorpusRun, contentsOf, isDone, type Job, shareOf } from "./job.ts";
import { ProblemList } from "./ProblemList.tsx";
import { useCorpusCheck } from "./useCorpusCheck.ts";

export interface CorpusPreviewProps {
  readonly project: ProjectHead;
  readonly file: File;
  /** Told whether it can be imported. */
  readonly onChecked: (isReady: boolean) => void;
  readonly onOther: () => void;
}

function checkWords({ phase, job }: CorpusRun): string {
  if (phase === "uploading") return "Sending it to be checked";
  if (phase === "working") return "Checking it";
  if (job?.state !== "done" || isFruitless(job)) return "It can’t be imported.";
  return errorsIn(job) > 0 ? `${contentsOf(job)} can be imported.` : `It holds ${contentsOf(job)}.`;
}

const errorsIn = ({ problems }: Job) => problems.filter(({ severity }) => severity === "error").length;

/** Every document in it has something wrong. */
const isFruitless = (job: Job) => job.documentCount === 0 && errorsIn(job) > 0;

function problemWords(job: Job): string {
  const { problems } = job;
  const errors = errorsIn(job);
  const counts = [
    errors > 0 && countOf(errors, "error"),
    problems.length > errors && countOf(problems.length - errors, "thing to note", "things to note"),
  ];
  return counts.filter((each) => each !== false).join(", ");
}

export function CorpusPreview({ project, file, onChecked, onOther }: CorpusPreviewProps) {
  const { run, retry } = useCorpusCheck(project.id, file);
  const { job } = run;
  const isReady = isDone(run) && job !== null && !isFruitless(job);
  useEffect(() => onChecked(isReady), [isReady, onChecked]);
  if (run.error) {
    return (
      <ErrorState
        title={`${file.name} could not be checked`}
        message={run.error.message}
        requestId={run.error.requestId}
        onRetry={retry}
        action={
          <Button variant="default" onClick={onOther}>
            Another file
          </Button>
        }
      />
    );
  }
  const isEmpty = project.allDocuments.totalCount === 0;
  return (
    <div className={classes.corpus}>
      <p>
        <b dir="auto">{file.name}</b> is a Concord corpus, {formatBytes(file.size)}.{" "}
        <button type="button" className={classes.choose} onClick={onOther}>
          Another file
        </button>
      </p>
      {run.phase !== "over" && <ProgressBar label="Corpus checked" share={shareOf(run)} />}
      <p className={classes.carried} role="status">
        {checkWords(run)}
      </p>
      {isReady && (
        <ul className={classes.rules}>
          <li>
            {project.viewerRole === "OWNER"
              ? "Authors and times are kept. Who is not a member here comes along by name, and can’t sign in."
              : "You become the author of everything in it: only an owner’s import keeps the authors."}
          </li>
          {job !== null && errorsIn(job) > 0 && <li>A document with an error is left out as a whole.</li>}
          {isEmpty && (
            <li>This project is empty, so it takes over the name, description, guidelines and codebook.</li>
          )}
        </ul>
      )}
      {job && job.problems.length > 0 && (
        <section aria-label="What was found">
          <p className={classes.summary}>{problemWords(job)}</p>
          <ProblemList problems={job.problems} fileName={file.name} />
        </section>
      )}
    </div>
  );
}
