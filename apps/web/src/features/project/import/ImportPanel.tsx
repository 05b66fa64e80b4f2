// What an import is doing, in the corner of every page of its project.
import { useApolloClient } from "@apollo/client/react";
import { useEffect } from "react";
import { resumeJob, useImportRun } from "./import-store.ts";
import { JobProgress } from "./JobProgress.tsx";
import { TextsProgress } from "./TextsProgress.tsx";

export function ImportPanel({ projectId }: { readonly projectId: string }) {
  const client = useApolloClient();
  const run = useImportRun();
  useEffect(() => {
    // Whatever project it belongs to: another import has to wait for it.
    void resumeJob(client);
  }, [client]);
  if (run?.projectId !== projectId) return null;
  return run.kind === "texts" ? <TextsProgress run={run} /> : <JobProgress run={run} />;
}
