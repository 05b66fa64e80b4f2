/** The codebook's fields that need a look-up. */
import { letterOf } from "@concord/core";
import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { Context } from "../context.ts";
import { UserType } from "../people/people.type.ts";
import type { LabelRow, RelationTypeRow } from "./codebook.queries.ts";
import { LabelType, LabelUsageType, RelationTypeType } from "./codebook.type.ts";
import type { LabelUsageRow } from "./label-usage.queries.ts";

/** Labels by id, in the order of the ids; what a log names may be gone by now. */
async function loadLabels(ctx: Context, ids: readonly string[]): Promise<LabelRow[]> {
  const labels = await Promise.all(ids.map((id) => ctx.loaders.labelIfThere.load(id)));
  return labels.filter((label) => label !== null);
}

@Resolver(() => LabelType)
export class LabelResolver {
  @FieldResolver(() => String, {
    description: "The sign beside the colour: the shortcut in capitals, else the name's first grapheme.",
  })
  letter(@Root() label: LabelRow): string {
    return letterOf(label);
  }

  @FieldResolver(() => LabelType, { nullable: true, description: "The label that this one is a kind of." })
  parent(@Root() label: LabelRow, @Ctx() ctx: Context): Promise<LabelRow | null> | null {
    return label.parentId === null ? null : ctx.loaders.labelIfThere.load(label.parentId);
  }

  @FieldResolver(() => LabelType, {
    nullable: true,
    description: "The label that this one was merged into: its annotations are there.",
  })
  heir(@Root() label: LabelRow, @Ctx() ctx: Context): Promise<LabelRow | null> | null {
    return label.heirId === null ? null : ctx.loaders.labelIfThere.load(label.heirId);
  }

  @FieldResolver(() => LabelUsageType, { description: "How much it is used; counted when it is asked for." })
  usage(@Root() label: LabelRow, @Ctx() ctx: Context): Promise<LabelUsageRow> {
    return ctx.loaders.labelUsage.load(label.id);
  }

  @FieldResolver(() => UserType, {
    nullable: true,
    description: "Who changed it last; null since it came into the project.",
  })
  updatedBy(@Root() label: LabelRow, @Ctx() ctx: Context) {
    return label.updatedBy === null ? null : ctx.loaders.person.load(label.updatedBy);
  }
}

@Resolver(() => RelationTypeType)
export class RelationTypeResolver {
  @FieldResolver(() => [LabelType], { description: "Labels that may stand at its source." })
  sourceLabels(@Root() type: RelationTypeRow, @Ctx() ctx: Context): Promise<LabelRow[]> {
    return loadLabels(ctx, type.sourceLabelIds);
  }

  @FieldResolver(() => [LabelType], { description: "Labels that may stand at its target." })
  targetLabels(@Root() type: RelationTypeRow, @Ctx() ctx: Context): Promise<LabelRow[]> {
    return loadLabels(ctx, type.targetLabelIds);
  }

  @FieldResolver(() => UserType, {
    nullable: true,
    description: "Who changed it last; null since it came into the project.",
  })
  updatedBy(@Root() type: RelationTypeRow, @Ctx() ctx: Context) {
    return type.updatedBy === null ? null : ctx.loaders.person.load(type.updatedBy);
  }
}
