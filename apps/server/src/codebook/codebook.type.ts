/** Labels and relation types as the API shows them. */
import { GraphQLDateTime } from "graphql-scalars";
import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { LabelColor } from "../generated/prisma/enums.ts";

registerEnumType(LabelColor, {
  name: "LabelColor",
  description: "One of eight hues, each legible as text and line in both themes.",
  valuesConfig: {
    INDIGO: { description: "Blue violet." },
    RUST: { description: "Red orange." },
    GREEN: { description: "Green." },
    PURPLE: { description: "Purple." },
    ROSE: { description: "Pink red." },
    TEAL: { description: "Blue green." },
    OLIVE: { description: "Yellow green." },
    STONE: { description: "Grey." },
  },
});

/** How the value of an attribute is entered and checked. */
export const AttributeKind = {
  BOOLEAN: "BOOLEAN",
  TEXT: "TEXT",
  NUMBER: "NUMBER",
  DATE: "DATE",
  CHOICE: "CHOICE",
} as const;

registerEnumType(AttributeKind, {
  name: "AttributeKind",
  description: "How the value of an attribute is entered and checked.",
  valuesConfig: {
    BOOLEAN: { description: "true or false." },
    TEXT: { description: "Free text." },
    NUMBER: { description: "A finite number." },
    DATE: { description: "A calendar day, YYYY-MM-DD." },
    CHOICE: { description: "One of the choices." },
  },
});

@ObjectType("AttributeDefinition", { description: "A value that annotations with a label may carry." })
export class AttributeDefinitionType {
  @Field(() => String, { description: "Stable machine name, unique in the label: 'stance'." })
  key!: string;

  @Field(() => String, { description: "What people read." })
  name!: string;

  @Field(() => AttributeKind, { description: "What values it takes." })
  kind!: keyof typeof AttributeKind;

  @Field(() => [String], { description: "What a CHOICE chooses from; else empty." })
  choices!: string[];

  @Field(() => Boolean, {
    description: "Without it an annotation is shown as incomplete; it is never refused.",
  })
  required!: boolean;
}

@ObjectType("EmptyAttribute", { description: "Annotations that could carry a value and don't." })
export class EmptyAttributeType {
  @Field(() => String, { description: "The attribute's key." })
  key!: string;

  @Field(() => Int, { description: "Annotations without a value for it." })
  annotationCount!: number;
}

@ObjectType("LabelUsage", {
  description: "How much a label is used in the shared layers of the project's documents, archived ones too.",
})
export class LabelUsageType {
  @Field(() => Int, { description: "Annotations with the label." })
  annotationCount!: number;

  @Field(() => Int, { description: "Documents with such an annotation." })
  documentCount!: number;

  @Field(() => Int, { description: "People who made such an annotation." })
  annotatorCount!: number;

  @Field(() => [EmptyAttributeType], { description: "One for each of the label's attributes, in its order." })
  emptyAttributes!: EmptyAttributeType[];
}

@ObjectType("Label", {
  description:
    "A tag of the project's codebook. A new project starts with speaker, claim, initiative and agreement.",
})
export class LabelType {
  @Field(() => ID, { description: "UUID." })
  id!: string;

  @Field(() => String, { description: "Stable machine name, unique in the project: 'claim'." })
  key!: string;

  @Field(() => String, { description: "What people read." })
  name!: string;

  @Field(() => LabelColor, {
    description: "One of eight hues, each legible as text and line in both themes.",
  })
  color!: LabelColor;

  @Field(() => String, {
    nullable: true,
    description: "One key that applies the label, unique in the project.",
  })
  shortcut!: string | null;

  @Field(() => String, { description: "When to use it." })
  description!: string;

  @Field(() => [AttributeDefinitionType], {
    description: "Values that annotations with this label may carry.",
  })
  attributes!: AttributeDefinitionType[];

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "Set when no longer offered; annotations keep it.",
  })
  archivedAt!: Date | null;

  @Field(() => Int, {
    description: "One more with each change to what it says; moving it in the order is not counted.",
  })
  version!: number;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "When it was last changed; null since it came into the project.",
  })
  updatedAt!: Date | null;
}

@ObjectType("RelationType", {
  description: "A typed, directed link that the codebook allows: speaker —states→ claim.",
})
export class RelationTypeType {
  @Field(() => ID, { description: "UUID." })
  id!: string;

  @Field(() => String, { description: "Stable machine name, unique in the project: 'states'." })
  key!: string;

  @Field(() => String, { description: "What people read between source and target." })
  name!: string;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "Set when no longer offered; relations keep it.",
  })
  archivedAt!: Date | null;

  @Field(() => Int, { description: "One more with each change." })
  version!: number;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "When it was last changed; null since it came into the project.",
  })
  updatedAt!: Date | null;
}
