/** Writes Label Studio's tasks, with what a labeling configuration of the same names shows: labels, relations, choices. */
import { extentOf, quoteOf } from "@concord/core";
import type { CorpusAnnotation, CorpusDocument } from "../corpus.ts";
import type { OutCorpus, Written } from "../format.ts";

/** One list of tasks; positions are UTF-16 units. */
export async function* writeLabelStudio({ documents }: OutCorpus): AsyncGenerator<Written, void, undefined> {
  yield { kind: "file", path: "tasks.json" };
  let before = "[\n";
  for await (const document of documents) {
    yield { kind: "text", text: `${before}${JSON.stringify(taskOf(document))}` };
    before = ",\n";
  }
  yield { kind: "text", text: before === "[\n" ? "[]\n" : "\n]\n" };
}

function taskOf(document: CorpusDocument): object {
  const { text, title, sourceId, language, metadata, sha256 } = document;
  const data = { text, title, sourceId, language, metadata, sha256, offsets: "UTF-16" };
  const ids = new Map<string, string>();
  const made: object[] = [];
  for (const [index, annotation] of document.annotations.entries()) {
    const id = `r${index + 1}`;
    if (annotation.id !== null) ids.set(annotation.id, id);
    made.push(...resultsOf(document, annotation, id));
  }
  for (const { type, source, target } of document.relations) {
    const [from, to] = [ids.get(source), ids.get(target)];
    if (from !== undefined && to !== undefined)
      made.push({ from_id: from, to_id: to, type: "relation", direction: "right", labels: [type] });
  }
  return { data, annotations: made.length === 0 ? [] : [{ result: made }], predictions: [] };
}

/** A region, and a result for each of its attributes. */
function resultsOf(
  { offsets }: CorpusDocument,
  { label, fragments, attributes, note }: CorpusAnnotation,
  id: string,
): object[] {
  const { start, end } = extentOf(fragments);
  const place = { start: offsets.toUtf16(start), end: offsets.toUtf16(end) };
  const common = { id, to_name: "text" };
  const split = fragments.length > 1;
  const meta = {
    ...(note === "" ? {} : { text: [note] }),
    ...(split
      ? {
          fragments: fragments.map((part) => [offsets.toUtf16(part.start), offsets.toUtf16(part.end)]),
          quote: quoteOf(offsets, fragments),
        }
      : {}),
  };
  const region = {
    ...{
      ...common,
      from_name: "label",
      type: "labels",
      value: { ...place, text: offsets.slice(start, end), labels: [label] },
    },
    ...(note === "" && !split ? {} : { meta }),
  };
  const others = Object.entries(attributes).map(([key, value]) => {
    if (typeof value === "number")
      return { ...common, from_name: key, type: "number", value: { ...place, number: value } };
    if (typeof value === "boolean")
      return {
        ...common,
        from_name: key,
        type: "choices",
        meta: { kind: "boolean" },
        value: { ...place, choices: [String(value)] },
      };
    return { ...common, from_name: key, type: "choices", value: { ...place, choices: [value] } };
  });
  return [region, ...others];
}
