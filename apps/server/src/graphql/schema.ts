/** The schema: the list of resolvers, and the check of every argument that comes in at the root. */
import "reflect-metadata";
import { defaultFieldResolver, type GraphQLField, type GraphQLObjectType, type GraphQLSchema } from "graphql";
import { buildSchemaSync, type NonEmptyArray } from "type-graphql";
import { AnnotationResolver, SpanResolver } from "../annotation/annotation.resolver.ts";
import {
  AnnotationEventResolver,
  AnnotationHistoryResolver,
} from "../annotation/annotation-history.resolver.ts";
import { DeletedAnnotationResolver } from "../annotation/deleted-annotation.resolver.ts";
import { LabelResolver, RelationTypeResolver } from "../codebook/codebook.resolver.ts";
import { LabelMutationsResolver } from "../codebook/label-mutations.resolver.ts";
import { RelationTypeMutationsResolver } from "../codebook/relation-type-mutations.resolver.ts";
import { CommentResolver } from "../comment/comment.resolver.ts";
import type { Context } from "../context.ts";
import {
  DeletedDocumentResolver,
  DocumentResolver,
  NotCarriedResolver,
} from "../document/document.resolver.ts";
import { DocumentStatusesResolver, DocumentStatusResolver } from "../document/document-status.resolver.ts";
import {
  AnnotationSavedResolver,
  CommentSavedResolver,
  DocumentChangeResolver,
  LiveResolver,
  RelationSavedResolver,
} from "../live/live.resolver.ts";
import { CHANGE_TYPES } from "../live/live.type.ts";
import {
  DocumentSavedResolver,
  DocumentStatusChangedResolver,
  LabelMergedResolver,
  LabelSavedResolver,
  MemberChangedResolver,
  ProjectChangeResolver,
  ProjectLiveResolver,
  ProjectSavedResolver,
  RelationTypeSavedResolver,
} from "../live/project-live.resolver.ts";
import { PROJECT_CHANGE_TYPES } from "../live/project-live.type.ts";
import { AccountResolver } from "../people/account.resolver.ts";
import { InvitationResolver, ProjectInvitationsResolver } from "../people/invitation.resolver.ts";
import { MemberResolver, PasswordResetResolver } from "../people/password-reset.resolver.ts";
import { PeopleResolver, UserResolver } from "../people/people.resolver.ts";
import { PresenceResolver } from "../presence/presence.resolver.ts";
import { ActivityResolver, ProjectActivityResolver } from "../project/activity.resolver.ts";
import {
  PersonProgressResolver,
  ProgressResolver,
  ProjectProgressResolver,
} from "../project/progress.resolver.ts";
import { DeletedProjectResolver, ProjectResolver } from "../project/project.resolver.ts";
import { RelationResolver } from "../relation/relation.resolver.ts";
import { PassageConnectionResolver, PassageResolver } from "../search/passage.resolver.ts";
import { checkStorable } from "./input-checks.ts";
import { createLoaders } from "./loaders.ts";

const RESOLVERS: NonEmptyArray<new () => object> = [
  PeopleResolver,
  AccountResolver,
  InvitationResolver,
  ProjectInvitationsResolver,
  MemberResolver,
  PasswordResetResolver,
  UserResolver,
  ProjectResolver,
  DeletedProjectResolver,
  ProjectActivityResolver,
  ActivityResolver,
  ProgressResolver,
  ProjectProgressResolver,
  PersonProgressResolver,
  LabelResolver,
  RelationTypeResolver,
  LabelMutationsResolver,
  RelationTypeMutationsResolver,
  DocumentResolver,
  DeletedDocumentResolver,
  NotCarriedResolver,
  DocumentStatusesResolver,
  DocumentStatusResolver,
  AnnotationResolver,
  SpanResolver,
  AnnotationHistoryResolver,
  AnnotationEventResolver,
  DeletedAnnotationResolver,
  RelationResolver,
  CommentResolver,
  LiveResolver,
  DocumentChangeResolver,
  AnnotationSavedResolver,
  RelationSavedResolver,
  CommentSavedResolver,
  ProjectLiveResolver,
  ProjectChangeResolver,
  ProjectSavedResolver,
  LabelSavedResolver,
  LabelMergedResolver,
  RelationTypeSavedResolver,
  MemberChangedResolver,
  DocumentSavedResolver,
  DocumentStatusChangedResolver,
  PresenceResolver,
  PassageResolver,
  PassageConnectionResolver,
];

/** Subscriptions here return their own iterables; nothing may go through TypeGraphQL's pub/sub. */
const NO_PUB_SUB = {
  publish(): void {
    throw new Error("changes are published by the log, not by TypeGraphQL");
  },
  subscribe(): AsyncIterable<unknown> {
    throw new Error("subscriptions bring their own iterables");
  },
};

/** Builds the schema. */
export function createSchema(): GraphQLSchema {
  const schema = buildSchemaSync({
    resolvers: RESOLVERS,
    orphanedTypes: [...CHANGE_TYPES, ...PROJECT_CHANGE_TYPES],
    pubSub: NO_PUB_SUB,
    // Every input is checked by its use case, which names the field; class-validator would be a second way.
    validate: false,
  });
  const roots = [
    { type: schema.getQueryType(), description: "Reading. Signed out only `viewer` and what links need." },
    {
      type: schema.getMutationType(),
      description:
        "Writing. Every input may carry a clientMutationId, which makes it repeatable, but for presence, which is never stored.",
    },
    {
      type: schema.getSubscriptionType(),
      description: "Live, over WebSocket with the subprotocol graphql-transport-ws.",
    },
  ];
  for (const { type, description } of roots) {
    if (!type) continue;
    type.description = description;
    guardArguments(type, type === schema.getMutationType());
  }
  return schema;
}

/**
 * Refuses what can't be stored in any argument of a root field, before its resolver runs. Each mutation starts with
 * loaders of its own: what an earlier one of the same request has loaded may be stale.
 */
function guardArguments(root: GraphQLObjectType, mutates: boolean): void {
  for (const field of Object.values(root.getFields()) as GraphQLField<unknown, Context>[]) {
    const { resolve = defaultFieldResolver, subscribe } = field;
    if (subscribe) {
      field.subscribe = (source, args, context, info) => {
        checkStorable(args);
        return subscribe(source, args, context, info);
      };
      continue;
    }
    field.resolve = (source, args, context, info) => {
      checkStorable(args);
      if (mutates) context.loaders = createLoaders(context.db, context.caller?.viewer.id ?? null);
      return resolve(source, args, context, info);
    };
  }
}
