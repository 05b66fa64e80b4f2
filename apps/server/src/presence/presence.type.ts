/** Who is at a document, as subscribers see it. */
import { GraphQLDateTime } from "graphql-scalars";
import { Field, ID, Int, ObjectType } from "type-graphql";
import { FragmentType } from "../annotation/annotation.type.ts";
import { UserType } from "../people/people.type.ts";

@ObjectType("PresentTab", {
  description: "A person at a document, in one tab or program: where they read, what they select and edit.",
})
export class PresentTabType {
  @Field(() => ID, { description: "The tab's own UUID, as its client sent it." })
  tabId!: string;

  @Field(() => UserType, { description: "Who it is. A person with two tabs is here twice." })
  user!: UserType;

  @Field(() => FragmentType, {
    nullable: true,
    description: "The part of the text on their screen; null when they don't say.",
  })
  reading!: FragmentType | null;

  @Field(() => [FragmentType], { description: "What they have selected, in text order; empty for nothing." })
  selection!: FragmentType[];

  @Field(() => ID, {
    nullable: true,
    description: "The annotation they have open. As their client said it: it may be gone.",
  })
  annotationId!: string | null;

  @Field(() => Boolean, { description: "They are changing that annotation and have not saved yet." })
  editing!: boolean;
}

@ObjectType("DocumentPresence", {
  description:
    "Who is at a document. A tab that says nothing for 10 s is no longer here. Nothing of this is stored.",
})
export class DocumentPresenceType {
  @Field(() => ID, { description: "The document." })
  documentId!: string;

  @Field(() => [PresentTabType], {
    description: "The 50 tabs that changed last, the latest first; the asking one among them.",
  })
  tabs!: PresentTabType[];

  @Field(() => Int, { description: "How many tabs there are in all." })
  tabCount!: number;

  @Field(() => Int, { description: "How many people they belong to." })
  personCount!: number;
}

@ObjectType({ description: "What was said is known to the others, or will be within a tenth of a second." })
export class SetPresencePayload {
  @Field(() => String, { nullable: true, description: "As it was sent." })
  clientMutationId?: string | null;

  @Field(() => GraphQLDateTime, { description: "When the tab is forgotten unless it says something again." })
  expiresAt!: Date;
}

@ObjectType({ description: "The tab is no longer here." })
export class LeavePresencePayload {
  @Field(() => String, { nullable: true, description: "As it was sent." })
  clientMutationId?: string | null;

  @Field(() => ID, { description: "The tab that left." })
  tabId!: string;
}
