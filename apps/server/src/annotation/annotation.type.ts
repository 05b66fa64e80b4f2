/** Spans, annotations and the changes to them, as the API shows them. */
import { GraphQLDateTime, GraphQLJSONObject } from "graphql-scalars";
import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { Origin } from "../generated/prisma/enums.ts";
import { connectionTypes } from "../graphql/connection.type.ts";

registerEnumType(Origin, {
  name: "Origin",
  description: "Where an annotation comes from.",
  valuesConfig: {
    HUMAN: { description: "A person's hand." },
    IMPORT: { description: "A file." },
    SUGGESTION: { description: "A model." },
  },
});

@ObjectType("Fragment", { description: "A part of a text, in code points, `end` exclusive." })
export class FragmentType {
  @Field(() => Int, { description: "First code point." })
  start!: number;

  @Field(() => Int, { description: "Behind the last code point." })
  end!: number;
}

@ObjectType("Span", {
  description:
    "One place in one document: 1 to 100 fragments in text order that do not touch or overlap. Annotations of the same place share one span.",
})
export class SpanType {
  @Field(() => ID, {
    description:
      "A UUIDv8 made from the document's id and the fragments (SHA-256): the same place has the same id for everybody, before and after it is marked, so it tells nobody that others marked it.",
  })
  id!: string;

  @Field(() => Int, { description: "Start of the first fragment." })
  start!: number;

  @Field(() => Int, { description: "End of the last fragment." })
  end!: number;

  @Field(() => String, { description: "The fragments' text, joined by a space where there are several." })
  quote!: string;

  @Field(() => String, {
    description:
      "Up to 32 code points before, cut back to a grapheme edge, to find the place again in another copy of the text.",
  })
  prefix!: string;

  @Field(() => String, { description: "Up to 32 code points after, cut back to a grapheme edge." })
  suffix!: string;
}

@ObjectType("Annotation", { description: "A label on a span, with what people say of it." })
export class AnnotationType {
  @Field(() => ID, { description: "UUID." })
  id!: string;

  @Field(() => GraphQLJSONObject, { description: "Values for the label's attribute definitions, by key." })
  attributes!: object;

  @Field(() => String, { description: "Free text, at most 20,000 characters." })
  note!: string;

  @Field(() => Origin, { description: "Where it comes from." })
  origin!: Origin;

  @Field(() => GraphQLDateTime, { description: "When it was made." })
  createdAt!: Date;

  @Field(() => GraphQLDateTime, { description: "When it was last changed." })
  updatedAt!: Date;

  @Field(() => Int, { description: "1 when created, one more with each update." })
  version!: number;
}

export const { Edge: AnnotationEdge, Connection: AnnotationConnection } = connectionTypes(
  "Annotation",
  () => AnnotationType,
);
