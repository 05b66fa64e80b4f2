/** Gives a file's labels and relation types the keys that were chosen for them, and leaves out what nobody wants. */
import type {
  CorpusAnnotation,
  CorpusDocument,
  CorpusHeader,
  CorpusRelation,
  DocumentEvent,
} from "@concord/formats";
import type { Choices, WordChoices } from "./import-choices.ts";

/** A file's words, turned into the project's. */
export interface Mapping {
  header(header: CorpusHeader): CorpusHeader;
  document(event: DocumentEvent): DocumentEvent;
  /** Keys that must be in the codebook for it. */
  labelTargets: readonly string[];
  relationTypeTargets: readonly string[];
}

/** The key that a word gets: its own where nothing was chosen, null where it is left out. */
type Renaming = (key: string) => string | null;

/** A mapping of the choices. */
export function createMapping({ labels, relationTypes }: Choices): Mapping {
  const label = renaming(labels);
  const type = renaming(relationTypes);
  const isIdle = Object.keys(labels).length + Object.keys(relationTypes).length === 0;
  return {
    header: (header) => mapHeader(header, labels, relationTypes, label),
    document: (event) =>
      isIdle || event.document === null
        ? event
        : { ...event, document: mapDocument(event.document, label, type) },
    labelTargets: targetsOf(labels),
    relationTypeTargets: targetsOf(relationTypes),
  };
}

function renaming(choices: WordChoices): Renaming {
  const chosen = new Map(Object.entries(choices));
  return (key) => {
    const choice = chosen.get(key);
    return choice === undefined ? key : choice;
  };
}

function targetsOf(choices: WordChoices): string[] {
  return [...new Set(Object.values(choices))].filter((key) => key !== null);
}

/** Words that were chosen for are not the file's own any more: they are in the codebook, or left out. */
function mapHeader(
  header: CorpusHeader,
  labels: WordChoices,
  relationTypes: WordChoices,
  rename: Renaming,
): CorpusHeader {
  const ends = (keys: readonly string[]) => [...new Set(keys.flatMap((key) => rename(key) ?? []))];
  return {
    ...header,
    labels: header.labels
      .filter(({ key }) => !Object.hasOwn(labels, key))
      .map((label) => ({ ...label, parent: label.parent === null ? null : rename(label.parent) })),
    relationTypes: header.relationTypes
      .filter(({ key }) => !Object.hasOwn(relationTypes, key))
      .map((type) => ({
        ...type,
        sourceLabels: ends(type.sourceLabels),
        targetLabels: ends(type.targetLabels),
      })),
  };
}

function mapDocument(document: CorpusDocument, label: Renaming, type: Renaming): CorpusDocument {
  const annotations = document.annotations.flatMap((annotation): CorpusAnnotation[] => {
    const key = label(annotation.label);
    return key === null ? [] : [{ ...annotation, label: key }];
  });
  const left = new Set(annotations.map(({ id }) => id));
  const links = new Set<string>();
  const relations = document.relations.flatMap((relation): CorpusRelation[] => {
    const key = type(relation.type);
    if (key === null || !left.has(relation.source) || !left.has(relation.target)) return [];
    // Two types that become one may link the same two annotations.
    const link = JSON.stringify([key, relation.source, relation.target]);
    if (links.has(link)) return [];
    links.add(link);
    return [{ ...relation, type: key }];
  });
  return {
    ...document,
    annotations,
    relations,
    comments: document.comments.filter(({ annotation }) => left.has(annotation)),
  };
}
