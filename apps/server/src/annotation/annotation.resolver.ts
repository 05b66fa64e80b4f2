/** Annotations and spans: GraphQL to use cases. */
import type { GraphQLResolveInfo } from "graphql";
import {
  Arg,
  Ctx,
  Field,
  FieldResolver,
  ID,
  Info,
  Int,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
} from "type-graphql";
import { documentAccess, requireProject } from "../access/access.service.ts";
import { LabelType } from "../codebook/codebook.type.ts";
import { CommentType } from "../comment/comment.type.ts";
import type { Context } from "../context.ts";
import { DocumentType } from "../document/document.type.ts";
import { asksOnlyId } from "../graphql/asks-only-id.ts";
import { LIMITS, text, uuid, uuids } from "../graphql/input-checks.ts";
import { After, First } from "../graphql/page-args.ts";
import { UserType } from "../people/people.type.ts";
import { RelationType } from "../relation/relation.type.ts";
import { annotationConditions } from "../search/annotation-conditions.ts";
import { documentConditions } from "../search/document-conditions.ts";
import {
  AnnotationFilter,
  CreateAnnotationInput,
  DeleteAnnotationInput,
  RestoreAnnotationInput,
  UpdateAnnotationInput,
} from "./annotation.input.ts";
import { type AnnotationRow, annotationsOfProject } from "./annotation.queries.ts";
import {
  type AnnotationOutcome,
  createAnnotation,
  deleteAnnotation,
  restoreAnnotation,
  updateAnnotation,
} from "./annotation.service.ts";
import { AnnotationConnection, AnnotationType, FragmentType, SpanType } from "./annotation.type.ts";
import { fragmentsOf, type SpanRow } from "./span.ts";
import { reviveAnnotation } from "./stored-annotation.ts";

@ObjectType({ description: "An annotation after a mutation." })
class AnnotationPayload {
  @Field(() => String, { nullable: true, description: "As it was sent." })
  clientMutationId?: string | null;

  @Field(() => AnnotationType, { description: "The annotation as of `revision`." })
  annotation!: AnnotationRow;

  @Field(() => Int, { description: "The document's, after the change." })
  revision!: number;
}

@ObjectType({
  description: "Deleting an annotation deletes its relations and comments with it, as one change.",
})
class DeleteAnnotationPayload {
  @Field(() => String, { nullable: true, description: "As it was sent." })
  clientMutationId?: string | null;

  @Field(() => ID, { description: "The annotation that was deleted." })
  annotationId!: string;

  @Field(() => [ID], { description: "The relations that went with it." })
  relationIds!: string[];

  @Field(() => Int, { description: "The document's, after the change." })
  revision!: number;
}

function payload(
  input: { clientMutationId?: string | null },
  { annotation, revision }: AnnotationOutcome,
): AnnotationPayload {
  return {
    clientMutationId: input.clientMutationId ?? null,
    annotation: reviveAnnotation(annotation),
    revision,
  };
}

@Resolver(() => AnnotationType)
export class AnnotationResolver {
  @Query(() => AnnotationType, {
    nullable: true,
    description: "An annotation; null when there is none or the viewer may not know of it.",
  })
  async annotation(
    @Ctx() ctx: Context,
    @Arg("id", () => ID, { description: "The annotation." }) id: string,
  ): Promise<AnnotationRow | null> {
    const row = await ctx.db.prisma.annotation.findFirst({ where: { id: uuid(id, "id"), deletedAt: null } });
    if (row === null) return null;
    const access = await documentAccess(ctx, row.documentId);
    return access?.layerId === row.layerId ? row : null;
  }

  @Query(() => AnnotationConnection, {
    description: "A project's annotations: documents in import order, each in text order.",
  })
  async annotations(
    @Ctx() ctx: Context,
    @Arg("filter", () => AnnotationFilter, { description: "Which ones." }) filter: AnnotationFilter,
    @First(100) first: number | null,
    @After() after: string | null,
  ) {
    const projectId = uuid(filter.projectId, "filter.projectId");
    await requireProject(ctx, projectId, "read");
    const where = {
      projectId,
      documentIds: uuids(filter.documentIds, "filter.documentIds"),
      labels: uuids(filter.labels, "filter.labels"),
      createdBy: uuids(filter.createdBy, "filter.createdBy"),
      text:
        filter.text == null
          ? undefined
          : text(filter.text, "filter.text", { max: LIMITS.search, blank: true }),
      conditions: [
        ...annotationConditions(filter),
        ...(await documentConditions(ctx, projectId, filter.documents, "filter.documents")),
      ],
    };
    return annotationsOfProject(ctx.db.prisma, where, first, after);
  }

  @Mutation(() => AnnotationPayload, { description: "Puts a label on a place in a document." })
  async createAnnotation(
    @Ctx() ctx: Context,
    @Arg("input", { description: "What to make." }) input: CreateAnnotationInput,
  ): Promise<AnnotationPayload> {
    return payload(input, await createAnnotation(ctx, input));
  }

  @Mutation(() => AnnotationPayload, {
    description: "Changes an annotation's label, place, attributes or note.",
  })
  async updateAnnotation(
    @Ctx() ctx: Context,
    @Arg("input", { description: "What to change." }) input: UpdateAnnotationInput,
  ): Promise<AnnotationPayload> {
    return payload(input, await updateAnnotation(ctx, input));
  }

  @Mutation(() => DeleteAnnotationPayload, {
    description: "Deletes an annotation with its relations and comments; restoreAnnotation brings all back.",
  })
  async deleteAnnotation(
    @Ctx() ctx: Context,
    @Arg("input", { description: "What to delete." }) input: DeleteAnnotationInput,
  ): Promise<DeleteAnnotationPayload> {
    return { clientMutationId: input.clientMutationId ?? null, ...(await deleteAnnotation(ctx, input)) };
  }

  @Mutation(() => AnnotationPayload, {
    description: "Brings a deleted annotation back with its relations and comments.",
  })
  async restoreAnnotation(
    @Ctx() ctx: Context,
    @Arg("input", { description: "What to restore." }) input: RestoreAnnotationInput,
  ): Promise<AnnotationPayload> {
    return payload(input, await restoreAnnotation(ctx, input));
  }

  @FieldResolver(() => SpanType, { description: "Its place." })
  span(@Root() annotation: AnnotationRow, @Ctx() ctx: Context): Promise<SpanRow> {
    return ctx.loaders.span.load(annotation.spanId);
  }

  @FieldResolver(() => LabelType, { description: "What it is tagged as." })
  label(@Root() annotation: AnnotationRow, @Ctx() ctx: Context, @Info() info: GraphQLResolveInfo) {
    return asksOnlyId(info) ? { id: annotation.labelId } : ctx.loaders.label.load(annotation.labelId);
  }

  @FieldResolver(() => UserType, { description: "Who made it." })
  createdBy(@Root() annotation: AnnotationRow, @Ctx() ctx: Context) {
    return ctx.loaders.person.load(annotation.createdBy);
  }

  @FieldResolver(() => UserType, { description: "Who changed it last." })
  updatedBy(@Root() annotation: AnnotationRow, @Ctx() ctx: Context) {
    return ctx.loaders.person.load(annotation.updatedBy);
  }

  @FieldResolver(() => [RelationType], { description: "Relations at either end of which it stands, by id." })
  relations(@Root() annotation: AnnotationRow, @Ctx() ctx: Context) {
    return ctx.loaders.relationsOfAnnotation.load(annotation.id);
  }

  @FieldResolver(() => [CommentType], { description: "The discussion, oldest first." })
  comments(@Root() annotation: AnnotationRow, @Ctx() ctx: Context) {
    return ctx.loaders.commentsOfAnnotation.load(annotation.id);
  }
}

@Resolver(() => SpanType)
export class SpanResolver {
  @FieldResolver(() => DocumentType, { description: "The document it is a place in." })
  document(@Root() span: SpanRow, @Ctx() ctx: Context) {
    return ctx.loaders.document.load(span.documentId);
  }

  @FieldResolver(() => [FragmentType], { description: "Its parts in text order." })
  fragments(@Root() span: SpanRow): FragmentType[] {
    return fragmentsOf(span);
  }

  @FieldResolver(() => [AnnotationType], {
    description: "What the viewer may see of what is said about this place.",
  })
  annotations(@Root() span: SpanRow, @Ctx() ctx: Context): Promise<AnnotationRow[]> {
    return ctx.loaders.annotationsOfSpan.load(span.id);
  }
}
