/** Projects: GraphQL to use cases. */

import { GraphQLDateTime } from "graphql-scalars";
import {
  Arg,
  Ctx,
  Field,
  FieldResolver,
  ID,
  Int,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
} from "type-graphql";
import { may } from "../access/access.policy.ts";
import { roleIn } from "../access/access.service.ts";
import type { LabelRow, RelationTypeRow } from "../codebook/codebook.queries.ts";
import { LabelType, RelationTypeType } from "../codebook/codebook.type.ts";
import { type Context, viewerOf } from "../context.ts";
import { type DeletedDocumentRow, documentsOfProject } from "../document/document.queries.ts";
import { DeletedDocumentType, DocumentConnection } from "../document/document.type.ts";
import { notFound } from "../errors.ts";
import { Role } from "../generated/prisma/enums.ts";
import { checkStorable, uuid } from "../graphql/input-checks.ts";
import { After, First } from "../graphql/page-args.ts";
import { type MemberRow, MemberType, UserType } from "../people/people.type.ts";
import { documentConditions } from "../search/document-conditions.ts";
import { DocumentFilter } from "../search/search-filters.type.ts";
import { purgeTime } from "./deleted-things.ts";
import {
  CreateProjectInput,
  DeleteProjectInput,
  RestoreProjectInput,
  UpdateProjectInput,
} from "./project.input.ts";
import {
  type DeletedProjectRow,
  deletedProjectsOf,
  type ProjectRow,
  projectsOfPerson,
} from "./project.queries.ts";
import {
  createProject,
  deleteProject,
  type ProjectOutcome,
  restoreProject,
  updateProject,
} from "./project.service.ts";
import { DeletedProjectType, ProjectConnection, ProjectType } from "./project.type.ts";
import { reviveProject } from "./stored-project.ts";

const ARCHIVED = "Only archived ones, or only those in use; null for both.";

@ObjectType({ description: "A project after a mutation." })
class ProjectPayload {
  @Field(() => String, { nullable: true, description: "As it was sent." })
  clientMutationId?: string | null;

  @Field(() => ProjectType, { description: "The project as the mutation left it." })
  project!: ProjectRow;
}

@ObjectType({ description: "A deleted project." })
class DeleteProjectPayload {
  @Field(() => String, { nullable: true, description: "As it was sent." })
  clientMutationId?: string | null;

  @Field(() => ID, { description: "The project that was deleted." })
  projectId!: string;
}

@Resolver(() => ProjectType)
export class ProjectResolver {
  @Query(() => ProjectConnection, { description: "The viewer's projects, by name, then id." })
  projects(
    @Ctx() ctx: Context,
    @First(50) first: number | null,
    @After() after: string | null,
    @Arg("archived", () => Boolean, { nullable: true, description: ARCHIVED }) archived: boolean | null,
  ) {
    return projectsOfPerson(ctx.db.prisma, viewerOf(ctx).id, archived ?? undefined, first, after);
  }

  @Query(() => [DeletedProjectType], {
    description: "Deleted projects that the viewer owns and can still bring back, the latest first.",
  })
  deletedProjects(@Ctx() ctx: Context): Promise<DeletedProjectRow[]> {
    return deletedProjectsOf(ctx.db.prisma, viewerOf(ctx).id);
  }

  @Query(() => ProjectType, {
    nullable: true,
    description: "A project; null when there is none or the viewer may not know of it.",
  })
  async project(
    @Ctx() ctx: Context,
    @Arg("id", () => ID, { description: "The project." }) id: string,
  ): Promise<ProjectRow | null> {
    const projectId = uuid(id, "id");
    const role = await roleIn(ctx.db.prisma, viewerOf(ctx).id, projectId);
    return role === null ? null : ctx.loaders.project.load(projectId);
  }

  @Mutation(() => ProjectPayload, {
    description: "Makes a project with the default codebook; the viewer becomes its owner.",
  })
  async createProject(
    @Ctx() ctx: Context,
    @Arg("input", { description: "What to make." }) input: CreateProjectInput,
  ): Promise<ProjectPayload> {
    return payload(input, await createProject(ctx, input));
  }

  @Mutation(() => ProjectPayload, {
    description: "Changes a project's name, description or guidelines, or archives it.",
  })
  async updateProject(
    @Ctx() ctx: Context,
    @Arg("input", { description: "What to change." }) input: UpdateProjectInput,
  ): Promise<ProjectPayload> {
    return payload(input, await updateProject(ctx, input));
  }

  @Mutation(() => DeleteProjectPayload, {
    description: "Deletes a project with all that is in it, for everybody; restoreProject brings it back.",
  })
  async deleteProject(
    @Ctx() ctx: Context,
    @Arg("input", { description: "What to delete." }) input: DeleteProjectInput,
  ): Promise<DeleteProjectPayload> {
    return { clientMutationId: input.clientMutationId ?? null, ...(await deleteProject(ctx, input)) };
  }

  @Mutation(() => ProjectPayload, {
    description: "Brings a deleted project back with all that was in it, within 30 days.",
  })
  async restoreProject(
    @Ctx() ctx: Context,
    @Arg("input", { description: "What to restore." }) input: RestoreProjectInput,
  ): Promise<ProjectPayload> {
    return payload(input, await restoreProject(ctx, input));
  }

  @FieldResolver(() => [LabelType], { description: "The codebook's labels in order, archived ones too." })
  labels(@Root() project: ProjectRow, @Ctx() ctx: Context): Promise<LabelRow[]> {
    return ctx.loaders.labelsOfProject.load(project.id);
  }

  @FieldResolver(() => [RelationTypeType], { description: "The links that the codebook allows, in order." })
  relationTypes(@Root() project: ProjectRow, @Ctx() ctx: Context): Promise<RelationTypeRow[]> {
    return ctx.loaders.relationTypesOfProject.load(project.id);
  }

  @FieldResolver(() => [MemberType], { description: "Who works here: owners first, then by name." })
  async members(@Root() project: ProjectRow, @Ctx() ctx: Context): Promise<MemberRow[]> {
    const members = await ctx.loaders.membersOfProject.load(project.id);
    const viewerId = viewerOf(ctx).id;
    const viewerOwns = members.some(({ personId, role }) => personId === viewerId && role === "OWNER");
    return members.map(({ personId, name, role, email }) => ({
      user: { id: personId, name },
      role,
      viewerOwns,
      email: viewerOwns || personId === viewerId ? email : null,
    }));
  }

  @FieldResolver(() => Role, { description: "What the viewer may do here." })
  async viewerRole(@Root() project: ProjectRow, @Ctx() ctx: Context): Promise<Role> {
    const role = await ctx.loaders.viewerRole.load(project.id);
    if (role === null) throw notFound("project");
    return role;
  }

  @FieldResolver(() => Int, { description: "Annotations in the shared layers of all documents." })
  async annotationCount(@Root() project: ProjectRow, @Ctx() ctx: Context): Promise<number> {
    return (await ctx.loaders.projectFigures.load(project.id)).annotationCount;
  }

  @FieldResolver(() => GraphQLDateTime, {
    description: "The last change to the project's documents or their annotations.",
  })
  async changedAt(@Root() project: ProjectRow, @Ctx() ctx: Context): Promise<Date> {
    return (await ctx.loaders.projectFigures.load(project.id)).changedAt;
  }

  @FieldResolver(() => [UserType], {
    description: "Who changed something here in the last seven days, the latest first, at most eight.",
  })
  recentPeople(@Root() project: ProjectRow, @Ctx() ctx: Context) {
    return ctx.loaders.recentPeople.load(project.id);
  }

  @FieldResolver(() => DocumentConnection, {
    description: "In import order; `query` is a substring of the title.",
  })
  async documents(
    @Root() project: ProjectRow,
    @Ctx() ctx: Context,
    @First(50) first: number | null,
    @After() after: string | null,
    @Arg("query", () => String, { nullable: true, description: "Part of the title, in any case." }) query:
      | string
      | null,
    @Arg("archived", () => Boolean, { nullable: true, description: ARCHIVED }) archived: boolean | null,
    @Arg("filter", () => DocumentFilter, { nullable: true, description: "Which of them." })
    filter: DocumentFilter | null,
  ) {
    checkStorable(query, "query");
    checkStorable(filter, "filter");
    const wanted = {
      projectId: project.id,
      query: query ?? undefined,
      archived: archived ?? undefined,
      conditions: await documentConditions(ctx, project.id, filter, "filter"),
    };
    return documentsOfProject(ctx.db.prisma, wanted, first, after);
  }

  @FieldResolver(() => [DeletedDocumentType], {
    nullable: true,
    description:
      "Deleted documents that can still be brought back, the latest first; for curators and owners, else null.",
  })
  async deletedDocuments(
    @Root() project: ProjectRow,
    @Ctx() ctx: Context,
  ): Promise<DeletedDocumentRow[] | null> {
    const role = await ctx.loaders.viewerRole.load(project.id);
    if (role === null || !may(role, "retireDocuments")) return null;
    return ctx.loaders.deletedDocumentsOfProject.load(project.id);
  }
}

@Resolver(() => DeletedProjectType)
export class DeletedProjectResolver {
  @FieldResolver(() => UserType, { nullable: true, description: "Who deleted it." })
  deletedBy(@Root() project: DeletedProjectRow, @Ctx() ctx: Context) {
    return project.deletedBy === null ? null : ctx.loaders.person.load(project.deletedBy);
  }

  @FieldResolver(() => GraphQLDateTime, { description: "When it goes for good." })
  purgeAt(@Root() { deletedAt }: DeletedProjectRow): Date {
    return purgeTime(deletedAt);
  }
}

function payload(input: { clientMutationId?: string | null }, { project }: ProjectOutcome): ProjectPayload {
  return { clientMutationId: input.clientMutationId ?? null, project: reviveProject(project) };
}
