/** The command line as a whole: commands, help, completion. */
import { Command } from "@commander-js/extra-typings";
import { annotateCommand } from "./commands/annotate.ts";
import { completeCommand, completionCommand } from "./commands/completion.ts";
import { documentsCommand } from "./commands/documents.ts";
import { exportCommand } from "./commands/export.ts";
import { importCommand } from "./commands/import.ts";
import { loginCommand } from "./commands/login.ts";
import { logoutCommand } from "./commands/logout.ts";
import { projectsCommand } from "./commands/projects.ts";
import { queryCommand } from "./commands/query.ts";
import { watchCommand } from "./commands/watch.ts";
import type { Context } from "./context.ts";

const AFTER_HELP = `
Environment:
  CONCORD_URL, CONCORD_TOKEN   server and access token; they count for more than what login has kept

Exit codes:
  0 done    1 some or all of it was refused    2 written wrong    3 not signed in
  4 not there, or not allowed    5 server not reached, or broken off    6 changes no longer kept
`;

const COMMANDS = [
  loginCommand,
  logoutCommand,
  projectsCommand,
  documentsCommand,
  importCommand,
  exportCommand,
  annotateCommand,
  watchCommand,
  queryCommand,
  completionCommand,
];

/** Parsing throws CommanderError in place of ending the process. */
export function createProgram(context: Context): Command {
  const program = new Command("concord")
    .description("Corpora in and out of Concord, annotations by script, changes as they are made.")
    .version("0.1.0")
    .showHelpAfterError("(concord --help, or concord help COMMAND, says more)")
    .addHelpText("after", AFTER_HELP)
    .exitOverride();
  for (const create of COMMANDS) {
    const command = create(context);
    program.addCommand(command.copyInheritedSettings(program));
  }
  program.addCommand(completeCommand(context).copyInheritedSettings(program), { hidden: true });
  return program;
}
