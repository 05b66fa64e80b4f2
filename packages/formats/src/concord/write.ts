/** Writes a corpus as Concord NDJSON, in the very bytes of a project's export where every id and author is known. */
import { canonicalJson, quoteOf } from "@concord/core";
import type { CorpusAnnotation, CorpusDocument, CorpusHeader } from "../corpus.ts";
import type { OutCorpus, Written } from "../format.ts";

/** Members that a document, an annotation and so on may leave out are left out where they are null. */
export async function* writeConcord({
  header,
  documents,
}: OutCorpus): AsyncGenerator<Written, void, undefined> {
  yield { kind: "file", path: "corpus.ndjson" };
  yield { kind: "text", text: `${headerJson(header)}\n` };
  for await (const document of documents) yield { kind: "text", text: `${documentJson(document)}\n` };
}

function headerJson({ name, description, guidelines, labels, relationTypes, users }: CorpusHeader): string {
  return JSON.stringify({
    format: "concord-corpus",
    version: 1,
    offsets: "code-points",
    project: {
      name,
      description,
      guidelines,
      labels: labels.map(
        ({
          id,
          key,
          name: labelName,
          color,
          shortcut,
          description: about,
          parent,
          archivedAt,
          attributes,
        }) => ({
          ...known({ id }),
          key,
          ...{ name: labelName, color, shortcut, description: about, parent, archivedAt },
          attributes: attributes.map(({ key: attribute, name: called, kind, choices, required }) => ({
            ...{ key: attribute, name: called, kind, choices, required },
          })),
        }),
      ),
      relationTypes: relationTypes.map(({ id, key, name: typeName, sourceLabels, targetLabels }) => ({
        ...known({ id }),
        ...{ key, name: typeName, sourceLabels, targetLabels },
      })),
    },
    users: users.map(({ id, name: userName }) => ({ id, name: userName })),
  });
}

function documentJson(document: CorpusDocument): string {
  const { id, sourceId, title, language, metadata, createdAt, text, sha256 } = document;
  const before = JSON.stringify({ ...known({ id }), sourceId, title, language }).slice(0, -1);
  const after = JSON.stringify({ ...known({ createdAt }), text, sha256 }).slice(1, -1);
  const annotations = document.annotations
    .map((annotation) => annotationJson(annotation, document))
    .join(",");
  const relations = document.relations.map(({ id: own, type, source, target, createdBy, createdAt: at }) =>
    JSON.stringify({ ...known({ id: own }), type, source, target, ...known({ createdBy, createdAt: at }) }),
  );
  const comments = document.comments.map(
    ({ id: own, annotation, body, createdBy, createdAt: at, updatedAt, resolvedAt }) =>
      JSON.stringify({
        ...known({ id: own }),
        annotation,
        body,
        ...known({ createdBy, createdAt: at, updatedAt }),
        resolvedAt,
      }),
  );
  return `${before},"metadata":${canonicalJson(metadata)},${after},"annotations":[${annotations}],"relations":[${relations.join(",")}],"comments":[${comments.join(",")}]}`;
}

function annotationJson(annotation: CorpusAnnotation, { offsets }: CorpusDocument): string {
  const { id, label, fragments, attributes, note, origin, version } = annotation;
  const { createdBy, createdAt, updatedBy, updatedAt } = annotation;
  const before = JSON.stringify({
    ...known({ id }),
    label,
    fragments: fragments.map(({ start, end }) => [start, end]),
    quote: quoteOf(offsets, fragments),
  }).slice(0, -1);
  const after = JSON.stringify({
    note,
    origin,
    ...known({ createdBy, createdAt, updatedBy, updatedAt }),
    version,
  });
  return `${before},"attributes":${canonicalJson(attributes)},${after.slice(1)}`;
}

/** The members that are not null. */
function known(members: Record<string, string | null>): Record<string, string> {
  const some: Record<string, string> = {};
  for (const [key, value] of Object.entries(members)) if (value !== null) some[key] = value;
  return some;
}
