/** `concord watch`: changes as NDJSON, each once, over lost connections and from one run to the next. */
import { readFile, rename, writeFile } from "node:fs/promises";
import { Command, InvalidArgumentError } from "@commander-js/extra-typings";
import type { ConcordClient, DocumentChange, ProjectChange, WatchOptions } from "@concord/client";
import type { Context } from "../context.ts";
import { EXIT, Failure } from "../failure.ts";
import { findProject, UUID } from "../find-project.ts";

const HELP = `
Each line is one change with its revision, the same fields as in the GraphQL type that __typename names. A lost connection
is sought again and nothing is left out. Exit code 6 says that the server no longer keeps what came after the revision:
read the document anew and watch from its own.

Examples:
  concord watch 0190a3c4-…                                from now on
  concord watch 0190a3c4-… --after 0 --count 100          the first hundred changes
  concord watch 0190a3c4-… --state boats.revision         where the last run stopped
  concord watch "Harbour reports" --project | jq .__typename
`;

export function watchCommand(context: Context) {
  return new Command("watch")
    .description("print a document's changes as they are made, one JSON object a line")
    .argument("<id>", "the document's id; with --project a project's id or name")
    .option("--project", "a project's own changes: codebook, members, documents' headers, status", false)
    .option("--after <revision>", "begin after this revision; 0 is the beginning", wholeNumber)
    .option("--state <file>", "begin where this file says, and keep in it how far it went")
    .option("--count <changes>", "stop after so many", wholeNumber)
    .addHelpText("after", HELP)
    .action(async (id, { project, after, state, count = Number.POSITIVE_INFINITY }) => {
      if (!project && !UUID.test(id)) throw new Failure(`${id} is no document's id.`, EXIT.usage);
      if (count === 0) return;
      const client = await context.client();
      const kept = state === undefined ? undefined : await readState(state);
      const afterRevision = after ?? kept;
      const options: WatchOptions = {
        signal: context.signal,
        ...(afterRevision === undefined ? {} : { afterRevision }),
        onInterrupted: ({ message }) => void context.err.line(`concord: ${message} Trying again.`),
      };
      let seen = 0;
      for await (const change of await changes(client, id, project, options)) {
        await context.out.json(change);
        // After the line: a run that ends in between says a change twice and leaves none out.
        if (state !== undefined) await keepState(state, change.revision);
        if (++seen >= count) break;
      }
    });
}

async function changes(
  client: ConcordClient,
  id: string,
  isProject: boolean,
  options: WatchOptions,
): Promise<AsyncIterable<DocumentChange | ProjectChange>> {
  if (!isProject) return client.watchDocument(id, options);
  return client.watchProject(await findProject(client, id), options);
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value))
    throw new InvalidArgumentError("It must be a whole number, 0 or more.");
  return value;
}

async function readState(path: string): Promise<number | undefined> {
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw new Failure(`${path} can't be read: ${error.message}`, EXIT.usage);
  });
  if (text === undefined) return undefined;
  if (!/^\d+\s*$/.test(text)) throw new Failure(`${path} holds no revision.`, EXIT.usage);
  return Number.parseInt(text, 10);
}

/** Always a whole number in the file, whenever somebody looks. */
async function keepState(path: string, revision: number): Promise<void> {
  await writeFile(`${path}.next`, `${revision}\n`);
  await rename(`${path}.next`, path);
}
