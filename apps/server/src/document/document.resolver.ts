/** Documents: GraphQL to use cases. */
import { GraphQLDateTime } from "graphql-scalars";
import {
  Arg,
  Ctx,
  Field,
  FieldResolver,
  ID,
  Int,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
} from "type-graphql";
import { documentAccess } from "../access/access.service.ts";
import { annotationsOfLayer } from "../annotation/annotation.queries.ts";
import { AnnotationConnection } from "../annotation/annotation.type.ts";
import type { Context } from "../context.ts";
import { badInput } from "../errors.ts";
import { uuid, uuids } from "../graphql/input-checks.ts";
import type { ProjectRow } from "../project/project.queries.ts";
import { ProjectType } from "../project/project.type.ts";
import { relationsOfLayer } from "../relation/relation.queries.ts";
import { RelationConnection } from "../relation/relation.type.ts";
import {
  DeleteDocumentInput,
  ImportDocumentsInput,
  RangeInput,
  UpdateDocumentInput,
} from "./document.input.ts";
import type { DocumentRow } from "./document.queries.ts";
import { deleteDocument, importDocuments, updateDocument } from "./document.service.ts";
import { DocumentType } from "./document.type.ts";

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

  @Field(() => DocumentType, { description: "The document as it is now." })
  document!: DocumentRow;
}

@ObjectType({ description: "A deleted document." })
class DeleteDocumentPayload {
  @Field(() => String, { nullable: true, description: "As it was sent." })
  clientMutationId?: string | null;

  @Field(() => ID, { description: "The document that was deleted." })
  documentId!: string;
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
    description: "Changes a document's title, language or metadata; its text never changes.",
  })
  async updateDocument(
    @Ctx() ctx: Context,
    @Arg("input", { description: "What to change." }) input: UpdateDocumentInput,
  ): Promise<DocumentPayload> {
    const { documentId } = await updateDocument(ctx, input);
    return {
      clientMutationId: input.clientMutationId ?? null,
      document: await ctx.loaders.document.load(documentId),
    };
  }

  @Mutation(() => DeleteDocumentPayload, {
    description: "Deletes a document with all that is said about it, for everybody.",
  })
  async deleteDocument(
    @Ctx() ctx: Context,
    @Arg("input", { description: "What to delete." }) input: DeleteDocumentInput,
  ): Promise<DeleteDocumentPayload> {
    return { clientMutationId: input.clientMutationId ?? null, ...(await deleteDocument(ctx, input)) };
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
  annotations(
    @Root() document: DocumentRow,
    @Ctx() ctx: Context,
    @Arg("first", () => Int, {
      nullable: true,
      defaultValue: 1000,
      description: "0 to 20,000; null means 1,000.",
    })
    first: number | null,
    @Arg("after", () => String, { nullable: true, description: "A cursor of this list." }) after:
      | string
      | null,
    @Arg("labels", () => [ID], { nullable: true, description: "Only these labels." }) labels: string[] | null,
    @Arg("range", () => RangeInput, { nullable: true, description: "Only what touches this part." })
    range: RangeInput | null,
  ) {
    const filter = {
      layerId: document.layerId,
      labels: uuids(labels, "labels"),
      range: checkRange(range ?? null),
    };
    return annotationsOfLayer(ctx.db.prisma, filter, first, after);
  }

  @FieldResolver(() => RelationConnection, { description: "By id." })
  relations(
    @Root() document: DocumentRow,
    @Ctx() ctx: Context,
    @Arg("first", () => Int, {
      nullable: true,
      defaultValue: 1000,
      description: "0 to 20,000; null means 1,000.",
    })
    first: number | null,
    @Arg("after", () => String, { nullable: true, description: "A cursor of this list." }) after:
      | string
      | null,
  ) {
    return relationsOfLayer(ctx.db.prisma, document.layerId, first, after);
  }
}
