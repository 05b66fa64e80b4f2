// An answer may be older than what the cache has got since it was asked for, by a mutation's answer or by a change that
// came in: written then, it would stay. Such a question is asked again, and the old answer dropped.
import { ApolloLink } from "@apollo/client";
import { OperationTypeNode } from "graphql";
import { defer, type Observable, of, switchMap, tap } from "rxjs";

/** So often a question is asked; where changes never stop, the last answer has to do. */
const MOST_TIMES = 4;

export interface FreshAnswers {
  readonly link: ApolloLink;
  /** Something newer than what may be under way has come into the cache. */
  readonly noteChange: () => void;
}

export function createFreshAnswers(): FreshAnswers {
  let changes = 0;
  const noteChange = () => {
    changes++;
  };
  const link = new ApolloLink((operation, forward) => {
    const { operationType, getContext } = operation;
    if (operationType === OperationTypeNode.MUTATION) {
      // work on a document goes by its own log, not by the cache
      const { overSocket, fromOutbox } = getContext();
      return overSocket || fromOutbox ? forward(operation) : forward(operation).pipe(tap(noteChange));
    }
    if (operationType !== OperationTypeNode.QUERY) return forward(operation);
    const ask = (times: number): Observable<ApolloLink.Result> =>
      defer(() => {
        const asked = changes;
        return forward(operation).pipe(
          switchMap((answer) => (asked === changes || times === MOST_TIMES ? of(answer) : ask(times + 1))),
        );
      });
    return ask(1);
  });
  return { link, noteChange };
}

export const freshAnswers = createFreshAnswers();
