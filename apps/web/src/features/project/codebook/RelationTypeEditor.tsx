// A relation type: what it is called between its ends, and which labels may stand there.
import { useApolloClient, useMutation } from "@apollo/client/react";
import { ActionIcon, Menu, MultiSelect } from "@mantine/core";
import { IconArrowRight, IconDots } from "@tabler/icons-react";
import { useId, useState } from "react";
import { useSearchParams } from "react-router";
import { v7 as uuidv7 } from "uuid";
import { describeError, type ShownError } from "../../../apollo/error-message.ts";
import { showNotice } from "../../../frame/notice.ts";
import { graphql } from "../../../gql/index.ts";
import { ConfirmDialog } from "../../../ui/ConfirmDialog.tsx";
import { t } from "../../../words/words.ts";
import codebook from "./codebook.module.css";
import {
  type Label,
  type RelationType,
  type RelationTypePatch,
  readCodebook,
  saveRelationType,
} from "./codebook-writes.ts";
import { isSame } from "./draft.ts";
import { FieldRow } from "./FieldRow.tsx";
import { NameField } from "./NameField.tsx";
import classes from "./RelationTypeEditor.module.css";
import { useField, useWordsField } from "./useField.ts";

const DeleteRelationTypeDocument = graphql(`
  mutation DeleteRelationType($input: DeleteRelationTypeInput!) {
    deleteRelationType(input: $input) {
      relationTypeId
      relationType {
        ...ProjectRelationType_relationType
      }
    }
  }
`);

export interface RelationTypeEditorProps {
  readonly projectId: string;
  readonly type: RelationType;
  readonly labels: readonly Label[];
  readonly mayEdit: boolean;
}

const idsOf = (labels: readonly { readonly id: string }[]): string[] => labels.map(({ id }) => id).sort();

export function RelationTypeEditor({ projectId, type, labels, mayEdit }: RelationTypeEditorProps) {
  const client = useApolloClient();
  const ids = useId();
  const names = new Map(labels.map(({ id, name }) => [id, name]));
  function fieldOf<T>(read: (now: RelationType) => T, patch: (value: T) => RelationTypePatch) {
    return {
      present: read(type),
      save: (value: T, base: T) =>
        saveRelationType(client, projectId, type.id, (now) =>
          isSame(read(now), base) ? patch(value) : null,
        ),
    };
  }
  const name = useWordsField(
    `relation:${type.id}:name`,
    fieldOf(
      (now) => now.name,
      (value) => ({ name: value.trim() }),
    ),
  );
  const source = useField(
    fieldOf(
      (now) => idsOf(now.sourceLabels),
      (value) => ({ sourceLabelIds: value }),
    ),
  );
  const target = useField(
    fieldOf(
      (now) => idsOf(now.targetLabels),
      (value) => ({ targetLabelIds: value }),
    ),
  );
  const by = type.updatedBy?.name;
  const show = (value: string[]) =>
    value.length === 0 ? t("codebook:relations.any") : value.map((id) => names.get(id)).join(", ");
  // An archived label that stands at an end goes on standing there.
  const ends = new Set([...source.value, ...target.value]);
  const data = labels
    .filter(({ id, archivedAt }) => archivedAt === null || ends.has(id))
    .map((label) => ({ value: label.id, label: label.name }));

  return (
    <section className={codebook.editor} aria-labelledby={`${ids}title`}>
      <div className={codebook.title}>
        <h2 id={`${ids}title`} dir="auto" tabIndex={-1}>
          {type.name}
        </h2>
        {mayEdit && <RelationTypeActions projectId={projectId} type={type} />}
      </div>
      <div role="status">
        {type.archivedAt !== null && <p className={codebook.note}>{t("codebook:relations.isArchived")}</p>}
      </div>
      <NameField field={name} by={by} mayEdit={mayEdit} />
      {[
        { key: "source", words: t("codebook:relations.source"), field: source },
        { key: "target", words: t("codebook:relations.target"), field: target },
      ].map(({ key, words, field }) => (
        <FieldRow key={key} label={words} controlId={ids + key} field={field} show={show} by={by}>
          <MultiSelect
            id={ids + key}
            searchable
            clearable={mayEdit}
            readOnly={!mayEdit}
            data={data}
            placeholder={field.value.length === 0 ? t("codebook:relations.any") : ""}
            value={field.value}
            onChange={(value) => field.send(value.toSorted())}
          />
        </FieldRow>
      ))}
      <p className={classes.sentence}>
        <span>{show(source.value)}</span>
        <IconArrowRight size={14} stroke={1.5} aria-hidden />
        <b dir="auto">{name.value}</b>
        <IconArrowRight size={14} stroke={1.5} aria-hidden />
        <span>{show(target.value)}</span>
      </p>
      {mayEdit && <p className={codebook.hint}>{t("codebook:relations.hint")}</p>}
    </section>
  );
}

function RelationTypeActions({ projectId, type }: Pick<RelationTypeEditorProps, "projectId" | "type">) {
  const [, setAddress] = useSearchParams();
  const [deleteType, { loading, client }] = useMutation(DeleteRelationTypeDocument);
  const [asks, setAsks] = useState(false);
  const [problem, setProblem] = useState<ShownError | null>(null);
  const isArchived = type.archivedAt !== null;
  const archive = (archived: boolean) =>
    saveRelationType(client, projectId, type.id, (now) =>
      (now.archivedAt !== null) === archived ? null : { archived },
    );
  const toggle = async () => {
    try {
      await archive(!isArchived);
    } catch (error) {
      showNotice({ words: describeError(error).message, isProblem: true });
      return;
    }
    showNotice({
      words: t(isArchived ? "codebook:menu.tookOut" : "codebook:menu.archived", { name: type.name }),
      undo: async () => {
        await archive(isArchived);
        return t(isArchived ? "codebook:menu.archived" : "codebook:menu.tookOut", { name: type.name });
      },
    });
  };
  const remove = async () => {
    setProblem(null);
    try {
      const input = { clientMutationId: uuidv7(), id: type.id, expectedVersion: type.version };
      await deleteType({ variables: { input } });
    } catch (error) {
      setProblem(describeError(error));
      await readCodebook(client, projectId).catch(() => undefined);
      return;
    }
    setAddress({});
    await readCodebook(client, projectId).catch(() => undefined);
  };
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon aria-label={t("codebook:menu.more", { name: type.name })}>
            <IconDots size={16} stroke={1.5} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => void toggle()}>
            {isArchived ? t("codebook:menu.takeOut") : t("codebook:menu.archive")}
          </Menu.Item>
          <Menu.Item color="danger" onClick={() => setAsks(true)}>
            {t("codebook:menu.delete")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {asks && (
        <ConfirmDialog
          title={t("codebook:delete.title", { name: type.name })}
          confirmLabel={t("codebook:delete.do")}
          busy={loading}
          error={problem}
          onConfirm={() => void remove()}
          onClose={() => setAsks(false)}
        >
          <p>{t("codebook:delete.relation")}</p>
        </ConfirmDialog>
      )}
    </>
  );
}
