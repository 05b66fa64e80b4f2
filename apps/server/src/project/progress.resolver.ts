/** How far a team is with a project: GraphQL to its reading. */
import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { Context } from "../context.ts";
import { UserType } from "../people/people.type.ts";
import type { PersonProgressRow, ProjectProgressRow } from "./progress.queries.ts";
import { PersonProgressType, ProjectProgressType } from "./progress.type.ts";
import type { ProjectRow } from "./project.queries.ts";
import { ProjectType } from "./project.type.ts";

@Resolver(() => ProjectType)
export class ProgressResolver {
  @FieldResolver(() => ProjectProgressType, { description: "How far the team is with the documents." })
  progress(@Root() project: ProjectRow, @Ctx() ctx: Context): Promise<ProjectProgressRow> {
    return ctx.loaders.progressOfProject.load(project.id);
  }
}

@Resolver(() => ProjectProgressType)
export class ProjectProgressResolver {
  @FieldResolver(() => [PersonProgressType], {
    description: "How far each of them is, by name, also who has not begun.",
  })
  people(@Root() { projectId }: ProjectProgressRow, @Ctx() ctx: Context): Promise<PersonProgressRow[]> {
    return ctx.loaders.peopleOfProgress.load(projectId);
  }
}

@Resolver(() => PersonProgressType)
export class PersonProgressResolver {
  @FieldResolver(() => UserType, { description: "Who." })
  user(@Root() { personId }: PersonProgressRow, @Ctx() ctx: Context) {
    return ctx.loaders.person.load(personId);
  }
}
