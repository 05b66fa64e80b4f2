// The card in the corner that an import shows itself in.
import { ActionIcon } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { t } from "../../../words/words.ts";
import classes from "./ImportPanel.module.css";
import { dismissImport } from "./import-store.ts";

export interface ProgressPanelProps {
  readonly label: string;
  readonly headline: string;
  readonly mayClose: boolean;
  readonly children: ReactNode;
}

export function ProgressPanel({ label, headline, mayClose, children }: ProgressPanelProps) {
  return (
    <section className={classes.panel} aria-label={label}>
      <div className={classes.panelHead}>
        <h2>
          <span role="status">{headline}</span>
        </h2>
        {mayClose && (
          <ActionIcon size="sm" aria-label={t("action.close")} onClick={dismissImport}>
            <IconX size={16} stroke={1.5} />
          </ActionIcon>
        )}
      </div>
      {children}
    </section>
  );
}
