/** GraphQL operations that know the types of their variables and of their answer. */
import type { DocumentTypeDecoration } from "@graphql-typed-document-node/core";

/**
 * An operation's text with its types: those of this package, or your own, made by GraphQL Code Generator with
 * `documentMode: "string"` from the server's schema.graphql.
 */
export type Operation<Result, Variables> = DocumentTypeDecoration<Result, Variables> & { toString(): string };

/** Variables are to be given, unless the operation has none that must be. */
export type VariablesOf<Variables> = object extends Variables
  ? [variables?: Variables]
  : [variables: Variables];

/** The input of a mutation that can be repeated. */
export interface Repeatable {
  clientMutationId?: string | null | undefined;
}
