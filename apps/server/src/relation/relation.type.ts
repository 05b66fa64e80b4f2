/** Relations as the API shows them. */
import { GraphQLDateTime } from "graphql-scalars";
import { Field, ID, InputType, ObjectType } from "type-graphql";
import { connectionTypes } from "../graphql/connection.type.ts";
import { REPEATABLE } from "../graphql/repeatable.ts";

@ObjectType("Relation", {
  description:
    "A typed link between two annotations, both in one document and layer. The same type, source and target only once.",
})
export class RelationType {
  @Field(() => ID, { description: "UUID." })
  id!: string;

  @Field(() => GraphQLDateTime, { description: "When it was made." })
  createdAt!: Date;
}

export const { Edge: RelationEdge, Connection: RelationConnection } = connectionTypes(
  "Relation",
  () => RelationType,
);

@InputType({ description: "A new relation." })
export class CreateRelationInput {
  @Field(() => String, { nullable: true, description: REPEATABLE })
  clientMutationId?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: "The client's own UUID, any version, answered in lower case.",
  })
  id?: string | null;

  @Field(() => ID, { description: "A relation type of the project." })
  typeId!: string;

  @Field(() => ID, { description: "The annotation it starts from." })
  sourceId!: string;

  @Field(() => ID, { description: "Another annotation of the same document and layer." })
  targetId!: string;
}

@InputType({ description: "Which relation to delete." })
export class DeleteRelationInput {
  @Field(() => String, { nullable: true, description: REPEATABLE })
  clientMutationId?: string | null;

  @Field(() => ID, { description: "The relation." })
  id!: string;
}

@InputType({ description: "Which relation to bring back." })
export class RestoreRelationInput {
  @Field(() => String, { nullable: true, description: REPEATABLE })
  clientMutationId?: string | null;

  @Field(() => ID, { description: "The relation." })
  id!: string;
}
