/** A deleted annotation, as the API shows it. */
import { GraphQLDateTime } from "graphql-scalars";
import { Field, ObjectType } from "type-graphql";

@ObjectType("DeletedAnnotation", {
  description: "An annotation that was deleted; restoreAnnotation brings it back.",
})
export class DeletedAnnotationType {
  @Field(() => GraphQLDateTime, { description: "When it was deleted." })
  deletedAt!: Date;
}
