/** `concord projects`: which projects there are for the one who asks. */
import { Command } from "@commander-js/extra-typings";
import type { Context } from "../context.ts";
import { writeTable } from "../output.ts";

const HELP = `
Examples:
  concord projects
  concord projects --json | jq -r 'select(.viewerRole == "OWNER").id'
`;

export function projectsCommand({ client, out }: Context) {
  return new Command("projects")
    .description("list your projects: id, role, annotations, name")
    .option("--archived", "those that are put away", false)
    .option("--json", "one JSON object a line", false)
    .addHelpText("after", HELP)
    .action(async ({ archived, json }) => {
      const rows: string[][] = [];
      for await (const project of (await client()).projects({ archived })) {
        const { id, viewerRole, annotationCount, name } = project;
        if (json) await out.json(project);
        else rows.push([id, viewerRole.toLowerCase(), String(annotationCount), name]);
      }
      await writeTable(out, rows);
    });
}
