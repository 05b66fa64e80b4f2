// A corrected text for a document: paste or choose it, see which annotations keep their place, then make it.
import { useApolloClient, useMutation } from "@apollo/client/react";
import { Button, FileButton, Modal, Textarea } from "@mantine/core";
import { type ReactNode, useMemo, useState } from "react";
import { Trans } from "react-i18next";
import { useNavigate } from "react-router";
import { v7 as uuidv7 } from "uuid";
import { describeError, type ShownError } from "../../../apollo/error-message.ts";
import { refreshPage } from "../../../frame/life.ts";
import { NotCarriedList } from "../../../frame/NotCarriedList.tsx";
import { carriedWords } from "../../../frame/version-words.ts";
import type { CreateDocumentVersionMutation, DocumentRow_DocumentFragment } from "../../../gql/graphql.ts";
import { graphql } from "../../../gql/index.ts";
import { InlineError } from "../../../ui/ErrorState.tsx";
import { t } from "../../../words/words.ts";
import classes from "../import/AddDocumentsDialog.module.css";
import { draftFromFile, draftFromText } from "../import/draft.ts";

const CreateDocumentVersionDocument = graphql(`
  mutation CreateDocumentVersion($input: CreateDocumentVersionInput!) {
    createDocumentVersion(input: $input) {
      document {
        id
      }
      carriedCount
      notCarried {
        ...NotCarried_notCarried
      }
    }
  }
`);

const PresentTextDocument = graphql(`
  query PresentText($id: ID!) {
    document(id: $id) {
      id
      text
    }
  }
`);

type Preview = CreateDocumentVersionMutation["createDocumentVersion"];

/** Its words come from the sentence that it stands in. */
function ChooseFile({ onFile, children }: { onFile: (file: File | null) => void; children?: ReactNode }) {
  return (
    <FileButton accept=".txt,.text,.md,.markdown,text/plain,text/markdown" onChange={onFile}>
      {(props) => (
        <button type="button" className={classes.choose} {...props}>
          {children}
        </button>
      )}
    </FileButton>
  );
}

export interface NewVersionDialogProps {
  readonly document: DocumentRow_DocumentFragment;
  readonly onClose: () => void;
}

export function NewVersionDialog({ document, onClose }: NewVersionDialogProps) {
  const client = useApolloClient();
  const navigate = useNavigate();
  // The same for every try, so that an answer that got lost makes no second version.
  const [ids] = useState(() => ({ id: uuidv7(), clientMutationId: uuidv7() }));
  const [text, setText] = useState("");
  const [fileProblem, setFileProblem] = useState<string | null>(null);
  const [preview, setPreview] = useState<Preview | null>(null);
  const [problem, setProblem] = useState<ShownError | null>(null);
  const [createVersion, { loading }] = useMutation(CreateDocumentVersionDocument, {
    fetchPolicy: "no-cache",
  });
  // Counting and checking a long text takes its time.
  const draft = useMemo(() => (text === "" ? null : draftFromText(text, null)), [text]);

  const write = (next: string) => {
    setText(next);
    setPreview(null);
    setProblem(null);
    setFileProblem(null);
  };
  const takeFile = async (file: File | null) => {
    if (file === null) return;
    const read = await draftFromFile(file);
    write(read.text);
    setFileProblem(read.problem);
  };
  const startFromPresent = async () => {
    try {
      const variables = { id: document.id };
      const { data } = await client.query({
        query: PresentTextDocument,
        variables,
        fetchPolicy: "no-cache",
      });
      write(data?.document?.text ?? "");
    } catch (error) {
      setProblem(describeError(error));
    }
  };
  const check = async () => {
    setProblem(null);
    try {
      const input = { documentId: document.id, text, dryRun: true };
      const { data } = await createVersion({ variables: { input } });
      setPreview(data?.createDocumentVersion ?? null);
    } catch (error) {
      setProblem(describeError(error));
    }
  };
  const create = async () => {
    setProblem(null);
    try {
      const { data } = await createVersion({
        variables: { input: { ...ids, documentId: document.id, text } },
      });
      const made = data?.createDocumentVersion.document;
      if (!made) return;
      void refreshPage(client);
      await navigate(`/documents/${made.id}`);
    } catch (error) {
      setProblem(describeError(error));
    }
  };

  return (
    <Modal
      opened
      onClose={onClose}
      title={t("documents:menu.newVersion")}
      size={720}
      closeOnClickOutside={false}
    >
      <div className={classes.form}>
        <p className={classes.lead}>{t("documents:version.lead", { title: document.title })}</p>
        <Textarea
          label={t("documents:version.text")}
          description={draft === null ? undefined : t("documents:characters", { count: draft.length })}
          error={fileProblem ?? draft?.problem ?? draft?.warning ?? undefined}
          classNames={{ input: classes.text ?? "" }}
          autosize
          minRows={8}
          maxRows={preview === null ? 14 : 8}
          dir="auto"
          data-autofocus
          value={text}
          onChange={(event) => write(event.currentTarget.value)}
        />
        <p className={classes.kinds}>
          <Trans
            t={t}
            i18nKey="documents:version.ways"
            components={{
              file: <ChooseFile onFile={(file) => void takeFile(file)} />,
              present: (
                <button type="button" className={classes.choose} onClick={() => void startFromPresent()} />
              ),
            }}
          />
        </p>
        <div role="status">
          {preview && (
            <b className={classes.carried}>{carriedWords(preview.carriedCount, preview.notCarried.length)}</b>
          )}
        </div>
        {preview && preview.notCarried.length > 0 && (
          <div className={classes.lost}>
            <NotCarriedList items={preview.notCarried} previousId={null} />
          </div>
        )}
        {problem && <InlineError message={problem.message} requestId={problem.requestId} />}
        <div className={classes.buttons}>
          <Button variant="default" onClick={onClose}>
            {t("action.cancel")}
          </Button>
          {preview === null ? (
            <Button
              loading={loading}
              disabled={draft === null || draft.problem !== null}
              onClick={() => void check()}
            >
              {t("documents:version.check")}
            </Button>
          ) : (
            <Button loading={loading} onClick={() => void create()}>
              {t("documents:version.create")}
            </Button>
          )}
        </div>
      </div>
    </Modal>
  );
}
