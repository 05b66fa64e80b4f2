/** A project's activity: GraphQL to its reading. */
import { Arg, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { Context } from "../context.ts";
import { DocumentType } from "../document/document.type.ts";
import { uuids } from "../graphql/input-checks.ts";
import { After, First } from "../graphql/page-args.ts";
import { UserType } from "../people/people.type.ts";
import { type ActivityRow, activityOfProject } from "./activity.queries.ts";
import { ActivityConnection, ActivityFilterInput, ActivityType } from "./activity.type.ts";
import type { ProjectRow } from "./project.queries.ts";
import { ProjectType } from "./project.type.ts";

@Resolver(() => ProjectType)
export class ProjectActivityResolver {
  @FieldResolver(() => ActivityConnection, {
    description:
      "Who did what when, the latest first: over what is said about the documents and over the project's own data. What came in with a text is no activity, nor is what was done in deleted documents.",
  })
  activity(
    @Root() project: ProjectRow,
    @Ctx() ctx: Context,
    @First(50) first: number | null,
    @After() after: string | null,
    @Arg("filter", () => ActivityFilterInput, { nullable: true, description: "Which of it." })
    filter: ActivityFilterInput | null,
  ) {
    const wanted = {
      projectId: project.id,
      people: uuids(filter?.people, "filter.people"),
      documents: uuids(filter?.documents, "filter.documents"),
      kinds: filter?.kinds ?? undefined,
      since: filter?.since ?? undefined,
      until: filter?.until ?? undefined,
    };
    return activityOfProject(ctx.db.prisma, wanted, first, after);
  }
}

@Resolver(() => ActivityType)
export class ActivityResolver {
  @FieldResolver(() => UserType, { description: "Who did it." })
  author(@Root() { authorId }: ActivityRow, @Ctx() ctx: Context) {
    return ctx.loaders.person.load(authorId);
  }

  @FieldResolver(() => DocumentType, {
    nullable: true,
    description: "The document that it is about; null where it is about none, several, or one that is gone.",
  })
  document(@Root() { documentId }: ActivityRow, @Ctx() ctx: Context) {
    return documentId === null ? null : ctx.loaders.livingDocument.load(documentId);
  }
}
