/** Deleted annotations: GraphQL to their reading. */
import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { Context } from "../context.ts";
import { UserType } from "../people/people.type.ts";
import { AnnotationType } from "./annotation.type.ts";
import type { DeletedAnnotationRow } from "./deleted-annotation.queries.ts";
import { DeletedAnnotationType } from "./deleted-annotation.type.ts";

@Resolver(() => DeletedAnnotationType)
export class DeletedAnnotationResolver {
  @FieldResolver(() => AnnotationType, { description: "As it was when it was deleted." })
  annotation(@Root() annotation: DeletedAnnotationRow) {
    return annotation;
  }

  @FieldResolver(() => UserType, { description: "Who deleted it." })
  deletedBy(@Root() { deletedBy }: DeletedAnnotationRow, @Ctx() ctx: Context) {
    return ctx.loaders.person.load(deletedBy);
  }
}
