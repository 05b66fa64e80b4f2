/** Somebody's watch of a document that they may read: where it begins, and what ends it from outside. */
import type { WatchRequest } from "./hub.ts";

/** What is watched, from where, and by whom. */
export interface PersonalWatchRequest extends WatchRequest {
  personId: string;
}

/**
 * The source of `documentChanges`. GraphQL asks that a source can be iterated; this one never is: the socket's door
 * knows the class and joins a group, where one execution serves all.
 */
export class DocumentWatch implements AsyncIterable<never> {
  /** Set by who serves it; called when the right to read has ended, maybe repeatedly. */
  onRefused: (error: Error) => void = () => {};

  /** @param close gives the place up; to be called once, however the watch ends */
  constructor(
    readonly request: PersonalWatchRequest,
    readonly close: () => void,
  ) {}

  [Symbol.asyncIterator](): AsyncIterator<never> {
    throw new Error("changes of a document are served by a group only");
  }
}
