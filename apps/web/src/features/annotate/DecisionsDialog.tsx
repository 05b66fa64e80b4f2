// All of one's changes that wait for a decision, to walk through: those on the open document with their ways on, those on
// other documents with the way there.
import { Button, Modal } from "@mantine/core";
import { useMemo } from "react";
import { Link } from "react-router";
import { t } from "../../words/words.ts";
import css from "./inspector.module.css";
import { isConflict, refusedOnes } from "./model/conflict.ts";
import { annotationIdOf, type Operation } from "./model/operation.ts";
import { nameOf, operationWords } from "./model/unsent.ts";
import { ProblemNotice } from "./ProblemNotice.tsx";
import type { OpenedDocument } from "./useOpenDocument.ts";

export interface DecisionsDialogProps extends Pick<OpenedDocument, "document" | "workbench"> {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  /** Of all documents. */
  readonly operations: readonly Operation[];
  readonly onShow: (annotationId: string) => void;
}

/** Documents with what is refused in each. */
function byDocument(operations: readonly Operation[]): [Operation["document"], number][] {
  const found = new Map<string, [Operation["document"], number]>();
  for (const { document } of operations)
    found.set(document.id, [document, (found.get(document.id)?.[1] ?? 0) + 1]);
  return [...found.values()];
}

export function DecisionsDialog({
  isOpen,
  onClose,
  document,
  workbench,
  operations,
  onShow,
}: DecisionsDialogProps) {
  const labels = useMemo(() => new Map(document.labels.map((label) => [label.id, label])), [document]);
  const context = { ...document, annotation: workbench.formOf };
  const refused = refusedOnes(operations);
  const here = refused.filter((operation) => operation.document.id === document.id);
  const elsewhere = byDocument(refused.filter((operation) => operation.document.id !== document.id));
  return (
    <Modal opened={isOpen} onClose={onClose} title={t("decisions:title")} size={520}>
      {refused.length === 0 && <p>{t("decisions:none")}</p>}
      <ul className={css.decisions}>
        {here.map((operation) => {
          const id = annotationIdOf(operation.command) ?? operation.command.id;
          return (
            <li key={operation.clientMutationId}>
              <p className={css.decision} dir="auto">
                {isConflict(operation) ? nameOf(context, id) : operationWords(operation, context)}
              </p>
              <ProblemNotice
                operation={operation}
                document={document}
                labels={labels}
                workbench={workbench}
              />
              {workbench.get(id) !== undefined && (
                <Button size="xs" variant="subtle" className={css.show ?? ""} onClick={() => onShow(id)}>
                  {t("decisions:show")}
                </Button>
              )}
            </li>
          );
        })}
        {elsewhere.map(([other, count]) => (
          <li key={other.id}>
            <p className={css.decision} dir="auto">
              {other.title === ""
                ? t("decisions:elsewhereUntitled", { count })
                : t("decisions:elsewhere", { count, title: other.title })}
            </p>
            <Button
              component={Link}
              to={`/documents/${other.id}`}
              size="xs"
              variant="default"
              onClick={onClose}
            >
              {t("decisions:open")}
            </Button>
          </li>
        ))}
      </ul>
    </Modal>
  );
}
