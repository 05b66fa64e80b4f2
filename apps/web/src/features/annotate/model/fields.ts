// An annotation taken apart into the fields that people change, each attribute one of its own: what differs between two
// versions, and one person's differences laid over another's version. Pure.
import type { Annotation } from "./entities.ts";
import type { AnnotationPatch } from "./operation.ts";

/** What a person can change of an annotation. */
export type Content = Pick<Annotation, "labelId" | "fragments" | "attributes" | "note">;

/** `attribute.KEY` for each attribute. */
export type FieldName = "labelId" | "fragments" | "note" | `attribute.${string}`;

function fieldsOf({ labelId, fragments, note, attributes }: Content): Map<FieldName, string> {
  const places = fragments.map(({ start, end }) => [start, end]);
  const fields = new Map<FieldName, string>([
    ["labelId", labelId],
    ["fragments", JSON.stringify(places)],
    ["note", note],
  ]);
  for (const [key, value] of Object.entries(attributes))
    if (value !== undefined) fields.set(`attribute.${key}`, JSON.stringify(value));
  return fields;
}

/** The fields in which two versions differ, in the order in which they are shown. */
export function differences(a: Content, b: Content): FieldName[] {
  const [left, right] = [fieldsOf(a), fieldsOf(b)];
  return [...new Set([...left.keys(), ...right.keys()])].filter((name) => left.get(name) !== right.get(name));
}

export const isSameContent = (a: Content, b: Content): boolean => differences(a, b).length === 0;

/** What sets the named fields as `from` has them on top of `onto`. */
export function patchOf(
  names: readonly FieldName[],
  from: Content & { quote?: string },
  onto: Content,
): AnnotationPatch {
  const keys = names.flatMap((name) =>
    name.startsWith("attribute.") ? [name.slice("attribute.".length)] : [],
  );
  const attributes = { ...onto.attributes };
  for (const key of keys) {
    if (from.attributes[key] === undefined) delete attributes[key];
    else attributes[key] = from.attributes[key];
  }
  return {
    ...(names.includes("labelId") && { labelId: from.labelId }),
    ...(names.includes("fragments") && {
      fragments: from.fragments,
      ...(from.quote !== undefined && { quote: from.quote }),
    }),
    ...(names.includes("note") && { note: from.note }),
    ...(keys.length > 0 && { attributes }),
  };
}
