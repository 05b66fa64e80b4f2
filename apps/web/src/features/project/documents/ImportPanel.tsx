// What an import is doing, in the corner: how far, what was refused and why, and the way to stop it.
import { useApolloClient } from "@apollo/client/react";
import { ActionIcon } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { countOf, formatNumber } from "../../../ui/count.ts";
import { ProgressBar } from "../../../ui/ProgressBar.tsx";
import classes from "./DocumentsTab.module.css";
import { cancelImport, dismissImport, type ImportRun, resumeImport, useImportRun } from "./import-store.ts";

export interface ImportPanelProps {
  readonly projectId: string;
  readonly onAdded: () => Promise<unknown>;
}

function headline({ state, total, added }: ImportRun): string {
  if (state === "running") return `Adding ${countOf(total, "document")}`;
  if (state === "stopped") return "Adding has stopped";
  if (state === "cancelled") return `Cancelled, ${countOf(added, "document")} added`;
  return `${countOf(added, "document")} added`;
}

export function ImportPanel({ projectId, onAdded }: ImportPanelProps) {
  const client = useApolloClient();
  const run = useImportRun();
  const [showsRefused, setShowsRefused] = useState(false);
  const isRunning = run?.state === "running";
  useEffect(() => {
    if (!isRunning) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [isRunning]);
  if (run?.projectId !== projectId) return null;
  const { added, total, refused, state, error } = run;
  return (
    <section className={classes.panel} aria-label="Adding documents">
      <div className={classes.panelHead}>
        <h2>
          <span role="status">{headline(run)}</span>
        </h2>
        {!isRunning && state !== "stopped" && (
          <ActionIcon size="sm" aria-label="Close" onClick={dismissImport}>
            <IconX size={16} stroke={1.5} />
          </ActionIcon>
        )}
      </div>
      <ProgressBar label="Documents added" share={(added + refused.length) / total} />
      {error && (
        <p className={classes.problem} role="alert">
          {error.message} What was added stays.
        </p>
      )}
      <div className={classes.panelFoot}>
        <span>
          {formatNumber(added)} of {formatNumber(total)}
        </span>
        {refused.length > 0 && (
          <button
            type="button"
            className={classes.textButton}
            data-danger
            aria-expanded={showsRefused}
            onClick={() => setShowsRefused(!showsRefused)}
          >
            {refused.length === 1 ? "1 needs a look" : `${formatNumber(refused.length)} need a look`}
          </button>
        )}
        {state === "stopped" && (
          <button
            type="button"
            className={classes.textButton}
            onClick={() => void resumeImport(client, onAdded)}
          >
            Try again
          </button>
        )}
        {(isRunning || state === "stopped") && (
          <button type="button" className={classes.textButton} onClick={cancelImport}>
            Cancel
          </button>
        )}
      </div>
      {showsRefused && refused.length > 0 && (
        <ul className={classes.refused}>
          {refused.map(({ draft, reason }) => (
            <li key={draft.id}>
              <b dir="auto">{draft.fileName ?? draft.title}</b>
              <span>{reason}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
