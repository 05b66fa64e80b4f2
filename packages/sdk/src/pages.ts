/** A connection's nodes one after the other, however many pages they come in. */
import { ConcordError } from "./errors.ts";

/** What a page must have. */
export interface Page<Node> {
  nodes: Node[];
  pageInfo: { endCursor: string | null; hasNextPage: boolean };
}

/** Reads the next page when the last one is used up, and no page that nobody wants. */
export async function* nodesOf<Node>(
  read: (after: string | null) => Promise<Page<Node> | null | undefined>,
): AsyncGenerator<Node, void, undefined> {
  for (let after: string | null = null; ; ) {
    const page: Page<Node> | null | undefined = await read(after);
    if (!page) throw new ConcordError("NOT_FOUND", "There is no such thing, or you have no access to it.");
    yield* page.nodes;
    after = page.pageInfo.endCursor;
    if (!page.pageInfo.hasNextPage || after === null) return;
  }
}
