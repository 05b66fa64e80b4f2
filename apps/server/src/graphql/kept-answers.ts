/**
 * Answers of operations about one document, kept as they were sent. Each request reads access, revisions and people's
 * names anew, and gets a kept answer only where these are what they were: nobody sees an older state than without it.
 */
import {
  type DocumentNode,
  execute,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  type ValueNode,
} from "graphql";
import { LRUCache } from "lru-cache";
import { type DocumentState, documentState } from "../access/access.service.ts";
import type { Context } from "../context.ts";
import { createAnswer, writeAnswer } from "./answer.ts";
import { createExaminer } from "./cacheable.ts";
import { UUID } from "./input-checks.ts";
import { createLoaders } from "./loaders.ts";

/** Bytes of all that is kept. */
const MAX_KEPT = 64 * 1024 * 1024;

/** Executions at most of one operation, where somebody wrote between its parts: about one in five of them, at the worst. */
const MAX_TRIES = 20;

interface Kept {
  /** The revisions it shows. */
  state: string;
  /** The names it shows, by id. */
  people: ReadonlyMap<string, string>;
  body: Buffer;
}

/** A valid operation that was let in. */
export interface Asked {
  document: DocumentNode;
  operation: OperationDefinitionNode;
  /** Hash of the document's text. */
  hash: string;
  variables: Record<string, unknown>;
}

/** One whose answer may be kept, with what tells it from others. */
interface Question extends Asked {
  documentId: string;
  isPersonal: boolean;
  key: string;
}

/** What an answer depends on, people's names aside. */
function stateOf({ isPersonal }: Question, { projectRevision, layerRevision, role }: DocumentState): string {
  return JSON.stringify([projectRevision, layerRevision, isPersonal ? role : null]);
}

/** The document's id; null where it is none, which the ordinary way says. */
function idIn(node: ValueNode, variables: Record<string, unknown>): string | null {
  const id =
    node.kind === Kind.VARIABLE ? variables[node.name.value] : node.kind === Kind.STRING ? node.value : null;
  return typeof id === "string" && UUID.test(id) ? id : null;
}

function hasNames(people: ReadonlyMap<string, string>, names: DocumentState["names"]): boolean {
  return [...people].every(([id, name]) => names[id] === name);
}

/** Makes answers of which all parts show one revision, and says whether they may be kept. */
async function makeAnswer(
  ctx: Context,
  schema: GraphQLSchema,
  question: Question,
  state: DocumentState,
): Promise<{ body: Buffer; kept: Kept | null } | null> {
  const { document, operation, variables, documentId } = question;
  for (let tries = 1; ; tries++) {
    const answer = createAnswer();
    const loaders = createLoaders(ctx.db, ctx.caller?.viewer.id ?? null);
    const result = await execute({
      schema,
      document,
      contextValue: { ...ctx, answer, loaders },
      variableValues: variables,
      operationName: operation.name?.value ?? null,
    });
    // Errors, and what the viewer may no longer know of, are told in the ordinary way.
    if (result.errors || !result.data || Object.values(result.data).includes(null)) return null;
    const { revision } = await loaders.document.load(documentId);
    const isOne = [...answer.revisions].every((seen) => seen === revision);
    if (!isOne && tries < MAX_TRIES) continue;
    const body = writeAnswer(result, answer);
    const shown = stateOf(question, { ...state, layerRevision: revision });
    const isKept = isOne && !answer.hasOtherLists;
    return { body, kept: isKept ? { state: shown, people: answer.people, body } : null };
  }
}

/** Answers from what is kept, or makes and keeps; null for what is left to the ordinary way. */
export type KeptAnswers = (ctx: Context, asked: Asked) => Promise<Buffer | null>;

export function createKeptAnswers(schema: GraphQLSchema): KeptAnswers {
  const examine = createExaminer(schema);
  const answers = new LRUCache<string, Kept>({
    maxSize: MAX_KEPT,
    sizeCalculation: ({ body, people }, key) => body.length + 2 * key.length + 200 * (people.size + 1),
  });
  /** Whether it is kept, of what is being made: who asks the same meanwhile waits. */
  const making = new Map<string, Promise<boolean>>();

  function questionOf({ caller }: Context, asked: Asked): Question | null {
    const cacheable = caller === null ? null : examine(asked.document);
    if (caller === null || cacheable === null) return null;
    const { operation, hash, variables } = asked;
    const documentId = idIn(cacheable.documentId, variables);
    if (documentId === null) return null;
    const { isPersonal } = cacheable;
    // Absent is not null where there is a default.
    const values = (operation.variableDefinitions ?? []).map(({ variable: { name } }) =>
      Object.hasOwn(variables, name.value) ? [variables[name.value]] : [],
    );
    const viewer = isPersonal ? caller.viewer : null;
    const key = JSON.stringify([hash, operation.name?.value ?? null, values, viewer]);
    return { ...asked, documentId, isPersonal, key };
  }

  async function makeAndKeep(ctx: Context, question: Question, state: DocumentState, flight: string) {
    const made = makeAnswer(ctx, schema, question, state);
    const isKept = made.then((answer) => {
      if (answer?.kept) answers.set(question.key, answer.kept);
      return answer?.kept != null;
    });
    making.set(flight, isKept);
    try {
      await isKept;
    } finally {
      making.delete(flight);
    }
    return (await made)?.body ?? null;
  }

  return async (ctx, asked) => {
    const question = questionOf(ctx, asked);
    if (question === null) return null;
    for (;;) {
      const known = answers.get(question.key);
      const state = await documentState(ctx, question.documentId, known ? [...known.people.keys()] : []);
      if (state === null) return null;
      const current = stateOf(question, state);
      if (known?.state === current && hasNames(known.people, state.names)) return known.body;
      const flight = `${current} ${question.key}`;
      const others = making.get(flight);
      if (others === undefined) return makeAndKeep(ctx, question, state, flight);
      // Theirs may show a name from before this request: it is looked at as any kept answer is.
      if (!(await others)) return null;
    }
  };
}
