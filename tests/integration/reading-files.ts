// Files of other formats, read again by the library that the server writes them with.
import {
  type Carries,
  type CorpusDocument,
  type CorpusHeader,
  type FormatId,
  type Problem,
  type ReadLimits,
  readCorpus,
} from "@concord/formats";

const limits: ReadLimits = {
  ...{ text: 2_000_000, name: 200, title: 1_000, description: 4_000, guidelines: 200_000, note: 20_000 },
  ...{ comment: 20_000, sourceId: 1_000, json: 100_000, nesting: 100 },
};

/** All of a file. */
export async function readFile(
  name: string,
  bytes: Uint8Array,
  format: FormatId | "auto" = "auto",
): Promise<{ header: CorpusHeader | null; documents: CorpusDocument[]; problems: Problem[] }> {
  async function* open() {
    yield bytes;
  }
  let header: CorpusHeader | null = null;
  const documents: CorpusDocument[] = [];
  const problems: Problem[] = [];
  for await (const event of readCorpus({ name, open }, { format, limits })) {
    problems.push(...event.problems);
    if (event.kind === "header") header = event.header;
    else if (event.kind === "document" && event.document !== null) documents.push(event.document);
  }
  return { header, documents, problems };
}

/** What of a document is carried, in a form that two can be compared in: ends of relations are named by what they are. */
export function carriedOf(document: CorpusDocument, carries: Carries) {
  const seen = ({ label, fragments, attributes, note }: CorpusDocument["annotations"][number]) =>
    JSON.stringify({
      label,
      fragments,
      ...(carries.attributes ? { attributes: Object.entries(attributes).sort() } : {}),
      ...(carries.notes ? { note } : {}),
    });
  const names = new Map(document.annotations.map((annotation) => [annotation.id, seen(annotation)]));
  const { title, sourceId, language, metadata } = document;
  return {
    text: document.text,
    title: carries.titles && title,
    sourceId: carries.sourceIds && sourceId,
    language: carries.languages && language,
    metadata: carries.metadata && metadata,
    annotations: carries.annotations && document.annotations.map(seen).sort(),
    relations:
      carries.relations &&
      document.relations
        .map(({ type, source, target }) => [type, names.get(source), names.get(target)])
        .sort(),
    comments:
      carries.comments &&
      document.comments.map(({ annotation, body }) => [names.get(annotation), body]).sort(),
  };
}
