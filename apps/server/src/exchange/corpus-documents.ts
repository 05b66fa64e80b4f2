/** Makes rows of documents that were read, and says what is not as the file has it. */
import { createHash } from "node:crypto";
import { checkAttributes } from "@concord/core";
import type { CorpusAnnotation, CorpusDocument, DocumentEvent, Problem } from "@concord/formats";
import { type SpanRow, spanRow } from "../annotation/span.ts";
import type { Transaction } from "../database/database.ts";
import type { Codebook } from "./corpus-codebook.ts";
import { createIdGiver, type IdGiver } from "./corpus-ids.ts";
import type { CorpusRows } from "./corpus-insert.ts";

/** Where documents go, and what the header has settled. */
export interface Destination {
  jobId: string;
  projectId: string;
  /** Whose work it is where the file names nobody. */
  makerId: string;
  codebook: Codebook;
  people: ReadonlyMap<string, string>;
  /** For what the file has no time for. */
  now: string;
  /** The last place of a document that was in the project before: only up to there the same text is a double. */
  lastPosition: number;
  /** In a dry run, what earlier batches would have made. */
  pretended: { ids: Set<string>; sourceIds: Set<string> };
}

/** What becomes of a batch of documents. */
interface DocumentsPlan {
  rows: CorpusRows;
  problems: Problem[];
  /** Documents that rows were made of. */
  taken: ReadDocument[];
  /** How many are in the project already. */
  duplicateCount: number;
}

/** Different warnings about one document; more say nothing new. */
const MAX_WARNINGS = 20;

/**
 * The id of the shared layer of a job's document: made of the two, so that a document can't come in twice, and so that
 * all that a job made can be found again without a list.
 */
export function layerIdOf(jobId: string, ordinal: number): string {
  const bytes = createHash("sha256").update(`${jobId}:${ordinal}`).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

/** A document that was read whole. */
export type ReadDocument = DocumentEvent & { document: CorpusDocument };

const isWhole = (event: DocumentEvent): event is ReadDocument => event.document !== null;

/** Makes the rows; reads what is taken, writes nothing. */
export async function planDocuments(
  tx: Transaction,
  to: Destination,
  events: readonly DocumentEvent[],
): Promise<DocumentsPlan> {
  const read = events.filter(isWhole);
  const sources = await knownSources(tx, to, read);
  const contents = await knownContents(tx, to, read);
  const ids = {
    document: await createIdGiver(
      tx,
      "document",
      read.map(({ document }) => document.id),
    ),
    annotation: await createIdGiver(
      tx,
      "annotation",
      read.flatMap(({ document }) => document.annotations.map(({ id }) => id)),
    ),
    relation: await createIdGiver(
      tx,
      "relation",
      read.flatMap(({ document }) => document.relations.map(({ id }) => id)),
    ),
    comment: await createIdGiver(
      tx,
      "comment",
      read.flatMap(({ document }) => document.comments.map(({ id }) => id)),
    ),
  };
  const rows: CorpusRows = { documents: [], spans: [], annotations: [], relations: [], comments: [] };
  const problems: Problem[] = [];
  const taken: ReadDocument[] = [];
  for (const event of events) {
    problems.push(...event.problems);
    if (!isWhole(event)) continue;
    const { sourceId, title } = event.document;
    const warnings = new Warnings();
    if (sourceId !== null && sources.has(sourceId)) {
      warnings.add(
        `“${title}” was left out: the project has a document with the sourceId ${JSON.stringify(sourceId)}.`,
      );
    } else if (sourceId === null && contents.has(contentOf(event.document))) {
      warnings.add(`“${title}” was left out: the project has a document with this title and text.`);
    } else {
      if (sourceId !== null) sources.add(sourceId);
      addDocument(rows, to, event, ids, warnings);
      taken.push(event);
    }
    problems.push(...warnings.at(event));
  }
  return { rows, problems, taken, duplicateCount: read.length - taken.length };
}

/** Source ids of the batch that the project knows already. */
async function knownSources(
  tx: Transaction,
  to: Destination,
  read: readonly ReadDocument[],
): Promise<Set<string>> {
  const wanted = read.flatMap(({ document }) => document.sourceId ?? []);
  if (wanted.length === 0) return new Set();
  const rows = await tx.document.findMany({
    where: { projectId: to.projectId, deletedAt: null, sourceId: { in: wanted } },
    select: { sourceId: true },
  });
  const known = new Set(rows.flatMap(({ sourceId }) => sourceId ?? []));
  for (const sourceId of wanted) if (to.pretended.sourceIds.has(sourceId)) known.add(sourceId);
  return known;
}

/** What makes documents without a source id the same. */
function contentOf({ title, sha256 }: { title: string; sha256: string }): string {
  return `${sha256} ${title}`;
}

/** Of the documents without a source id those that were in the project before; what is twice in a file is so on purpose. */
async function knownContents(
  tx: Transaction,
  to: Destination,
  read: readonly ReadDocument[],
): Promise<Set<string>> {
  const nameless = read.filter(({ document }) => document.sourceId === null);
  if (nameless.length === 0 || to.lastPosition === 0) return new Set();
  const rows = await tx.document.findMany({
    where: {
      projectId: to.projectId,
      deletedAt: null,
      position: { lte: to.lastPosition },
      sha256: { in: nameless.map(({ document }) => Buffer.from(document.sha256, "hex")) },
    },
    select: { title: true, sha256: true },
  });
  return new Set(
    rows.map(({ title, sha256 }) => contentOf({ title, sha256: Buffer.from(sha256).toString("hex") })),
  );
}

/** Warnings about one document, each kind once with how often it holds. */
class Warnings {
  readonly #counts = new Map<string, number>();

  add(message: string): void {
    const count = this.#counts.get(message) ?? 0;
    if (count > 0 || this.#counts.size < MAX_WARNINGS) this.#counts.set(message, count + 1);
  }

  at({ file, line, column }: DocumentEvent): Problem[] {
    return [...this.#counts].map(([message, count]) => ({
      file,
      line,
      column,
      message: count === 1 ? message : `${message} (${count} times in this document)`,
      severity: "warning",
    }));
  }
}

function addDocument(
  rows: CorpusRows,
  to: Destination,
  { ordinal, document }: ReadDocument,
  ids: Record<"document" | "annotation" | "relation" | "comment", IdGiver>,
  warnings: Warnings,
): void {
  const { sourceId, title, text, offsets, sha256, language, metadata, createdAt } = document;
  const wanted = document.id !== null && to.pretended.ids.has(document.id) ? null : document.id;
  const documentId = ids.document.give(wanted);
  const layerId = layerIdOf(to.jobId, ordinal);
  const place = { documentId, layerId };
  rows.documents.push({
    id: documentId,
    layerId,
    sourceId,
    title,
    text,
    length: offsets.length,
    sha256,
    language,
    metadata,
    createdAt: createdAt ?? to.now,
  });

  const spans = new Map<string, SpanRow>();
  const annotations = new Map<string, { id: string; label: string }>();
  for (const annotation of document.annotations) {
    const span = spanRow(documentId, offsets, annotation.fragments);
    spans.set(span.id, span);
    const id = ids.annotation.give(annotation.id);
    if (annotation.id !== null) annotations.set(annotation.id, { id, label: annotation.label });
    rows.annotations.push({
      ...place,
      ...annotationRow(to, annotation, warnings),
      id,
      spanId: span.id,
      start: span.start,
      end: span.end,
    });
  }
  rows.spans.push(...spans.values());
  for (const relation of document.relations) {
    const type = to.codebook.relationTypes.get(relation.type);
    const source = annotations.get(relation.source);
    const target = annotations.get(relation.target);
    if (type === undefined || source === undefined || target === undefined)
      throw new Error("the reader let a loose relation pass");
    if (!takes(type.sourceLabels, source.label) || !takes(type.targetLabels, target.label)) {
      warnings.add(
        `The codebook has no ${relation.type} from ${source.label} to ${target.label}; the relation came in all the same.`,
      );
    }
    const createdBy = personOf(to, relation.createdBy);
    const id = ids.relation.give(relation.id);
    rows.relations.push({
      ...place,
      id,
      typeId: type.id,
      sourceId: source.id,
      targetId: target.id,
      createdBy,
      createdAt: relation.createdAt ?? to.now,
    });
  }
  for (const comment of document.comments) {
    const annotation = annotations.get(comment.annotation);
    if (annotation === undefined) throw new Error("the reader let a loose comment pass");
    const { body, resolvedAt } = comment;
    const created = comment.createdAt ?? to.now;
    const authorId = personOf(to, comment.createdBy);
    const id = ids.comment.give(comment.id);
    rows.comments.push({
      ...place,
      id,
      annotationId: annotation.id,
      body,
      authorId,
      createdAt: created,
      updatedAt: comment.updatedAt ?? created,
      resolvedAt,
    });
  }
  for (const giver of Object.values(ids)) {
    const replaced = giver.replaced();
    if (replaced !== null) warnings.add(replaced);
  }
}

/** What an annotation says, beside where it stands. */
function annotationRow(to: Destination, annotation: CorpusAnnotation, warnings: Warnings) {
  const { attributes, note, origin, version } = annotation;
  const label = to.codebook.labels.get(annotation.label);
  if (label === undefined) throw new Error("the reader let an unknown label pass");
  const problem = checkAttributes(attributes, label.attributes);
  if (problem !== null) {
    warnings.add(
      `An attribute of ${annotation.label} is not as the codebook has it, and came in all the same: ${problem.message}`,
    );
  }
  const createdBy = personOf(to, annotation.createdBy);
  const createdAt = annotation.createdAt ?? to.now;
  return {
    labelId: label.id,
    attributes,
    note,
    origin,
    createdBy,
    createdAt,
    updatedBy: annotation.updatedBy === null ? createdBy : personOf(to, annotation.updatedBy),
    updatedAt: annotation.updatedAt ?? createdAt,
    version,
  };
}

function personOf(to: Destination, userId: string | null): string {
  return userId === null ? to.makerId : (to.people.get(userId) ?? to.makerId);
}

function takes(labels: readonly string[], label: string): boolean {
  return labels.length === 0 || labels.includes(label);
}
