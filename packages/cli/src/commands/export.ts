/** `concord export`: a project as a file, whole or not at all, or through a pipe. */
import { createWriteStream } from "node:fs";
import { rename, rm, stat } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { Command, InvalidArgumentError, Option } from "@commander-js/extra-typings";
import { type ConcordClient, ConcordError, type ExportOptions, type ExportReport } from "@concord/client";
import type { Context } from "../context.ts";
import { EXIT, Failure } from "../failure.ts";
import { findProject } from "../find-project.ts";
import { createProgress, type Progress, size } from "../progress.ts";

/** How often a file is begun anew whose download broke off. */
const ATTEMPTS = 3;

/** What is left out is named up to here; `--report` names more. */
const NAMED = 20;

const HELP = `
Filters can be repeated, which means any of them, and together all must hold. Those on annotations (--label, --annotator,
--updated-…) keep all chosen documents, with those annotations only.

A file is written beside its place and put there when it is whole; a download that breaks off is begun again. Standard
output can't be: there, exit code 5 says that what came is not whole. What the format has no place for is named before,
which takes as long as the export; --quiet leaves that out.

Examples:
  concord export "Harbour reports" -o harbour.ndjson
  concord export "Harbour reports" --format ndjson | gzip > harbour.ndjson.gz
  concord export "Harbour reports" --format brat -o harbour.zip --status done
  concord export "Harbour reports" -o claims.csv --table annotations --label claim --label initiative
  concord export "Harbour reports" --format conll --report
`;

const TABLES = ["documents", "annotations", "statements"] as const;
const STATUSES = ["new", "inProgress", "done"] as const;

/** An option that may be there several times. */
const each = (value: string, before: readonly string[]) => [...before, value];
const none: readonly string[] = [];

export function exportCommand(context: Context) {
  return new Command("export")
    .description("write a project's codebook, texts and annotations to a file or to standard output")
    .argument("<project>", "id or name")
    .option("-o, --output <file>", "where to; standard output without it")
    .option("--format <name>", "one of the server's formats; by the file's ending without it, else json")
    .addOption(new Option("--table <name>", "which table, for csv, tsv and xlsx").choices(TABLES))
    .option("--document <id>", "only this document", each, none)
    .addOption(
      new Option("--status <status>", "only documents that the team is so far with")
        .choices(STATUSES)
        .argParser((value: string, before: readonly Status[]) => [...before, statusFrom(value)])
        .default<readonly Status[]>([]),
    )
    .option("--label <key>", "only annotations with this label", each, none)
    .option("--annotator <id>", "only annotations made by this person", each, none)
    .option("--updated-since <time>", "only annotations changed from then on, as in 2026-03-12")
    .option("--updated-before <time>", "only annotations changed last before then")
    .option("--no-archived", "leave archived documents out")
    .option("--report", "only say what would be in it, and what the format leaves out", false)
    .option("--json", "with --report, as one JSON object", false)
    .option("--quiet", "do not say what the format leaves out", false)
    .option("--force", "replace a file that is there", false)
    .addHelpText("after", HELP)
    .action(async (project, { output, force, report, json, quiet, ...chosen }) => {
      if (output !== undefined && !force && !report && (await isThere(output)))
        throw new Failure(`${output} is there already; --force replaces it.`, EXIT.usage);
      const client = await context.client();
      const projectId = await findProject(client, project);
      const wanted = { ...wantedFrom(chosen, output), signal: context.signal };
      if (report) return tellReport(context, await client.exportReport(projectId, wanted), json);
      if (!quiet && !LOSSLESS.has(wanted.format))
        await tellLeftOut(context, await client.exportReport(projectId, wanted));
      if (output === undefined) return toStandardOutput(context, client, projectId, wanted);
      await toFile(context, client, projectId, wanted, output);
    });
}

type Status = (typeof STATUSES)[number];

function statusFrom(value: string): Status {
  const status = STATUSES.find((one) => one === value);
  if (status === undefined) throw new InvalidArgumentError(`Allowed choices are ${STATUSES.join(", ")}.`);
  return status;
}

/** Formats that have a place for everything. */
const LOSSLESS = new Set(["json", "ndjson", "concord"]);

interface Chosen {
  format?: string | undefined;
  table?: (typeof TABLES)[number] | undefined;
  document: readonly string[];
  status: readonly Status[];
  label: readonly string[];
  annotator: readonly string[];
  updatedSince?: string | undefined;
  updatedBefore?: string | undefined;
  archived: boolean;
}

function wantedFrom(
  { format, table, document, status, label, annotator, updatedSince, updatedBefore, archived }: Chosen,
  output: string | undefined,
) {
  return {
    format: format ?? formatOf(output),
    archived,
    ...(table === undefined ? {} : { table }),
    ...{ documents: document, statuses: status, labels: label, annotators: annotator },
    ...(updatedSince === undefined ? {} : { updatedSince }),
    ...(updatedBefore === undefined ? {} : { updatedBefore }),
  };
}

async function tellReport({ out }: Context, report: ExportReport, json: boolean): Promise<void> {
  if (json) return out.json(report);
  const { documentCount, annotationCount, relationCount, commentCount, leftOut, leftOutCount } = report;
  const counts = [
    count(documentCount, "document"),
    count(annotationCount, "annotation"),
    count(relationCount, "relation"),
    count(commentCount, "comment"),
  ];
  await out.line(counts.join(", "));
  for (const { message } of leftOut) await out.line(message);
  if (leftOutCount > leftOut.length) await out.line(`and ${leftOutCount - leftOut.length} more`);
}

async function tellLeftOut({ err }: Context, { leftOut, leftOutCount }: ExportReport): Promise<void> {
  for (const { message } of leftOut.slice(0, NAMED)) await err.line(`concord: ${message}`);
  if (leftOutCount > NAMED)
    await err.line(`concord: and ${leftOutCount - NAMED} more; --report lists what is left out.`);
}

const count = (number: number, one: string) => `${number} ${one}${number === 1 ? "" : "s"}`;

const isThere = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  );

function formatOf(output = ""): string {
  const [, ending = ""] = /\.(\w+)$/.exec(output.toLowerCase()) ?? [];
  if (ending === "zip") throw new Failure("Several formats make a zip: say which with --format.", EXIT.usage);
  if (["csv", "tsv", "xlsx", "conllu"].includes(ending)) return ending;
  return ending === "ndjson" || ending === "jsonl" ? "ndjson" : "json";
}

async function toStandardOutput(
  { out, err }: Context,
  client: ConcordClient,
  projectId: string,
  wanted: ExportOptions,
): Promise<void> {
  // Both on one terminal, the bar would stand in the middle of the file.
  const progress = out.isTerminal ? null : createProgress(err);
  const file = await client.export(projectId, wanted);
  try {
    for await (const chunk of counted(file, progress)) await out.write(chunk);
  } finally {
    progress?.clear();
  }
}

async function toFile(
  { out, err }: Context,
  client: ConcordClient,
  projectId: string,
  wanted: ExportOptions,
  output: string,
): Promise<void> {
  const part = `${output}.part`;
  const progress = createProgress(err);
  try {
    for (let attempt = 1; ; attempt++) {
      try {
        const file = await client.export(projectId, wanted);
        await pipeline(counted(file, progress), createWriteStream(part));
        break;
      } catch (error) {
        const isBroken = error instanceof ConcordError && error.code === "BROKEN_OFF";
        if (!isBroken || attempt === ATTEMPTS) throw error;
        progress.clear();
        await err.line("concord: The export broke off. Beginning again.");
      }
    }
    await rename(part, output);
  } finally {
    progress.clear();
    await rm(part, { force: true });
  }
  await out.line(`${output}: ${size((await stat(output)).size)}`);
}

async function* counted(
  file: ReadableStream<Uint8Array>,
  progress: Progress | null,
): AsyncGenerator<Uint8Array, void, undefined> {
  let done = 0;
  for await (const chunk of file) {
    done += chunk.length;
    progress?.show("exporting", done, null, "bytes");
    yield chunk;
  }
}
