/** The search for passages: GraphQL to its use case. */
import { Arg, Ctx, FieldResolver, Int, Query, Resolver, Root } from "type-graphql";
import type { Context } from "../context.ts";
import { DocumentType } from "../document/document.type.ts";
import { After, First } from "../graphql/page-args.ts";
import { type FoundPassage, type FoundPassages, searchPassages } from "./passage.service.ts";
import { PassageConnection, PassageFilter, PassageMatchType, PassageType } from "./passage.type.ts";

@Resolver(() => PassageType)
export class PassageResolver {
  @Query(() => PassageConnection, {
    description:
      "Passages of a project's documents that match a text: documents in import order, each in text order. What was imported a moment ago is found as well, or counted in `pendingCount`.",
  })
  passages(
    @Ctx() ctx: Context,
    @Arg("filter", () => PassageFilter, { description: "Which ones." }) filter: PassageFilter,
    @First(50) first: number | null,
    @After() after: string | null,
  ): Promise<FoundPassages> {
    return searchPassages(ctx, filter, first, after);
  }

  @FieldResolver(() => DocumentType, { description: "Where it stands." })
  document(@Root() { documentId }: FoundPassage, @Ctx() ctx: Context) {
    return ctx.loaders.document.load(documentId);
  }

  @FieldResolver(() => [PassageMatchType], {
    description:
      "What matches, in text order, at most 100: words, phrases as a whole, or each place of the substring.",
  })
  matches(@Root() passage: FoundPassage) {
    return passage.matches();
  }
}

@Resolver(() => PassageConnection)
export class PassageConnectionResolver {
  @FieldResolver(() => Int, {
    description:
      "Documents of the project that can't be searched yet, since they came in a moment ago; ask again later.",
  })
  pendingCount(@Root() { pendingCount }: FoundPassages): number {
    return pendingCount;
  }
}
