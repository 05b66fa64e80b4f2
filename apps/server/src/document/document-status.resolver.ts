/** How far people are with a document: GraphQL to use cases. */
import { Arg, Ctx, Field, FieldResolver, Mutation, ObjectType, Resolver, Root } from "type-graphql";
import type { Context } from "../context.ts";
import { WorkStatus } from "../generated/prisma/enums.ts";
import { UserType } from "../people/people.type.ts";
import { SetDocumentStatusInput } from "./document.input.ts";
import type { DocumentRow } from "./document.queries.ts";
import { DocumentType } from "./document.type.ts";
import type { DocumentStatusRow } from "./document-status.queries.ts";
import { setDocumentStatus } from "./document-status.service.ts";
import { DocumentStatusType } from "./document-status.type.ts";
import { reviveDocument } from "./stored-document.ts";

@ObjectType({ description: "A document after somebody said how far they are." })
class SetDocumentStatusPayload {
  @Field(() => String, { nullable: true, description: "As it was sent." })
  clientMutationId?: string | null;

  @Field(() => DocumentType, { description: "The document." })
  document!: DocumentRow;
}

@Resolver(() => DocumentType)
export class DocumentStatusesResolver {
  @Mutation(() => SetDocumentStatusPayload, { description: "Says how far the viewer is with a document." })
  async setDocumentStatus(
    @Ctx() ctx: Context,
    @Arg("input", { description: "What is how far." }) input: SetDocumentStatusInput,
  ): Promise<SetDocumentStatusPayload> {
    const { document } = await setDocumentStatus(ctx, input);
    return { clientMutationId: input.clientMutationId ?? null, document: reviveDocument(document) };
  }

  @FieldResolver(() => [DocumentStatusType], {
    description: "How far people are, by name; who has done nothing and said nothing is not in it.",
  })
  statuses(@Root() document: DocumentRow, @Ctx() ctx: Context): Promise<DocumentStatusRow[]> {
    return ctx.loaders.statusesOfDocument.load(document.id);
  }

  @FieldResolver(() => WorkStatus, { description: "How far the viewer is." })
  async myStatus(@Root() document: DocumentRow, @Ctx() ctx: Context): Promise<WorkStatus> {
    return (await ctx.loaders.viewerStatus.load(document.id)) ?? WorkStatus.NEW;
  }
}

@Resolver(() => DocumentStatusType)
export class DocumentStatusResolver {
  @FieldResolver(() => UserType, { description: "Who." })
  user(@Root() { personId }: DocumentStatusRow, @Ctx() ctx: Context) {
    return ctx.loaders.person.load(personId);
  }
}
