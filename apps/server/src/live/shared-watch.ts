/** Somebody's subscription to what a document's readers share: whose it is, how it is served, what ends it from outside. */
import type { Membership, Subscriber } from "./group.ts";

/**
 * The source of `documentChanges` and `documentPresence`. GraphQL asks that a source can be iterated; this one never is:
 * the socket's door knows the class and joins it, so that one execution serves all who are owed the same.
 */
export class SharedWatch implements AsyncIterable<never> {
  /** Set by who serves it; called when the right to read has ended, maybe repeatedly. */
  onRefused: (error: Error) => void = () => {};

  /**
   * @param join begins to be served
   * @param close gives the place up; to be called once, however the watch ends
   */
  constructor(
    readonly personId: string,
    readonly join: (subscriber: Subscriber) => Membership,
    readonly close: () => void,
  ) {}

  [Symbol.asyncIterator](): AsyncIterator<never> {
    throw new Error("what a document's readers share is served by joining only");
  }
}
