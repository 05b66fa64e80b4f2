// A field of an annotation in words, as a version has it.
import { createOffsetMap, type Fragment } from "@concord/core";
import { t } from "../../words/words.ts";
import type { Label } from "./model/entities.ts";
import type { Content, FieldName } from "./model/fields.ts";

export interface FieldContext {
  readonly document: { readonly text: string };
  readonly labels: ReadonlyMap<string, Label>;
}

function quoteOf(text: string, fragments: readonly Fragment[]): string {
  const map = createOffsetMap(text);
  return fragments.map(({ start, end }) => `“${map.slice(start, end)}”`).join(" … ");
}

/** Its name and what a version says. */
export function fieldWords(
  name: FieldName,
  version: Content,
  { document, labels }: FieldContext,
): [name: string, words: string] {
  if (name === "labelId")
    return [t("decisions:field.label"), labels.get(version.labelId)?.name ?? t("decisions:field.unknown")];
  if (name === "note")
    return [t("decisions:field.note"), version.note === "" ? t("decisions:field.none") : version.note];
  if (name === "fragments") return [t("decisions:field.place"), quoteOf(document.text, version.fragments)];
  const key = name.slice("attribute.".length);
  const definition = labels.get(version.labelId)?.attributes.find((one) => one.key === key);
  const value = version.attributes[key];
  return [definition?.name ?? key, value === undefined ? t("decisions:field.none") : String(value)];
}
