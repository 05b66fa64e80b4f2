/** A part of a text, as every feature takes it. */
import { Field, InputType, Int } from "type-graphql";

@InputType({ description: "A part of a text, in code points, `end` exclusive." })
export class FragmentInput {
  @Field(() => Int, { description: "First code point, from 0." })
  start!: number;

  @Field(() => Int, { description: "Behind the last code point, at most the document's length." })
  end!: number;
}
