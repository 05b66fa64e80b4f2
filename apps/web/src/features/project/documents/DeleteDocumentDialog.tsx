// Deleting a document, and everything on it, which a curator or an owner can take back for 30 days.
import { useApolloClient, useMutation } from "@apollo/client/react";
import { useState } from "react";
import { Trans } from "react-i18next";
import { v7 as uuidv7 } from "uuid";
import { describeError } from "../../../apollo/error-message.ts";
import { refreshPage, restoreDocument } from "../../../frame/life.ts";
import { showNotice } from "../../../frame/notice.ts";
import type { DocumentRow_DocumentFragment } from "../../../gql/graphql.ts";
import { graphql } from "../../../gql/index.ts";
import { ConfirmDialog } from "../../../ui/ConfirmDialog.tsx";
import { t } from "../../../words/words.ts";

const DeleteDocumentDocument = graphql(`
  mutation DeleteDocument($input: DeleteDocumentInput!) {
    deleteDocument(input: $input) {
      documentId
    }
  }
`);

export interface DeleteDocumentDialogProps {
  readonly document: DocumentRow_DocumentFragment;
  readonly onClose: () => void;
}

export function DeleteDocumentDialog({ document, onClose }: DeleteDocumentDialogProps) {
  const client = useApolloClient();
  const { id, title, annotationCount } = document;
  const [clientMutationId] = useState(() => uuidv7());
  const [deleteDocument, { loading, error }] = useMutation(DeleteDocumentDocument, {
    update: (cache, { data }) => {
      if (!data) return;
      const key = cache.identify({ __typename: "Document", id: data.deleteDocument.documentId });
      if (key) cache.evict({ id: key });
      cache.gc();
    },
  });
  const confirm = async () => {
    try {
      await deleteDocument({ variables: { input: { clientMutationId, id } } });
    } catch {
      return; // Shown below, from the mutation's own state.
    }
    onClose();
    showNotice({
      words: t("documents:delete.done", { title }),
      undo: async () => {
        await restoreDocument(client, id);
        return t("documents:deleted.isBack", { title });
      },
    });
    await refreshPage(client);
  };
  return (
    <ConfirmDialog
      title={t("documents:delete.title")}
      confirmLabel={t("documents:delete.do")}
      busy={loading}
      error={error ? describeError(error) : null}
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      <p>
        <Trans
          t={t}
          i18nKey={annotationCount > 0 ? "documents:delete.wordsWith" : "documents:delete.words"}
          components={{
            title: <>{title}</>,
            annotations: <b>{t("count.annotations", { count: annotationCount })}</b>,
          }}
        />
      </p>
      <p>{t("documents:delete.restorable")}</p>
    </ConfirmDialog>
  );
}
