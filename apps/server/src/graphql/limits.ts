/** Bounds of an operation: how deep it goes and how much it may ask for; and of how often somebody asks. */
import { createRequire } from "node:module";
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from "graphql";
import type { ComplexityEstimator } from "graphql-query-complexity";
import { TokenBucket } from "limiter";
import { ApiError } from "../errors.ts";

// Its ES module loads a second copy of graphql, which refuses our schema; its CommonJS one shares ours.
const { getComplexity }: typeof import("graphql-query-complexity") = createRequire(import.meta.url)(
  "graphql-query-complexity",
);

/** Fields within fields. */
export const MAX_DEPTH = 15;

/** Values an answer may have, by the estimate below. 20,000 annotations with all that a workbench shows are a third of it. */
export const MAX_COST = 2_000_000;

/** Tokens in an operation's text: bounds the time that validation takes. */
export const MAX_TOKENS = 8_000;

/** Bytes of a request's body, those that take whole texts aside. */
export const MAX_BODY = 1024 * 1024;

/** Bytes of the body of a request that takes whole texts. */
export const MAX_IMPORT_BODY = 64 * 1024 * 1024;

/** Members assumed of a list that takes no `first`. */
const LIST_GUESS = 5;

/** What costs more than one value. */
const FIELD_COSTS: Record<string, number> = {
  "Document.text": 1_000,
  "Document.statuses": 100,
  "Document.myStatus": 10,
  "Project.annotationCount": 100,
  "Project.changedAt": 100,
  "Project.recentPeople": 100,
  "Project.progress": 100,
  "ProjectProgress.people": 500,
  "Project.activity": 1_000,
  "Annotation.history": 1_000,
  "Document.deletedAnnotations": 500,
  "Passage.text": 10,
  "Passage.matches": 200,
};

/** How many levels of fields an operation has; introspection does not count. Fragments must be free of cycles. */
function depthOf(
  set: SelectionSetNode | undefined,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  known: Map<string, number>,
): number {
  let deepest = 0;
  for (const selection of set?.selections ?? []) {
    if (selection.kind === Kind.FIELD) {
      if (selection.name.value.startsWith("__")) continue;
      deepest = Math.max(deepest, 1 + depthOf(selection.selectionSet, fragments, known));
    } else if (selection.kind === Kind.INLINE_FRAGMENT) {
      deepest = Math.max(deepest, depthOf(selection.selectionSet, fragments, known));
    } else {
      const name = selection.name.value;
      const depth = known.get(name) ?? depthOf(fragments.get(name)?.selectionSet, fragments, known);
      known.set(name, depth);
      deepest = Math.max(deepest, depth);
    }
  }
  return deepest;
}

/** A page costs its rows, a list its likely members, anything else one. */
const estimate: ComplexityEstimator = ({ type, field, args, childComplexity }) => {
  const own = FIELD_COSTS[`${type.name}.${field.name}`] ?? 1;
  const named = getNamedType(field.type);
  if (isObjectType(named) && named.name.endsWith("Connection")) {
    const first = typeof args.first === "number" ? args.first : 1_000;
    return own + Math.max(first, 0) * childComplexity;
  }
  const inPage = type.name.endsWith("Connection");
  const listed = isListType(getNullableType(field.type));
  return own + (listed && !inPage && isObjectType(named) ? LIST_GUESS : 1) * childComplexity;
};

/** What an operation may ask for; infinite where its fragments unfold to more fields than are worth counting. */
function costOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Record<string, unknown>,
): number {
  try {
    return getComplexity({
      schema,
      query: document,
      variables,
      estimators: [estimate],
      maxQueryNodes: MAX_TOKENS,
      ...(operation.name ? { operationName: operation.name.value } : {}),
    });
  } catch (error) {
    if (error instanceof GraphQLError) return Number.POSITIVE_INFINITY;
    throw error;
  }
}

/** Sets of variables of an operation that are remembered as fitting. */
const MAX_REMEMBERED = 100;

/** What fits, by operation: counting takes as long as answering from what is kept. */
const fitting = new WeakMap<OperationDefinitionNode, Set<string>>();

/**
 * Checks a valid operation against depth and cost. Of the variables only numbers and Booleans matter: how long pages are
 * and what is skipped.
 * @throws TOO_LARGE saying the bound
 */
export function checkOperationSize(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Record<string, unknown>,
): void {
  const sizes = JSON.stringify(
    Object.entries(variables).map(([name, value]) => [
      name,
      typeof value === "number" || typeof value === "boolean" ? value : value === null,
    ]),
  );
  const known = fitting.get(operation) ?? new Set();
  if (known.has(sizes)) return;
  measureOperation(schema, document, operation, variables);
  if (known.size >= MAX_REMEMBERED) known.clear();
  fitting.set(operation, known.add(sizes));
}

/** @throws TOO_LARGE saying the bound */
function measureOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Record<string, unknown>,
): void {
  const fragments = new Map(
    document.definitions.flatMap((node) =>
      node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node]] : [],
    ),
  );
  const depth = depthOf(operation.selectionSet, fragments, new Map());
  if (depth > MAX_DEPTH) {
    throw new ApiError(
      "TOO_LARGE",
      `The operation is ${depth} levels deep; at most ${MAX_DEPTH} are accepted.`,
      { status: 400 },
    );
  }
  const cost = costOf(schema, document, operation, variables);
  if (cost > MAX_COST) {
    throw new ApiError(
      "TOO_LARGE",
      `The operation asks for ${Number.isFinite(cost) ? `about ${cost}` : "too many"} values; at most ${MAX_COST} are accepted. Ask for smaller pages.`,
      {
        status: 400,
      },
    );
  }
}

/** Requests a second for a person, or for an address that is not signed in. */
const RATE = 500;

/** Requests that may come at once. */
const BURST = 1_000;

/** Buckets kept at once; the longest unused go first. */
const MAX_BUCKETS = 10_000;

/** Counts requests by who asks. */
export interface RateLimit {
  /**
   * Counts one request.
   * @throws RATE_LIMITED above 500 a second after a burst of 1,000
   */
  take(who: string): void;
}

/** A rate limit with one bucket for each who. */
export function createRateLimit(): RateLimit {
  const buckets = new Map<string, TokenBucket>();
  return {
    take(who) {
      let bucket = buckets.get(who);
      if (bucket) {
        buckets.delete(who);
      } else {
        bucket = new TokenBucket({ bucketSize: BURST, tokensPerInterval: RATE, interval: "second" });
        bucket.content = BURST;
        const [oldest] = buckets.keys();
        if (buckets.size >= MAX_BUCKETS && oldest !== undefined) buckets.delete(oldest);
      }
      buckets.set(who, bucket);
      if (!bucket.tryRemoveTokens(1)) {
        throw new ApiError("RATE_LIMITED", `More than ${RATE} requests a second. Try again in a second.`, {
          status: 429,
        });
      }
    },
  };
}
