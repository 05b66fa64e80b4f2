/** The extra values that a label asks for, and the rules for them. */

/** What an attribute may hold. */
export const ATTRIBUTE_KINDS = ["BOOLEAN", "TEXT", "NUMBER", "DATE", "CHOICE"] as const;

/** What an attribute may hold. */
export type AttributeKind = (typeof ATTRIBUTE_KINDS)[number];

/** One attribute that a label defines. */
export interface AttributeDefinition {
  /** Stable machine name, unique in the label. */
  key: string;
  name: string;
  kind: AttributeKind;
  /** The accepted values of a CHOICE, else empty. */
  choices: string[];
  required: boolean;
}

/**
 * Checks values against a label's definitions. A required value that is missing is no problem here: one key must be
 * enough to tag, see `missingRequired`.
 * @returns the first problem with a sentence that names the accepted values, or null
 * @example checkAttributes({ stance: "maybe" }, definitions)?.message; // 'stance must be one of "for", "against".'
 */
export function checkAttributes(
  values: Record<string, unknown>,
  definitions: readonly AttributeDefinition[],
): { key: string; message: string } | null {
  for (const [key, value] of Object.entries(values)) {
    const definition = definitions.find((candidate) => candidate.key === key);
    if (definition === undefined) return { key, message: unknownKeyMessage(key, definitions) };
    if (!isAccepted(value, definition)) return { key, message: `${key} must be ${accepted(definition)}.` };
  }
  return null;
}

/**
 * The keys of required attributes that have no value, in the order of their definitions.
 * @example missingRequired({}, [{ key: "stance", name: "Stance", kind: "TEXT", choices: [], required: true }]); // ["stance"]
 */
export function missingRequired(
  values: Record<string, unknown>,
  definitions: readonly AttributeDefinition[],
): string[] {
  return definitions
    .filter((definition) => definition.required && !Object.hasOwn(values, definition.key))
    .map((definition) => definition.key);
}

function isAccepted(value: unknown, definition: AttributeDefinition): boolean {
  switch (definition.kind) {
    case "BOOLEAN":
      return typeof value === "boolean";
    case "TEXT":
      return typeof value === "string";
    case "NUMBER":
      return Number.isFinite(value);
    case "DATE":
      return typeof value === "string" && isCalendarDay(value);
    case "CHOICE":
      return typeof value === "string" && definition.choices.includes(value);
  }
}

function accepted(definition: AttributeDefinition): string {
  switch (definition.kind) {
    case "BOOLEAN":
      return "true or false";
    case "TEXT":
      return "a text";
    case "NUMBER":
      return "a finite number";
    case "DATE":
      return "a calendar day as YYYY-MM-DD";
    case "CHOICE":
      return `one of ${quoted(definition.choices)}`;
  }
}

function isCalendarDay(value: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  // JavaScript takes 30 February for 1 March, so the day has to come back as it went in.
  const day = new Date(`${value}T00:00:00.000Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value);
}

function unknownKeyMessage(key: string, definitions: readonly AttributeDefinition[]): string {
  if (definitions.length === 0)
    return `The label has no attribute ${JSON.stringify(key)}; it has none at all.`;
  const keys = definitions.map((definition) => definition.key);
  return `The label has no attribute ${JSON.stringify(key)}; it has ${quoted(keys)}.`;
}

function quoted(values: readonly string[]): string {
  return values.map((value) => JSON.stringify(value)).join(", ");
}
