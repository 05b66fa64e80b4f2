/** Use case of how far somebody is with a document: saying so. */
import { requireDocument, requireProject } from "../access/access.service.ts";
import { type Context, viewerOf } from "../context.ts";
import { uuid } from "../graphql/input-checks.ts";
import { changeProjects } from "../live/project-log.ts";
import { lockProject } from "../project/project.service.ts";
import type { SetDocumentStatusInput } from "./document.input.ts";
import { type DocumentOutcome, documentNow } from "./document.service.ts";
import { statusesOfPerson } from "./document-status.queries.ts";

/**
 * Says how far the viewer is with a document. NEW takes back what was said, so that it follows again from what is
 * there; the same is no change.
 */
export function setDocumentStatus(ctx: Context, input: SetDocumentStatusInput): Promise<DocumentOutcome> {
  return changeProjects(
    ctx,
    "setDocumentStatus",
    input,
    async ({ tx, record }) => {
      const documentId = uuid(input.documentId, "input.documentId");
      const { projectId } = await requireDocument(ctx, documentId, "annotate", tx);
      await lockProject(tx, projectId);
      await requireDocument(ctx, documentId, "annotate", tx);
      const personId = viewerOf(ctx).id;
      const where = { documentId_personId: { documentId, personId } };
      const before = await tx.documentStatus.findUnique({ where, select: { status: true } });
      const { status } = input;
      if (status !== (before?.status ?? "NEW")) {
        const said = { status, changedAt: new Date() };
        if (status === "NEW") await tx.documentStatus.delete({ where });
        else {
          await tx.documentStatus.upsert({
            where,
            create: { documentId, personId, projectId, ...said },
            update: said,
          });
        }
        const now = (await statusesOfPerson(tx, personId, [documentId])).get(documentId) ?? "NEW";
        await record(projectId, { kind: "DOCUMENT_STATUS_CHANGED", documentId, status: now });
      }
      return { projectId, document: await documentNow(tx, documentId) };
    },
    ({ projectId }) => requireProject(ctx, projectId, "read"),
  );
}
