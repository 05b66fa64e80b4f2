// graphql-ws as it comes, on a schema with what the watchers ask for: it executes each change for each watcher. No
// database and no rights, so it does less than Concord does. Speaks with its parent: { at } for each change.
import { buildSchema } from "graphql";
import { useServer as serveOn } from "graphql-ws/use/ws";
import { WebSocketServer } from "ws";
import { changeOf } from "./change.ts";
import { serveParent } from "./parent.ts";

const schema = buildSchema(`
  type User { id: ID! name: String! }
  type Label { id: ID! }
  type Relation { id: ID! }
  type Fragment { start: Int! end: Int! }
  type Span { quote: String! fragments: [Fragment!]! }
  type Annotation { id: ID! version: Int! note: String label: Label! span: Span! createdBy: User! relations: [Relation!]! }
  interface DocumentChange { revision: Int! at: String! author: User! clientMutationId: String }
  type AnnotationSaved implements DocumentChange {
    revision: Int! at: String! author: User! clientMutationId: String annotation: Annotation!
  }
  type DocumentChangeBatch { fromRevision: Int! toRevision: Int! changes: [DocumentChange!]! }
  type Query { ok: Boolean! }
  type Subscription { documentChanges(documentId: ID!, afterRevision: Int!): DocumentChangeBatch! }
`);

interface Batch {
  fromRevision: number;
  toRevision: number;
  changes: ReturnType<typeof changeOf>[];
}

/** What one watcher has not taken yet. */
class Queue implements AsyncIterableIterator<{ documentChanges: Batch }> {
  readonly waiting: Batch[] = [];
  private wakeUp = () => {};
  private ended = false;

  push(batch: Batch): void {
    this.waiting.push(batch);
    this.wakeUp();
  }

  async next(): Promise<IteratorResult<{ documentChanges: Batch }>> {
    while (!this.ended) {
      const documentChanges = this.waiting.shift();
      if (documentChanges) return { done: false, value: { documentChanges } };
      await new Promise<void>((resolve) => {
        this.wakeUp = resolve;
      });
    }
    return { done: true, value: undefined };
  }

  async return(): Promise<IteratorResult<{ documentChanges: Batch }>> {
    this.ended = true;
    queues.delete(this);
    this.wakeUp();
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator]() {
    return this;
  }
}

const queues = new Set<Queue>();
let revision = 0;

const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
serveOn(
  {
    schema,
    roots: {
      subscription: {
        documentChanges() {
          const queue = new Queue();
          queues.add(queue);
          return queue;
        },
      },
    },
  },
  server,
);
server.once("listening", () =>
  serveParent(server.address(), {
    change(at) {
      revision++;
      const batch = { fromRevision: revision, toRevision: revision, changes: [changeOf(at, revision)] };
      for (const queue of queues) queue.push(batch);
    },
  }),
);
