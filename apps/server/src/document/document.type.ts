/** Documents as the API shows them. */
import { GraphQLDateTime, GraphQLJSONObject } from "graphql-scalars";
import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { connectionTypes } from "../graphql/connection.type.ts";

@ObjectType("Document", {
  description:
    "A text that never changes once imported. Every position in this API counts Unicode code points from the start of `text`, `end` exclusive, as the W3C Web Annotation TextPositionSelector does.",
})
export class DocumentType {
  @Field(() => ID, { description: "UUID." })
  id!: string;

  @Field(() => String, { description: "What people call it." })
  title!: string;

  @Field(() => Int, { description: "Code points in `text`." })
  length!: number;

  @Field(() => String, { nullable: true, description: "Language tag (BCP 47); null when unknown." })
  language!: string | null;

  @Field(() => GraphQLJSONObject, { description: "Whatever its source told of it: source, date, author." })
  metadata!: object;

  @Field(() => GraphQLDateTime, { description: "When it was imported." })
  createdAt!: Date;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description:
      "When it was put away; nothing about it changes until it is taken out again. Null while it is in use.",
  })
  archivedAt!: Date | null;

  @Field(() => Int, {
    description:
      "Number of the last stored change to the document's shared layer; 0 before the first. Each change adds exactly one. A document that arrives with annotations starts at 0 with them: what comes with the text is not a change and is not replayed. Read the document, then subscribe from its revision.",
  })
  revision!: number;
}

@ObjectType("DeletedDocument", { description: "A document that was deleted less than 30 days ago." })
export class DeletedDocumentType {
  @Field(() => ID, { description: "UUID." })
  id!: string;

  @Field(() => String, { description: "What people called it." })
  title!: string;

  @Field(() => GraphQLDateTime, { description: "When it was deleted." })
  deletedAt!: Date;
}

/** Why an annotation was not carried over to a corrected text. */
export const NotCarriedReason = { NOT_FOUND: "NOT_FOUND", AMBIGUOUS: "AMBIGUOUS" } as const;

registerEnumType(NotCarriedReason, {
  name: "NotCarriedReason",
  description: "The quote is not in the new text, or stands in several places that fit equally well.",
  valuesConfig: {
    NOT_FOUND: { description: "The quote is not in the new text." },
    AMBIGUOUS: { description: "The quote stands in several places that fit equally well." },
  },
});

@ObjectType("NotCarried", { description: "An annotation that had no place in a corrected text." })
export class NotCarriedType {
  @Field(() => ID, { description: "In the previous version." })
  annotationId!: string;

  @Field(() => String, { description: "What it stood on; its first 1,000 characters where it is longer." })
  quote!: string;

  @Field(() => NotCarriedReason, { description: "Why it was left behind." })
  reason!: keyof typeof NotCarriedReason;
}

export const { Edge: DocumentEdge, Connection: DocumentConnection } = connectionTypes(
  "Document",
  () => DocumentType,
);
