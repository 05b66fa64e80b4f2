/** The codebook's fields that need a look-up. */
import { letterOf } from "@concord/core";
import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { Context } from "../context.ts";
import type { LabelRow, RelationTypeRow } from "./codebook.queries.ts";
import { LabelType, RelationTypeType } from "./codebook.type.ts";

/** Labels by id, in the order of the ids. */
async function loadLabels(ctx: Context, ids: readonly string[]): Promise<LabelRow[]> {
  return Promise.all(ids.map((id) => ctx.loaders.label.load(id)));
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
  parent(@Root() label: LabelRow, @Ctx() ctx: Context): Promise<LabelRow> | null {
    return label.parentId === null ? null : ctx.loaders.label.load(label.parentId);
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
}
