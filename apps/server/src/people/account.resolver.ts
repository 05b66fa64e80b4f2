/** One's own account: GraphQL to use cases. */
import { Arg, Ctx, Field, FieldResolver, ID, Mutation, ObjectType, Resolver, Root } from "type-graphql";
import type { Context, Viewer } from "../context.ts";
import { deleteAccount, updateAccount } from "./account.service.ts";
import { passwordHashOf } from "./current-password.ts";
import { DeleteAccountInput, UpdateAccountInput } from "./people.input.ts";
import { ViewerType } from "./people.type.ts";

@ObjectType({ description: "The viewer's account after a change." })
class AccountPayload {
  @Field(() => ViewerType, { description: "The viewer as they are now." })
  viewer!: Viewer;
}

@ObjectType({ description: "A deleted account." })
class DeleteAccountPayload {
  @Field(() => ID, { description: "The person, who is a former member now." })
  userId!: string;
}

@Resolver(() => ViewerType)
export class AccountResolver {
  @FieldResolver(() => Boolean, {
    description: "Whether this person signs in with a password (else by access tokens alone).",
  })
  async hasPassword(@Root() viewer: Viewer, @Ctx() ctx: Context): Promise<boolean> {
    return (await passwordHashOf(ctx, viewer.id)) !== null;
  }

  @FieldResolver(() => Boolean, {
    description: "Whether this is the installation's first owner, whose account can't be deleted.",
  })
  isFirstOwner(@Root() viewer: Viewer, @Ctx() ctx: Context): boolean {
    return ctx.identity.isFirstOwner(viewer.id);
  }

  @Mutation(() => AccountPayload, { description: "Changes the viewer's own name or e-mail." })
  async updateAccount(
    @Ctx() ctx: Context,
    @Arg("input", { description: "What to change." }) input: UpdateAccountInput,
  ): Promise<AccountPayload> {
    return { viewer: await updateAccount(ctx, input) };
  }

  @Mutation(() => DeleteAccountPayload, {
    description:
      'Deletes the viewer\'s own account. The work stays under "Former member"; name, e-mail, sessions, tokens and memberships go.',
  })
  deleteAccount(
    @Ctx() ctx: Context,
    @Arg("input", { description: "To be sure." }) input: DeleteAccountInput,
  ): Promise<DeleteAccountPayload> {
    return deleteAccount(ctx, input);
  }
}
