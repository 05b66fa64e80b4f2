// What is said about the annotations as the person sees it: the server's comments with one's own unanswered ones on top,
// a thread for each annotation. Made anew when a comment has changed, which is seldom beside changes of annotations.
import { type Comment, compareInTime, type Person } from "./entities.ts";
import { type Command, type CommentCommand, isCommentCommand, type Operation } from "./operation.ts";
import type { ServerState } from "./server-state.ts";

export interface ShownComment extends Comment {
  readonly state: "saved" | Operation["state"];
  /** One's own change of it that waits or was refused; a refused one comes first. */
  readonly operation: Operation | null;
}

export interface Discussions {
  /** Oldest first. */
  of(annotationId: string): readonly ShownComment[];
  get(id: string): ShownComment | undefined;
  all(): Iterable<readonly [annotationId: string, comments: readonly ShownComment[]]>;
}

/** A restored annotation brings its own along. */
export const changesComments = (command: Command): boolean =>
  isCommentCommand(command) || command.kind === "restoreAnnotation";

export const isOpen = (comments: readonly Comment[]): boolean =>
  comments.some(({ resolvedAt }) => resolvedAt === null);

/** How a comment looks with one's own unanswered change on top; undefined when it is gone. */
function foldComment(
  present: Comment | undefined,
  { command, at, state }: Operation & { readonly command: CommentCommand },
  author: Person,
): Comment | undefined {
  switch (command.kind) {
    case "createComment": {
      const { id, annotationId, body } = command;
      return present ?? { id, annotationId, body, author, createdAt: at, resolvedAt: null };
    }
    case "updateComment": {
      // what one wrote stays in sight also where somebody has deleted what it was to change
      const comment = present ?? (state === "refused" ? command.base : undefined);
      const { body = comment?.body, resolved } = command.patch;
      if (comment === undefined || body === undefined) return undefined;
      const isResolved = resolved ?? comment.resolvedAt !== null;
      return { ...comment, body, resolvedAt: isResolved ? (comment.resolvedAt ?? at) : null };
    }
    case "deleteComment":
      return state === "refused" ? present : undefined;
    case "restoreComment":
      return present ?? (state === "refused" ? undefined : command.base);
  }
}

export function commentsShown(
  told: Iterable<Comment>,
  operations: readonly Operation[],
  viewer: Person,
): ShownComment[] {
  const found = new Map<string, ShownComment>();
  for (const comment of told) found.set(comment.id, { ...comment, state: "saved", operation: null });
  for (const operation of operations) {
    const { command, state } = operation;
    if (command.kind === "restoreAnnotation" && state === "waiting")
      for (const comment of command.comments ?? [])
        if (!found.has(comment.id)) found.set(comment.id, { ...comment, state: "saved", operation: null });
    if (!isCommentCommand(command)) continue;
    const before = found.get(command.id);
    const comment = foldComment(before, { ...operation, command }, viewer);
    if (comment === undefined) found.delete(command.id);
    else if (before?.state === "refused")
      found.set(command.id, { ...comment, state: before.state, operation: before.operation });
    else found.set(command.id, { ...comment, state, operation });
  }
  return [...found.values()];
}

export function createDiscussions(
  server: ServerState,
  operations: readonly Operation[],
  viewer: Person,
): Discussions {
  const threads = new Map<string, ShownComment[]>();
  const comments = commentsShown(server.comments(), operations, viewer).sort(compareInTime);
  const byId = new Map(comments.map((comment) => [comment.id, comment]));
  for (const comment of comments) {
    const thread = threads.get(comment.annotationId);
    if (thread === undefined) threads.set(comment.annotationId, [comment]);
    else thread.push(comment);
  }
  return {
    of: (annotationId) => threads.get(annotationId) ?? [],
    get: (id) => byId.get(id),
    all: () => threads,
  };
}
