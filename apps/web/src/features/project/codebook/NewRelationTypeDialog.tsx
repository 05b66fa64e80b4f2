// A new relation type: a name, and which labels may stand at its ends.
import { useMutation } from "@apollo/client/react";
import { Button, Modal, MultiSelect, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { v7 as uuidv7 } from "uuid";
import { describeError, type ShownError } from "../../../apollo/error-message.ts";
import { cacheRelationType } from "../../../frame/project-changes/apply-changes.ts";
import { graphql } from "../../../gql/index.ts";
import { InlineError } from "../../../ui/ErrorState.tsx";
import { t } from "../../../words/words.ts";
import tab from "../tab.module.css";
import codebook from "./codebook.module.css";
import type { NewDialogProps } from "./NewLabelDialog.tsx";

const CreateRelationTypeDocument = graphql(`
  mutation CreateRelationType($input: CreateRelationTypeInput!) {
    createRelationType(input: $input) {
      relationType {
        ...ProjectRelationType_relationType
      }
    }
  }
`);

export function NewRelationTypeDialog({ projectId, labels, onDone, onClose }: NewDialogProps) {
  const [createType, { loading, client }] = useMutation(CreateRelationTypeDocument);
  const [clientMutationId] = useState(() => uuidv7());
  const [name, setName] = useState("");
  const [sourceLabelIds, setSource] = useState<string[]>([]);
  const [targetLabelIds, setTarget] = useState<string[]>([]);
  const [problem, setProblem] = useState<ShownError | null>(null);
  const data = labels
    .filter(({ archivedAt }) => archivedAt === null)
    .map((label) => ({ value: label.id, label: label.name }));
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setProblem(null);
    try {
      const input = { clientMutationId, projectId, name: name.trim(), sourceLabelIds, targetLabelIds };
      const answer = await createType({ variables: { input } });
      const created = answer.data?.createRelationType.relationType;
      if (created === undefined) return;
      cacheRelationType(client.cache, projectId, created);
      onDone(created.id);
    } catch (error) {
      setProblem(describeError(error));
    }
  };
  return (
    <Modal opened onClose={onClose} title={t("codebook:relations.new")} size={440}>
      <form className={codebook.dialog} onSubmit={(event) => void submit(event)}>
        <TextInput
          label={t("codebook:label.name")}
          description={t("codebook:relations.nameHint")}
          data-autofocus
          maxLength={200}
          dir="auto"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <MultiSelect
          label={t("codebook:relations.source")}
          placeholder={sourceLabelIds.length === 0 ? t("codebook:relations.any") : ""}
          searchable
          clearable
          data={data}
          value={sourceLabelIds}
          onChange={setSource}
        />
        <MultiSelect
          label={t("codebook:relations.target")}
          placeholder={targetLabelIds.length === 0 ? t("codebook:relations.any") : ""}
          searchable
          clearable
          data={data}
          value={targetLabelIds}
          onChange={setTarget}
        />
        {problem && <InlineError message={problem.message} requestId={problem.requestId} />}
        <div className={tab.dialogButtons}>
          <Button variant="default" onClick={onClose}>
            {t("codebook:dialog.cancel")}
          </Button>
          <Button type="submit" loading={loading} disabled={name.trim() === ""}>
            {t("codebook:dialog.create")}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
