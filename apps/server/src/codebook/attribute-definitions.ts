/** The JSON in which a label keeps its attribute definitions. */
import { ATTRIBUTE_KINDS, type AttributeDefinition } from "@concord/core";
import { z } from "zod";

const definitions = z.array(
  z.object({
    key: z.string(),
    name: z.string(),
    kind: z.enum(ATTRIBUTE_KINDS),
    choices: z.array(z.string()),
    required: z.boolean(),
  }),
);

/**
 * The definitions in a label's `attributes` column.
 * @throws ZodError when the column holds something else, which only a hand in the database can cause
 */
export function parseAttributeDefinitions(json: unknown): AttributeDefinition[] {
  return definitions.parse(json);
}
