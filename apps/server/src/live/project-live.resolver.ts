/** The subscription to a project's changes, and the fields of a change that need a look-up. */
import { Arg, Ctx, FieldResolver, ID, Int, Resolver, Root, Subscription } from "type-graphql";
import { requireProject } from "../access/access.service.ts";
import { LabelType, RelationTypeType } from "../codebook/codebook.type.ts";
import { reviveLabel, reviveRelationType } from "../codebook/stored-codebook.ts";
import { type Context, viewerOf } from "../context.ts";
import { DocumentType } from "../document/document.type.ts";
import { badInput } from "../errors.ts";
import { uuid } from "../graphql/input-checks.ts";
import { UserType } from "../people/people.type.ts";
import { ProjectType } from "../project/project.type.ts";
import type {
  ProjectChangeBatch as Batch,
  LoggedProjectChange,
  ProjectChange as StoredChange,
} from "./project-change.ts";
import {
  DocumentSaved,
  DocumentStatusChanged,
  LabelMerged,
  LabelSaved,
  MemberChanged,
  ProjectChange,
  ProjectChangeBatch,
  ProjectSaved,
  RelationTypeSaved,
} from "./project-live.type.ts";

type Logged<Kind extends StoredChange["kind"]> = Extract<LoggedProjectChange, { kind: Kind }>;

async function watchProject(
  ctx: Context,
  args: { projectId: string; afterRevision: number },
): Promise<AsyncIterableIterator<Batch>> {
  const projectId = uuid(args.projectId, "projectId");
  const { afterRevision } = args;
  if (afterRevision < 0)
    throw badInput("afterRevision", `afterRevision must be 0 or more, not ${afterRevision}.`);
  await requireProject(ctx, projectId, "read");
  return ctx.live.projects.watch({ projectId, personId: viewerOf(ctx).id, afterRevision });
}

@Resolver()
export class ProjectLiveResolver {
  @Subscription(() => ProjectChangeBatch, {
    description:
      "Every change to the project's own data with a revision above `afterRevision`, in order, each exactly once, none left out: first those already stored, then new ones as they are committed, on whichever server they were made. Ends with an error of that subscription alone when the viewer loses access (FORBIDDEN) or the project is deleted (NOT_FOUND). `afterRevision` below 0 is BAD_USER_INPUT; above the present revision, or from before the log began, it is REVISION_GONE: read the project again.",
    subscribe: ({ args, context }) =>
      watchProject(context, { projectId: args.projectId, afterRevision: args.afterRevision }),
  })
  projectChanges(
    @Root() batch: Batch,
    @Arg("projectId", () => ID, { description: "The project." }) _projectId: string,
    @Arg("afterRevision", () => Int, { description: "The last revision the caller has." })
    _afterRevision: number,
  ): Batch {
    return batch;
  }
}

@Resolver(() => ProjectChange)
export class ProjectChangeResolver {
  @FieldResolver(() => UserType, { description: "Who made it." })
  author(@Root() change: LoggedProjectChange, @Ctx() ctx: Context) {
    return ctx.loaders.person.load(change.authorId);
  }
}

@Resolver(() => ProjectSaved)
export class ProjectSavedResolver {
  @FieldResolver(() => ProjectType, { description: "The project as it is now." })
  project(@Root() change: LoggedProjectChange, @Ctx() ctx: Context) {
    return ctx.loaders.project.load(change.projectId);
  }
}

@Resolver(() => LabelSaved)
export class LabelSavedResolver {
  @FieldResolver(() => LabelType, { description: "The label as of this revision; a new one stands last." })
  label(@Root() { label }: Logged<"LABEL_SAVED">) {
    return reviveLabel(label);
  }
}

@Resolver(() => LabelMerged)
export class LabelMergedResolver {
  @FieldResolver(() => LabelType, {
    description: "The merged label as of this revision: archived, with its heir.",
  })
  label(@Root() { label }: Logged<"LABEL_MERGED">) {
    return reviveLabel(label);
  }
}

@Resolver(() => RelationTypeSaved)
export class RelationTypeSavedResolver {
  @FieldResolver(() => RelationTypeType, { description: "The relation type as of this revision." })
  relationType(@Root() { relationType }: Logged<"RELATION_TYPE_SAVED">) {
    return reviveRelationType(relationType);
  }
}

@Resolver(() => MemberChanged)
export class MemberChangedResolver {
  @FieldResolver(() => UserType, { description: "Whom it is about." })
  user(@Root() { personId }: Logged<"MEMBER_CHANGED">, @Ctx() ctx: Context) {
    return ctx.loaders.person.load(personId);
  }
}

@Resolver(() => DocumentSaved)
export class DocumentSavedResolver {
  @FieldResolver(() => DocumentType, {
    nullable: true,
    description: "The document as it is now; null when it was deleted since.",
  })
  document(@Root() { documentId }: Logged<"DOCUMENT_SAVED">, @Ctx() ctx: Context) {
    return ctx.loaders.livingDocument.load(documentId);
  }
}

@Resolver(() => DocumentStatusChanged)
export class DocumentStatusChangedResolver {
  @FieldResolver(() => DocumentType, {
    nullable: true,
    description: "The document as it is now; null when it was deleted since.",
  })
  document(@Root() { documentId }: Logged<"DOCUMENT_STATUS_CHANGED">, @Ctx() ctx: Context) {
    return ctx.loaders.livingDocument.load(documentId);
  }
}
