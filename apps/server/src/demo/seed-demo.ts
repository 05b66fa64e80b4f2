/** Puts the demo project in at first start, as the first owner's. */
import { v7 as uuidv7 } from "uuid";
import { createCodebook } from "../codebook/create-codebook.ts";
import type { Database, Transaction } from "../database/database.ts";
import { DEMO_RELATION_TYPES, demoLabels } from "./demo-codebook.ts";
import { DEMO_GUIDELINES } from "./guidelines.ts";
import { ANNOTATORS } from "./report.ts";
import { type DemoProject, type ReportRows, reportRows } from "./report-rows.ts";
import { REPORTS } from "./reports.ts";
import { resolveReport } from "./resolve-report.ts";

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
      const now = new Date();
      const project = await createDemoProject(tx, ownerId, now);
      await store(
        tx,
        REPORTS.map((report) => reportRows(project, resolveReport(report), now)),
      );
    },
    { timeout: 60_000 },
  );
}

/** The project with its codebook, and its members: the owner, and two who can't sign in. */
async function createDemoProject(tx: Transaction, ownerId: string, now: Date): Promise<DemoProject> {
  const projectId = uuidv7();
  const annotators = { yara: uuidv7(), tobin: uuidv7() };
  await tx.person.createMany({
    data: [
      { id: annotators.yara, name: ANNOTATORS.yara, imported: true },
      { id: annotators.tobin, name: ANNOTATORS.tobin, imported: true },
    ],
  });
  await tx.project.create({
    data: {
      id: projectId,
      name: "Lower Sarn (demo)",
      description:
        "Who said what after the November flood. Invented reports, annotated by two invented people, to try everything on; delete it when you are done.",
      guidelines: DEMO_GUIDELINES,
      members: {
        create: [
          { personId: ownerId, role: "OWNER" },
          { personId: annotators.yara, role: "ANNOTATOR" },
          { personId: annotators.tobin, role: "ANNOTATOR" },
        ],
      },
    },
  });
  const codebook = await createCodebook(tx, projectId, demoLabels(now), DEMO_RELATION_TYPES);
  return { projectId, codebook, annotators };
}

/** One statement a table. */
async function store(tx: Transaction, reports: readonly ReportRows[]): Promise<void> {
  await tx.document.createMany({ data: reports.map(({ document }) => document) });
  await tx.layer.createMany({ data: reports.map(({ layer }) => layer) });
  await tx.span.createMany({ data: reports.flatMap(({ spans }) => spans) });
  await tx.annotation.createMany({ data: reports.flatMap(({ annotations }) => annotations) });
  await tx.relation.createMany({ data: reports.flatMap(({ relations }) => relations) });
  await tx.comment.createMany({ data: reports.flatMap(({ comments }) => comments) });
}
