/** Presence: GraphQL to use cases. */
import { Arg, Ctx, ID, Mutation, Resolver, Root, Subscription } from "type-graphql";
import type { Context } from "../context.ts";
import { LeavePresenceInput, SetPresenceInput } from "./presence.input.ts";
import { leavePresence, setPresence, watchPresence } from "./presence.service.ts";
import { DocumentPresenceType, LeavePresencePayload, SetPresencePayload } from "./presence.type.ts";
import type { PresenceList } from "./presence-store.ts";

@Resolver()
export class PresenceResolver {
  @Mutation(() => SetPresencePayload, {
    description:
      "Says where the viewer is in a document: what is on the screen, selected, open and being changed. Nothing of it is stored or logged, and unlike other mutations it is not remembered by its clientMutationId. The latest word of a tab counts, for 10 s; a tab that stays says it again every 4 s. Others are told at most every tenth of a second. With more than 100 tabs at the document the answer is late, by 2 s at most: wait for it before saying more. BAD_USER_INPUT names the field.",
  })
  async setPresence(
    @Ctx() ctx: Context,
    @Arg("input", { description: "Where." }) input: SetPresenceInput,
  ): Promise<SetPresencePayload> {
    const expiresAt = await setPresence(ctx, input);
    return { clientMutationId: input.clientMutationId ?? null, expiresAt };
  }

  @Mutation(() => LeavePresencePayload, {
    description:
      "Says that a tab of the viewer has left the document, so that the others need not wait 10 s for it. No error when it was not there.",
  })
  async leavePresence(
    @Ctx() ctx: Context,
    @Arg("input", { description: "Which tab." }) input: LeavePresenceInput,
  ): Promise<LeavePresencePayload> {
    const tabId = await leavePresence(ctx, input);
    return { clientMutationId: input.clientMutationId ?? null, tabId };
  }

  @Subscription(() => DocumentPresenceType, {
    description:
      "Who is at the document: the whole list at once, and again whenever it has changed, the latest only: a slow reader skips what is out of date. At most ten lists a second, fewer with many watchers. Ends as documentChanges does when the viewer loses access (FORBIDDEN) or the document is deleted (NOT_FOUND).",
    subscribe: ({ args, context }) => watchPresence(context, args.documentId),
  })
  documentPresence(
    @Root() list: PresenceList,
    @Arg("documentId", () => ID, { description: "The document." }) _documentId: string,
  ): PresenceList {
    return list;
  }
}
