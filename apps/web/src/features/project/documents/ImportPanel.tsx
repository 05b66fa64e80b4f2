// What an import is doing, in the corner of every page of its project.
import { CorpusProgress } from "./CorpusProgress.tsx";
import { useImportRun } from "./import-store.ts";
import { TextsProgress } from "./TextsProgress.tsx";

export function ImportPanel({ projectId }: { readonly projectId: string }) {
  const run = useImportRun();
  if (run?.projectId !== projectId) return null;
  return run.kind === "texts" ? <TextsProgress run={run} /> : <CorpusProgress run={run} />;
}
