/** `concord query`: any GraphQL, from the command itself, a file or a pipe. */
import { Command, InvalidArgumentError } from "@commander-js/extra-typings";
import type { Context } from "../context.ts";
import { EXIT, Failure } from "../failure.ts";
import { openInput, readText } from "../input.ts";

const HELP = `
Examples:
  concord query '{ viewer { name } }'
  concord query 'query ($id: ID!) { document(id: $id) { title length } }' --var id=0190…
  concord query --file report.graphql --variables '{ "first": 10, "archived": false }'
  echo '{ projects { totalCount } }' | concord query -
`;

export function queryCommand(context: Context) {
  return new Command("query")
    .description("ask or change anything in GraphQL; prints the answer's data as JSON")
    .argument("[text]", "the query; - reads it from standard input")
    .option("-f, --file <path>", "read the query from a file")
    .option(
      "--var <name=value>",
      "a variable; a value that is JSON counts as that, else as text",
      addVariable,
      {},
    )
    .option("--variables <json>", "all variables as one JSON object, or @FILE", "{}")
    .addHelpText("after", HELP)
    .action(async (text, { file, var: single, variables }) => {
      if ((text === undefined) === (file === undefined))
        throw new Failure("Give a query, or --file with one; - reads standard input.", EXIT.usage);
      const isThere = text !== undefined && text !== "-";
      const query = isThere ? text : await readText(await openInput(context, file ?? "-"));
      const all = { ...(await parseVariables(context, variables)), ...single };
      const client = await context.client();
      const data = await client.request<unknown>(query, all, { signal: context.signal });
      await context.out.line(JSON.stringify(data, null, context.out.isTerminal ? 2 : 0));
    });
}

function addVariable(given: string, before: Record<string, unknown>): Record<string, unknown> {
  const [, name, value = ""] = /^([A-Za-z_]\w*)=(.*)$/s.exec(given) ?? [];
  if (name === undefined) throw new InvalidArgumentError("It looks like name=value.");
  return { ...before, [name]: jsonOrText(value) };
}

function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

async function parseVariables(context: Context, given: string): Promise<object> {
  const text = given.startsWith("@") ? await readText(await openInput(context, given.slice(1))) : given;
  const value = jsonOrText(text);
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  throw new Failure("--variables must be one JSON object.", EXIT.usage);
}
