// Why a change of one's own was refused, and the ways on: try again or discard; for a conflict both versions, one press
// each.
import { Button } from "@mantine/core";
import css from "./inspector.module.css";
import type { Label } from "./model/entities.ts";
import type { AnnotationPatch, CurrentVersion, Operation } from "./model/operation.ts";
import type { Workbench } from "./model/workbench.ts";

export interface ProblemNoticeProps {
  readonly operation: Operation;
  readonly labels: ReadonlyMap<string, Label>;
  readonly workbench: Workbench;
}

/** What a version says about the fields in question. */
function describeFields(
  fields: AnnotationPatch | CurrentVersion,
  asked: AnnotationPatch,
  labels: ReadonlyMap<string, Label>,
): string {
  const parts: string[] = [];
  if (asked.labelId !== undefined) parts.push(`label ${labels.get(fields.labelId ?? "")?.name ?? "unknown"}`);
  if (asked.note !== undefined) parts.push(fields.note === "" ? "no note" : `note “${fields.note ?? ""}”`);
  if (asked.attributes !== undefined) {
    const values = Object.entries(fields.attributes ?? {}).map(([key, value]) => `${key}: ${String(value)}`);
    parts.push(values.length === 0 ? "no attributes" : values.join(", "));
  }
  if (asked.fragments !== undefined) parts.push("another place");
  return parts.join("; ");
}

export function ProblemNotice({ operation, labels, workbench }: ProblemNoticeProps) {
  const { command, problem } = operation;
  const current = problem?.current ?? null;
  if (current === null) {
    return (
      <div className={css.problem} role="alert">
        <p>
          <strong>The server refused this.</strong> {problem?.message}
        </p>
        <div className={css.problemActions}>
          <Button size="xs" variant="default" onClick={() => workbench.tryAgain(operation)}>
            Try again
          </Button>
          <Button size="xs" variant="subtle" onClick={() => workbench.discard(operation)}>
            Discard
          </Button>
        </div>
      </div>
    );
  }
  const patch = command.kind === "updateAnnotation" ? command.patch : {};
  const isDeletion = command.kind === "deleteAnnotation";
  return (
    <div className={css.problem} role="alert">
      <p>
        <strong>{current.updatedBy.name} changed this meanwhile.</strong>
      </p>
      {!isDeletion && (
        <dl className={css.versions}>
          <dt>Theirs</dt>
          <dd>{describeFields(current, patch, labels)}</dd>
          <dt>Yours</dt>
          <dd>{describeFields(patch, patch, labels)}</dd>
        </dl>
      )}
      <div className={css.problemActions}>
        <Button size="xs" variant="default" onClick={() => workbench.discard(operation)}>
          Keep theirs
        </Button>
        <Button size="xs" variant="default" onClick={() => workbench.putOnTop(operation)}>
          {isDeletion ? "Delete all the same" : "Apply mine on top"}
        </Button>
      </div>
    </div>
  );
}
