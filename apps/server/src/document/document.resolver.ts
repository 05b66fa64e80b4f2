/** Documents: GraphQL to use cases. */
import type { GraphQLResolveInfo } from "graphql";
import { GraphQLDateTime } from "graphql-scalars";
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
import { documentAccess } from "../access/access.service.ts";
import { plannedAnnotations } from "../annotation/annotation.plan.ts";
import { annotationsOfLayer, layerPage } from "../annotation/annotation.queries.ts";
import { AnnotationConnection } from "../annotation/annotation.type.ts";
import type { DeletedAnnotationRow } from "../annotation/deleted-annotation.queries.ts";
import { DeletedAnnotationType } from "../annotation/deleted-annotation.type.ts";
import { LabelType } from "../codebook/codebook.type.ts";
import { commentPage, commentsOfLayer } from "../comment/comment.queries.ts";
import { CommentConnection } from "../comment/comment.type.ts";
import type { Context } from "../context.ts";
import { badInput } from "../errors.ts";
import { uuid, uuids } from "../graphql/input-checks.ts";
import { After, First } from "../graphql/page-args.ts";
import { UserType } from "../people/people.type.ts";
import { purgeTime } from "../project/deleted-things.ts";
import type { ProjectRow } from "../project/project.queries.ts";
import { ProjectType } from "../project/project.type.ts";
import { plannedRelations } from "../relation/relation.plan.ts";
import { relationPage, relationsOfLayer } from "../relation/relation.queries.ts";
import { RelationConnection } from "../relation/relation.type.ts";
import {
  CreateDocumentVersionInput,
  DeleteDocumentInput,
  ImportDocumentsInput,
  RangeInput,
  RestoreDocumentInput,
  UpdateDocumentInput,
} from "./document.input.ts";
import type { DeletedDocumentRow, DocumentRow, NotCarriedRow } from "./document.queries.ts";
import {
  type DocumentOutcome,
  deleteDocument,
  importDocuments,
  restoreDocument,
  updateDocument,
} from "./document.service.ts";
import { DeletedDocumentType, DocumentType, NotCarriedType } from "./document.type.ts";
import { createDocumentVersion } from "./document-version.service.ts";
import { reviveDocument } from "./stored-document.ts";

@ObjectType({ description: "Imported documents." })
class ImportDocumentsPayload {
  @Field(() => String, { nullable: true, description: "As it was sent." })
  clientMutationId?: string | null;

  @Field(() => [DocumentType], {
    description: "One for each that was sent, in that order; known ones as they are.",
  })
  documents!: DocumentRow[];
}

@ObjectType({ description: "A document after a mutation." })
class DocumentPayload {
  @Field(() => String, { nullable: true, description: "As it was sent." })
  clientMutationId?: string | null;

  @Field(() => DocumentType, { description: "The document as the mutation left it." })
  document!: DocumentRow;
}

@ObjectType({ description: "A deleted document." })
class DeleteDocumentPayload {
  @Field(() => String, { nullable: true, description: "As it was sent." })
  clientMutationId?: string | null;

  @Field(() => ID, { description: "The document that was deleted." })
  documentId!: string;
}

@ObjectType({ description: "A corrected text, and what it took over. document is null for a dry run." })
class CreateDocumentVersionPayload {
  @Field(() => String, { nullable: true, description: "As it was sent." })
  clientMutationId?: string | null;

  @Field(() => DocumentType, { nullable: true, description: "The new document; null for a dry run." })
  document!: DocumentRow | null;

  @Field(() => Int, { description: "Annotations whose quote was found." })
  carriedCount!: number;

  @Field(() => [NotCarriedType], { description: "The others, in the old text's order." })
  notCarried!: NotCarriedRow[];
}

function payload(
  input: { clientMutationId?: string | null },
  { document }: DocumentOutcome,
): DocumentPayload {
  return { clientMutationId: input.clientMutationId ?? null, document: reviveDocument(document) };
}

/** Refuses a range that is none. */
function checkRange(range: RangeInput | null): RangeInput | undefined {
  if (range === null) return undefined;
  if (range.start < 0) throw badInput("range.start", `range.start must be 0 or more, not ${range.start}.`);
  if (range.end <= range.start)
    throw badInput("range.end", `range.end must be above range.start (${range.start}), not ${range.end}.`);
  return range;
}

@Resolver(() => DocumentType)
export class DocumentResolver {
  @Query(() => DocumentType, {
    nullable: true,
    description: "A document; null when there is none or the viewer may not know of it.",
  })
  async document(
    @Ctx() ctx: Context,
    @Arg("id", () => ID, { description: "The document." }) id: string,
  ): Promise<DocumentRow | null> {
    const access = await documentAccess(ctx, uuid(id, "id"));
    return access === null ? null : ctx.loaders.document.load(access.documentId);
  }

  @Mutation(() => ImportDocumentsPayload, { description: "Imports texts, all or none; at most 1,000." })
  async importDocuments(
    @Ctx() ctx: Context,
    @Arg("input", { description: "What to import." }) input: ImportDocumentsInput,
  ): Promise<ImportDocumentsPayload> {
    const { documentIds } = await importDocuments(ctx, input);
    return {
      clientMutationId: input.clientMutationId ?? null,
      documents: await Promise.all(documentIds.map((id) => ctx.loaders.document.load(id))),
    };
  }

  @Mutation(() => DocumentPayload, {
    description:
      "Changes a document's title, language or metadata, or archives it; its text never changes: see createDocumentVersion.",
  })
  async updateDocument(
    @Ctx() ctx: Context,
    @Arg("input", { description: "What to change." }) input: UpdateDocumentInput,
  ): Promise<DocumentPayload> {
    return payload(input, await updateDocument(ctx, input));
  }

  @Mutation(() => DeleteDocumentPayload, {
    description:
      "Deletes a document with all that is said about it, for everybody; restoreDocument brings it back.",
  })
  async deleteDocument(
    @Ctx() ctx: Context,
    @Arg("input", { description: "What to delete." }) input: DeleteDocumentInput,
  ): Promise<DeleteDocumentPayload> {
    return { clientMutationId: input.clientMutationId ?? null, ...(await deleteDocument(ctx, input)) };
  }

  @Mutation(() => DocumentPayload, {
    description: "Brings a deleted document back with all that is said about it, within 30 days.",
  })
  async restoreDocument(
    @Ctx() ctx: Context,
    @Arg("input", { description: "What to restore." }) input: RestoreDocumentInput,
  ): Promise<DocumentPayload> {
    return payload(input, await restoreDocument(ctx, input));
  }

  @Mutation(() => CreateDocumentVersionPayload, {
    description:
      "Puts a corrected text in a document's place: archives the old one and carries its annotations over by quote, with their relations and comments.",
  })
  async createDocumentVersion(
    @Ctx() ctx: Context,
    @Arg("input", { description: "What to correct." }) input: CreateDocumentVersionInput,
  ): Promise<CreateDocumentVersionPayload> {
    const { document, carriedCount, notCarried } = await createDocumentVersion(ctx, input);
    return {
      clientMutationId: input.clientMutationId ?? null,
      document: document && reviveDocument(document),
      carriedCount,
      notCarried,
    };
  }

  @FieldResolver(() => DocumentType, {
    nullable: true,
    description:
      "The document of which this is a corrected text; null for a first version, and when that one is gone.",
  })
  previousVersion(@Root() document: DocumentRow, @Ctx() ctx: Context) {
    return document.replacesId === null ? null : ctx.loaders.livingDocument.load(document.replacesId);
  }

  @FieldResolver(() => DocumentType, {
    nullable: true,
    description: "The corrected text that replaced this one.",
  })
  nextVersion(@Root() document: DocumentRow, @Ctx() ctx: Context) {
    return ctx.loaders.nextVersion.load(document.id);
  }

  @FieldResolver(() => [NotCarriedType], {
    description: "Annotations of the previous version that had no place in this text, in that text's order.",
  })
  notCarried(@Root() document: DocumentRow, @Ctx() ctx: Context): Promise<NotCarriedRow[]> {
    return ctx.loaders.notCarried.load(document.id);
  }

  @FieldResolver(() => ProjectType, { description: "Where it belongs." })
  project(@Root() document: DocumentRow, @Ctx() ctx: Context): Promise<ProjectRow> {
    return ctx.loaders.project.load(document.projectId);
  }

  @FieldResolver(() => String, { description: "The text, exactly as it was imported." })
  text(@Root() document: DocumentRow, @Ctx() ctx: Context): Promise<string> {
    return ctx.loaders.documentText.load(document.id);
  }

  @FieldResolver(() => Int, { description: "Annotations in the shared layer." })
  annotationCount(@Root() document: DocumentRow, @Ctx() ctx: Context): Promise<number> {
    return ctx.loaders.annotationCount.load(document.id);
  }

  @FieldResolver(() => GraphQLDateTime, {
    description: "The last change to the shared layer, or the import.",
  })
  async changedAt(@Root() document: DocumentRow, @Ctx() ctx: Context): Promise<Date> {
    return (await ctx.loaders.lastChange.load(document.id)) ?? document.createdAt;
  }

  @FieldResolver(() => AnnotationConnection, {
    description:
      "In text order: by start, then end, then id. `labels`: exactly these, not their children; an empty list means none. `range`: annotations that touch it by at least one code point.",
  })
  async annotations(
    @Root() document: DocumentRow,
    @Ctx() ctx: Context,
    @Info() info: GraphQLResolveInfo,
    @First(1_000) first: number | null,
    @After() after: string | null,
    @Arg("labels", () => [ID], { nullable: true, description: "Only these labels." }) labels: string[] | null,
    @Arg("range", () => RangeInput, { nullable: true, description: "Only what touches this part." })
    range: RangeInput | null,
  ) {
    const filter = { labels: uuids(labels, "labels"), range: checkRange(range ?? null) };
    const page = layerPage(document.layerId, filter, first, after);
    return (await plannedAnnotations(ctx, info, page)) ?? annotationsOfLayer(ctx.loaders, page);
  }

  @FieldResolver(() => RelationConnection, { description: "By id." })
  async relations(
    @Root() document: DocumentRow,
    @Ctx() ctx: Context,
    @Info() info: GraphQLResolveInfo,
    @First(1_000) first: number | null,
    @After() after: string | null,
  ) {
    const page = relationPage(document.layerId, first, after);
    return (await plannedRelations(ctx, info, page)) ?? relationsOfLayer(ctx.loaders, page);
  }

  @FieldResolver(() => CommentConnection, {
    description: "All that is said about its annotations: by annotation, oldest first.",
  })
  comments(
    @Root() document: DocumentRow,
    @Ctx() ctx: Context,
    @First(1_000) first: number | null,
    @After() after: string | null,
  ) {
    return commentsOfLayer(ctx.loaders, commentPage(document.layerId, first, after));
  }

  @FieldResolver(() => [DeletedAnnotationType], {
    description: "What was deleted and can be brought back, the latest first, at most 100.",
  })
  deletedAnnotations(@Root() document: DocumentRow, @Ctx() ctx: Context): Promise<DeletedAnnotationRow[]> {
    return ctx.loaders.deletedAnnotationsOfLayer.load(document.layerId);
  }
}

@Resolver(() => NotCarriedType)
export class NotCarriedResolver {
  @FieldResolver(() => LabelType, { description: "What it is tagged as." })
  label(@Root() { labelId }: NotCarriedRow, @Ctx() ctx: Context) {
    return ctx.loaders.label.load(labelId);
  }
}

@Resolver(() => DeletedDocumentType)
export class DeletedDocumentResolver {
  @FieldResolver(() => UserType, { nullable: true, description: "Who deleted it." })
  deletedBy(@Root() document: DeletedDocumentRow, @Ctx() ctx: Context) {
    return document.deletedBy === null ? null : ctx.loaders.person.load(document.deletedBy);
  }

  @FieldResolver(() => GraphQLDateTime, { description: "When it goes for good." })
  purgeAt(@Root() { deletedAt }: DeletedDocumentRow): Date {
    return purgeTime(deletedAt);
  }

  @FieldResolver(() => Int, { description: "Annotations in its shared layer." })
  annotationCount(@Root() document: DeletedDocumentRow, @Ctx() ctx: Context): Promise<number> {
    return ctx.loaders.annotationCount.load(document.id);
  }
}
