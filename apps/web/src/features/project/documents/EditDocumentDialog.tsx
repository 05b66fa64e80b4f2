// A document's title, language and metadata. Its text never changes.
import { useMutation } from "@apollo/client/react";
import { Button, Modal, Select, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { v7 as uuidv7 } from "uuid";
import { describeError, type ShownError } from "../../../apollo/error-message.ts";
import type { DocumentRow_DocumentFragment } from "../../../gql/graphql.ts";
import { graphql } from "../../../gql/index.ts";
import { InlineError } from "../../../ui/ErrorState.tsx";
import { fieldError } from "../../../ui/form-error.ts";
import { t } from "../../../words/words.ts";
import classes from "../import/AddDocumentsDialog.module.css";
import { languageOptions } from "./languages.ts";
import { MetadataFields } from "./MetadataFields.tsx";
import { fromRows, type MetadataRow, problemsOf, toRows } from "./metadata-rows.ts";

const UpdateDocumentDocument = graphql(`
  mutation UpdateDocument($input: UpdateDocumentInput!) {
    updateDocument(input: $input) {
      document {
        ...DocumentRow_document
      }
    }
  }
`);

const FIELDS = ["title", "language"] as const;

export interface EditDocumentDialogProps {
  readonly document: DocumentRow_DocumentFragment;
  readonly onClose: () => void;
}

export function EditDocumentDialog({ document, onClose }: EditDocumentDialogProps) {
  const [updateDocument, { loading }] = useMutation(UpdateDocumentDocument);
  const [title, setTitle] = useState(document.title);
  const [language, setLanguage] = useState(document.language ?? null);
  const [stored] = useState<readonly MetadataRow[]>(() => toRows(document.metadata));
  const [rows, setRows] = useState(stored);
  const [problem, setProblem] = useState<ShownError | null>(null);
  const refused = fieldError(problem, FIELDS);
  const rowProblems = problemsOf(rows);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (rowProblems.size > 0) return;
    try {
      const input = {
        clientMutationId: uuidv7(),
        id: document.id,
        title: title.trim(),
        ...(language && { language }),
        // It replaces the whole: what somebody else has changed meanwhile stays unless it was touched here.
        ...(rows !== stored && { metadata: fromRows(rows) }),
      };
      await updateDocument({ variables: { input } });
      onClose();
    } catch (error) {
      setProblem(describeError(error));
    }
  };
  return (
    <Modal opened onClose={onClose} title={t("documents:menu.edit")} size={600} closeOnClickOutside={false}>
      <form className={classes.form} onSubmit={(event) => void submit(event)}>
        <TextInput
          label={t("documents:field.title")}
          data-autofocus
          maxLength={1000}
          dir="auto"
          value={title}
          error={refused === "title" ? problem?.message : undefined}
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
        <Select
          label={t("documents:field.language")}
          searchable
          placeholder={t("documents:field.noLanguage")}
          data={languageOptions(language)}
          value={language}
          error={refused === "language" ? problem?.message : undefined}
          onChange={setLanguage}
        />
        <MetadataFields rows={rows} problems={rowProblems} onChange={setRows} />
        {problem && refused === null && (
          <InlineError message={problem.message} requestId={problem.requestId} />
        )}
        <div className={classes.buttons}>
          <Button variant="default" onClick={onClose}>
            {t("action.cancel")}
          </Button>
          <Button type="submit" loading={loading} disabled={title.trim() === "" || rowProblems.size > 0}>
            {t("action.save")}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
