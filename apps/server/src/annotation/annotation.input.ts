/** What annotation mutations and the annotation search take. */
import { GraphQLDateTime, GraphQLJSONObject } from "graphql-scalars";
import { Field, ID, InputType, Int } from "type-graphql";
import { FragmentInput } from "../graphql/fragment.input.ts";
import { REPEATABLE } from "../graphql/repeatable.ts";
import { AttributeFilter, DocumentFilter } from "../search/search-filters.type.ts";

@InputType({ description: "A new annotation." })
export class CreateAnnotationInput {
  @Field(() => String, { nullable: true, description: REPEATABLE })
  clientMutationId?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: "The client's own UUID, any version, answered in lower case.",
  })
  id?: string | null;

  @Field(() => ID, { description: "Which document." })
  documentId!: string;

  @Field(() => ID, { description: "A label of the document's project that is not archived." })
  labelId!: string;

  @Field(() => [FragmentInput], { description: "1 to 100 in text order that do not touch or overlap." })
  fragments!: FragmentInput[];

  @Field(() => GraphQLJSONObject, {
    nullable: true,
    description: "Values for the label's attribute definitions, by key.",
  })
  attributes?: Record<string, unknown> | null;

  @Field(() => String, { nullable: true, description: "At most 20,000 characters." })
  note?: string | null;
}

@InputType({
  description:
    "Changes to an annotation; absent fields stay as they are. A relabel that a relation's type does not allow is BAD_USER_INPUT on labelId, naming the relations.",
})
export class UpdateAnnotationInput {
  @Field(() => String, { nullable: true, description: REPEATABLE })
  clientMutationId?: string | null;

  @Field(() => ID, { description: "The annotation." })
  id!: string;

  @Field(() => Int, { description: "The version it was made from; a stale one is CONFLICT." })
  expectedVersion!: number;

  @Field(() => ID, { nullable: true, description: "A label of the project that is not archived." })
  labelId?: string;

  @Field(() => [FragmentInput], { nullable: true, description: "The new place." })
  fragments?: FragmentInput[];

  @Field(() => GraphQLJSONObject, { nullable: true, description: "Replaces the whole object." })
  attributes?: Record<string, unknown>;

  @Field(() => String, { nullable: true, description: "At most 20,000 characters." })
  note?: string;
}

@InputType({ description: "Which annotation to delete." })
export class DeleteAnnotationInput {
  @Field(() => String, { nullable: true, description: REPEATABLE })
  clientMutationId?: string | null;

  @Field(() => ID, { description: "The annotation." })
  id!: string;

  @Field(() => Int, { description: "The version it was made from; a stale one is CONFLICT." })
  expectedVersion!: number;
}

@InputType({
  description:
    "Brings a deleted annotation back with its relations and comments, ids, authors and times as they were, its version one above the last.",
})
export class RestoreAnnotationInput {
  @Field(() => String, { nullable: true, description: REPEATABLE })
  clientMutationId?: string | null;

  @Field(() => ID, { description: "The annotation." })
  id!: string;
}

@InputType({
  description: "Which annotations of a project; what is absent does not restrict, an empty list means none.",
})
export class AnnotationFilter {
  @Field(() => ID, { description: "The project." })
  projectId!: string;

  @Field(() => [ID], { nullable: true, description: "Only in these documents." })
  documentIds?: string[] | null;

  @Field(() => [ID], { nullable: true, description: "Only with these labels." })
  labels?: string[] | null;

  @Field(() => [ID], { nullable: true, description: "Only made by these people." })
  createdBy?: string[] | null;

  @Field(() => String, { nullable: true, description: "Case-insensitive substring of the quote." })
  text?: string | null;

  @Field(() => String, { nullable: true, description: "Case-insensitive substring of the note." })
  note?: string | null;

  @Field(() => [AttributeFilter], {
    nullable: true,
    description: "What the attributes must be; at most 20. All of them must hold.",
  })
  attributes?: AttributeFilter[] | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: "Made then or later." })
  createdSince?: Date | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: "Made before." })
  createdUntil?: Date | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: "Last changed, or made, then or later." })
  updatedSince?: Date | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: "Last changed, or made, before." })
  updatedUntil?: Date | null;

  @Field(() => DocumentFilter, { nullable: true, description: "Only in documents like these." })
  documents?: DocumentFilter | null;
}
