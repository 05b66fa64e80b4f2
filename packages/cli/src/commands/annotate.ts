/** `concord annotate`: annotations from lines of JSON, each told for itself. */

import { Command } from "@commander-js/extra-typings";
import { readLines } from "@concord/client";
import { createApply, type LineOutcome } from "../apply-annotation.ts";
import type { Context } from "../context.ts";
import { Failure } from "../failure.ts";
import { inOrder } from "../in-order.ts";
import { type InputFile, openInput } from "../input.ts";
import { createProgress } from "../progress.ts";

/** Lines under way at a time. */
const WIDTH = 16;

const HELP = `
A line is a JSON object with a document (its id), a label (its key or id) and a place:
  {"document": "0190…", "label": "claim", "start": 17, "end": 45}
  {"document": "0190…", "label": "claim", "fragments": [[17, 22], [30, 45]]}
  {"document": "0190…", "label": "speaker", "quote": "Sunniva Arkwell"}
  {"document": "0190…", "label": "speaker", "quote": "she", "prefix": "said ", "suffix": "."}
Places are in code points, the end exclusive. Words given together with positions must stand there. id, note and
attributes may be given too. A file can be applied again after it broke off: what was made before is not made twice, for
30 days; --again makes it anew.

Examples:
  concord annotate claims.ndjson
  concord annotate --document 0190a3c4-… --label speaker < names.ndjson
  python3 find_claims.py | concord annotate --json - | jq 'select(.ok | not)'
`;

export function annotateCommand(context: Context) {
  return new Command("annotate")
    .description("make annotations from lines of JSON, by positions or by words")
    .argument("[file]", "where the lines are; standard input without it, or with -", "-")
    .option("--document <id>", "for lines that name none")
    .option("--label <key>", "for lines that name none")
    .option("--dry-run", "only check the lines", false)
    .option("--again", "make anew what an earlier run has made", false)
    .option("--json", "one JSON object a line", false)
    .addHelpText("after", HELP)
    .action(async (path, { document, label, dryRun, again, json }) => {
      const { out, err, signal } = context;
      const file = await openInput(context, path);
      const progress = createProgress(err);
      const apply = createApply(await context.client(), {
        dryRun,
        again,
        ...(document === undefined ? {} : { document }),
        ...(label === undefined ? {} : { label }),
      });
      const count = { made: 0, refused: 0 };
      const lines = numberedLines(file, (done) => progress.show("annotating", done, file.size, "bytes"));
      try {
        for await (const outcome of inOrder(lines, WIDTH, ({ text, line }) => apply(text, line))) {
          count[outcome.ok ? "made" : "refused"]++;
          if (json) await out.json(outcome);
          else if (!outcome.ok) {
            progress.clear();
            await err.line(complaint(file.name, outcome));
          }
          if (signal.aborted) break;
        }
      } catch (error) {
        progress.clear();
        await err.line(`concord: ${count.made} lines were applied before; apply the file again to go on.`);
        throw error;
      } finally {
        progress.clear();
      }
      const lineWord = count.made === 1 ? "annotation" : "annotations";
      if (!json)
        await out.line(`${count.made.toLocaleString("en")} ${lineWord}${dryRun ? " would be made" : ""}`);
      if (count.refused > 0) throw new Failure(`${count.refused.toLocaleString("en")} lines were refused.`);
    });
}

async function* numberedLines(
  file: InputFile,
  onProgress: (bytes: number) => void,
): AsyncGenerator<{ text: string; line: number }, void, undefined> {
  let line = 0;
  for await (const text of readLines(countedBytes(file, onProgress))) {
    line++;
    if (text.trim() !== "") yield { text, line };
  }
}

async function* countedBytes(
  file: InputFile,
  onProgress: (bytes: number) => void,
): AsyncGenerator<Uint8Array, void, undefined> {
  let bytes = 0;
  for await (const chunk of file.read()) {
    bytes += chunk.length;
    onProgress(bytes);
    yield chunk;
  }
}

function complaint(file: string, outcome: Extract<LineOutcome, { ok: false }>): string {
  const { line, field, message } = outcome;
  return `${file}:${line}: ${field === null ? "" : `${field}: `}${message}`;
}
