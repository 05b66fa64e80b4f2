// One operation as a GraphQL mutation, and its answer as an outcome. What a person can do something about is refused;
// what only time can mend counts as unanswered and is sent again.
import type { ApolloClient } from "@apollo/client";
import { CombinedGraphQLErrors } from "@apollo/client/errors";
import { describeError } from "../../apollo/error-message.ts";
import { SET_STATUS } from "./documents/status-operations.ts";
import { findDeletion } from "./find-deletion.ts";
import type { Comment, Person, Relation } from "./model/entities.ts";
import { toAnnotation, toComment, toRelation } from "./model/from-graphql.ts";
import type { CurrentVersion, Operation } from "./model/operation.ts";
import type { Outcome, Send } from "./model/sender.ts";
import type { Change } from "./model/server-state.ts";
import {
  CREATE_ANNOTATION,
  CREATE_COMMENT,
  CREATE_RELATION,
  DELETE_ANNOTATION,
  DELETE_COMMENT,
  DELETE_RELATION,
  RESTORE_ANNOTATION,
  RESTORE_COMMENT,
  RESTORE_RELATION,
  UPDATE_ANNOTATION,
  UPDATE_COMMENT,
} from "./operations.ts";

/** Codes after which the same request may well succeed by itself. */
const PASSING = new Set(["NETWORK", "UNKNOWN", "RATE_LIMITED", "UNAUTHENTICATED"]);

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function toCurrent(value: unknown): CurrentVersion | null {
  if (!isRecord(value) || typeof value.version !== "number" || !isRecord(value.updatedBy)) return null;
  const { version, labelId, fragments, note, attributes, updatedBy } = value;
  const places = Array.isArray(fragments) ? fragments.filter(isRecord) : [];
  return {
    version,
    labelId: String(labelId),
    fragments: places.map(({ start, end }) => ({ start: Number(start), end: Number(end) })),
    note: typeof note === "string" ? note : "",
    attributes: isRecord(attributes) ? attributes : {},
    updatedBy: { id: String(updatedBy.id), name: String(updatedBy.name) },
  };
}

/** A request on a connection that has died without a word gets no answer; the same id makes another try harmless. */
const PATIENCE_MS = 20_000;

export function createSend(client: ApolloClient, viewer: Person): Send {
  /** Whether somebody deleted what an operation was about, and what that means for it. */
  async function toOutcome(operation: Operation, error: unknown): Promise<Outcome> {
    const { code, field, message } = describeError(error);
    if (PASSING.has(code)) return { kind: "unanswered" };
    const current = CombinedGraphQLErrors.is(error) ? toCurrent(error.errors[0]?.extensions?.current) : null;
    const deletion = code === "NOT_FOUND" ? await findDeletion(client, operation) : null;
    if (deletion !== null && operation.command.kind.startsWith("delete"))
      return { kind: "applied", change: { ...deletion, clientMutationId: operation.clientMutationId } };
    const deletedBy = deletion?.author ?? null;
    const problem = { code, field, message, current, deletedBy };
    // the server may only be starting, or its database
    return { kind: code === "INTERNAL_SERVER_ERROR" ? "unanswered" : "refused", problem };
  }

  async function perform(
    { command, clientMutationId, document }: Operation,
    signal: AbortSignal,
  ): Promise<Change | null> {
    const header = { author: viewer, clientMutationId };
    const options = {
      fetchPolicy: "no-cache",
      context: {
        // somebody else may have signed in in another tab by now: the server takes it for this person only
        headers: { "concord-user": viewer.id },
        fetchOptions: { signal },
        fromOutbox: true,
      },
    } as const;
    const saved = (
      { revision, annotation }: { revision: number; annotation: Parameters<typeof toAnnotation>[0] },
      relations: Relation[] = [],
      comments: Comment[] = [],
    ): Change => ({
      ...header,
      revision,
      kind: "annotationSaved",
      annotation: toAnnotation(annotation),
      relations,
      comments,
    });
    const said = ({
      revision,
      comment,
    }: {
      revision: number;
      comment: Parameters<typeof toComment>[0];
    }): Change => ({ ...header, revision, kind: "commentSaved", comment: toComment(comment) });
    const related = ({
      revision,
      relation,
    }: {
      revision: number;
      relation: Parameters<typeof toRelation>[0];
    }): Change => ({ ...header, revision, kind: "relationSaved", relation: toRelation(relation) });
    switch (command.kind) {
      case "createAnnotation": {
        const { id, labelId, fragments } = command;
        const places = fragments.map(({ start, end }) => ({ start, end }));
        const input = { clientMutationId, id, documentId: document.id, labelId, fragments: places };
        const { data } = await client.mutate({
          ...options,
          mutation: CREATE_ANNOTATION,
          variables: { input },
        });
        if (data === undefined) return null;
        return saved(data.createAnnotation);
      }
      case "updateAnnotation": {
        const { id, expectedVersion, patch } = command;
        const { fragments, quote: _, ...rest } = patch;
        const places = fragments?.map(({ start, end }) => ({ start, end }));
        const input = {
          clientMutationId,
          id,
          expectedVersion,
          ...rest,
          ...(places !== undefined && { fragments: places }),
        };
        const { data } = await client.mutate({
          ...options,
          mutation: UPDATE_ANNOTATION,
          variables: { input },
        });
        if (data === undefined) return null;
        return saved(data.updateAnnotation);
      }
      case "deleteAnnotation": {
        const input = { clientMutationId, id: command.id, expectedVersion: command.expectedVersion };
        const { data } = await client.mutate({
          ...options,
          mutation: DELETE_ANNOTATION,
          variables: { input },
        });
        return data === undefined ? null : { ...header, kind: "annotationDeleted", ...data.deleteAnnotation };
      }
      case "restoreAnnotation": {
        const { data } = await client.mutate({
          ...options,
          mutation: RESTORE_ANNOTATION,
          variables: { input: { clientMutationId, id: command.id } },
        });
        if (data === undefined) return null;
        const { relations, comments } = data.restoreAnnotation.annotation;
        return saved(data.restoreAnnotation, relations.map(toRelation), comments.map(toComment));
      }
      case "createRelation": {
        const { id, typeId, sourceId, targetId } = command;
        const { data } = await client.mutate({
          ...options,
          mutation: CREATE_RELATION,
          variables: { input: { clientMutationId, id, typeId, sourceId, targetId } },
        });
        return data === undefined ? null : related(data.createRelation);
      }
      case "deleteRelation": {
        const { data } = await client.mutate({
          ...options,
          mutation: DELETE_RELATION,
          variables: { input: { clientMutationId, id: command.id } },
        });
        return data === undefined ? null : { ...header, kind: "relationDeleted", ...data.deleteRelation };
      }
      case "restoreRelation": {
        const { data } = await client.mutate({
          ...options,
          mutation: RESTORE_RELATION,
          variables: { input: { clientMutationId, id: command.id } },
        });
        return data === undefined ? null : related(data.restoreRelation);
      }
      case "createComment": {
        const { id, annotationId, body } = command;
        const { data } = await client.mutate({
          ...options,
          mutation: CREATE_COMMENT,
          variables: { input: { clientMutationId, id, annotationId, body } },
        });
        return data === undefined ? null : said(data.createComment);
      }
      case "updateComment": {
        const { id, patch } = command;
        const { data } = await client.mutate({
          ...options,
          mutation: UPDATE_COMMENT,
          variables: { input: { clientMutationId, id, ...patch } },
        });
        return data === undefined ? null : said(data.updateComment);
      }
      case "deleteComment": {
        const { data } = await client.mutate({
          ...options,
          mutation: DELETE_COMMENT,
          variables: { input: { clientMutationId, id: command.id } },
        });
        return data === undefined ? null : { ...header, kind: "commentDeleted", ...data.deleteComment };
      }
      case "restoreComment": {
        const { data } = await client.mutate({
          ...options,
          mutation: RESTORE_COMMENT,
          variables: { input: { clientMutationId, id: command.id } },
        });
        return data === undefined ? null : said(data.restoreComment);
      }
      case "setStatus": {
        const { id, status } = command;
        const { data } = await client.mutate({
          ...options,
          mutation: SET_STATUS,
          variables: { input: { clientMutationId, documentId: id, status } },
        });
        if (data === undefined) return null;
        return { ...header, revision: 0, kind: "statusSaved", document: data.setDocumentStatus.document };
      }
    }
  }

  return async (operation, signal) => {
    try {
      const bounded = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]);
      const change = await perform(operation, bounded);
      return change === null ? { kind: "unanswered" } : { kind: "applied", change };
    } catch (error) {
      if (signal.aborted) return { kind: "unanswered" };
      return toOutcome(operation, error).catch((): Outcome => ({ kind: "unanswered" }));
    }
  };
}
