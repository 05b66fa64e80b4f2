// Reads again what is on the page and asks for certain fields. Several wishes at once are one reading, so that an import
// of many batches does not read a list as often.
import type { ApolloClient, DocumentNode } from "@apollo/client";
import { BREAK, visit } from "graphql";

const GATHER_MS = 200;

/** Whether an operation, its fragments included, asks for one of these fields. */
export function asksFor(query: DocumentNode, fields: ReadonlySet<string>): boolean {
  let isFound = false;
  visit(query, {
    Field({ name }) {
      if (!fields.has(name.value)) return undefined;
      isFound = true;
      return BREAK;
    },
  });
  return isFound;
}

export interface Rereading {
  readonly want: (fields: readonly string[]) => void;
  readonly dispose: () => void;
}

export function createRereading(client: ApolloClient): Rereading {
  const wanted = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  function read(): void {
    timer = undefined;
    const fields = new Set(wanted);
    wanted.clear();
    // A list that can't be read shows that itself.
    for (const query of client.getObservableQueries("active"))
      if (asksFor(query.query, fields)) void query.refetch().catch(() => undefined);
  }

  return {
    want(fields) {
      for (const field of fields) wanted.add(field);
      if (wanted.size > 0) timer ??= setTimeout(read, GATHER_MS);
    },
    dispose: () => clearTimeout(timer),
  };
}
