/** What mutations of labels and relation types take. */
import { Field, ID, InputType, Int } from "type-graphql";
import { LabelColor } from "../generated/prisma/enums.ts";
import { REPEATABLE } from "../graphql/repeatable.ts";
import { AttributeKind } from "./codebook.type.ts";

const VERSION =
  "The version it was made from; a stale one is CONFLICT with extensions.current, which names who changed it.";
const SHORTCUT =
  "One letter or digit, in either case, that no other label of the project has; commands of the workbench never need a bare one.";
const ENDS = "Labels of the project; an empty list takes any label.";

@InputType({ description: "A value that annotations with a label may carry." })
export class AttributeDefinitionInput {
  @Field(() => String, {
    description: "1 to 200 characters, unique in the label; values are stored under it.",
  })
  key!: string;

  @Field(() => String, { description: "1 to 200 characters." })
  name!: string;

  @Field(() => AttributeKind, { description: "What values it takes." })
  kind!: keyof typeof AttributeKind;

  @Field(() => [String], {
    nullable: true,
    description: "What a CHOICE chooses from, 1 to 200, each once; for other kinds empty or absent.",
  })
  choices?: string[] | null;

  @Field(() => Boolean, { nullable: true, description: "false when absent." })
  required?: boolean | null;
}

@InputType({ description: "A new label; it stands last." })
export class CreateLabelInput {
  @Field(() => String, { nullable: true, description: REPEATABLE })
  clientMutationId?: string | null;

  @Field(() => ID, { nullable: true, description: "The client's own UUID, answered in lower case." })
  id?: string | null;

  @Field(() => ID, { description: "Where it belongs." })
  projectId!: string;

  @Field(() => String, {
    nullable: true,
    description: "1 to 200 characters, unique in the project, for ever; made from the name when absent.",
  })
  key?: string | null;

  @Field(() => String, { description: "1 to 200 characters." })
  name!: string;

  @Field(() => LabelColor, { description: "One of the eight hues." })
  color!: LabelColor;

  @Field(() => String, { nullable: true, description: SHORTCUT })
  shortcut?: string | null;

  @Field(() => String, { nullable: true, description: "At most 4,000 characters." })
  description?: string | null;

  @Field(() => ID, { nullable: true, description: "The label of the project that it is a kind of." })
  parentId?: string | null;

  @Field(() => [AttributeDefinitionInput], { nullable: true, description: "At most 50, in their order." })
  attributes?: AttributeDefinitionInput[] | null;
}

@InputType({
  description:
    "Changes to a label; absent fields stay as they are. Values that no longer fit stay stored with their annotations; they are checked when the attributes of that annotation are next changed.",
})
export class UpdateLabelInput {
  @Field(() => String, { nullable: true, description: REPEATABLE })
  clientMutationId?: string | null;

  @Field(() => ID, { description: "The label." })
  id!: string;

  @Field(() => Int, { description: VERSION })
  expectedVersion!: number;

  @Field(() => String, { nullable: true, description: "1 to 200 characters." })
  name?: string;

  @Field(() => LabelColor, { nullable: true, description: "One of the eight hues." })
  color?: LabelColor;

  @Field(() => String, { nullable: true, description: `${SHORTCUT} null takes it away.` })
  shortcut?: string | null;

  @Field(() => String, { nullable: true, description: "At most 4,000 characters." })
  description?: string;

  @Field(() => ID, {
    nullable: true,
    description: "The label of the project that it is a kind of, none below it; null for none.",
  })
  parentId?: string | null;

  @Field(() => [AttributeDefinitionInput], {
    nullable: true,
    description: "Replaces the whole list, at most 50.",
  })
  attributes?: AttributeDefinitionInput[];

  @Field(() => Boolean, { nullable: true, description: "true puts it away, false offers it again." })
  archived?: boolean;
}

@InputType({ description: "Gives a label another place in the codebook's order." })
export class MoveLabelInput {
  @Field(() => String, { nullable: true, description: REPEATABLE })
  clientMutationId?: string | null;

  @Field(() => ID, { description: "The label." })
  id!: string;

  @Field(() => ID, {
    nullable: true,
    description: "The label of the project before which it is to stand; null for the end.",
  })
  beforeId?: string | null;
}

@InputType({ description: "Which label to delete." })
export class DeleteLabelInput {
  @Field(() => String, { nullable: true, description: REPEATABLE })
  clientMutationId?: string | null;

  @Field(() => ID, { description: "The label." })
  id!: string;

  @Field(() => Int, { description: VERSION })
  expectedVersion!: number;
}

@InputType({
  description:
    "Gives all annotations of a label another one. The merged label stays, archived, and names its heir. Values that the heir has no definitions for stay stored.",
})
export class MergeLabelInput {
  @Field(() => String, { nullable: true, description: REPEATABLE })
  clientMutationId?: string | null;

  @Field(() => ID, { description: "The label that goes." })
  id!: string;

  @Field(() => ID, { description: "Its heir: another label of the project that is not archived." })
  intoId!: string;

  @Field(() => Boolean, {
    nullable: true,
    description:
      "The heir takes the label's place in relation types. Where it may not stand there yet, the type takes a label more; without true here that is BAD_USER_INPUT, naming the types.",
  })
  widenRelationTypes?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: "Only says what would happen; changes nothing." })
  dryRun?: boolean | null;
}

@InputType({ description: "A new relation type; it stands last." })
export class CreateRelationTypeInput {
  @Field(() => String, { nullable: true, description: REPEATABLE })
  clientMutationId?: string | null;

  @Field(() => ID, { nullable: true, description: "The client's own UUID, answered in lower case." })
  id?: string | null;

  @Field(() => ID, { description: "Where it belongs." })
  projectId!: string;

  @Field(() => String, {
    nullable: true,
    description: "1 to 200 characters, unique in the project, for ever; made from the name when absent.",
  })
  key?: string | null;

  @Field(() => String, { description: "1 to 200 characters." })
  name!: string;

  @Field(() => [ID], { description: ENDS })
  sourceLabelIds!: string[];

  @Field(() => [ID], { description: ENDS })
  targetLabelIds!: string[];
}

@InputType({
  description:
    "Changes to a relation type; absent fields stay as they are. Relations that no longer fit stay, and count when their annotations are next relabelled.",
})
export class UpdateRelationTypeInput {
  @Field(() => String, { nullable: true, description: REPEATABLE })
  clientMutationId?: string | null;

  @Field(() => ID, { description: "The relation type." })
  id!: string;

  @Field(() => Int, { description: VERSION })
  expectedVersion!: number;

  @Field(() => String, { nullable: true, description: "1 to 200 characters." })
  name?: string;

  @Field(() => [ID], { nullable: true, description: ENDS })
  sourceLabelIds?: string[];

  @Field(() => [ID], { nullable: true, description: ENDS })
  targetLabelIds?: string[];

  @Field(() => Boolean, { nullable: true, description: "true puts it away, false offers it again." })
  archived?: boolean;
}

@InputType({ description: "Which relation type to delete." })
export class DeleteRelationTypeInput {
  @Field(() => String, { nullable: true, description: REPEATABLE })
  clientMutationId?: string | null;

  @Field(() => ID, { description: "The relation type." })
  id!: string;

  @Field(() => Int, { description: VERSION })
  expectedVersion!: number;
}
