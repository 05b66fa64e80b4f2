// Texts being added: how many, which were refused and why.
import { useApolloClient } from "@apollo/client/react";
import { useState } from "react";
import { ProgressBar } from "../../../ui/ProgressBar.tsx";
import { t } from "../../../words/words.ts";
import classes from "./ImportPanel.module.css";
import { cancelImport, resumeImport, type TextsRun } from "./import-store.ts";
import { ProgressPanel } from "./ProgressPanel.tsx";

function headline({ state, total, added }: TextsRun): string {
  if (state === "running") return t("import:progress.adding", { count: total });
  if (state === "stopped") return t("import:progress.stopped");
  if (state === "cancelled") return t("import:progress.cancelledAt", { count: added });
  return t("import:progress.added", { count: added });
}

export function TextsProgress({ run }: { readonly run: TextsRun }) {
  const client = useApolloClient();
  const [showsRefused, setShowsRefused] = useState(false);
  const { added, total, refused, state, error } = run;
  const isRunning = state === "running";
  return (
    <ProgressPanel
      label={t("import:progress.texts")}
      headline={headline(run)}
      mayClose={!isRunning && state !== "stopped"}
    >
      <ProgressBar label={t("import:progress.textsDone")} share={(added + refused.length) / total} />
      {error && (
        <p className={classes.problem} role="alert">
          {error.message} {t("import:progress.stays")}
        </p>
      )}
      <div className={classes.panelFoot}>
        <span>{t("documents:status.shown", { count: added, all: total })}</span>
        {refused.length > 0 && (
          <button
            type="button"
            className={classes.textButton}
            data-danger
            aria-expanded={showsRefused}
            onClick={() => setShowsRefused(!showsRefused)}
          >
            {t("import:progress.refused", { count: refused.length })}
          </button>
        )}
        {state === "stopped" && (
          <button type="button" className={classes.textButton} onClick={() => void resumeImport(client)}>
            {t("action.tryAgain")}
          </button>
        )}
        {(isRunning || state === "stopped") && (
          <button type="button" className={classes.textButton} onClick={cancelImport}>
            {t("action.cancel")}
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
