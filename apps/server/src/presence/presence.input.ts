/** What the mutations of presence take. */
import { Field, ID, InputType } from "type-graphql";
import { FragmentInput } from "../graphql/fragment.input.ts";

const NOT_REMEMBERED =
  "Answered as it was sent and not remembered: presence is stored nowhere, and saying the same again is how one stays.";

@InputType({
  description:
    "Where somebody is in a document, the whole of it each time: what is absent counts as null. To be said again every 4 s, also unchanged.",
})
export class SetPresenceInput {
  @Field(() => String, { nullable: true, description: NOT_REMEMBERED })
  clientMutationId?: string | null;

  @Field(() => ID, { description: "The document." })
  documentId!: string;

  @Field(() => ID, {
    description:
      "A UUID that the client makes for each tab or program. At most 10 of a person at a document.",
  })
  tabId!: string;

  @Field(() => FragmentInput, { nullable: true, description: "The part of the text on the screen." })
  reading?: FragmentInput | null;

  @Field(() => [FragmentInput], {
    nullable: true,
    description: "What is selected: at most 20 in text order that do not touch or overlap.",
  })
  selection?: FragmentInput[] | null;

  @Field(() => ID, {
    nullable: true,
    description: "The annotation that is open, a UUID; whether there is one is not looked up.",
  })
  annotationId?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: "That annotation is being changed; needs `annotationId`.",
  })
  editing?: boolean | null;
}

@InputType({ description: "Which tab leaves." })
export class LeavePresenceInput {
  @Field(() => String, { nullable: true, description: NOT_REMEMBERED })
  clientMutationId?: string | null;

  @Field(() => ID, { description: "The document." })
  documentId!: string;

  @Field(() => ID, { description: "The tab, as it called itself." })
  tabId!: string;
}
