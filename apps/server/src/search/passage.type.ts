/** Passages of documents, as a search finds them. */
import { Field, ID, InputType, Int, ObjectType } from "type-graphql";
import { connectionTypes } from "../graphql/connection.type.ts";
import { DocumentFilter } from "./search-filters.type.ts";
import { TextMode } from "./search-question.ts";

@ObjectType("PassageMatch", {
  description:
    "Something in a passage that matches. Its quote, prefix and suffix are made as those of a span are.",
})
export class PassageMatchType {
  @Field(() => Int, { description: "First code point, counted from the start of the document." })
  start!: number;

  @Field(() => Int, { description: "Behind the last code point." })
  end!: number;

  @Field(() => String, { description: "The text of the place." })
  quote!: string;

  @Field(() => String, { description: "Up to 32 code points before it in the passage." })
  prefix!: string;

  @Field(() => String, { description: "Up to 32 code points behind it in the passage." })
  suffix!: string;
}

@ObjectType("Passage", {
  description: "A paragraph of a document, or a part of one that is very long.",
})
export class PassageType {
  @Field(() => Int, { description: "First code point, counted from the start of the document." })
  start!: number;

  @Field(() => Int, { description: "Behind the last code point." })
  end!: number;

  @Field(() => String, { description: "The document's text from `start` to `end`." })
  text!: string;
}

@InputType({
  description: "Which passages of a project; what is absent does not restrict, an empty list means none.",
})
export class PassageFilter {
  @Field(() => ID, { description: "The project." })
  projectId!: string;

  @Field(() => String, { description: "What the passage must match, 1 to 1,000 characters." })
  text!: string;

  @Field(() => TextMode, { nullable: true, description: "How `text` is compared; WORDS when absent." })
  mode?: TextMode | null;

  @Field(() => [ID], { nullable: true, description: "Only in these documents." })
  documentIds?: string[] | null;

  @Field(() => DocumentFilter, { nullable: true, description: "Only in documents like these." })
  documents?: DocumentFilter | null;

  @Field(() => [ID], { nullable: true, description: "Only touched by an annotation of one of these labels." })
  labels?: string[] | null;

  @Field(() => [ID], {
    nullable: true,
    description: "Only touched by an annotation of one of these people; with `labels` too, by the same one.",
  })
  createdBy?: string[] | null;
}

export const { Edge: PassageEdge, Connection: PassageConnection } = connectionTypes(
  "Passage",
  () => PassageType,
);
