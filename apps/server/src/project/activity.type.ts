/** Who did what when in a project, as the API shows it. */
import { GraphQLDateTime } from "graphql-scalars";
import { Field, ID, InputType, ObjectType, registerEnumType } from "type-graphql";
import { ChangeKind, ProjectChangeKind } from "../generated/prisma/enums.ts";
import { connectionTypes } from "../graphql/connection.type.ts";
import type { LoggedChange } from "../live/change.ts";
import { DocumentChange } from "../live/live.type.ts";
import type { LoggedProjectChange } from "../live/project-change.ts";
import { ProjectChange } from "../live/project-live.type.ts";

/** Every kind of change there is. */
const ActivityKind = { ...ChangeKind, ...ProjectChangeKind } as const;

registerEnumType(ActivityKind, {
  name: "ActivityKind",
  description: "What was done: the kinds of DocumentChange and of ProjectChange.",
  valuesConfig: {
    ANNOTATION_SAVED: { description: "An annotation was made, changed or brought back." },
    ANNOTATION_DELETED: { description: "An annotation was deleted." },
    RELATION_SAVED: { description: "A relation was made." },
    RELATION_DELETED: { description: "A relation was deleted." },
    COMMENT_SAVED: { description: "A comment was written, changed or settled." },
    COMMENT_DELETED: { description: "A comment was deleted." },
    PROJECT_SAVED: { description: "The project's words changed, or it was archived or brought back." },
    PROJECT_DELETED: { description: "The project was deleted." },
    LABEL_SAVED: { description: "A label was made, changed or archived." },
    LABEL_DELETED: { description: "A label was deleted." },
    LABEL_MERGED: { description: "A label was merged into another." },
    LABELS_REORDERED: { description: "The labels stand in another order." },
    RELATION_TYPE_SAVED: { description: "A relation type was made, changed or archived." },
    RELATION_TYPE_DELETED: { description: "A relation type was deleted." },
    MEMBER_CHANGED: { description: "Somebody joined, has another role, has left or was removed." },
    DOCUMENT_SAVED: {
      description: "A document's header changed, it was archived, corrected or brought back.",
    },
    DOCUMENT_DELETED: { description: "A document was deleted." },
    DOCUMENTS_IMPORTED: { description: "Documents came in." },
    DOCUMENTS_REMOVED: { description: "What an import had brought in was taken back." },
    DOCUMENT_STATUS_CHANGED: { description: "Somebody said how far they are with a document." },
  },
});

@InputType({
  description: "What of the activity; what is absent does not restrict, an empty list means none.",
})
export class ActivityFilterInput {
  @Field(() => [ID], { nullable: true, description: "Only done by these people." })
  people?: string[] | null;

  @Field(() => [ID], { nullable: true, description: "Only about these documents." })
  documents?: string[] | null;

  @Field(() => [ActivityKind], { nullable: true, description: "Only of these kinds." })
  kinds?: (keyof typeof ActivityKind)[] | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: "From then on." })
  since?: Date | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: "Before then." })
  until?: Date | null;
}

@ObjectType("Activity", { description: "One thing that somebody did: one of the two changes is set." })
export class ActivityType {
  @Field(() => GraphQLDateTime, { description: "When it was stored." })
  at!: Date;

  @Field(() => DocumentChange, {
    nullable: true,
    description: "What was done to what is said about a document.",
  })
  documentChange!: LoggedChange | null;

  @Field(() => ProjectChange, { nullable: true, description: "What was done to the project's own data." })
  projectChange!: LoggedProjectChange | null;
}

export const { Edge: ActivityEdge, Connection: ActivityConnection } = connectionTypes(
  "Activity",
  () => ActivityType,
);
