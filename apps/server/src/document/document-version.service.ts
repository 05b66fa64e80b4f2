/** A corrected text: a new document that takes over, by quote, what was said about the old one. */
import { setImmediate } from "node:timers/promises";
import { createCarryOver, createOffsetMap } from "@concord/core";
import { v7 as uuidv7 } from "uuid";
import { requireDocument, requireProject, requireRight } from "../access/access.service.ts";
import { addSpans, fragmentsOf, type SpanRow, spanRow } from "../annotation/span.ts";
import type { Context } from "../context.ts";
import type { Transaction } from "../database/database.ts";
import { badInput, conflict, idTaken } from "../errors.ts";
import { LIMITS, text, uuid } from "../graphql/input-checks.ts";
import { toInputJson } from "../graphql/stored-json.ts";
import type { Stored } from "../live/change.ts";
import { lockLayer } from "../live/log.ts";
import { changeProjects } from "../live/project-log.ts";
import { lockProject } from "../project/project.service.ts";
import type { CreateDocumentVersionInput } from "./document.input.ts";
import type { DocumentRow, NotCarriedRow } from "./document.queries.ts";
import { checkText, documentNow, nextVersionOf } from "./document.service.ts";

/** Code points of a quote that are kept of what was not carried: thousands of annotations may mark a whole book each. */
const MAX_QUOTE = 1_000;

/** How long the server does nothing else; ms. */
const SLICE = 20;

/** What making a version answers; `document` is null for a dry run. */
export interface VersionOutcome {
  projectId: string;
  document: Stored<DocumentRow> | null;
  carriedCount: number;
  notCarried: NotCarriedRow[];
}

/**
 * Makes a new version of a document, or says what it would carry over. Under the lock of the old document's layer: what
 * is annotated meanwhile is either carried over or refused, since the old document is archived then.
 * @throws CONFLICT when it has a next version already, BAD_USER_INPUT when the text is the same, TOO_LARGE
 */
export async function createDocumentVersion(
  ctx: Context,
  input: CreateDocumentVersionInput,
): Promise<VersionOutcome> {
  const outcome = await changeProjects(
    ctx,
    "createDocumentVersion",
    input,
    async ({ tx, record }) => {
      const oldId = uuid(input.documentId, "input.documentId");
      const { layerId, projectId } = await requireDocument(ctx, oldId, "retireDocuments", tx);
      const id = input.id == null ? uuidv7() : uuid(input.id, "input.id");
      const stored = checkText(ctx, input.text, "input.text");
      const title = input.title == null ? undefined : text(input.title, "input.title", { max: LIMITS.title });

      await lockLayer(tx, layerId);
      await lockProject(tx, projectId);
      const access = await requireDocument(ctx, oldId, "retireDocuments", tx);
      const next = await nextVersionOf(tx, oldId);
      // Before the archive, in which its next version has put it.
      if (next) throw conflict("The document has a next version already. Correct that one.", next);
      requireRight(access, "manageDocuments");
      const old = await tx.document.findUniqueOrThrow({ where: { id: oldId } });
      if (old.text === input.text)
        throw badInput("input.text", "input.text must differ from the document's text; it is the same.");
      if (await tx.document.findUnique({ where: { id }, select: { id: true } })) throw idTaken(id);

      const { carried, notCarried } = await carryOver(tx, layerId, old.text, input.text, id);
      const outcome = { projectId, carriedCount: carried.length, notCarried };
      if (input.dryRun) return { ...outcome, document: null };
      const newLayerId = uuidv7();
      await tx.document.create({
        data: {
          id,
          projectId,
          title: title ?? old.title,
          ...stored,
          language: old.language,
          metadata: toInputJson(old.metadata),
          replacesId: oldId,
          notCarried: toInputJson(notCarried),
          layers: { create: { id: newLayerId, projectId, kind: "SHARED" } },
        },
      });
      await copyAnnotations(tx, { documentId: id, layerId: newLayerId }, carried);
      await tx.document.update({ where: { id: oldId }, data: { archivedAt: new Date() } });
      await record(
        projectId,
        { kind: "DOCUMENT_SAVED", documentId: oldId, title: old.title, parts: ["ARCHIVED"] },
        { kind: "DOCUMENT_SAVED", documentId: id, title: title ?? old.title, parts: ["TEXT"] },
      );
      return { ...outcome, document: await documentNow(tx, id) };
    },
    ({ projectId }) => requireProject(ctx, projectId, "read"),
  );
  ctx.searchIndex.wake();
  return outcome;
}

/** An annotation of the old document; `fragments` as a span keeps them. */
interface Placed {
  id: string;
  labelId: string;
  fragments: number[];
  quote: string;
}

/** An annotation with its place in the new text. */
interface Carried {
  oldId: string;
  span: SpanRow;
}

async function carryOver(
  tx: Transaction,
  layerId: string,
  oldText: string,
  newText: string,
  newDocumentId: string,
): Promise<{ carried: Carried[]; notCarried: NotCarriedRow[] }> {
  const annotations = await tx.$queryRaw<Placed[]>`
    select a.id, a.label_id as "labelId", s.fragments, left(s.quote, ${MAX_QUOTE}) as quote
    from annotation a join span s on s.id = a.span_id
    where a.layer_id = ${layerId}::uuid and a.deleted_at is null order by a.start, a."end", a.id`;
  const newMap = createOffsetMap(newText);
  const find = createCarryOver(createOffsetMap(oldText), newMap);
  const carried: Carried[] = [];
  const notCarried: NotCarriedRow[] = [];
  let since = performance.now();
  for (const { id, labelId, quote, ...span } of annotations) {
    const { fragments, reason } = find(fragmentsOf(span));
    if (fragments === null) notCarried.push({ annotationId: id, labelId, quote, reason });
    else carried.push({ oldId: id, span: spanRow(newDocumentId, newMap, fragments) });
    if (performance.now() - since < SLICE) continue;
    // Others want to be served as well.
    await setImmediate();
    since = performance.now();
  }
  return { carried, notCarried };
}

/** Copies annotations with their relations and comments: the new document's state at revision 0, so no log rows. */
async function copyAnnotations(
  tx: Transaction,
  { documentId, layerId }: { documentId: string; layerId: string },
  carried: readonly Carried[],
): Promise<void> {
  // New ids in the order of the old ones, which is the order in which they were made.
  const inOrder = carried.toSorted((a, b) => (a.oldId < b.oldId ? -1 : 1));
  const oldIds = inOrder.map(({ oldId }) => oldId);
  const newIds = inOrder.map(() => uuidv7());
  const spans = new Map(inOrder.map(({ span }) => [span.id, span]));
  await addSpans(tx, [...spans.values()]);
  await tx.$executeRaw`
    insert into annotation (id, project_id, document_id, layer_id, span_id, start, "end", label_id, attributes, note,
      origin, created_by, created_at, updated_by, updated_at, version)
    select copy.id, a.project_id, ${documentId}::uuid, ${layerId}::uuid, s.id, s.start, s."end", a.label_id, a.attributes,
      a.note, a.origin, a.created_by, a.created_at, a.updated_by, a.updated_at, a.version
    from unnest(${oldIds}::uuid[], ${newIds}::uuid[], ${inOrder.map(({ span }) => span.id)}::uuid[])
      as copy(old_id, id, span_id)
    join annotation a on a.id = copy.old_id join span s on s.id = copy.span_id`;

  const relations = await tx.$queryRaw<{ id: string }[]>`
    select id from relation
    where source_id = any(${oldIds}::uuid[]) and target_id = any(${oldIds}::uuid[]) and deleted_at is null order by id`;
  await tx.$executeRaw`
    with annotation_copy as (select * from unnest(${oldIds}::uuid[], ${newIds}::uuid[]) as c(old_id, id))
    insert into relation (id, project_id, document_id, layer_id, type_id, source_id, target_id, created_by, created_at)
    select copy.id, r.project_id, ${documentId}::uuid, ${layerId}::uuid, r.type_id, source.id, target.id, r.created_by,
      r.created_at
    from unnest(${relations.map(({ id }) => id)}::uuid[], ${relations.map(() => uuidv7())}::uuid[]) as copy(old_id, id)
    join relation r on r.id = copy.old_id
    join annotation_copy source on source.old_id = r.source_id
    join annotation_copy target on target.old_id = r.target_id`;

  const comments = await tx.$queryRaw<{ id: string }[]>`
    select id from comment where annotation_id = any(${oldIds}::uuid[]) and deleted_at is null order by id`;
  await tx.$executeRaw`
    with annotation_copy as (select * from unnest(${oldIds}::uuid[], ${newIds}::uuid[]) as c(old_id, id))
    insert into comment (id, project_id, document_id, layer_id, annotation_id, body, author_id, created_at, updated_at,
      resolved_at)
    select copy.id, c.project_id, ${documentId}::uuid, ${layerId}::uuid, about.id, c.body, c.author_id, c.created_at,
      c.updated_at, c.resolved_at
    from unnest(${comments.map(({ id }) => id)}::uuid[], ${comments.map(() => uuidv7())}::uuid[]) as copy(old_id, id)
    join comment c on c.id = copy.old_id
    join annotation_copy about on about.old_id = c.annotation_id`;
}
