// Asks the server what an import of a corpus would do, without doing it. Leaving the page or choosing another file gives
// the question up.
import { useEffect, useState } from "react";
import { afterEvent, type CorpusRun, newRun } from "./job.ts";
import { runCorpus } from "./run-corpus.ts";

export function useCorpusCheck(projectId: string, file: File): { run: CorpusRun; retry: () => void } {
  const [attempt, setAttempt] = useState(0);
  const [run, setRun] = useState(() => newRun(projectId, file.name, file.size));
  // biome-ignore lint/correctness/useExhaustiveDependencies: `attempt` asks the same once more.
  useEffect(() => {
    const controller = new AbortController();
    setRun(newRun(projectId, file.name, file.size));
    void runCorpus({ projectId, file, dryRun: true }, controller.signal, (event) => {
      if (!controller.signal.aborted) setRun((present) => afterEvent(present, event));
    });
    return () => controller.abort();
  }, [projectId, file, attempt]);
  return { run, retry: () => setAttempt(attempt + 1) };
}
