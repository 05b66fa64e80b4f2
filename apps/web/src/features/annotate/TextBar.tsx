// The bar above the text: counts by label, each a filter, then undo and the few tools; and what was just done or why it
// could not be.
import { Tooltip } from "@mantine/core";
import {
  IconArrowBackUp,
  IconArrowCurveRight,
  IconArrowForwardUp,
  IconBook2,
  IconKeyboard,
  IconLayoutSidebar,
  IconLayoutSidebarRight,
  IconUnderline,
  IconX,
} from "@tabler/icons-react";
import { useMemo } from "react";
import { labelColorVar } from "../../theme/label-color.ts";
import { ToolButton } from "../../ui/ToolButton.tsx";
import { VisuallyHidden } from "../../ui/VisuallyHidden.tsx";
import { t } from "../../words/words.ts";
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
  readonly showsAllArcs: boolean;
  readonly canUndo: boolean;
  readonly armed: Label | null;
  readonly said: string;
  readonly isNarrow: boolean;
  readonly hasHiddenDocuments: boolean;
  readonly onDimmed: (labels: ReadonlySet<string>) => void;
  readonly onPatterns: (isOn: boolean) => void;
  readonly showsGuidelines: boolean;
  readonly onArcs: () => void;
  readonly onGuidelines: () => void;
  readonly onDisarm: () => void;
  readonly onTravel: (side: "undo" | "redo") => void;
  readonly onKeys: () => void;
  readonly onDocuments: () => void;
  readonly onInspector: () => void;
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
        <ToolButton label={t("workbench:bar.documents")} onClick={props.onDocuments}>
          <IconLayoutSidebar {...ICON} />
        </ToolButton>
      )}
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would draw a frame and wants a legend */}
      <div className={css.counts} role="group" aria-label={t("workbench:bar.labels")}>
        {shown.map((label) => {
          const count = counts.get(label.id) ?? 0;
          const isShown = !dimmedLabels.has(label.id);
          return (
            <Tooltip
              key={label.id}
              label={t(isShown ? "workbench:bar.grey" : "workbench:bar.show", { label: label.name })}
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
          {t("workbench:bar.armed", { label: armed.name })}
          <IconX size={13} stroke={2} aria-label={t("workbench:bar.stop")} />
        </button>
      )}
      <span className={css.said} key={said} aria-hidden>
        {said}
      </span>
      {props.canUndo && (
        <>
          <ToolButton
            label={t("action.undo")}
            isDisabled={undo.undo.length === 0}
            onClick={() => props.onTravel("undo")}
          >
            <IconArrowBackUp {...ICON} />
          </ToolButton>
          <ToolButton
            label={t("workbench:bar.redo")}
            isDisabled={undo.redo.length === 0}
            onClick={() => props.onTravel("redo")}
          >
            <IconArrowForwardUp {...ICON} />
          </ToolButton>
        </>
      )}
      <ToolButton
        label={t("guidelines:title")}
        isPressed={props.showsGuidelines}
        onClick={props.onGuidelines}
      >
        <IconBook2 {...ICON} />
      </ToolButton>
      {isNarrow ? (
        <ToolButton label={t("workbench:bar.annotations")} onClick={props.onInspector}>
          <IconLayoutSidebarRight {...ICON} />
        </ToolButton>
      ) : (
        <>
          <ToolButton label={t("workbench:bar.arcs")} isPressed={props.showsAllArcs} onClick={props.onArcs}>
            <IconArrowCurveRight {...ICON} />
          </ToolButton>
          <ToolButton
            label={t("workbench:bar.patterns")}
            isPressed={patterns}
            onClick={() => props.onPatterns(!patterns)}
          >
            <IconUnderline {...ICON} />
          </ToolButton>
          <ToolButton label={t("keys:title")} onClick={props.onKeys}>
            <IconKeyboard {...ICON} />
          </ToolButton>
        </>
      )}
    </div>
  );
}
