/** Writes Web Annotations: for each document its text, and beside it a page of annotations that name it. */
import { canonicalJson, contextOf, type JsonValue } from "@concord/core";
import { ManifestWriter } from "../bundle/manifest.ts";
import type { CorpusAnnotation, CorpusComment, CorpusDocument, CorpusHeader } from "../corpus.ts";
import type { OutCorpus, Written } from "../format.ts";
import { createFileNames } from "../path.ts";

/** What stands before a UUID that is an address. */
export const URN = "urn:uuid:";
/** The purpose of a body that holds attributes, as JSON. */
export const ATTRIBUTES = "describing";

type Members = Record<string, JsonValue>;

/** Positions are code points, which the standard asks for. */
export async function* writeWebAnnotations({
  header,
  documents,
}: OutCorpus): AsyncGenerator<Written, void, undefined> {
  const nameOf = createFileNames();
  const manifest = new ManifestWriter("code points");
  for await (const document of documents) {
    const name = nameOf(document.title);
    manifest.add(`${name}.txt`, document, true);
    yield { kind: "file", path: `${name}.txt` };
    yield { kind: "text", text: document.text };
    yield { kind: "file", path: `${name}.jsonld` };
    yield {
      kind: "text",
      text: `${JSON.stringify(pageOf(document, `${encodeURIComponent(name)}.txt`, header))}\n`,
    };
  }
  yield* manifest.file();
}

function pageOf(document: CorpusDocument, source: string, { users }: CorpusHeader): Members {
  const names = new Map(users.map(({ id, name }) => [id, name]));
  const creator = (id: string | null): Members => {
    if (id === null) return {};
    const name = names.get(id);
    return { creator: { id: URN + id, type: "Person", ...(name === undefined ? {} : { name }) } };
  };
  const ids = new Map(
    document.annotations.map(({ id }, index) => [id, id === null ? `#${index + 1}` : URN + id]),
  );
  const comments = Map.groupBy(document.comments, ({ annotation }) => annotation);
  const items = document.annotations.map(
    (annotation, index): Members => ({
      id: annotation.id === null ? `#${index + 1}` : URN + annotation.id,
      ...{ type: "Annotation", motivation: "tagging" },
      ...creator(annotation.createdBy),
      ...(annotation.createdAt === null ? {} : { created: annotation.createdAt }),
      ...(annotation.updatedAt === null ? {} : { modified: annotation.updatedAt }),
      body: bodiesOf(annotation, comments.get(annotation.id ?? "") ?? [], creator),
      target: targetsOf(document, annotation, source),
    }),
  );
  for (const { id, type, source: from, target, createdBy, createdAt } of document.relations)
    items.push({
      ...(id === null ? {} : { id: URN + id }),
      ...{
        type: "Annotation",
        motivation: "linking",
        ...creator(createdBy),
        ...(createdAt === null ? {} : { created: createdAt }),
      },
      body: [{ type: "TextualBody", purpose: "tagging", value: type }],
      target: [{ id: ids.get(from) ?? "" }, { id: ids.get(target) ?? "" }],
    });
  return { "@context": "http://www.w3.org/ns/anno.jsonld", type: "AnnotationPage", items };
}

function bodiesOf(
  { label, note, attributes }: CorpusAnnotation,
  comments: readonly CorpusComment[],
  creator: (id: string | null) => Members,
): Members[] {
  const bodies: Members[] = [{ type: "TextualBody", purpose: "tagging", value: label }];
  if (note !== "") bodies.push({ type: "TextualBody", purpose: "commenting", value: note });
  if (Object.keys(attributes).length > 0)
    bodies.push({
      type: "TextualBody",
      purpose: ATTRIBUTES,
      format: "application/json",
      value: canonicalJson(attributes),
    });
  for (const { id, body, createdBy, createdAt, updatedAt } of comments)
    bodies.push({
      ...(id === null ? {} : { id: URN + id }),
      ...{ type: "TextualBody", purpose: "replying", value: body, ...creator(createdBy) },
      ...(createdAt === null ? {} : { created: createdAt }),
      ...(updatedAt === null ? {} : { modified: updatedAt }),
    });
  return bodies;
}

/** A target for each fragment: several selectors of one target would be several ways to find the same place. */
function targetsOf(
  { offsets }: CorpusDocument,
  { fragments }: CorpusAnnotation,
  source: string,
): Members | Members[] {
  const targets = fragments.map((fragment): Members => {
    const { prefix, suffix } = contextOf(offsets, [fragment]);
    return {
      source,
      selector: [
        { type: "TextPositionSelector", start: fragment.start, end: fragment.end },
        { type: "TextQuoteSelector", exact: offsets.slice(fragment.start, fragment.end), prefix, suffix },
      ],
    };
  });
  const [only] = targets;
  return targets.length === 1 && only !== undefined ? only : targets;
}
