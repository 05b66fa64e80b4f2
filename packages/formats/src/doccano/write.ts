/** Writes doccano's lines with entities and relations, which its import takes as they are. */
import { extentOf, quoteOf } from "@concord/core";
import type { CorpusDocument } from "../corpus.ts";
import type { OutCorpus, Written } from "../format.ts";

/** Where a line has what doccano has no place for; doccano keeps it as metadata. */
export const OWN_MEMBERS = "concord";

/** An annotation in several fragments is from its first to its last for doccano, and has them beside it. */
export async function* writeDoccano({ documents }: OutCorpus): AsyncGenerator<Written, void, undefined> {
  yield { kind: "file", path: "corpus.jsonl" };
  for await (const document of documents) yield { kind: "text", text: `${lineOf(document)}\n` };
}

function lineOf(document: CorpusDocument): string {
  const numbers = new Map<string, number>();
  const entities = document.annotations.map(({ id, label, fragments, attributes, note }, index) => {
    if (id !== null) numbers.set(id, index);
    const { start, end } = extentOf(fragments);
    return {
      ...{
        id: index,
        start_offset: start,
        end_offset: end,
        label,
        quote: quoteOf(document.offsets, fragments),
      },
      ...(fragments.length > 1
        ? { fragments: fragments.map((fragment) => [fragment.start, fragment.end]) }
        : {}),
      ...(Object.keys(attributes).length > 0 ? { attributes } : {}),
      ...(note === "" ? {} : { note }),
    };
  });
  const relations = document.relations.flatMap(({ type, source, target }, id) => {
    const [from, to] = [numbers.get(source), numbers.get(target)];
    return from === undefined || to === undefined ? [] : [{ id, from_id: from, to_id: to, type }];
  });
  const { title, sourceId, language, sha256, metadata, text } = document;
  const own = { title, sourceId, language, sha256, offsets: "code-points" };
  return JSON.stringify({ text, entities, relations, meta: metadata, [OWN_MEMBERS]: own });
}
