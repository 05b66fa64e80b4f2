// Texts being added: how many, which were refused and why.
import { useApolloClient } from "@apollo/client/react";
import { useState } from "react";
import { countOf, formatNumber } from "../../../ui/count.ts";
import { ProgressBar } from "../../../ui/ProgressBar.tsx";
import classes from "./ImportPanel.module.css";
import { cancelImport, resumeImport, type TextsRun } from "./import-store.ts";
import { ProgressPanel } from "./ProgressPanel.tsx";

function headline({ state, total, added }: TextsRun): string {
  if (state === "running") return `Adding ${countOf(total, "document")}`;
  if (state === "stopped") return "Adding has stopped";
  if (state === "cancelled") return `Cancelled, ${countOf(added, "document")} added`;
  return `${countOf(added, "document")} added`;
}

export function TextsProgress({ run }: { readonly run: TextsRun }) {
  const client = useApolloClient();
  const [showsRefused, setShowsRefused] = useState(false);
  const { added, total, refused, state, error } = run;
  const isRunning = state === "running";
  return (
    <ProgressPanel
      label="Adding documents"
      headline={headline(run)}
      mayClose={!isRunning && state !== "stopped"}
    >
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
          <button type="button" className={classes.textButton} onClick={() => void resumeImport(client)}>
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
    </ProgressPanel>
  );
}
