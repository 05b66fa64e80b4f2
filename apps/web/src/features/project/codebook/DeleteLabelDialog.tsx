// Deletes a label that nothing has. While annotations have it, says how many and what can be done instead.
import { useMutation, useQuery } from "@apollo/client/react";
import { Button, Modal } from "@mantine/core";
import { useState } from "react";
import { useSearchParams } from "react-router";
import { v7 as uuidv7 } from "uuid";
import { describeError, hasCode } from "../../../apollo/error-message.ts";
import { graphql } from "../../../gql/index.ts";
import { ConfirmDialog } from "../../../ui/ConfirmDialog.tsx";
import { t } from "../../../words/words.ts";
import tab from "../tab.module.css";
import codebook from "./codebook.module.css";
import { type Label, readCodebook } from "./codebook-writes.ts";
import { LABEL_USAGES } from "./useLabelUsages.ts";

const DeleteLabelDocument = graphql(`
  mutation DeleteLabel($input: DeleteLabelInput!) {
    deleteLabel(input: $input) {
      labelId
      label {
        ...ProjectLabel_label
      }
    }
  }
`);

export interface DeleteLabelDialogProps {
  readonly projectId: string;
  readonly label: Label;
  readonly mayMerge: boolean;
  readonly onMerge: () => void;
  /** Null where it is archived already. */
  readonly onArchive: (() => void) | null;
  readonly onClose: () => void;
}

export function DeleteLabelDialog(props: DeleteLabelDialogProps) {
  const { projectId, label, mayMerge, onMerge, onArchive, onClose } = props;
  const [, setAddress] = useSearchParams();
  const { data, refetch } = useQuery(LABEL_USAGES, { variables: { projectId }, fetchPolicy: "no-cache" });
  const [deleteLabel, { loading, client }] = useMutation(DeleteLabelDocument);
  const [clientMutationId] = useState(() => uuidv7());
  const [error, setError] = useState<unknown>(null);
  const count = data?.project?.labels.find(({ id }) => id === label.id)?.usage.annotationCount ?? 0;
  const confirm = async () => {
    setError(null);
    try {
      const input = { clientMutationId, id: label.id, expectedVersion: label.version };
      await deleteLabel({ variables: { input } });
    } catch (thrown) {
      // Somebody has just used it, or changed it: what is there now is shown, and can be decided on.
      if (hasCode(thrown, "CONFLICT")) await Promise.all([refetch(), readCodebook(client, projectId)]);
      setError(thrown);
      return;
    }
    onClose();
    setAddress({});
    await readCodebook(client, projectId).catch(() => undefined);
  };
  if (count === 0) {
    return (
      <ConfirmDialog
        title={t("codebook:delete.title", { name: label.name })}
        confirmLabel={t("codebook:delete.do")}
        busy={loading}
        ready={data !== undefined}
        error={error === null ? null : describeError(error)}
        onConfirm={() => void confirm()}
        onClose={onClose}
      >
        <p>{t("codebook:delete.unused")}</p>
      </ConfirmDialog>
    );
  }
  return (
    <Modal opened onClose={onClose} title={t("codebook:delete.usedTitle", { name: label.name })} size={460}>
      <div className={codebook.dialog}>
        <p>{t("codebook:delete.used", { count })}</p>
        <p>{t("codebook:delete.instead")}</p>
        <div className={tab.dialogButtons}>
          <Button variant="default" onClick={onClose} data-autofocus>
            {t("codebook:dialog.cancel")}
          </Button>
          {onArchive !== null && (
            <Button
              variant="default"
              onClick={() => {
                onClose();
                onArchive();
              }}
            >
              {t("codebook:menu.archive")}
            </Button>
          )}
          <Button disabled={!mayMerge} onClick={onMerge}>
            {t("codebook:menu.merge")}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
