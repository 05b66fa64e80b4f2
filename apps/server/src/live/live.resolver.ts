/** The subscription to a document's changes, and the fields of a change that need a look-up. */
import { Arg, Ctx, FieldResolver, ID, Int, Resolver, Root, Subscription } from "type-graphql";
import { requireRight } from "../access/access.service.ts";
import { AnnotationType } from "../annotation/annotation.type.ts";
import { reviveAnnotation } from "../annotation/stored-annotation.ts";
import { reviveComment } from "../comment/comment.service.ts";
import { CommentType } from "../comment/comment.type.ts";
import { type Context, viewerOf } from "../context.ts";
import { badInput, notFound } from "../errors.ts";
import { uuid } from "../graphql/input-checks.ts";
import { UserType } from "../people/people.type.ts";
import { reviveRelation } from "../relation/relation.service.ts";
import { RelationType } from "../relation/relation.type.ts";
import type { Change, ChangeBatch, LoggedChange } from "./change.ts";
import {
  AnnotationSaved,
  CommentSaved,
  DocumentChange,
  DocumentChangeBatch,
  RelationSaved,
} from "./live.type.ts";
import type { SharedWatch } from "./shared-watch.ts";

type Logged<Kind extends Change["kind"]> = Extract<LoggedChange, { kind: Kind }>;

async function watchDocument(
  ctx: Context,
  args: { documentId: string; afterRevision: number },
): Promise<SharedWatch> {
  const documentId = uuid(args.documentId, "documentId");
  if (args.afterRevision < 0)
    throw badInput("afterRevision", `afterRevision must be 0 or more, not ${args.afterRevision}.`);
  const personId = viewerOf(ctx).id;
  const access = await ctx.live.accessOf({ personId, documentId });
  if (access === null) throw notFound("document");
  requireRight(access, "read");
  return ctx.live.watch({
    layerId: access.layerId,
    documentId,
    personId,
    afterRevision: args.afterRevision,
  });
}

@Resolver()
export class LiveResolver {
  @Subscription(() => DocumentChangeBatch, {
    description:
      "Every change to the document with a revision above `afterRevision`, in order, each exactly once, none left out: first those already stored, then new ones as they are committed, on whichever server they were made. A bulk act is one change for each annotation, with consecutive revisions. Ends with an error of that subscription alone when the viewer loses access (FORBIDDEN) or the document is deleted (NOT_FOUND). `afterRevision` below 0 is BAD_USER_INPUT; above the present revision, or from before a compacted log, it is REVISION_GONE: read the document again.",
    subscribe: ({ args, context }) =>
      watchDocument(context, { documentId: args.documentId, afterRevision: args.afterRevision }),
  })
  documentChanges(
    @Root() batch: ChangeBatch,
    @Arg("documentId", () => ID, { description: "The document." }) _documentId: string,
    @Arg("afterRevision", () => Int, { description: "The last revision the caller has; 0 for all." })
    _afterRevision: number,
  ): ChangeBatch {
    return batch;
  }
}

@Resolver(() => DocumentChange)
export class DocumentChangeResolver {
  @FieldResolver(() => UserType, { description: "Who made it." })
  author(@Root() change: LoggedChange, @Ctx() ctx: Context) {
    return ctx.loaders.person.load(change.authorId);
  }
}

@Resolver(() => AnnotationSaved)
export class AnnotationSavedResolver {
  @FieldResolver(() => AnnotationType, { description: "The annotation as of this revision." })
  annotation(@Root() { annotation }: Logged<"ANNOTATION_SAVED">) {
    return reviveAnnotation(annotation);
  }
}

@Resolver(() => RelationSaved)
export class RelationSavedResolver {
  @FieldResolver(() => RelationType, { description: "The relation." })
  relation(@Root() { relation }: Logged<"RELATION_SAVED">) {
    return reviveRelation(relation);
  }
}

@Resolver(() => CommentSaved)
export class CommentSavedResolver {
  @FieldResolver(() => CommentType, { description: "The comment as of this revision." })
  comment(@Root() { comment }: Logged<"COMMENT_SAVED">) {
    return reviveComment(comment);
  }
}
