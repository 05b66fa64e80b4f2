/** Projects as the API shows them. */
import { Field, ID, Int, ObjectType } from "type-graphql";
import { connectionTypes } from "../graphql/connection.type.ts";

@ObjectType("Project", { description: "A corpus, its codebook and the people who work on it." })
export class ProjectType {
  @Field(() => ID, { description: "UUID." })
  id!: string;

  @Field(() => String, { description: "What people call it." })
  name!: string;

  @Field(() => String, { description: "What it is about." })
  description!: string;

  @Field(() => String, { description: "Annotation guidelines, Markdown." })
  guidelines!: string;

  @Field(() => Int, {
    description:
      "Bumped by every change to the project's own data: header, codebook, guidelines, members, documents' headers.",
  })
  revision!: number;
}

export const { Edge: ProjectEdge, Connection: ProjectConnection } = connectionTypes(
  "Project",
  () => ProjectType,
);
