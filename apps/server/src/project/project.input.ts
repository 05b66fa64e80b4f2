/** What project mutations take. */
import { Field, ID, InputType } from "type-graphql";
import { REPEATABLE } from "../graphql/repeatable.ts";

@InputType({ description: "A new project." })
export class CreateProjectInput {
  @Field(() => String, { nullable: true, description: REPEATABLE })
  clientMutationId?: string | null;

  @Field(() => String, { description: "1 to 200 characters." })
  name!: string;

  @Field(() => String, { nullable: true, description: "At most 4,000 characters." })
  description?: string | null;
}

@InputType({ description: "Changes to a project; absent fields stay as they are." })
export class UpdateProjectInput {
  @Field(() => String, { nullable: true, description: REPEATABLE })
  clientMutationId?: string | null;

  @Field(() => ID, { description: "The project." })
  id!: string;

  @Field(() => String, { nullable: true, description: "1 to 200 characters." })
  name?: string;

  @Field(() => String, { nullable: true, description: "At most 4,000 characters." })
  description?: string;

  @Field(() => String, { nullable: true, description: "Markdown, at most 200,000 characters." })
  guidelines?: string;

  @Field(() => Boolean, { nullable: true, description: "true puts it away, false takes it out again." })
  archived?: boolean;
}

@InputType({ description: "Which project to delete." })
export class DeleteProjectInput {
  @Field(() => String, { nullable: true, description: REPEATABLE })
  clientMutationId?: string | null;

  @Field(() => ID, { description: "The project." })
  id!: string;
}

@InputType({
  description: "Brings back a project that was deleted less than 30 days ago, with all that was in it.",
})
export class RestoreProjectInput {
  @Field(() => String, { nullable: true, description: REPEATABLE })
  clientMutationId?: string | null;

  @Field(() => ID, { description: "The project." })
  id!: string;
}
