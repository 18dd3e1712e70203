/** Commands and configuration: what stands in braces must name something. */

import { type CommandPiece, commandPlaceholders, commandTexts, parseCommand } from '../../model/command/command-template.ts'
import { type PlaceholderKind, placeholdersOf } from '../../model/command/placeholders.ts'
import type { Position } from '../../model/errors.ts'
import { didYouMean } from '../../model/nearest.ts'
import type { Pipeline, Task } from '../../model/pipeline.ts'
import { RESOURCES } from '../build/tasks.ts'
import type { ProblemList } from '../problem-list.ts'
import { expectedNames, type Reading } from '../reading.ts'
import type { Path } from '../yaml-document.ts'
import { almostPlaceholders, type KnownNames } from './almost-placeholders.ts'

/** Reports empty commands, unknown placeholders, and placeholders where no value can safely stand. */
export function checkCommands(pipeline: Pipeline, reading: Reading): void {
  for (const task of pipeline.tasks) {
    checkConfig(task, ['tasks', task.name, 'config'], reading.file.tasks?.[task.name]?.config ?? {}, reading)
    if (task.body.kind === 'command') checkCommand(task, task.body.command, reading)
    else if (task.noWork !== undefined) {
      const message = 'noWork: is an exit code of a command; a function raises NoWork instead'
      reading.problems.error('no-work', reading.document.at(['tasks', task.name, 'noWork'], 'key'), message)
    }
  }
}

function checkCommand(task: Task, command: string | readonly string[], reading: Reading): void {
  const { document, problems } = reading
  const path = ['tasks', task.name, 'command']
  if (reading.file.tasks?.[task.name]?.command === undefined) return
  const [program] = commandTexts(command)
  if (program === undefined || program.trim() === '') {
    problems.error('command-empty', document.at(path), 'the command is empty; expected a program to run')
    return
  }
  const known = knownNames(task, reading)
  const template = parseCommand(command)
  const texts =
    typeof command === 'string'
      ? [{ pieces: commandPlaceholders(template), where: path as Path, text: command }]
      : commandTexts(command).map((text, index) => ({ pieces: commandPlaceholders(parseCommand([text])), where: [...path, index], text }))
  for (const { pieces, where, text } of texts) {
    checkAlmost(text, where, known, reading)
    pieces.forEach((piece, index) => {
      const nth = pieces.slice(0, index).filter((earlier) => earlier.text === piece.text).length
      const at = document.within(where, piece.text, nth)
      checkPlaceholder(piece, known[piece.of], at, problems)
      checkPlace(piece, at, problems)
    })
  }
  for (const output of task.outputs) {
    const { name } = output
    if (texts.some(({ pieces }) => pieces.some((piece) => piece.of === 'outputs' && piece.name === name))) continue
    problems.warning(
      'output-unmentioned',
      document.at(['tasks', task.name, 'outputs', name], 'key'),
      `the command never names {outputs.${name}}, so that it cannot know where to write it`,
    )
  }
}

function checkAlmost(text: string, where: Path, known: KnownNames, { document, problems }: Reading): void {
  for (const { text: brace, meant } of almostPlaceholders(text, known)) {
    problems.warning(
      'unknown-placeholder',
      document.within(where, brace),
      `${brace} is no placeholder and stays as it is; did you mean ${meant}?`,
    )
  }
}

type Placeholder = Extract<CommandPiece, { kind: 'placeholder' }>

function knownNames(task: Task, { declared }: Reading): Readonly<Record<PlaceholderKind, ReadonlySet<string>>> {
  const { memory, disk, walltime } = task.resources
  const asked = { memory, disk, walltime }
  const resources = RESOURCES.filter((name) => !(name in asked) || asked[name as keyof typeof asked] !== undefined)
  return {
    inputs: new Set([...task.inputs, ...task.prerequisites].map((connection) => connection.name)),
    outputs: new Set(task.outputs.map((connection) => connection.name)),
    config: new Set(Object.keys(task.config)),
    dataId: new Set(task.dimensions),
    resources: new Set([...resources, ...Object.keys(task.resources.custom)]),
    parameters: declared.parameters,
  }
}

const GROUPS: Readonly<Record<PlaceholderKind, string>> = {
  inputs: 'inputs',
  outputs: 'outputs',
  config: 'config',
  dataId: 'dimensions',
  resources: 'resources',
  parameters: 'parameters',
}

function checkPlaceholder(
  piece: { of: PlaceholderKind; name: string; text: string },
  known: ReadonlySet<string>,
  at: Position,
  problems: ProblemList,
): void {
  if (known.has(piece.name)) return
  const none = known.size === 0 ? `there are no ${GROUPS[piece.of]}` : expectedNames(known, GROUPS[piece.of])
  const code = piece.of === 'parameters' ? 'unknown-parameter' : 'unknown-placeholder'
  problems.error(code, at, `${piece.text} names nothing; ${none}${didYouMean(piece.name, known)}`)
}

/** Places where the shell would not take a value as a plain word, whatever is done. */
function checkPlace(piece: Placeholder, at: Position, problems: ProblemList): void {
  const why = piece.altered
    ? 'stands right behind a \\ or $, which would change what it means; expected it without'
    : piece.context === 'arithmetic'
      ? 'stands in $((…)), where some shells run what they read; expected a program such as awk, with the value as an argument'
      : piece.context === 'literal'
        ? 'stands in a here-document with a quoted delimiter, where nothing is replaced; expected the delimiter without quotes'
        : undefined
  if (why !== undefined) problems.error('placeholder-place', at, `${piece.text} ${why}`)
}

function checkConfig(task: Task, path: Path, value: unknown, reading: Reading): void {
  if (typeof value === 'string') {
    checkAlmost(value, path, { parameters: reading.declared.parameters }, reading)
    for (const piece of placeholdersOf(value)) {
      const at = reading.document.within(path, piece.text)
      if (piece.of === 'parameters') checkPlaceholder(piece, reading.declared.parameters, at, reading.problems)
      else {
        const message = `${piece.text} cannot stand in configuration, which is the same for all work of ${task.name}; expected {parameters.NAME}, or the placeholder in the command`
        reading.problems.error('placeholder-place', at, message)
      }
    }
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) checkConfig(task, [...path, key], item, reading)
  }
}
