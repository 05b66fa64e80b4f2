// Deleting a document, and everything on it.
import { useMutation } from "@apollo/client/react";
import { useState } from "react";
import { v7 as uuidv7 } from "uuid";
import { describeError } from "../../../apollo/error-message.ts";
import type { DocumentRow_DocumentFragment } from "../../../gql/graphql.ts";
import { graphql } from "../../../gql/index.ts";
import { ConfirmDialog } from "../../../ui/ConfirmDialog.tsx";
import { countOf } from "../../../ui/count.ts";

const DeleteDocumentDocument = graphql(`
  mutation DeleteDocument($input: DeleteDocumentInput!) {
    deleteDocument(input: $input) {
      documentId
    }
  }
`);

export interface DeleteDocumentDialogProps {
  readonly document: DocumentRow_DocumentFragment;
  readonly onDeleted: () => void;
  readonly onClose: () => void;
}

export function DeleteDocumentDialog({ document, onDeleted, onClose }: DeleteDocumentDialogProps) {
  const [clientMutationId] = useState(() => uuidv7());
  const [deleteDocument, { loading, error }] = useMutation(DeleteDocumentDocument, {
    update: (cache, { data }) => {
      if (!data) return;
      const id = cache.identify({ __typename: "Document", id: data.deleteDocument.documentId });
      if (id) cache.evict({ id });
      cache.gc();
    },
  });
  const confirm = async () => {
    try {
      await deleteDocument({ variables: { input: { clientMutationId, id: document.id } } });
    } catch {
      return; // Shown below, from the mutation's own state.
    }
    onDeleted();
    onClose();
  };
  return (
    <ConfirmDialog
      title="Delete this document?"
      confirmLabel="Delete document"
      busy={loading}
      error={error ? describeError(error) : null}
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      <p>
        “{document.title}” goes
        {document.annotationCount > 0 && (
          <>
            , and with it <b>{countOf(document.annotationCount, "annotation")}</b>, their relations and
            comments
          </>
        )}
        .
      </p>
      <p>This can’t be undone.</p>
    </ConfirmDialog>
  );
}
