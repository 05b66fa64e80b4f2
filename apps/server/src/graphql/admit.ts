/** What every operation must pass before it runs, whichever door it came through. */
import {
  coerceInputValue,
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  isInputType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  typeFromAST,
} from "graphql";
import type { Context } from "../context.ts";
import { ApiError, unauthenticated } from "../errors.ts";
import { checkOperationSize, MAX_BODY } from "./limits.ts";

/** Root fields that work signed out. */
const PUBLIC_FIELDS = new Set([
  "__typename",
  "viewer",
  "acceptInvitation",
  "setUpOwner",
  "invitation",
  "setUpLinkWorks",
]);

/** Root fields that take whole texts, and so a larger body; each alone in its request. */
const LARGE_FIELDS = new Set(["importDocuments", "createDocumentVersion"]);

/** Names of an operation's root fields, also those in fragments. */
function rootFields(document: DocumentNode, set: SelectionSetNode): Set<string> {
  const names = new Set<string>();
  // Once each: fragments that spread others twice would otherwise take for ever.
  const visited = new Set<string>();
  const visit = (selections: SelectionSetNode) => {
    for (const selection of selections.selections) {
      if (selection.kind === Kind.FIELD) names.add(selection.name.value);
      else if (selection.kind === Kind.INLINE_FRAGMENT) visit(selection.selectionSet);
      else if (!visited.has(selection.name.value)) {
        visited.add(selection.name.value);
        const fragment = document.definitions.find(
          (node) => node.kind === Kind.FRAGMENT_DEFINITION && node.name.value === selection.name.value,
        );
        if (fragment?.kind === Kind.FRAGMENT_DEFINITION) visit(fragment.selectionSet);
      }
    }
  };
  visit(set);
  return names;
}

/** `i.fragments[0].end` */
function printPath(name: string, path: readonly (string | number)[]): string {
  return name + path.map((key) => (typeof key === "number" ? `[${key}]` : `.${key}`)).join("");
}

/**
 * Checks variables as GraphQL does, and names the field.
 * @throws BAD_USER_INPUT on the first value that does not fit
 */
function checkVariables(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  values: Record<string, unknown>,
): void {
  for (const { variable, type, defaultValue } of operation.variableDefinitions ?? []) {
    const name = variable.name.value;
    const inputType = typeFromAST(schema, type);
    if (!isInputType(inputType)) continue;
    const refuse = (path: readonly (string | number)[], message: string) => {
      const field = printPath(name, path);
      throw new ApiError("BAD_USER_INPUT", `${field}: ${message}`, { field, status: 400 });
    };
    if (!Object.hasOwn(values, name)) {
      if (type.kind === Kind.NON_NULL_TYPE && !defaultValue) refuse([], "a value is required.");
      continue;
    }
    coerceInputValue(values[name], inputType, (path, _value, error: GraphQLError) =>
      refuse(path, error.message),
    );
  }
}

/**
 * Lets a valid operation in.
 * @throws UNAUTHENTICATED for all but a few fields when signed out; BAD_USER_INPUT for variables that don't fit;
 * TOO_LARGE over the limits of depth, cost and size
 */
export function admit(
  ctx: Context,
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Record<string, unknown>,
): void {
  const fields = rootFields(document, operation.selectionSet);
  if (ctx.caller === null && [...fields].some((name) => !PUBLIC_FIELDS.has(name)))
    throw unauthenticated(undefined, true);
  if (
    ctx.bodyBytes > MAX_BODY &&
    !(fields.size === 1 && [...fields].every((name) => LARGE_FIELDS.has(name)))
  ) {
    throw new ApiError(
      "TOO_LARGE",
      `The request has ${ctx.bodyBytes} bytes; at most ${MAX_BODY} are accepted.`,
      { status: 413 },
    );
  }
  checkVariables(schema, operation, variables);
  checkOperationSize(schema, document, operation, variables);
}
