/** How far people are with a document, as the API shows it. */
import { GraphQLDateTime } from "graphql-scalars";
import { Field, ObjectType, registerEnumType } from "type-graphql";
import { WorkStatus } from "../generated/prisma/enums.ts";

registerEnumType(WorkStatus, {
  name: "WorkStatus",
  description: "How far somebody is with a document.",
  valuesConfig: {
    NEW: { description: "Nothing was done." },
    IN_PROGRESS: { description: "The person says so, or has made annotations there." },
    DONE: { description: "The person says so." },
  },
});

@ObjectType("DocumentStatus", { description: "How far somebody is with a document." })
export class DocumentStatusType {
  @Field(() => WorkStatus, { description: "How far." })
  status!: WorkStatus;

  @Field(() => GraphQLDateTime, {
    description: "When it was said; where nothing was, when the person's last annotation was made.",
  })
  changedAt!: Date;
}
