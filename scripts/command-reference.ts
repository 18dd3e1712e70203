/** Renders docs/reference/commands.md from the table of commands and each command's own definition. */
import { type Argument, Command, type Option } from 'commander'
import { COMMANDS, type CommandEntry, GROUPS } from '../src/cli/command-table.ts'
import { addGlobalOptions } from '../src/cli/context.ts'
import { addPlanningOptions } from '../src/cli/planning-options.ts'
import { commandOf } from '../src/cli/run-command.ts'

const INTRODUCTION = `# Commands

<!-- Made from src/cli/command-table.ts and src/cli/commands/ by scripts/generate. Do not edit. -->

\`heddle\` alone says how the project stands; \`heddle COMMAND --help\` shows what is here. Commands look for \`heddle.yaml\` in this folder and those above it.
What \`--json\` prints: [JSON](json.md). Codes of errors: [Errors](errors.md).`

const NAMES = `## Names

| thing | text |
|---|---|
| quantum | \`year_summary@station=seattle,year=2012\`: the task, and its dimensions with those they require, in the order of the pipeline file; a task without dimensions: \`plot\` |
| dataset | \`yearly@station=seattle,year=2012\` |
| run | the name that \`heddle run\` prints; \`last\`, \`last~1\` |
| attempt | \`QUANTUM#3\` |

A value that is empty or holds \`,\` \`=\` \`@\` \`#\`, white space, a quote or a control character stands in double quotes, JSON's way. Where a task and a dataset type share a
name, \`why\`, \`debug\`, \`logs\` and \`--force\` mean the quantum, \`get\`, \`thread\` and \`query\` the dataset; \`quantum:ID\` and \`dataset:ID\` say it outright.

## Exit codes

| code | meaning |
|---|---|
| 0 | done |
| 1 | some work failed (\`run\`, \`debug\`), or a check did (\`doctor\`) |
| 2 | the request is wrong: usage, file, expression, a plan that is out of date; \`lint\` found errors |
| 3 | a site could not be reached |
| 70 | a fault in Heddle |
| 130 | interrupted (\`run\`) |`

/** The whole page. */
export async function renderCommands(): Promise<string> {
  const shared = addGlobalOptions(new Command())
  const planning = addPlanningOptions(new Command())
  const parts = [INTRODUCTION, '', '## Flags of every command', '', ...optionTable([...shared.options, helpOption(shared)])]
  parts.push(
    '',
    '## Flags of planning',
    '',
    '`plan`, `run`, `why` and `accept` take them.',
    '',
    ...optionTable(planning.options),
    '',
    NAMES,
  )
  for (const [group, title] of Object.entries(GROUPS)) {
    parts.push('', `## ${title}`)
    for (const entry of COMMANDS.filter((one) => one.group === group))
      parts.push('', ...(await section(entry, flagsOf(shared), flagsOf(planning))))
  }
  return `${parts.join('\n')}\n`
}

async function section(entry: CommandEntry, shared: ReadonlySet<string>, planning: ReadonlySet<string>): Promise<string[]> {
  const command = commandOf(entry, await entry.load())
  const plans = [...planning].every((flag) => command.options.some(({ flags }) => flags === flag))
  const own = command.options.filter(({ flags }) => !shared.has(flags) && flags !== '--version' && !(plans && planning.has(flags)))
  return [
    `### heddle ${entry.name}`,
    '',
    `${command.description()}. [JSON](json.md#heddle-${entry.name})`,
    '',
    '```text',
    `heddle ${entry.name} ${command.usage()}`,
    '```',
    ...(command.registeredArguments.length === 0 ? [] : ['', ...argumentTable(command.registeredArguments)]),
    ...(own.length === 0 ? [] : ['', ...optionTable(own)]),
    ...(plans ? ['', 'It takes the [flags of planning](#flags-of-planning) too.'] : []),
    '',
    ...examples(command),
  ]
}

function flagsOf({ options }: Command): ReadonlySet<string> {
  return new Set(options.map(({ flags }) => flags))
}

function argumentTable(all: readonly Argument[]): string[] {
  const rows = all.map(
    (argument) =>
      `| \`${cell(argument.name())}${argument.variadic ? '…' : ''}\`${argument.required ? ' (needed)' : ''} | ${cell(argument.description)} |`,
  )
  return ['| word | meaning |', '|---|---|', ...rows]
}

function optionTable(all: readonly Option[]): string[] {
  const rows = all.map(({ flags, description, defaultValue }) => {
    const standard = defaultValue === undefined || description.includes('default') ? '' : ` (default: ${String(defaultValue)})`
    return `| \`${cell(flags)}\` | ${cell(description)}${standard} |`
  })
  return ['| flag | meaning |', '|---|---|', ...rows]
}

function helpOption(command: Command): Option {
  return command
    .createHelp()
    .visibleOptions(command)
    .find(({ long }) => long === '--help') as Option
}

/** Commander keeps the text behind its help only as printed. */
function examples(command: Command): string[] {
  let help = ''
  command.configureOutput({ writeOut: (text) => (help += text) })
  command.outputHelp()
  const [, lines = ''] = help.split(/^Examples?:\n/m)
  return [
    '```text',
    ...lines
      .trimEnd()
      .split('\n')
      .map((line) => line.trim()),
    '```',
  ]
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|')
}
