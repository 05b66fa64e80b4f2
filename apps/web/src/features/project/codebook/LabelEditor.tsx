// A label: what it is called, how it looks, when to use it. Each field is saved by itself when it is left.

import { useApolloClient } from "@apollo/client/react";
import { Select, Textarea, TextInput } from "@mantine/core";
import { useId } from "react";
import { Link } from "react-router";
import { labelColorVar } from "../../../theme/label-color.ts";
import { LetterBadge } from "../../../ui/LetterBadge.tsx";
import { t } from "../../../words/words.ts";
import { AttributeTable } from "./AttributeTable.tsx";
import { ColorField, colorName } from "./ColorField.tsx";
import codebook from "./codebook.module.css";
import { type Label, type LabelPatch, saveLabel } from "./codebook-writes.ts";
import { isSame } from "./draft.ts";
import { FieldRow } from "./FieldRow.tsx";
import { LabelActions } from "./LabelActions.tsx";
import classes from "./LabelEditor.module.css";
import { familyOf, withDepth } from "./label-tree.ts";
import { NameField } from "./NameField.tsx";
import { lastSign, shortcutProblem } from "./shortcut.ts";
import { useField, useWordsField } from "./useField.ts";

export interface LabelEditorProps {
  readonly projectId: string;
  readonly label: Label;
  readonly labels: readonly Label[];
  readonly mayManage: boolean;
}

const DESCRIPTION_MAX = 4000;

export function LabelEditor({ projectId, label, labels, mayManage }: LabelEditorProps) {
  const client = useApolloClient();
  const ids = useId();
  const heir = labels.find(({ id }) => id === label.heir?.id);
  const mayEdit = mayManage && label.heir === null;

  /** Saves one field, unless somebody has changed that one since the change was begun. */
  function fieldOf<T>(read: (now: Label) => T, patch: (value: T) => LabelPatch) {
    return {
      present: read(label),
      save: (value: T, base: T) =>
        saveLabel(client, projectId, label.id, (now) => (isSame(read(now), base) ? patch(value) : null)),
    };
  }
  const name = useWordsField(
    `label:${label.id}:name`,
    fieldOf(
      ({ name }) => name,
      (value) => ({ name: value.trim() }),
    ),
  );
  const description = useWordsField(
    `label:${label.id}:description`,
    fieldOf(
      (now) => now.description,
      (value) => ({ description: value }),
    ),
  );
  const shortcut = useField(
    fieldOf(
      (now) => now.shortcut?.toLowerCase() ?? "",
      (value) => ({ shortcut: value === "" ? null : value }),
    ),
  );
  const color = useField(
    fieldOf(
      (now) => now.color,
      (value) => ({ color: value }),
    ),
  );
  const parent = useField(
    fieldOf(
      (now) => now.parent?.id ?? null,
      (value) => ({ parentId: value }),
    ),
  );

  const clash = shortcutProblem(shortcut.value, label.id, labels);
  const by = label.updatedBy?.name;
  const family = familyOf(labels, label.id);
  const inUse = labels.filter(({ archivedAt, id }) => archivedAt === null && !family.has(id));
  const nameOf = (id: string | null) =>
    labels.find((one) => one.id === id)?.name ?? t("codebook:label.noParent");
  const letter = shortcut.value === "" ? label.letter : shortcut.value;

  return (
    <section className={codebook.editor} aria-labelledby={`${ids}title`}>
      <div className={codebook.title}>
        <LetterBadge letter={label.letter} color={labelColorVar(label.color)} filled />
        <h2 id={`${ids}title`} dir="auto" tabIndex={-1}>
          {label.name}
        </h2>
        {mayEdit && <LabelActions projectId={projectId} label={label} labels={labels} />}
      </div>
      <div role="status">
        {heir !== undefined && (
          <p className={codebook.note}>
            {t("codebook:label.mergedInto")} <Link to={`?label=${heir.id}`}>{heir.name}</Link>
          </p>
        )}
        {label.archivedAt !== null && heir === undefined && (
          <p className={codebook.note}>{t("codebook:label.isArchived")}</p>
        )}
      </div>
      <NameField field={name} by={by} mayEdit={mayEdit} />
      <FieldRow
        label={t("codebook:label.shortcut")}
        controlId={`${ids}shortcut`}
        field={shortcut}
        show={(value) => value.toUpperCase()}
        by={by}
      >
        <div className={classes.inline}>
          <TextInput
            id={`${ids}shortcut`}
            className={classes.letter ?? ""}
            autoComplete="off"
            readOnly={!mayEdit}
            placeholder={label.letter}
            value={shortcut.value.toUpperCase()}
            error={clash !== null}
            aria-describedby={`${ids}clash`}
            onChange={(event) => {
              const sign = lastSign(event.currentTarget.value);
              if (shortcutProblem(sign, label.id, labels) === null) shortcut.send(sign);
              else shortcut.write(sign);
            }}
            // A key that somebody else has is nothing to keep.
            onBlur={() => clash !== null && shortcut.keepTheirs()}
          />
          <span
            id={`${ids}clash`}
            role={clash === null ? undefined : "alert"}
            data-problem={clash !== null || undefined}
          >
            {clash ?? t("codebook:label.shortcutHint")}
          </span>
        </div>
      </FieldRow>
      <FieldRow label={t("codebook:color.title")} field={color} show={colorName} by={by}>
        <ColorField
          name={`${ids}color`}
          value={color.value}
          letter={letter}
          isReadOnly={!mayEdit}
          onChange={color.send}
        />
      </FieldRow>
      <FieldRow
        label={t("codebook:label.parent")}
        controlId={`${ids}parent`}
        field={parent}
        show={nameOf}
        by={by}
      >
        <Select
          id={`${ids}parent`}
          className={classes.parent ?? ""}
          placeholder={t("codebook:label.noParent")}
          clearable={mayEdit}
          searchable={inUse.length > 10}
          readOnly={!mayEdit}
          data={withDepth(inUse).map((one) => ({ value: one.label.id, label: one.label.name }))}
          value={parent.value}
          onChange={parent.send}
        />
      </FieldRow>
      <FieldRow
        label={t("codebook:label.description")}
        controlId={`${ids}description`}
        field={description}
        show={(value) => value}
        by={by}
      >
        <Textarea
          id={`${ids}description`}
          autosize
          minRows={2}
          maxRows={14}
          maxLength={DESCRIPTION_MAX}
          dir="auto"
          readOnly={!mayEdit}
          placeholder={mayEdit ? t("codebook:label.descriptionHint") : ""}
          value={description.value}
          onChange={(event) => description.write(event.currentTarget.value)}
          onBlur={() => description.send()}
          onKeyDown={(event) =>
            event.key === "Enter" && (event.ctrlKey || event.metaKey) && description.send()
          }
        />
      </FieldRow>
      <AttributeTable projectId={projectId} label={label} mayEdit={mayEdit} />
    </section>
  );
}
