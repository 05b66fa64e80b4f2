/** What may stand where the cursor is, from the commands as they are defined. */
import type { CommandUnknownOpts } from "@commander-js/extra-typings";

export interface Candidate {
  value: string;
  description: string;
}

/**
 * @param words what stands after the program's name, the last one being the one that is written, maybe empty
 * @returns none where a file may stand: the shell knows those
 * @example candidatesFor(program, ["im"]); // [{ value: "import", description: "bring texts…" }]
 */
export function candidatesFor(program: CommandUnknownOpts, words: readonly string[]): Candidate[] {
  const current = words.at(-1) ?? "";
  const before = words.slice(0, -1);
  const name = before.find((word) => !word.startsWith("-"));
  const command = program.commands.find((child) => child.name() === name);
  const fitting = (
    command === undefined ? atStart(program, current) : inside(command, before, current)
  ).filter(({ value }) => value.startsWith(current));
  return fitting.sort((a, b) => (a.value < b.value ? -1 : 1));
}

function atStart(program: CommandUnknownOpts, current: string): Candidate[] {
  if (current.startsWith("-")) return optionsOf(program);
  return program
    .createHelp()
    .visibleCommands(program)
    .map((child) => ({ value: child.name(), description: child.description() }));
}

function inside(command: CommandUnknownOpts, before: readonly string[], current: string): Candidate[] {
  const previous = before.at(-1);
  const isValue = command.options.some(
    ({ long, short, required }) => required && (previous === long || previous === short),
  );
  if (isValue) return [];
  if (current.startsWith("-")) return optionsOf(command).filter(({ value }) => !before.includes(value));
  const choices = command.registeredArguments[0]?.argChoices ?? [];
  return before.length > 1 ? [] : choices.map((value) => ({ value, description: "" }));
}

function optionsOf(command: CommandUnknownOpts): Candidate[] {
  return command
    .createHelp()
    .visibleOptions(command)
    .flatMap(({ long, description }) => (long ? [{ value: long, description }] : []));
}
