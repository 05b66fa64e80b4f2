// One annotation: label, quote, attributes, relations, note, discussion, history, and what can be done with it.
import { ActionIcon, Button, Menu, Tooltip } from "@mantine/core";
import { IconChevronDown, IconChevronLeft, IconTrash } from "@tabler/icons-react";
import { labelColorVar } from "../../theme/label-color.ts";
import { LetterBadge } from "../../ui/LetterBadge.tsx";
import { VisuallyHidden } from "../../ui/VisuallyHidden.tsx";
import { t } from "../../words/words.ts";
import { AnnotationMenu } from "./AnnotationMenu.tsx";
import type { AnnotationsPanelProps } from "./AnnotationsPanel.tsx";
import { AttributeFields } from "./AttributeFields.tsx";
import { DiscussionSection } from "./discussion/DiscussionSection.tsx";
import { HistorySection } from "./history/HistorySection.tsx";
import css from "./inspector.module.css";
import { LabelBadge } from "./LabelBadge.tsx";
import type { Label } from "./model/entities.ts";
import type { Entry } from "./model/entries.ts";
import { NoteField } from "./NoteField.tsx";
import { ProblemNotice } from "./ProblemNotice.tsx";
import { EditedBy } from "./presence/EditedBy.tsx";
import { useTellEditing } from "./presence/usePresence.ts";
import { RelationSection } from "./RelationSection.tsx";
import { ANNOTATION_HEADING } from "./workbench-actions.ts";

export interface AnnotationDetailProps extends AnnotationsPanelProps {
  readonly entry: Entry;
}

/** The label, which a press changes where that is allowed. */
function LabelChoice({
  label,
  labels,
  canChange,
  onChange,
}: {
  label: Label | undefined;
  labels: readonly Label[];
  canChange: boolean;
  onChange: (label: Label) => void;
}) {
  const name = label?.name ?? t("unknownLabel");
  const badge = <LabelBadge label={label} filled />;
  if (!canChange) {
    return (
      <h2 className={css.label} id={ANNOTATION_HEADING} tabIndex={-1}>
        {badge} {name}
      </h2>
    );
  }
  return (
    <h2 className={css.label} id={ANNOTATION_HEADING} tabIndex={-1}>
      <Menu position="bottom-start" width={220}>
        <Menu.Target>
          <button type="button" className={css.labelButton}>
            {badge} {name} <VisuallyHidden>{t("inspector:changeLabel")}</VisuallyHidden>
            <IconChevronDown size={15} stroke={1.5} aria-hidden />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          {labels
            .filter((one) => !one.isArchived)
            .map((one) => (
              <Menu.Item
                key={one.id}
                leftSection={<LetterBadge letter={one.letter} color={labelColorVar(one.color)} />}
                onClick={() => onChange(one)}
              >
                {one.name}
              </Menu.Item>
            ))}
        </Menu.Dropdown>
      </Menu>
    </h2>
  );
}

export function AnnotationDetail(props: AnnotationDetailProps) {
  const { entry, inText, labels, document, workbench, rights, presence, onSelect, onDelete } = props;
  const tellEditing = useTellEditing(presence);
  const label = labels.get(entry.labelId);
  const canChange = rights.canChange(entry);
  return (
    <>
      <div className={css.heading}>
        <Tooltip label={t("inspector:all")}>
          <ActionIcon aria-label={t("inspector:back")} onClick={() => onSelect(null)}>
            <IconChevronLeft size={17} stroke={1.5} aria-hidden />
          </ActionIcon>
        </Tooltip>
        <span className={css.muted}>
          {t("inspector:place", {
            place: inText.findIndex(({ id }) => id === entry.id) + 1,
            all: inText.length,
          })}
        </span>
        <span className={css.space} />
        <AnnotationMenu {...props} />
        {canChange && (
          <Tooltip label={t("inspector:delete")}>
            <ActionIcon aria-label={t("inspector:deleteIt")} onClick={onDelete}>
              <IconTrash size={16} stroke={1.5} aria-hidden />
            </ActionIcon>
          </Tooltip>
        )}
      </div>
      <div className={css.scroll}>
        <div className={css.detail} {...tellEditing}>
          <EditedBy presence={presence} annotationId={entry.id} />
          {entry.operation?.state === "refused" && (
            <ProblemNotice
              key={entry.operation.clientMutationId}
              operation={entry.operation}
              document={document}
              labels={labels}
              workbench={workbench}
            />
          )}
          <LabelChoice
            label={label}
            labels={document.labels}
            canChange={canChange}
            onChange={({ id }) => workbench.update(entry.id, { labelId: id })}
          />
          {label !== undefined && label.description !== "" && (
            <p className={css.meaning} dir="auto">
              {label.description}
            </p>
          )}
          <blockquote className={css.quote} dir="auto" lang={document.language ?? undefined}>
            {entry.quote}
          </blockquote>
          {label !== undefined && label.attributes.length > 0 && (
            <AttributeFields
              definitions={label.attributes}
              values={entry.attributes}
              canChange={canChange}
              onChange={(attributes) => workbench.update(entry.id, { attributes })}
            />
          )}
          <RelationSection {...props} />
          <NoteField
            entry={entry}
            viewerId={document.viewer.id}
            canChange={canChange}
            onSave={(note) => {
              workbench.update(entry.id, { note });
              return workbench.written();
            }}
          />
          <DiscussionSection {...props} />
          <HistorySection {...props} />
          {!canChange && rights.canAnnotate && (
            <p className={css.hintInline}>{t("inspector:notYours", { name: entry.createdBy.name })}</p>
          )}
          {canChange && (
            <Button variant="subtle" color="danger" size="xs" className={css.delete ?? ""} onClick={onDelete}>
              {t("inspector:delete")}
            </Button>
          )}
        </div>
      </div>
    </>
  );
}
