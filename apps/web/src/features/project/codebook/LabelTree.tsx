// The labels in their order, the archived ones below. A label is moved by dragging its handle, with Alt and the arrow
// keys, or from its menu.
import { useApolloClient } from "@apollo/client/react";
import { ActionIcon } from "@mantine/core";
import { IconGripVertical, IconPlus } from "@tabler/icons-react";
import { type KeyboardEvent, useState } from "react";
import { describeError, type ShownError } from "../../../apollo/error-message.ts";
import { labelColorVar } from "../../../theme/label-color.ts";
import { formatNumber } from "../../../ui/count.ts";
import { InlineError } from "../../../ui/ErrorState.tsx";
import { LetterBadge } from "../../../ui/LetterBadge.tsx";
import { VisuallyHidden } from "../../../ui/VisuallyHidden.tsx";
import { t } from "../../../words/words.ts";
import codebook from "./codebook.module.css";
import { type Label, placeLabel } from "./codebook-writes.ts";
import classes from "./LabelTree.module.css";
import { dropAt, type LabelPlace, type Step, stepTo, withDepth } from "./label-tree.ts";
import { DROP_TARGET, useLabelDrag } from "./useLabelDrag.ts";
import type { LabelUsage } from "./useLabelUsages.ts";

export interface LabelTreeProps {
  readonly projectId: string;
  readonly labels: readonly Label[];
  readonly usages: ReadonlyMap<string, LabelUsage>;
  readonly selectedId: string | null;
  readonly mayEdit: boolean;
  readonly onSelect: (id: string) => void;
  readonly onNew: () => void;
}

const STEPS: Readonly<Record<string, Step>> = {
  ArrowUp: "up",
  ArrowDown: "down",
  ArrowRight: "in",
  ArrowLeft: "out",
};

export function LabelTree(props: LabelTreeProps) {
  const { projectId, labels, usages, selectedId, mayEdit, onSelect, onNew } = props;
  const client = useApolloClient();
  const [problem, setProblem] = useState<ShownError | null>(null);
  const [said, setSaid] = useState("");
  const inUse = labels.filter(({ archivedAt }) => archivedAt === null);
  const archived = labels.filter(({ archivedAt }) => archivedAt !== null);

  const place = async (id: string, to: LabelPlace | null) => {
    if (to === null) return;
    setProblem(null);
    try {
      await placeLabel(client, projectId, id, to);
      setSaid(t("codebook:tree.moved", { name: labels.find((label) => label.id === id)?.name ?? "" }));
    } catch (error) {
      setProblem(describeError(error));
    }
  };
  const drag = useLabelDrag(
    (id, target) => dropAt(inUse, id, target.id, target.zone) !== null,
    (id, target) => void place(id, dropAt(inUse, id, target.id, target.zone)),
  );
  const press = (event: KeyboardEvent, id: string) => {
    const step = event.altKey ? STEPS[event.key] : undefined;
    if (!mayEdit || step === undefined) return;
    event.preventDefault();
    void place(id, stepTo(inUse, id, step));
  };
  const row = (label: Label, depth: number, isMovable: boolean) => (
    <li
      key={label.id}
      className={classes.row}
      style={{ "--depth": depth }}
      data-dragged={drag.draggedId === label.id || undefined}
      data-drop={drag.target?.id === label.id ? drag.target.zone : undefined}
      {...(isMovable && { [DROP_TARGET]: label.id })}
    >
      {isMovable && (
        <span className={classes.grip} aria-hidden data-testid="grip" {...drag.handle(label.id)}>
          <IconGripVertical size={14} stroke={1.5} />
        </span>
      )}
      <button
        type="button"
        aria-current={label.id === selectedId || undefined}
        {...(isMovable && { "aria-keyshortcuts": "Alt+ArrowUp Alt+ArrowDown Alt+ArrowLeft Alt+ArrowRight" })}
        onClick={() => onSelect(label.id)}
        onKeyDown={(event) => press(event, label.id)}
      >
        <LetterBadge
          letter={label.letter}
          color={labelColorVar(label.color)}
          filled={label.id === selectedId}
        />
        <span dir="auto">{label.name}</span>
        <LabelCount usage={usages.get(label.id)} />
      </button>
    </li>
  );

  return (
    <section aria-labelledby="labels">
      <div className={codebook.head}>
        <h2 id="labels">{t("codebook:tree.labels")}</h2>
        {mayEdit && (
          <ActionIcon aria-label={t("codebook:tree.newLabel")} onClick={onNew}>
            <IconPlus size={16} stroke={1.5} aria-hidden />
          </ActionIcon>
        )}
      </div>
      {problem && <InlineError message={problem.message} requestId={problem.requestId} />}
      {inUse.length === 0 && <p className={codebook.hint}>{t("codebook:tree.none")}</p>}
      <ul data-testid="labels">{withDepth(inUse).map(({ label, depth }) => row(label, depth, mayEdit))}</ul>
      {mayEdit && inUse.length > 1 && <p className={classes.keys}>{t("codebook:tree.keys")}</p>}
      {archived.length > 0 && (
        <details className={codebook.archive}>
          <summary>{t("codebook:tree.archived", { count: archived.length })}</summary>
          <ul>{archived.map((label) => row(label, 0, false))}</ul>
        </details>
      )}
      <VisuallyHidden live>{said}</VisuallyHidden>
    </section>
  );
}

/** How many annotations have it. Its key is its letter, which stands before the name. */
function LabelCount({ usage }: { readonly usage: LabelUsage | undefined }) {
  if (usage === undefined) return null;
  const { annotationCount: count } = usage;
  return (
    <span className={classes.count}>
      <span aria-hidden>{formatNumber(count)}</span>
      <VisuallyHidden>{t("codebook:use.annotations", { count })}</VisuallyHidden>
    </span>
  );
}
