/** What of a corpus a format has no place for, said in so many words before it is lost. */
import type { CorpusDocument, CorpusHeader, Problem } from "./corpus.ts";
import type { Carries } from "./format.ts";
import { NOWHERE, warningAt } from "./problem.ts";

/**
 * What a format that carries so much leaves out of a document: one warning a kind.
 * @example announceDocument(document, CARRIES_TEXTS) // [{ message: '"Report": 3 annotations are left out.', … }]
 */
export function announceDocument(document: CorpusDocument, carries: Carries): Problem[] {
  const { annotations, relations, comments } = document;
  const left: string[] = [];
  const count = (carried: boolean, number: number, one: string, many: string) => {
    if (!carried && number > 0) left.push(number === 1 ? `${one} is` : `${number} ${many} are`);
  };
  count(carries.titles, document.title === "" ? 0 : 1, "the title", "titles");
  count(carries.sourceIds, document.sourceId === null ? 0 : 1, "the source id", "source ids");
  count(carries.languages, document.language === null ? 0 : 1, "the language", "languages");
  count(
    carries.metadata,
    Object.keys(document.metadata).length,
    "one member of the metadata",
    "members of the metadata",
  );
  count(carries.annotations, annotations.length, "one annotation", "annotations");
  if (carries.annotations) {
    const split = annotations.filter(({ fragments }) => fragments.length > 1).length;
    count(
      carries.discontinuous,
      split,
      "one annotation in several fragments",
      "annotations in several fragments",
    );
    const attributes = annotations.reduce(
      (sum, annotation) => sum + Object.keys(annotation.attributes).length,
      0,
    );
    count(carries.attributes, attributes, "one attribute", "attributes");
    count(carries.notes, annotations.filter(({ note }) => note !== "").length, "one note", "notes");
  }
  count(carries.relations, relations.length, "one relation", "relations");
  count(carries.comments, comments.length, "one comment", "comments");
  const some = annotations.some(
    ({ id, createdBy, createdAt }) => id !== null || createdBy !== null || createdAt !== null,
  );
  if (carries.history !== true && carries.annotations && some)
    left.push(carries.history || "who made what and when is");
  return left.map((what) => warningAt(NOWHERE, `${JSON.stringify(document.title)}: ${what} left out.`));
}

/** The same for what stands before the documents. */
export function announceHeader(header: CorpusHeader, carries: Carries): Problem[] {
  const { labels, relationTypes, guidelines, description } = header;
  const any = labels.length > 0 || relationTypes.length > 0 || guidelines !== "" || description !== "";
  if (carries.codebook === true || !any) return [];
  const what =
    carries.codebook || "names, colours and rules of labels and relation types, and the guidelines";
  return [warningAt(NOWHERE, `Of the codebook are left out: ${what}.`)];
}
