/** `concord import`: texts and files of other tools, from files, folders and pipes, and taking them back. */

import { Command } from "@commander-js/extra-typings";
import type { ConcordClient, ImportOptions } from "@concord/client";
import type { Context } from "../context.ts";
import { describeFailure, EXIT, Failure, isHopeless } from "../failure.ts";
import { findProject } from "../find-project.ts";
import { parseColumns, parseWords } from "../import-choices.ts";
import { importFile } from "../import-file.ts";
import { createReport, problemLine, type Report } from "../import-report.ts";
import { checkEncoding, findSources, readSource, type Source, type SourceText } from "../import-sources.ts";
import { inBatches, sendTexts, type TextOutcome } from "../import-texts.ts";
import { counted } from "../output.ts";
import { createProgress, type Progress } from "../progress.ts";

const HELP = `
Files that end in .txt or .md become a document each, titled by their name, and are known by it again: a second run brings
in only what is new. All others are sent as they are, and the server finds out what they are; - is standard input. Of a
folder all files in it are taken. What is refused is named, the rest goes in, and the exit code is 1.

--dry-run says what is in a file: its format, labels that are new to the project, documents that are there already.
--map makes the file's labels labels of the project, --map THEIR= leaves annotations with that label out.

Examples:
  concord import "Harbour reports" reports/ --language en
  concord import "Harbour reports" corpus.zip --dry-run
  concord import "Harbour reports" corpus.zip --map PER=speaker --map MISC=
  concord import "Harbour reports" news.csv --columns text=Body,title=Headline,metadata=Date,metadata=Author
  concord import "Harbour reports" --format text --encoding windows-1251 old/*.asc
  gunzip -c corpus.ndjson.gz | concord import 0190a3c4-… -
  concord import --undo 0190b7d2-…
`;

export function importCommand(context: Context) {
  return new Command("import")
    .description("bring texts and corpora into a project")
    .argument("[project]", "id or name")
    .argument("[files...]", "files, folders, or - for standard input")
    .option("--format <name>", "one of the server's formats, or text; found out without it", "auto")
    .option("--language <tag>", "of the texts, as in en or pt-BR")
    .option("--encoding <name>", "of the texts", "utf-8")
    .option("--map <their=ours>", "a label of the file and what it is here; may be repeated", collected, NONE)
    .option("--map-relation <their=ours>", "the same for relation types", collected, NONE)
    .option("--columns <list>", "of tables, as in text=Body,title=Headline; guessed without it")
    .option("--undo <job>", "take an import back as a whole, instead of importing")
    .option("--dry-run", "only say what would be brought in, and what not", false)
    .option("--json", "one JSON object a file", false)
    .addHelpText("after", HELP)
    .action(async (project, files, options) => {
      const { format, language, encoding, dryRun, json, undo } = options;
      if (undo !== undefined) {
        if (project !== undefined)
          throw new Failure("--undo takes a job, and no project or files.", EXIT.usage);
        return undoImport(context, undo, json);
      }
      if (project === undefined || files.length === 0)
        throw new Failure("Say which project, and which files.", EXIT.usage);
      const choices = choicesOf(options);
      const textEncoding = checkEncoding(encoding);
      const sources = await findSources(files, format);
      if (sources.length === 0) throw new Failure("There are no files in there.", EXIT.usage);
      const client = await context.client();
      const projectId = await findProject(client, project);
      const progress = createProgress(context.err);
      const report = createReport(context, progress, json, dryRun);
      const how = { format, dryRun, ...choices };
      const order = { client, projectId, report, progress, how, language, encoding: textEncoding };
      try {
        await importTexts(
          order,
          sources.filter(({ isText }) => isText),
        );
        for (const source of sources) if (!source.isText) await importCorpus(context, order, source);
      } finally {
        progress.clear();
      }
      await report.end();
    });
}

interface Order {
  client: ConcordClient;
  projectId: string;
  report: Report;
  progress: Progress;
  how: ImportOptions;
  language: string | undefined;
  encoding: string;
}

const NONE: readonly string[] = [];
const collected = (value: string, before: readonly string[]) => [...before, value];

/** What is decided about labels, relation types and columns. */
function choicesOf(options: {
  map: readonly string[];
  mapRelation: readonly string[];
  columns?: string | undefined;
}): ImportOptions {
  const { map, mapRelation, columns } = options;
  return {
    ...(map.length === 0 ? {} : { labels: parseWords("--map", map) }),
    ...(mapRelation.length === 0 ? {} : { relationTypes: parseWords("--map-relation", mapRelation) }),
    ...(columns === undefined ? {} : { columns: parseColumns(columns) }),
  };
}

async function undoImport({ client: connect, out, err, signal }: Context, id: string, json: boolean) {
  const client = await connect();
  await client.undoImport(id);
  const { state, documentCount, problems } = await client.job(id, { signal });
  if (json) await out.json({ job: id, state, documentCount, problems });
  else {
    for (const problem of problems) await err.line(problemLine(id, problem));
    await out.line(
      documentCount === 0 ? "taken back" : `taken back; ${counted(documentCount, "document")} stay`,
    );
  }
  if (documentCount > 0) throw new Failure("Not all of it was taken back.");
}

async function importTexts(order: Order, sources: readonly Source[]): Promise<void> {
  const { client, projectId, report, progress, language, encoding, how } = order;
  let done = 0;
  async function* readable(): AsyncGenerator<SourceText, void, undefined> {
    for (const source of sources) {
      try {
        yield await readSource(source, encoding);
      } catch (error) {
        await report.text({ file: source.name, state: "refused", message: describeFailure(error) });
      }
    }
  }
  for await (const batch of inBatches(readable())) {
    const outcomes: TextOutcome[] = how.dryRun
      ? batch.map(({ name }) => ({ file: name, state: "made" }))
      : await sendTexts(client, projectId, batch, language);
    for (const outcome of outcomes) await report.text(outcome);
    done += batch.length;
    progress.show("importing texts", done, sources.length, "lines");
  }
}

async function importCorpus(context: Context, order: Order, { path, name }: Source): Promise<void> {
  const { client, projectId, report, progress, how } = order;
  try {
    await report.job(name, await importFile(context, client, projectId, path, how, progress));
  } catch (error) {
    // The next file may be better, unless there is nobody to take it.
    if (context.signal.aborted || isHopeless(error)) throw error;
    await report.refused(name, describeFailure(error));
  }
}
