/** Documents as the API shows them. */
import { GraphQLDateTime, GraphQLJSONObject } from "graphql-scalars";
import { Field, ID, Int, ObjectType } from "type-graphql";
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

  @Field(() => Int, {
    description:
      "Number of the last stored change to the document's shared layer; 0 before the first. Each change adds exactly one. A document that arrives with annotations starts at 0 with them: what comes with the text is not a change and is not replayed. Read the document, then subscribe from its revision.",
  })
  revision!: number;
}

export const { Edge: DocumentEdge, Connection: DocumentConnection } = connectionTypes(
  "Document",
  () => DocumentType,
);
