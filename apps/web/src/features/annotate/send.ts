// One operation as a GraphQL mutation, and its answer as an outcome. What a person can do something about is refused;
// what only time can mend counts as unanswered and is sent again.
import type { ApolloClient } from "@apollo/client";
import { CombinedGraphQLErrors } from "@apollo/client/errors";
import { describeError } from "../../apollo/error-message.ts";
import type { Person, Relation } from "./model/entities.ts";
import { toAnnotation, toRelation } from "./model/from-graphql.ts";
import type { CurrentVersion, Operation } from "./model/operation.ts";
import type { Outcome, Send } from "./model/outbox.ts";
import type { Change } from "./model/server-state.ts";
import {
  CREATE_ANNOTATION,
  CREATE_RELATION,
  DELETE_ANNOTATION,
  DELETE_RELATION,
  RESTORE_ANNOTATION,
  UPDATE_ANNOTATION,
} from "./operations.ts";

/** Codes after which the same request may well succeed by itself. */
const PASSING = new Set(["NETWORK", "UNKNOWN", "RATE_LIMITED", "UNAUTHENTICATED"]);

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function toCurrent(value: unknown): CurrentVersion | null {
  if (!isRecord(value) || typeof value.version !== "number" || !isRecord(value.updatedBy)) return null;
  const { version, labelId, note, attributes, updatedBy } = value;
  return {
    version,
    labelId: String(labelId),
    note: typeof note === "string" ? note : "",
    attributes: isRecord(attributes) ? attributes : {},
    updatedBy: { id: String(updatedBy.id), name: String(updatedBy.name) },
  };
}

function toOutcome(error: unknown): Outcome {
  const { code, message } = describeError(error);
  if (PASSING.has(code)) return { kind: "unanswered" };
  const current = CombinedGraphQLErrors.is(error) ? toCurrent(error.errors[0]?.extensions?.current) : null;
  return { kind: "refused", problem: { code, message, current } };
}

export function createSend(client: ApolloClient, documentId: string, viewer: Person): Send {
  async function perform({ command, clientMutationId }: Operation): Promise<Change | null> {
    const header = { author: viewer, clientMutationId };
    const options = { fetchPolicy: "no-cache" } as const;
    const saved = (
      { revision, annotation }: { revision: number; annotation: Parameters<typeof toAnnotation>[0] },
      relations: Relation[],
    ): Change => ({
      ...header,
      revision,
      kind: "annotationSaved",
      annotation: toAnnotation(annotation),
      relations,
    });
    switch (command.kind) {
      case "createAnnotation": {
        const { id, labelId, fragments } = command;
        const places = fragments.map(({ start, end }) => ({ start, end }));
        const input = { clientMutationId, id, documentId, labelId, fragments: places };
        const { data } = await client.mutate({
          ...options,
          mutation: CREATE_ANNOTATION,
          variables: { input },
        });
        if (data === undefined) return null;
        return saved(data.createAnnotation, []);
      }
      case "updateAnnotation": {
        const { id, expectedVersion, patch } = command;
        const { fragments, ...rest } = patch;
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
        return saved(data.updateAnnotation, []);
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
        return saved(data.restoreAnnotation, data.restoreAnnotation.annotation.relations.map(toRelation));
      }
      case "createRelation": {
        const { id, typeId, sourceId, targetId } = command;
        const { data } = await client.mutate({
          ...options,
          mutation: CREATE_RELATION,
          variables: { input: { clientMutationId, id, typeId, sourceId, targetId } },
        });
        if (data === undefined) return null;
        return {
          ...header,
          kind: "relationSaved",
          revision: data.createRelation.revision,
          relation: toRelation(data.createRelation.relation),
        };
      }
      case "deleteRelation": {
        const { data } = await client.mutate({
          ...options,
          mutation: DELETE_RELATION,
          variables: { input: { clientMutationId, id: command.id } },
        });
        return data === undefined ? null : { ...header, kind: "relationDeleted", ...data.deleteRelation };
      }
    }
  }

  return async (operation) => {
    try {
      const change = await perform(operation);
      return change === null ? { kind: "unanswered" } : { kind: "applied", change };
    } catch (error) {
      return toOutcome(error);
    }
  };
}
