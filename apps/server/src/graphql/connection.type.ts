/** The GraphQL types of a page, made for each kind of row. */
import { type ClassType, Field, Int, ObjectType, Root } from "type-graphql";
import type { Connection as Page } from "./connection.ts";

@ObjectType("PageInfo", { description: "Where a page ends." })
export class PageInfo {
  @Field(() => Boolean, { description: "Whether there are more rows behind this page." })
  hasNextPage!: boolean;

  @Field(() => String, {
    nullable: true,
    description: "Cursor of the page's last row, for `after`; null when the page is empty.",
  })
  endCursor!: string | null;
}

/** Makes `XEdge` and `XConnection`. */
export function connectionTypes(name: string, nodeType: () => ClassType) {
  @ObjectType(`${name}Edge`, { description: `A ${name} in a page.` })
  class Edge {
    @Field(nodeType, { description: "The row." })
    node!: object;

    @Field(() => String, { description: "Its place in the list, for `after`." })
    cursor!: string;
  }

  @ObjectType(`${name}Connection`, {
    description: `A page of a list of ${name}s. Its cursors are keyset positions: a page stays right while others write.`,
  })
  class Connection {
    @Field(() => [Edge], { description: "The page's rows with their cursors." })
    edges!: Edge[];

    @Field(() => [nodeType()], { description: "The page's rows." })
    nodes!: object[];

    @Field(() => PageInfo, { description: "Where the page ends." })
    pageInfo!: PageInfo;

    @Field(() => Int, { description: "All rows of the list; counted only when asked for." })
    totalCount(@Root() page: Page<object>): Promise<number> {
      return page.countAll();
    }
  }
  return { Edge, Connection };
}
