// One annotation: label, quote, attributes, relations, note, who made it, and what can be done with it.
import { ActionIcon, Button, Menu, Tooltip } from "@mantine/core";
import { IconChevronDown, IconChevronLeft, IconTrash } from "@tabler/icons-react";
import { labelColorVar } from "../../theme/label-color.ts";
import { LetterBadge } from "../../ui/LetterBadge.tsx";
import { RelativeTime } from "../../ui/RelativeTime.tsx";
import { VisuallyHidden } from "../../ui/VisuallyHidden.tsx";
import type { AnnotationsPanelProps } from "./AnnotationsPanel.tsx";
import { AttributeFields } from "./AttributeFields.tsx";
import css from "./inspector.module.css";
import type { Label } from "./model/entities.ts";
import type { Entry } from "./model/entries.ts";
import { NoteField } from "./NoteField.tsx";
import { ProblemNotice } from "./ProblemNotice.tsx";
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
  const name = label?.name ?? "Unknown label";
  const badge = (
    <LetterBadge letter={label?.letter ?? "?"} color={labelColorVar(label?.color ?? "STONE")} filled />
  );
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
            {badge} {name} <VisuallyHidden>: change the label</VisuallyHidden>
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
  const { entry, inText, labels, document, workbench, rights, onSelect, onDelete } = props;
  const label = labels.get(entry.labelId);
  const canChange = rights.canChange(entry);
  const isUpdated = entry.version > 1;
  return (
    <>
      <div className={css.heading}>
        <Tooltip label="All annotations">
          <ActionIcon aria-label="Back to all annotations" onClick={() => onSelect(null)}>
            <IconChevronLeft size={17} stroke={1.5} aria-hidden />
          </ActionIcon>
        </Tooltip>
        <span className={css.muted}>
          {inText.findIndex(({ id }) => id === entry.id) + 1} of {inText.length}
        </span>
        <span className={css.space} />
        {canChange && (
          <Tooltip label="Delete">
            <ActionIcon aria-label="Delete the annotation" onClick={onDelete}>
              <IconTrash size={16} stroke={1.5} aria-hidden />
            </ActionIcon>
          </Tooltip>
        )}
      </div>
      <div className={css.scroll}>
        <div className={css.detail}>
          {entry.operation?.state === "refused" && (
            <ProblemNotice
              key={entry.operation.clientMutationId}
              operation={entry.operation}
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
            onSave={(note) => workbench.update(entry.id, { note })}
          />
          <section className={css.section}>
            <h3 className={css.caption}>History</h3>
            <p className={css.line}>
              <span>{entry.createdBy.name} made it</span>
              <RelativeTime at={entry.createdAt} />
            </p>
            {isUpdated && (
              <p className={css.line}>
                <span>{entry.updatedBy.name} changed it last</span>
                <RelativeTime at={entry.updatedAt} />
              </p>
            )}
            {!canChange && rights.canAnnotate && (
              <p className={css.hintInline}>Only {entry.createdBy.name} or a curator can change it.</p>
            )}
          </section>
          {canChange && (
            <Button variant="subtle" color="danger" size="xs" className={css.delete ?? ""} onClick={onDelete}>
              Delete
            </Button>
          )}
        </div>
      </div>
    </>
  );
}
