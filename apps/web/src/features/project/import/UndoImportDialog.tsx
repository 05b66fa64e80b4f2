// Asks before an import is taken back, and says what goes with it.
import { useApolloClient } from "@apollo/client/react";
import { useState } from "react";
import { Trans } from "react-i18next";
import type { ShownError } from "../../../apollo/error-message.ts";
import { ConfirmDialog } from "../../../ui/ConfirmDialog.tsx";
import { t } from "../../../words/words.ts";
import { undoImport } from "./import-store.ts";
import { contentsOf, type Job } from "./job.ts";

export interface UndoImportDialogProps {
  readonly job: Job;
  readonly onClose: () => void;
}

export function UndoImportDialog({ job, onClose }: UndoImportDialogProps) {
  const client = useApolloClient();
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<ShownError | null>(null);
  const undo = async () => {
    setBusy(true);
    const refusal = await undoImport(client);
    setBusy(false);
    setError(refusal);
    if (refusal === null) onClose();
  };
  return (
    <ConfirmDialog
      title={t("import:undo.title")}
      confirmLabel={t("import:undo.do")}
      busy={isBusy}
      error={error}
      onConfirm={() => void undo()}
      onClose={onClose}
    >
      <p>
        <Trans t={t} i18nKey="import:undo.words" components={{ contents: <b>{contentsOf(job)}</b> }} />
      </p>
      <p>{t("import:undo.stays")}</p>
    </ConfirmDialog>
  );
}
