/** `concord documents`: a project's documents, for the ids that other commands take. */
import { Command } from "@commander-js/extra-typings";
import type { Context } from "../context.ts";
import { findProject } from "../find-project.ts";
import { writeTable } from "../output.ts";

const HELP = `
Examples:
  concord documents "Harbour reports"
  concord documents "Harbour reports" --title boats --json | jq -r .id
`;

export function documentsCommand({ client, out }: Context) {
  return new Command("documents")
    .description("list a project's documents: id, annotations, title")
    .argument("<project>", "id or name")
    .option("--title <words>", "only with these words in the title")
    .option("--archived", "those that are put away", false)
    .option("--json", "one JSON object a line", false)
    .addHelpText("after", HELP)
    .action(async (project, { title, archived, json }) => {
      const concord = await client();
      const projectId = await findProject(concord, project);
      const rows: string[][] = [];
      const wanted = { archived, ...(title === undefined ? {} : { query: title }) };
      for await (const document of concord.documents(projectId, wanted)) {
        if (json) await out.json(document);
        else rows.push([document.id, String(document.annotationCount), document.title]);
      }
      await writeTable(out, rows);
    });
}
