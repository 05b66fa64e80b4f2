// What a person did and the server did not take, in words: for when access ended and there is nowhere to send it. Pure.
import type { Label, RelationType } from "./entities.ts";
import type { AnnotationPatch, Operation } from "./operation.ts";

/** A note that was being written when the page had to go. */
export interface UnsavedNote {
  readonly annotationId: string;
  readonly text: string;
}

export interface UnsentContext {
  readonly labels: readonly Label[];
  readonly relationTypes: readonly RelationType[];
  /** What is known of an annotation, also one that exists here only. */
  annotation(id: string): { readonly labelId: string; readonly quote: string } | undefined;
}

function labelName(context: UnsentContext, id: string): string {
  return context.labels.find((label) => label.id === id)?.name ?? "unknown label";
}

function nameOf(context: UnsentContext, id: string): string {
  const annotation = context.annotation(id);
  if (annotation === undefined) return "an annotation";
  return `${labelName(context, annotation.labelId)} “${annotation.quote}”`;
}

function patchWords(context: UnsentContext, patch: AnnotationPatch): string {
  const parts: string[] = [];
  if (patch.labelId !== undefined) parts.push(`label ${labelName(context, patch.labelId)}`);
  if (patch.fragments !== undefined) parts.push("another place");
  for (const [key, value] of Object.entries(patch.attributes ?? {})) parts.push(`${key} ${String(value)}`);
  if (patch.note !== undefined) parts.push(patch.note === "" ? "no note" : `note: ${patch.note}`);
  return parts.join("; ");
}

function operationWords({ command }: Operation, context: UnsentContext): string {
  switch (command.kind) {
    case "createAnnotation":
      return `Marked ${labelName(context, command.labelId)} “${command.quote}”`;
    case "updateAnnotation":
      return `Changed ${nameOf(context, command.id)}: ${patchWords(context, command.patch)}`;
    case "deleteAnnotation":
      return `Deleted ${nameOf(context, command.id)}`;
    case "restoreAnnotation":
      return `Brought back ${nameOf(context, command.id)}`;
    case "createRelation": {
      const type = context.relationTypes.find(({ id }) => id === command.typeId)?.name ?? "unknown relation";
      return `Related ${nameOf(context, command.sourceId)} → ${type} → ${nameOf(context, command.targetId)}`;
    }
    case "deleteRelation":
      return "Removed a relation";
  }
}

/** The lines as a file, below the document's title. */
export function unsentText(title: string, lines: readonly string[]): string {
  return [title, "", ...lines].join("\n");
}

/** One line each, in the order they were made; notes that were not saved yet at the end. */
export function unsentLines(
  operations: readonly Operation[],
  notes: readonly UnsavedNote[],
  context: UnsentContext,
): string[] {
  return [
    ...operations.map((operation) => operationWords(operation, context)),
    ...notes.map(({ annotationId, text }) => `Began a note on ${nameOf(context, annotationId)}: ${text}`),
  ];
}
