/** A resolved report as rows. What comes with a text is its state at revision 0: no log rows. */
import { createHash } from "node:crypto";
import { createOffsetMap } from "@concord/core";
import { v7 as uuidv7 } from "uuid";
import { type SpanRow, spanRow } from "../annotation/span.ts";
import { type CodebookIds, idOfKey } from "../codebook/create-codebook.ts";
import type { Prisma } from "../generated/prisma/client.ts";
import type { Annotator } from "./report.ts";
import type { ResolvedAnnotation, ResolvedReport } from "./resolve-report.ts";
import { createTimeline, type Timeline } from "./timeline.ts";

/** Where the demo goes, and under which ids its codebook and its annotators are. */
export interface DemoProject {
  projectId: string;
  codebook: CodebookIds;
  annotators: Record<Annotator, string>;
}

/** Everything that one report puts into the database. */
export interface ReportRows {
  document: Prisma.DocumentCreateManyInput;
  layer: Prisma.LayerCreateManyInput;
  /** Each place once. */
  spans: SpanRow[];
  annotations: Prisma.AnnotationCreateManyInput[];
  relations: Prisma.RelationCreateManyInput[];
  comments: Prisma.CommentCreateManyInput[];
}

/** Where everything in a layer stands. */
interface Place {
  projectId: string;
  documentId: string;
  layerId: string;
}

/** Ids carry the time of what they name, as they would had it been made then. */
function idAt(time: Date): string {
  return uuidv7({ msecs: time.getTime() });
}

/** Makes the rows of a report that came into the project some days before `now`. */
export function reportRows(project: DemoProject, report: ResolvedReport, now: Date): ReportRows {
  const { projectId, codebook, annotators } = project;
  const timeline = createTimeline(report, now);
  const text = createOffsetMap(report.text);
  const documentId = idAt(timeline.arrived);
  const place = { projectId, documentId, layerId: idAt(timeline.arrived) };
  const rows: ReportRows = {
    document: {
      id: documentId,
      projectId,
      title: report.title,
      text: report.text,
      length: text.length,
      sha256: createHash("sha256").update(report.text).digest(),
      language: report.language,
      metadata: report.metadata,
      createdAt: timeline.arrived,
    },
    layer: { id: place.layerId, documentId, projectId, kind: "SHARED" },
    spans: [],
    annotations: [],
    relations: [],
    comments: [],
  };
  const ids = new Map<string, string>();
  const spans = new Map<string, SpanRow>();
  for (const annotation of report.annotations) {
    const span = spanRow(documentId, text, annotation.fragments);
    spans.set(span.id, span);
    const row = annotationRow(project, place, annotation, { span, report, timeline });
    rows.annotations.push(row);
    ids.set(annotation.ref, row.id);
  }
  rows.spans.push(...spans.values());
  const authors = new Map(report.annotations.map(({ ref, by = report.by }) => [ref, by]));
  for (const { type, source, target } of report.relations) {
    // Who read second made the later mark.
    const by =
      [source, target].map((ref) => authors.get(ref)).find((author) => author !== report.by) ?? report.by;
    const createdAt = timeline.nextOf(by);
    rows.relations.push({
      ...place,
      id: idAt(createdAt),
      typeId: idOfKey(codebook.relationTypes, type),
      sourceId: idOfKey(ids, source),
      targetId: idOfKey(ids, target),
      createdBy: annotators[by],
      createdAt,
    });
  }
  for (const { ref, comments = [] } of report.annotations) {
    for (const { by, body, resolved } of comments) {
      const createdAt = timeline.nextComment();
      rows.comments.push({
        ...place,
        id: idAt(createdAt),
        annotationId: idOfKey(ids, ref),
        body,
        authorId: annotators[by],
        createdAt,
        updatedAt: createdAt,
        resolvedAt: resolved ? timeline.nextComment() : null,
      });
    }
  }
  return rows;
}

function annotationRow(
  { codebook, annotators }: DemoProject,
  place: Place,
  { label, attributes = {}, note = "", by, changedBy }: ResolvedAnnotation,
  { span, report, timeline }: { span: SpanRow; report: ResolvedReport; timeline: Timeline },
): Prisma.AnnotationCreateManyInput & { id: string } {
  const author = by ?? report.by;
  const createdAt = timeline.nextOf(author);
  return {
    ...place,
    id: idAt(createdAt),
    spanId: span.id,
    start: span.start,
    end: span.end,
    labelId: idOfKey(codebook.labels, label),
    attributes,
    note,
    createdBy: annotators[author],
    createdAt,
    updatedBy: annotators[changedBy ?? author],
    updatedAt: changedBy === undefined ? createdAt : timeline.nextChange(),
    version: changedBy === undefined ? 1 : 2,
  };
}
