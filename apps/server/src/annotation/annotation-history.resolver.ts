/** An annotation's history: GraphQL to its reading. */
import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { Context } from "../context.ts";
import { After, First } from "../graphql/page-args.ts";
import { UserType } from "../people/people.type.ts";
import type { AnnotationRow } from "./annotation.queries.ts";
import { AnnotationType } from "./annotation.type.ts";
import { type AnnotationEventRow, historyOfAnnotation } from "./annotation-history.queries.ts";
import { AnnotationEventConnection, AnnotationEventType } from "./annotation-history.type.ts";
import { reviveAnnotation } from "./stored-annotation.ts";

@Resolver(() => AnnotationType)
export class AnnotationHistoryResolver {
  @FieldResolver(() => AnnotationEventConnection, {
    description:
      "What was done to it, the latest first. How it came in with a text or an import is no event: `createdBy` and `createdAt` tell.",
  })
  history(
    @Root() annotation: AnnotationRow,
    @Ctx() ctx: Context,
    @First(50) first: number | null,
    @After() after: string | null,
  ) {
    return historyOfAnnotation(ctx.db.prisma, annotation, first, after);
  }
}

@Resolver(() => AnnotationEventType)
export class AnnotationEventResolver {
  @FieldResolver(() => UserType, { description: "Who did it." })
  author(@Root() { authorId }: AnnotationEventRow, @Ctx() ctx: Context) {
    return ctx.loaders.person.load(authorId);
  }

  @FieldResolver(() => AnnotationType, {
    nullable: true,
    description: "The annotation as of then; null where it was deleted.",
  })
  annotation(@Root() { annotation }: AnnotationEventRow) {
    return annotation && reviveAnnotation(annotation);
  }
}
