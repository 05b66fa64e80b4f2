/** Words about clientMutationId that every input repeats. */

/** Said of every clientMutationId. */
export const REPEATABLE =
  "Makes the mutation repeatable: a retry with the same id and content gets the first outcome. At most 200 characters; remembered for 30 days.";
