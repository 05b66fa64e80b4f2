/** `concord completion`: what a shell needs to complete the others; `concord complete` answers it. */
import { Argument, Command } from "@commander-js/extra-typings";
import { candidatesFor } from "../candidates.ts";
import type { Context } from "../context.ts";

// Nothing that is typed is evaluated, and where nothing is offered the shell offers files.
const SCRIPTS = {
  bash: `_concord() {
  local line
  COMPREPLY=()
  while IFS= read -r line; do
    COMPREPLY+=("\${line%%$'\\t'*}")
  done < <(concord complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
  if [[ \${#COMPREPLY[@]} -eq 0 ]]; then compopt -o default; fi
}
complete -F _concord concord
`,
  zsh: `#compdef concord
_concord() {
  local line
  local -a offered
  while IFS= read -r line; do
    offered+=("\${\${line%%$'\\t'*}//:/\\\\:}:\${line#*$'\\t'}")
  done < <(concord complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)
  if (( \${#offered} )); then _describe -t commands concord offered; else _files; fi
}
if [[ \${funcstack[1]} == _concord ]]; then _concord "$@"; else compdef _concord concord; fi
`,
  fish: `function __concord_offered
    set -l before (commandline -opc)
    concord complete -- $before[2..] (commandline -ct) 2>/dev/null
end
complete -c concord -n 'test -n "$(__concord_offered)"' -f -a '(__concord_offered)'
`,
};

const HELP = `
Examples:
  concord completion bash > ~/.local/share/bash-completion/completions/concord
  concord completion zsh > "\${fpath[1]}/_concord"
  concord completion fish > ~/.config/fish/completions/concord.fish
`;

export function completionCommand({ out }: Context) {
  return new Command("completion")
    .description("print what a shell needs to complete this command")
    .addArgument(new Argument("<shell>").choices(["bash", "zsh", "fish"]))
    .addHelpText("after", HELP)
    .action((shell) => out.write(SCRIPTS[shell]));
}

/** Asked by the shells; not for people. */
export function completeCommand({ out }: Context) {
  return new Command("complete")
    .argument("[words...]", "what stands after the command's name, up to the cursor")
    .action(async (words, _options, command) => {
      for (const { value, description } of candidatesFor(command.parent ?? command, words))
        await out.line(`${value}\t${description}`);
    });
}
