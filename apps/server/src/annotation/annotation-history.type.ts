/** What has become of an annotation, as the API shows it. */
import { GraphQLDateTime } from "graphql-scalars";
import { Field, Int, ObjectType, registerEnumType } from "type-graphql";
import { connectionTypes } from "../graphql/connection.type.ts";

/** What was done to an annotation. */
const AnnotationEventKind = {
  CREATED: "CREATED",
  CHANGED: "CHANGED",
  DELETED: "DELETED",
  RESTORED: "RESTORED",
} as const;

registerEnumType(AnnotationEventKind, {
  name: "AnnotationEventKind",
  description: "What was done to an annotation.",
  valuesConfig: {
    CREATED: { description: "It was made." },
    CHANGED: { description: "Its label, place, attributes or note changed." },
    DELETED: { description: "It was deleted." },
    RESTORED: { description: "It was brought back." },
  },
});

/** What of an annotation has changed. */
const AnnotationPart = {
  LABEL: "LABEL",
  PLACE: "PLACE",
  ATTRIBUTES: "ATTRIBUTES",
  NOTE: "NOTE",
} as const;

registerEnumType(AnnotationPart, {
  name: "AnnotationPart",
  description: "What of an annotation has changed.",
  valuesConfig: {
    LABEL: { description: "Its label." },
    PLACE: { description: "Its span." },
    ATTRIBUTES: { description: "Its values." },
    NOTE: { description: "Its note." },
  },
});

@ObjectType("AnnotationEvent", { description: "One thing that was done to an annotation." })
export class AnnotationEventType {
  @Field(() => Int, { description: "The document's, after it." })
  revision!: number;

  @Field(() => GraphQLDateTime, { description: "When it was stored." })
  at!: Date;

  @Field(() => AnnotationEventKind, { description: "What was done." })
  kind!: keyof typeof AnnotationEventKind;

  @Field(() => [AnnotationPart], {
    nullable: true,
    description: "What differs from the event before; null where the log does not know the state before.",
  })
  parts!: (keyof typeof AnnotationPart)[] | null;
}

export const { Edge: AnnotationEventEdge, Connection: AnnotationEventConnection } = connectionTypes(
  "AnnotationEvent",
  () => AnnotationEventType,
);
