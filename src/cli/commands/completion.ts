/** `heddle completion`: scripts that complete commands, flags, task names and run ids in a shell. */
import type { Command } from 'commander'
import { EXIT, HeddleError } from '../../model/errors.ts'
import { didYouMean } from '../../model/nearest.ts'
import { completions } from '../complete.ts'
import { addExamples, type Context } from '../context.ts'

const SHELLS: Readonly<Record<string, string>> = {
  bash: `# heddle completion for bash: eval "$(heddle completion bash)"
_heddle() {
  local IFS=$'\\n'
  COMPREPLY=($(heddle completion --words "$COMP_CWORD" -- "\${COMP_WORDS[@]}" 2>/dev/null))
  [ "\${#COMPREPLY[@]}" -eq 0 ] && COMPREPLY=($(compgen -f -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o filenames -F _heddle heddle
`,
  zsh: `#compdef heddle
# heddle completion for zsh: eval "$(heddle completion zsh)"
_heddle() {
  local -a found
  found=("\${(@f)$(heddle completion --words $((CURRENT - 1)) -- "\${words[@]}" 2>/dev/null)}")
  if [[ -n "\${found[1]}" ]]; then compadd -- "\${found[@]}"; else _files; fi
}
compdef _heddle heddle
`,
  fish: `# heddle completion for fish: heddle completion fish | source
function __heddle_complete
  set -l before (commandline -opc)
  set -l current (commandline -ct)
  heddle completion --words (count $before) -- $before $current 2>/dev/null
end
complete -c heddle -a '(__heddle_complete)'
`,
}

/** Adds arguments and options. */
export function define(command: Command): void {
  command
    .argument('[words...]', `the shell: ${Object.keys(SHELLS).join(', ')}`)
    .option('--words <position>', 'print what may stand at this position of the words behind --')
  addExamples(command, [
    ['eval "$(heddle completion bash)"', 'in ~/.bashrc'],
    ['eval "$(heddle completion zsh)"', 'in ~/.zshrc'],
    ['heddle completion fish | source', 'in ~/.config/fish/config.fish'],
  ])
}

/** Prints a script, or the candidates for one word. */
export async function run({ terminal }: Context, command: Command): Promise<number> {
  const { words: position } = command.opts<{ words?: string }>()
  if (position !== undefined) {
    for (const candidate of await completions(command.args, Number(position))) terminal.print(candidate)
    return EXIT.done
  }
  const shell = command.args[0] ?? (process.env.SHELL ?? '').split('/').at(-1) ?? ''
  const script = SHELLS[shell]
  if (script === undefined) {
    throw new HeddleError('usage', `there is no completion for ${JSON.stringify(shell)}${didYouMean(shell, Object.keys(SHELLS))}`, {
      hint: `name one of ${Object.keys(SHELLS).join(', ')}`,
    })
  }
  terminal.write(script)
  return EXIT.done
}
