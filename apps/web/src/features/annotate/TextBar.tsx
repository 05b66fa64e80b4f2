// The bar above the text: counts by label, each a filter, then undo and the few tools; and what was just done or why it
// could not be.
import { ActionIcon, Tooltip } from "@mantine/core";
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconKeyboard,
  IconLayoutSidebar,
  IconLayoutSidebarRight,
  IconUnderline,
  IconX,
} from "@tabler/icons-react";
import { type ReactNode, useMemo } from "react";
import { labelColorVar } from "../../theme/label-color.ts";
import { VisuallyHidden } from "../../ui/VisuallyHidden.tsx";
import type { Label } from "./model/entities.ts";
import type { Entry } from "./model/entries.ts";
import type { Workbench } from "./model/workbench.ts";
import { useSnapshot } from "./useSnapshot.ts";
import css from "./workbench.module.css";

export interface TextBarProps {
  readonly workbench: Workbench;
  readonly labels: readonly Label[];
  readonly inText: readonly Entry[];
  readonly dimmedLabels: ReadonlySet<string>;
  readonly patterns: boolean;
  readonly canUndo: boolean;
  readonly armed: Label | null;
  readonly said: string;
  readonly isNarrow: boolean;
  readonly hasHiddenDocuments: boolean;
  readonly onDimmed: (labels: ReadonlySet<string>) => void;
  readonly onPatterns: (isOn: boolean) => void;
  readonly onDisarm: () => void;
  readonly onTravel: (side: "undo" | "redo") => void;
  readonly onKeys: () => void;
  readonly onDocuments: () => void;
  readonly onInspector: () => void;
}

function Tool({
  label,
  isPressed,
  isDisabled,
  onClick,
  children,
}: {
  label: string;
  isPressed?: boolean;
  isDisabled?: boolean;
  onClick: () => void;
  children: ReactNode;
}) {
  return (
    <Tooltip label={label}>
      <ActionIcon
        aria-label={label}
        aria-pressed={isPressed}
        data-pressed={isPressed || undefined}
        className={css.tool}
        disabled={isDisabled === true}
        onClick={onClick}
      >
        {children}
      </ActionIcon>
    </Tooltip>
  );
}

const ICON = { size: 16, stroke: 1.5, "aria-hidden": true } as const;

export function TextBar(props: TextBarProps) {
  const { workbench, labels, inText, dimmedLabels, patterns, armed, said, isNarrow } = props;
  const { undo } = useSnapshot(workbench);
  const counts = useMemo(() => {
    const found = new Map<string, number>();
    for (const { labelId } of inText) found.set(labelId, (found.get(labelId) ?? 0) + 1);
    return found;
  }, [inText]);
  const shown = labels.filter((label) => !label.isArchived || counts.has(label.id));

  const toggle = (id: string) => {
    const next = new Set(dimmedLabels);
    if (!next.delete(id)) next.add(id);
    props.onDimmed(next);
  };

  return (
    <div className={css.bar}>
      {props.hasHiddenDocuments && (
        <Tool label="Show the documents" onClick={props.onDocuments}>
          <IconLayoutSidebar {...ICON} />
        </Tool>
      )}
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would draw a frame and wants a legend */}
      <div className={css.counts} role="group" aria-label="Labels in this text">
        {shown.map((label) => {
          const count = counts.get(label.id) ?? 0;
          const isShown = !dimmedLabels.has(label.id);
          return (
            <Tooltip
              key={label.id}
              label={isShown ? `${label.name}: press to grey` : `${label.name}: press to show`}
            >
              <button
                type="button"
                className={css.count}
                aria-pressed={isShown}
                style={{ "--c": labelColorVar(label.color) }}
                onClick={() => toggle(label.id)}
              >
                <b>{label.letter}</b>
                <span>{count}</span>
                <VisuallyHidden>{label.name}</VisuallyHidden>
              </button>
            </Tooltip>
          );
        })}
      </div>
      {armed !== null && (
        <button
          type="button"
          className={css.armed}
          style={{ "--c": labelColorVar(armed.color) }}
          onClick={props.onDisarm}
        >
          Marking as {armed.name}
          <IconX size={13} stroke={2} aria-label="Stop" />
        </button>
      )}
      <span className={css.said} key={said} aria-hidden>
        {said}
      </span>
      {props.canUndo && (
        <>
          <Tool label="Undo" isDisabled={undo.undo.length === 0} onClick={() => props.onTravel("undo")}>
            <IconArrowBackUp {...ICON} />
          </Tool>
          <Tool label="Redo" isDisabled={undo.redo.length === 0} onClick={() => props.onTravel("redo")}>
            <IconArrowForwardUp {...ICON} />
          </Tool>
        </>
      )}
      {isNarrow ? (
        <Tool label="Show the annotations" onClick={props.onInspector}>
          <IconLayoutSidebarRight {...ICON} />
        </Tool>
      ) : (
        <>
          <Tool label="Underline patterns" isPressed={patterns} onClick={() => props.onPatterns(!patterns)}>
            <IconUnderline {...ICON} />
          </Tool>
          <Tool label="Keys" onClick={props.onKeys}>
            <IconKeyboard {...ICON} />
          </Tool>
        </>
      )}
    </div>
  );
}
