/** How far a team is with a project, as the API shows it. */
import { Field, Int, ObjectType } from "type-graphql";

@ObjectType("ProjectProgress", {
  description:
    "How far the team is with a project's documents: those in use, and of people those who may annotate.",
})
export class ProjectProgressType {
  @Field(() => Int, { description: "Documents in use." })
  documentCount!: number;

  @Field(() => [Int], {
    description:
      "Documents by how many people say that they are done with them: first those that nobody is done with, then those of one person, and so on.",
  })
  doneBy!: number[];
}

@ObjectType("PersonProgress", {
  description: "How far one person is with a project's documents; with the others nothing was done.",
})
export class PersonProgressType {
  @Field(() => Int, { description: "Documents that they are done with." })
  done!: number;

  @Field(() => Int, { description: "Documents in progress." })
  inProgress!: number;
}
