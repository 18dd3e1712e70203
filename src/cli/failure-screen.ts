/** What is shown of a failed attempt: at the end of a run, by `heddle logs`, in the report. */
import type { FailureCause, Usage } from '../model/events.ts'
import type { Resources } from '../model/pipeline.ts'
import { formatBytes, formatSeconds } from '../model/units.ts'
import { exitMeaning } from './exit-meaning.ts'
import { harmless } from './table.ts'

/** One failed attempt, with everything that helps to understand it. */
export interface Failure {
  /** Id of the quantum. */
  readonly id: string
  readonly attempt: number
  readonly cause: FailureCause
  readonly exitCode: number | null
  readonly signal: string | null
  readonly message: string
  /** The body as it ran: the command with its values, or the function's name. */
  readonly command: string
  /** Standard output and error, or the last part of them. */
  readonly log: string
  readonly inputs: readonly { readonly id: string; readonly size: number | undefined }[]
  readonly usage: Usage | null
  readonly asked: Resources
}

/** Paints a text; plain text passes it on. */
export type Paint = (style: 'bold' | 'dim' | 'red' | 'cyan', text: string) => string

const LOG_LINES = 12
const INPUTS_SHOWN = 6
const COMMAND_LINES = 8
const LINE_LENGTH = 1000
const LINE_END = 200

const CAUSES: Readonly<Record<FailureCause, string>> = {
  error: 'the body failed',
  memory: 'it ran out of memory',
  walltime: 'it ran longer than its walltime and was ended',
  output: 'an output is not there, or is not what its format says',
  'input-changed': 'an input changed while the body read it',
  infrastructure: 'the worker was lost',
  store: 'the store could not take the result',
}

/** The lines of the failure screen. */
export function failureLines(failure: Failure, paint: Paint): string[] {
  const lines = [
    `${paint('red', '✗')} ${paint('bold', failure.id)}${failure.attempt > 1 ? ` (attempt ${failure.attempt})` : ''}: ${causeLine(failure)}`,
  ]
  const command = harmless(failure.command).trimEnd().split('\n').map(shortened)
  lines.push(...labelled(paint, 'command', [...command.slice(0, COMMAND_LINES), ...(command.length > COMMAND_LINES ? ['…'] : [])]))
  const log = harmless(failure.log).trimEnd()
  if (log !== '') lines.push(...labelled(paint, 'log', lastLines(log)))
  else lines.push(...labelled(paint, 'log', [paint('dim', 'it printed nothing')]))
  if (failure.inputs.length > 0) lines.push(...labelled(paint, 'inputs', inputLines(failure)))
  const used = usedLine(failure)
  if (used !== '') lines.push(...labelled(paint, 'used', [used]))
  lines.push(
    ...labelled(paint, 'try', [`${paint('cyan', `heddle debug ${quoted(failure.id)}`)}   a shell with the same inputs and environment`]),
  )
  lines.push(...labelled(paint, '', [`${paint('cyan', 'heddle run')}   again, when it is mended: only what is missing runs`]))
  return lines
}

/** The short form, for the moment at which it happens: what failed and the last lines of its log. */
export function briefFailureLines(
  failure: Pick<Failure, 'id' | 'attempt' | 'cause' | 'exitCode' | 'signal' | 'message' | 'log'>,
  paint: Paint,
): string[] {
  const log = harmless(failure.log).trimEnd()
  return [
    `${paint('red', '✗')} ${paint('bold', failure.id)}${failure.attempt > 1 ? ` (attempt ${failure.attempt})` : ''}: ${causeLine(failure)}`,
    ...(log === ''
      ? []
      : log
          .split('\n')
          .slice(-4)
          .map((line) => `  ${paint('dim', '│')} ${line}`)),
  ]
}

/** What happened to an attempt, in one line. */
export function causeLine(failure: Pick<Failure, 'cause' | 'exitCode' | 'signal' | 'message'>): string {
  const meaning = exitMeaning(failure.exitCode, failure.signal)
  const more = /^(?:exit code \d+|ended by SIG\w+)(.*)$/s.exec(failure.message)?.[1]
  if (failure.cause === 'error' && meaning !== undefined && more !== undefined) return meaning + more
  const message = failure.message === '' ? CAUSES[failure.cause] : failure.message
  return meaning === undefined ? message : `${message} (${meaning})`
}

function labelled(paint: Paint, label: string, texts: readonly string[]): string[] {
  return texts.map((text, i) => `  ${paint('dim', (i === 0 ? label : '').padEnd(8))}${text}`)
}

/** A line of thousands of inputs would hide everything else. */
function shortened(line: string): string {
  if (line.length <= LINE_LENGTH) return line
  const left = line.length - LINE_LENGTH
  return `${line.slice(0, LINE_LENGTH - LINE_END)} … ${left} characters … ${line.slice(-LINE_END)}`
}

function lastLines(log: string): string[] {
  const all = log.split('\n')
  const kept = all.slice(-LOG_LINES)
  return all.length > kept.length ? [`… ${all.length - kept.length} lines before these`, ...kept] : kept
}

function inputLines({ inputs }: Failure): string[] {
  const lines = inputs.slice(0, INPUTS_SHOWN).map(({ id, size }) => `${id}${size === undefined ? '' : `  ${formatBytes(size)}`}`)
  return inputs.length > INPUTS_SHOWN ? [...lines, `… and ${inputs.length - INPUTS_SHOWN} more`] : lines
}

/** What an attempt used, against what it asked for; nothing where nothing was measured. */
export function usedLine({ usage, asked }: Pick<Failure, 'usage' | 'asked'>): string {
  if (usage === null) return ''
  const parts = [
    `${formatSeconds(usage.wallSeconds)}${asked.walltime === undefined ? '' : ` of ${formatSeconds(asked.walltime)} walltime`}`,
  ]
  if (usage.cpuSeconds !== null) parts.push(`${formatSeconds(usage.cpuSeconds)} of processor time`)
  if (usage.peakMemoryBytes !== null) {
    parts.push(`${formatBytes(usage.peakMemoryBytes)}${asked.memory === undefined ? '' : ` of ${formatBytes(asked.memory)}`} memory`)
  } else if (asked.memory !== undefined) parts.push(`asked for ${formatBytes(asked.memory)} memory`)
  parts.push(`${asked.cores} core${asked.cores === 1 ? '' : 's'}`)
  return parts.join(', ')
}

/** An id as a word of a shell. */
export function quoted(id: string): string {
  return /^[\w@=,.:#-]+$/.test(id) ? id : `'${id.replaceAll("'", "'\\''")}'`
}
