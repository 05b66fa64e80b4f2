/** Filters that several lists share: what they take, and the checks of it. */
import { GraphQLDateTime } from "graphql-scalars";
import { Field, Float, ID, InputType, registerEnumType } from "type-graphql";
import { TextMode } from "./search-question.ts";

registerEnumType(TextMode, {
  name: "TextMode",
  description: "How a text is compared.",
  valuesConfig: {
    WORDS: {
      description:
        'All words, in any form that the document\'s language knows; "in quotation marks" one after the other, -without, this OR that. Words of scripts without spaces match wherever they stand.',
    },
    SUBSTRING: { description: "The text itself, in any case, also inside of words." },
  },
});

@InputType({
  description:
    "What the value under a key must be: all that is given. With nothing but the key it must have a value.",
})
export class AttributeFilter {
  @Field(() => String, { description: "The attribute's key, or the metadata's." })
  key!: string;

  @Field(() => [String], {
    nullable: true,
    description: "Exactly one of these: for a CHOICE, a TEXT or a DATE. An empty list means none.",
  })
  values?: string[] | null;

  @Field(() => Boolean, { nullable: true, description: "For a BOOLEAN." })
  is?: boolean | null;

  @Field(() => String, { nullable: true, description: "Case-insensitive substring of a TEXT." })
  text?: string | null;

  @Field(() => Float, { nullable: true, description: "A NUMBER that is this or more." })
  min?: number | null;

  @Field(() => Float, { nullable: true, description: "A NUMBER that is this or less." })
  max?: number | null;

  @Field(() => String, { nullable: true, description: "A DATE that is this day, YYYY-MM-DD, or later." })
  since?: string | null;

  @Field(() => String, { nullable: true, description: "A DATE before this day, YYYY-MM-DD." })
  until?: string | null;
}

@InputType({
  description: "Which documents of a project; what is absent does not restrict, an empty list means none.",
})
export class DocumentFilter {
  @Field(() => String, {
    nullable: true,
    description: "What a passage of the text must match; see Query.passages for the passages themselves.",
  })
  text?: string | null;

  @Field(() => TextMode, { nullable: true, description: "How `text` is compared; WORDS when absent." })
  mode?: TextMode | null;

  @Field(() => [String], {
    nullable: true,
    description: 'Language tags: "en" also finds "en-GB", and "und" those of unknown language.',
  })
  languages?: string[] | null;

  @Field(() => [ID], { nullable: true, description: "With an annotation of one of these labels." })
  labels?: string[] | null;

  @Field(() => [ID], {
    nullable: true,
    description: "With an annotation by one of these people; with `labels` too it must be the same one.",
  })
  annotatedBy?: string[] | null;

  @Field(() => [AttributeFilter], {
    nullable: true,
    description: "What the metadata must say; at most 20. All of them must hold.",
  })
  metadata?: AttributeFilter[] | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: "Imported then or later." })
  since?: Date | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: "Imported before." })
  until?: Date | null;
}
