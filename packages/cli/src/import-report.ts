/** What is said about an import: for people, or one JSON object a file. */
import type { ImportJob, ImportProblem } from "@concord/client";
import type { Context } from "./context.ts";
import { Failure } from "./failure.ts";
import { previewLines } from "./import-preview.ts";
import type { TextOutcome } from "./import-texts.ts";
import { counted } from "./output.ts";
import type { Progress } from "./progress.ts";

/** Takes what became of each file. */
export interface Report {
  text(outcome: TextOutcome): Promise<void>;
  job(file: string, job: ImportJob): Promise<void>;
  refused(file: string, message: string): Promise<void>;
  /** @throws Failure when something was refused */
  end(): Promise<void>;
}

export function createReport(
  { out, err }: Context,
  progress: Progress,
  json: boolean,
  dryRun: boolean,
): Report {
  const texts = { made: 0, known: 0, refused: 0 };
  let failed = 0;
  const complain = async (line: string) => {
    progress.clear();
    await err.line(line);
  };
  const refused = async (file: string, message: string) => {
    failed++;
    if (json) await out.json({ file, state: "refused", message });
    else await complain(`${file}: ${message}`);
  };
  return {
    refused,
    async text(outcome) {
      texts[outcome.state]++;
      if (outcome.state === "refused") return refused(outcome.file, outcome.message ?? "");
      if (json) await out.json(outcome);
    },
    async job(file, job) {
      const { state, documentCount, annotationCount, problems, id } = job;
      const isGood = state === "done" && !problems.some(({ severity }) => severity === "error");
      if (!isGood) failed++;
      if (json) {
        const { format, files, preview, candidates } = job;
        const found = dryRun || candidates.length > 0 ? { format, files, preview, candidates } : { format };
        return out.json({ file, state, job: id, documentCount, annotationCount, problems, ...found });
      }
      for (const problem of problems) await complain(problemLine(file, problem));
      if (state !== "done")
        return complain(
          `${file}: the import ${state === "failed" ? "has failed" : "was called off"}; nothing of it stays.`,
        );
      progress.clear();
      const count = `${counted(documentCount, "document")}, ${counted(annotationCount, "annotation")}`;
      await out.line(dryRun ? `${file}: would bring in ${count}` : `${file}: ${count}`);
      if (dryRun) for (const line of previewLines(job)) await out.line(`  ${line}`);
      else if (documentCount > 0) await err.line(`${file}: concord import --undo ${id} takes it back`);
    },
    async end() {
      if (!json && texts.made + texts.known > 0) {
        const known = texts.known === 0 ? "" : `, ${texts.known} there already`;
        await out.line(`${dryRun ? "would bring in " : ""}${counted(texts.made, "text")}${known}`);
      }
      if (failed > 0) throw new Failure(`${counted(failed, "file")} not taken as a whole.`);
    },
  };
}

/** As compilers say it, so that editors find the place. */
export function problemLine(
  file: string,
  { file: inner, line, column, message, severity }: ImportProblem,
): string {
  const place = [inner === null ? file : `${file}/${inner}`, line, column].filter((part) => part !== null);
  return `${place.join(":")}: ${severity}: ${message}`;
}
