/** That what the demo says was made, was made in a sensible order and before now. */
import { expect, it } from "vitest";
import { DEMO_RELATION_TYPES, demoLabels } from "./demo-codebook.ts";
import { reportRows } from "./report-rows.ts";
import { REPORTS } from "./reports.ts";
import { resolveReport } from "./resolve-report.ts";

const NOW = new Date("2026-06-01T12:00:00Z");
const ids = (keys: readonly string[]) => new Map(keys.map((key) => [key, key]));
const project = {
  projectId: "project",
  annotators: { yara: "yara", tobin: "tobin" },
  codebook: {
    labels: ids(demoLabels(NOW).map(({ key }) => key)),
    relationTypes: ids(DEMO_RELATION_TYPES.map(({ key }) => key)),
  },
};

it.each(REPORTS)("everything in “$title” comes after what it is about, and before now", (report) => {
  const rows = reportRows(project, resolveReport(report), NOW);
  const made = new Map(rows.annotations.map(({ id, createdAt }) => [id, new Date(createdAt)]));
  const arrived = new Date(rows.document.createdAt ?? NaN);
  const times = [...rows.annotations, ...rows.relations, ...rows.comments].map(({ createdAt }) => createdAt);
  for (const time of times) {
    expect(new Date(time).getTime()).toBeGreaterThan(arrived.getTime());
    expect(new Date(time).getTime()).toBeLessThan(NOW.getTime());
  }
  for (const { sourceId, targetId, createdAt } of rows.relations)
    for (const id of [sourceId, targetId]) expect(made.get(id)?.getTime()).toBeLessThan(+new Date(createdAt));
  for (const { annotationId, createdAt, resolvedAt } of rows.comments) {
    expect(made.get(annotationId)?.getTime()).toBeLessThan(+new Date(createdAt));
    if (resolvedAt) expect(+new Date(resolvedAt)).toBeGreaterThan(+new Date(createdAt));
  }
  for (const { createdAt, updatedAt, version } of rows.annotations)
    expect(+new Date(updatedAt) > +new Date(createdAt)).toBe(version === 2);
});
