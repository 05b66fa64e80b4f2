// What a person did and the server did not take, in words: for when access ended and there is nowhere to send it. Pure.
import { statusName } from "../../../frame/work-status/work-status.ts";
import { t } from "../../../words/words.ts";
import type { Label, RelationType } from "./entities.ts";
import type { UnsavedText } from "./note-draft.ts";
import type { AnnotationPatch, Operation } from "./operation.ts";

export interface UnsentContext {
  readonly labels: readonly Label[];
  readonly relationTypes: readonly RelationType[];
  /** What is known of an annotation, also one that exists here only. */
  annotation(id: string): { readonly labelId: string; readonly quote: string } | undefined;
}

function labelName(context: UnsentContext, id: string): string {
  return context.labels.find((label) => label.id === id)?.name ?? t("decisions:unknownLabel");
}

/** An annotation by its label and quote. */
export function nameOf(context: UnsentContext, id: string): string {
  const annotation = context.annotation(id);
  if (annotation === undefined) return t("decisions:anAnnotation");
  return t("decisions:annotation", {
    label: labelName(context, annotation.labelId),
    quote: annotation.quote,
  });
}

function patchWords(context: UnsentContext, patch: AnnotationPatch): string {
  const parts: string[] = [];
  if (patch.labelId !== undefined)
    parts.push(t("decisions:patch.label", { label: labelName(context, patch.labelId) }));
  if (patch.fragments !== undefined) parts.push(t("decisions:patch.place"));
  for (const [key, value] of Object.entries(patch.attributes ?? {})) parts.push(`${key} ${String(value)}`);
  if (patch.note !== undefined)
    parts.push(
      patch.note === "" ? t("decisions:patch.noNote") : t("decisions:patch.note", { note: patch.note }),
    );
  return parts.join("; ");
}

function relatedWords(context: UnsentContext, typeId: string, sourceId: string, targetId: string): string {
  const type = context.relationTypes.find(({ id }) => id === typeId)?.name;
  return t("decisions:did.related", {
    source: nameOf(context, sourceId),
    type: type ?? t("decisions:unknownRelation"),
    target: nameOf(context, targetId),
  });
}

/** What a person did, in a line. */
export function operationWords({ command }: Operation, context: UnsentContext): string {
  switch (command.kind) {
    case "createAnnotation":
      return t("decisions:did.marked", {
        label: labelName(context, command.labelId),
        quote: command.quote,
      });
    case "updateAnnotation":
      return t("decisions:did.changed", {
        annotation: nameOf(context, command.id),
        changes: patchWords(context, command.patch),
      });
    case "deleteAnnotation":
      return t("decisions:did.deleted", { annotation: nameOf(context, command.id) });
    case "restoreAnnotation":
      return t("decisions:did.restored", { annotation: nameOf(context, command.id) });
    case "createRelation":
      return relatedWords(context, command.typeId, command.sourceId, command.targetId);
    case "deleteRelation":
      return t("decisions:did.unrelated");
    case "restoreRelation": {
      const { typeId, sourceId, targetId } = command.base;
      return relatedWords(context, typeId, sourceId, targetId);
    }
    case "createComment":
      return t("discussion:did.commented", {
        annotation: nameOf(context, command.annotationId),
        body: command.body,
      });
    case "updateComment": {
      const annotation = nameOf(context, command.annotationId);
      const { body, resolved } = command.patch;
      if (body !== undefined) return t("discussion:did.reworded", { annotation, body });
      return resolved === true
        ? t("discussion:did.resolved", { annotation })
        : t("discussion:did.reopened", { annotation });
    }
    case "deleteComment":
      return t("discussion:did.deleted", { annotation: nameOf(context, command.annotationId) });
    case "restoreComment":
      return t("discussion:did.restored", {
        annotation: nameOf(context, command.annotationId),
        body: command.base.body,
      });
    case "setStatus":
      return t("status:did", { status: statusName(command.status) });
  }
}

/** The lines as a file, below the document's title. */
export function unsentText(title: string, lines: readonly string[]): string {
  return [title, "", ...lines].join("\n");
}

/** One line each, in the order they were made; what was not saved yet at the end. */
export function unsentLines(
  operations: readonly Operation[],
  texts: readonly UnsavedText[],
  context: UnsentContext,
): string[] {
  return [
    ...operations.map((operation) => operationWords(operation, context)),
    ...texts.map(({ kind, annotationId, text }) =>
      kind === "note"
        ? t("decisions:did.beganNote", { annotation: nameOf(context, annotationId), text })
        : t("discussion:did.began", { annotation: nameOf(context, annotationId), text }),
    ),
  ];
}
