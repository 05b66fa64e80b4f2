/** What document mutations take. */
import { GraphQLJSONObject } from "graphql-scalars";
import { Field, ID, InputType, Int } from "type-graphql";
import { WorkStatus } from "../generated/prisma/enums.ts";
import { REPEATABLE } from "../graphql/repeatable.ts";

@InputType({ description: "A part of a text, in code points, `end` exclusive." })
export class RangeInput {
  @Field(() => Int, { description: "First code point." })
  start!: number;

  @Field(() => Int, { description: "Behind the last code point." })
  end!: number;
}

@InputType({
  description:
    "A text to import. `sourceId` is the caller's own id: one known in the project answers the existing document.",
})
export class NewDocument {
  @Field(() => ID, { nullable: true, description: "The client's own UUID, answered in lower case." })
  id?: string | null;

  @Field(() => String, { nullable: true, description: "The caller's own id, at most 1,000 characters." })
  sourceId?: string | null;

  @Field(() => String, { description: "1 to 1,000 characters." })
  title!: string;

  @Field(() => String, {
    description: "Stored as given; at most MAX_TEXT code points, 2,000,000 by default.",
  })
  text!: string;

  @Field(() => String, { nullable: true, description: "Language tag (BCP 47)." })
  language?: string | null;

  @Field(() => GraphQLJSONObject, {
    nullable: true,
    description: "Whatever the source tells of it; at most 100,000 characters of JSON.",
  })
  metadata?: Record<string, unknown> | null;
}

@InputType({ description: "Texts to import: all or none, at most 1,000." })
export class ImportDocumentsInput {
  @Field(() => String, { nullable: true, description: REPEATABLE })
  clientMutationId?: string | null;

  @Field(() => ID, { description: "Where to." })
  projectId!: string;

  @Field(() => [NewDocument], { description: "At most 1,000, imported in this order." })
  documents!: NewDocument[];
}

@InputType({ description: "Changes to a document's header; absent fields stay as they are." })
export class UpdateDocumentInput {
  @Field(() => String, { nullable: true, description: REPEATABLE })
  clientMutationId?: string | null;

  @Field(() => ID, { description: "The document." })
  id!: string;

  @Field(() => String, { nullable: true, description: "1 to 1,000 characters." })
  title?: string;

  @Field(() => String, { nullable: true, description: "Language tag (BCP 47)." })
  language?: string;

  @Field(() => GraphQLJSONObject, { nullable: true, description: "Replaces the whole object." })
  metadata?: Record<string, unknown>;

  @Field(() => Boolean, { nullable: true, description: "true puts it away, false takes it out again." })
  archived?: boolean;
}

@InputType({ description: "Which document to delete." })
export class DeleteDocumentInput {
  @Field(() => String, { nullable: true, description: REPEATABLE })
  clientMutationId?: string | null;

  @Field(() => ID, { description: "The document." })
  id!: string;
}

@InputType({
  description:
    "Brings back a document that was deleted less than 30 days ago, with all that is said about it.",
})
export class RestoreDocumentInput {
  @Field(() => String, { nullable: true, description: REPEATABLE })
  clientMutationId?: string | null;

  @Field(() => ID, { description: "The document." })
  id!: string;
}

@InputType({
  description:
    "A corrected text for a document. The old document is archived with its annotations; the new one gets copies of those whose quote is found.",
})
export class CreateDocumentVersionInput {
  @Field(() => String, { nullable: true, description: REPEATABLE })
  clientMutationId?: string | null;

  @Field(() => ID, { nullable: true, description: "The client's own UUID for the new document." })
  id?: string | null;

  @Field(() => ID, { description: "The document to replace." })
  documentId!: string;

  @Field(() => String, {
    description: "Stored as given; at most MAX_TEXT code points, 2,000,000 by default. Not the old text.",
  })
  text!: string;

  @Field(() => String, {
    nullable: true,
    description: "1 to 1,000 characters; the old document's when absent.",
  })
  title?: string | null;

  @Field(() => Boolean, { nullable: true, description: "Only says what would be carried; makes nothing." })
  dryRun?: boolean | null;
}

@InputType({ description: "How far the viewer is with a document." })
export class SetDocumentStatusInput {
  @Field(() => String, { nullable: true, description: REPEATABLE })
  clientMutationId?: string | null;

  @Field(() => ID, { description: "The document." })
  documentId!: string;

  @Field(() => WorkStatus, {
    description: "NEW takes back what was said: with annotations of one's own there it is IN_PROGRESS then.",
  })
  status!: WorkStatus;
}
