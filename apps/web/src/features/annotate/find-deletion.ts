// Looks up in a document's log who deleted the annotation, relation or comment that an operation was about: the refusal itself
// can't tell a deletion from lost access.
import type { ApolloClient } from "@apollo/client";
import { concatMap, firstValueFrom, from, map, takeWhile, timeout, toArray } from "rxjs";
import { describeError } from "../../apollo/error-message.ts";
import { toBatch } from "./model/from-graphql.ts";
import { type Command, isCommentCommand, type Operation } from "./model/operation.ts";
import type { Change } from "./model/server-state.ts";
import { DOCUMENT_CHANGES, DOCUMENT_REVISION } from "./operations.ts";

const PATIENCE_MS = 10_000;

function deletes(change: Change, command: Command): boolean {
  const { id } = command;
  const annotationId = isCommentCommand(command) ? command.annotationId : id;
  if (change.kind === "annotationDeleted")
    return change.annotationId === annotationId || change.relationIds.includes(id);
  if (change.kind === "commentDeleted") return change.commentId === id;
  return change.kind === "relationDeleted" && change.relationId === id;
}

/**
 * The last deletion of it since the person saw it; null when the log tells of none, or is no longer there to be asked.
 * @throws when there was no answer
 */
export async function findDeletion(
  client: ApolloClient,
  { command, document, seen }: Operation,
): Promise<Change | null> {
  if (["createAnnotation", "createRelation", "setStatus"].includes(command.kind)) return null;
  const { data } = await client.query({
    query: DOCUMENT_REVISION,
    variables: { id: document.id },
    fetchPolicy: "no-cache",
  });
  const upTo = data?.document?.revision ?? 0;
  if (upTo <= seen) return null;
  const variables = { documentId: document.id, afterRevision: seen };
  const batches = client.subscribe({ query: DOCUMENT_CHANGES, variables, fetchPolicy: "no-cache" }).pipe(
    timeout({ each: PATIENCE_MS }),
    map(({ data: told, error }) => {
      if (told == null) throw error ?? new Error("no answer");
      return toBatch(told.documentChanges);
    }),
    takeWhile(({ toRevision }) => toRevision < upTo, true),
    concatMap(({ changes }) => from(changes)),
    toArray(),
  );
  try {
    return (await firstValueFrom(batches)).findLast((change) => deletes(change, command)) ?? null;
  } catch (error) {
    if (["REVISION_GONE", "FORBIDDEN", "NOT_FOUND"].includes(describeError(error).code)) return null;
    throw error;
  }
}
