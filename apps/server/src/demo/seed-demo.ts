/** Puts the demo project in at first start, as the first owner's. */
import { createHash } from "node:crypto";
import { createOffsetMap } from "@concord/core";
import { v7 as uuidv7 } from "uuid";
import { keepSpan, spanRow } from "../annotation/span.ts";
import { createDefaultCodebook } from "../codebook/default-codebook.ts";
import type { Database, Transaction } from "../database/database.ts";
import { REPORTS } from "./reports.ts";
import { type ResolvedReport, resolveReport } from "./resolve-report.ts";

/** Where the demo goes and under which ids its codebook is. */
interface DemoProject {
  projectId: string;
  ownerId: string;
  labels: ReadonlyMap<string, string>;
  relationTypes: ReadonlyMap<string, string>;
}

/**
 * Makes the demo project, unless this installation has any project, deleted ones included, or anybody with a sign-in:
 * then this is no first start, and the demo would come back to people who have done without it.
 * Safe between servers that start at once.
 */
export async function seedDemo({ prisma }: Database, ownerId: string): Promise<void> {
  await prisma.$transaction(
    async (tx) => {
      await tx.$queryRaw`select 1 from installation where id = 1 for update`;
      if ((await tx.project.count()) > 0 || (await tx.signIn.count()) > 0) return;
      const projectId = uuidv7();
      await tx.project.create({
        data: {
          id: projectId,
          name: "Lower Sarn (demo)",
          description:
            "Who said what after the November flood. Two invented reports to try everything on; delete it when you are done.",
          members: { create: { personId: ownerId, role: "OWNER" } },
        },
      });
      const codebook = await createDefaultCodebook(tx, projectId);
      for (const report of REPORTS)
        await addReport(tx, { projectId, ownerId, ...codebook }, resolveReport(report));
    },
    { timeout: 60_000 },
  );
}

function idOf(ids: ReadonlyMap<string, string>, key: string): string {
  const id = ids.get(key);
  if (id === undefined) throw new Error(`the demo names ${key}, which is not there`);
  return id;
}

/** Annotations that come with a text are its state at revision 0: no log rows. */
async function addReport(tx: Transaction, project: DemoProject, report: ResolvedReport): Promise<void> {
  const { projectId, ownerId } = project;
  const documentId = uuidv7();
  const layerId = uuidv7();
  const text = createOffsetMap(report.text);
  const now = new Date();
  await tx.document.create({
    data: {
      id: documentId,
      projectId,
      title: report.title,
      text: report.text,
      length: text.length,
      sha256: createHash("sha256").update(report.text).digest(),
      language: report.language,
      metadata: report.metadata,
    },
  });
  await tx.layer.create({ data: { id: layerId, documentId, projectId, kind: "SHARED" } });
  const place = { projectId, documentId, layerId };
  const annotationIds = new Map(report.annotations.map(({ ref }) => [ref, uuidv7()]));
  for (const { ref, label, fragments, note } of report.annotations) {
    const span = spanRow(documentId, text, fragments);
    await keepSpan(tx, span);
    await tx.annotation.create({
      data: {
        ...place,
        id: idOf(annotationIds, ref),
        spanId: span.id,
        start: span.start,
        end: span.end,
        labelId: idOf(project.labels, label),
        note,
        createdBy: ownerId,
        createdAt: now,
        updatedBy: ownerId,
        updatedAt: now,
      },
    });
  }
  await tx.relation.createMany({
    data: report.relations.map(({ type, source, target }) => ({
      ...place,
      id: uuidv7(),
      typeId: idOf(project.relationTypes, type),
      sourceId: idOf(annotationIds, source),
      targetId: idOf(annotationIds, target),
      createdBy: ownerId,
      createdAt: now,
    })),
  });
}
