/** Projects as the API shows them. */
import { GraphQLDateTime } from "graphql-scalars";
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
      "Bumped by every change to the project's own data: header, codebook, guidelines, members, documents' headers, who is how far with them.",
  })
  revision!: number;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description:
      "When it was put away; nothing in it changes until it is taken out again. Null while it is in use.",
  })
  archivedAt!: Date | null;
}

@ObjectType("DeletedProject", { description: "A project that was deleted less than 30 days ago." })
export class DeletedProjectType {
  @Field(() => ID, { description: "UUID." })
  id!: string;

  @Field(() => String, { description: "What people called it." })
  name!: string;

  @Field(() => GraphQLDateTime, { description: "When it was deleted." })
  deletedAt!: Date;

  @Field(() => Int, { description: "Documents that come back with it." })
  documentCount!: number;

  @Field(() => Int, { description: "Annotations in the shared layers of those documents." })
  annotationCount!: number;
}

export const { Edge: ProjectEdge, Connection: ProjectConnection } = connectionTypes(
  "Project",
  () => ProjectType,
);
