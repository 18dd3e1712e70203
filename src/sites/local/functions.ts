/** What the languages of function bodies share: jobs and answers as lines of JSON. */
import { isUtf8 } from 'node:buffer'
import type { AttemptLog, InputItem, Outcome, QuantumJob, ReportedOutput } from '../../engine/job.ts'
import type { FailureCause } from '../../model/events.ts'
import type { FormatName } from '../../model/pipeline.ts'
import type { Json } from '../../model/value.ts'
import { type Answer, failure, type Language, type WorkerFiles } from './language.ts'
import { takeLog } from './log-file.ts'

/** A value on its way: a path, text, or bytes as base64. */
export type Parcel = readonly ['p' | 't' | 'b', string]

/** A job as a worker reads it. */
export interface FunctionJob {
  readonly sequence: number
  readonly module: string
  readonly function: string
  /** Connection, format, whether it gathers, items, their data IDs. */
  readonly inputs: readonly (readonly [string, FormatName, boolean, readonly Parcel[], readonly Readonly<Record<string, Json>>[]])[]
  /** Connection, format, whether it gathers, paths. */
  readonly outputs: readonly (readonly [string, FormatName, boolean, readonly string[]])[]
  readonly config: Readonly<Record<string, Json>>
  readonly dataId: Readonly<Record<string, Json>>
  readonly environment: Readonly<Record<string, string>>
}

/** What a worker says became of a job: the outputs that travel (null: at its path), why there is no work, or cause, message and exit code. */
export type FunctionResult =
  | readonly ['completed', readonly (readonly (Parcel | null)[])[]]
  | readonly ['noWork', string]
  | readonly ['failed', readonly [FailureCause, string, number | null]]

/** An answer as a worker writes it. The log is base64, or a file and its size. */
export type FunctionAnswer =
  | readonly [sequence: number, kind: 'skipped']
  | readonly [
      sequence: number,
      kind: FunctionResult[0],
      result: FunctionResult[1],
      wallSeconds: number,
      cpuSeconds: number,
      peakMemoryBytes: number | null,
      log: string | readonly [string, number] | null,
    ]

/** A language of function bodies: `command` starts its worker. */
export function functionLanguage(name: 'python' | 'typescript', command: Language['command']): Language {
  return {
    name,
    command,
    ahead: 512,
    aheadMs: 20,
    jobsAt: 3,
    greeting: () => '',
    tell,
    understand: (line) => understand(JSON.parse(line) as FunctionAnswer),
    lastLog: (sequence, files): AttemptLog => takeLog(files.log, sequence),
  }
}

function tell(job: QuantumJob, sequence: number, _files: WorkerFiles): string | Outcome {
  const { body } = job
  if (body.kind !== 'python' && body.kind !== 'typescript') return failure(`a ${body.kind} is no function`)
  const told: FunctionJob = {
    sequence,
    module: body.module,
    function: body.function,
    inputs: job.inputs.map((input) => [
      input.connection,
      input.format,
      input.gathers,
      input.items.map((item) => parcelOf(item, input.format)),
      input.dataIds,
    ]),
    outputs: job.outputs.map((output) => [output.connection, output.format, output.gathers, output.paths]),
    config: job.config,
    dataId: job.dataId,
    environment: job.environment,
  }
  return `${JSON.stringify(told)}\n`
}

function parcelOf(item: InputItem, format: FormatName): Parcel {
  if (item.path !== undefined) return ['p', item.path]
  const bytes = Buffer.from(item.inline ?? [])
  return format !== 'bytes' && isUtf8(bytes) ? ['t', bytes.toString('utf8')] : ['b', bytes.toString('base64')]
}

function understand(answer: FunctionAnswer): Answer {
  if (answer[1] === 'skipped') return { kind: 'skipped', sequence: answer[0] }
  const [sequence, kind, result, wallSeconds, cpuSeconds, peakMemoryBytes, log] = answer
  return {
    kind: 'ended',
    sequence,
    outcome: outcomeOf([kind, result] as FunctionResult),
    log: logOf(log),
    wallSeconds,
    cpuSeconds,
    peakMemoryBytes: peakMemoryBytes ?? undefined,
  }
}

function outcomeOf(result: FunctionResult): Outcome {
  if (result[0] === 'completed') return { kind: 'completed', outputs: result[1].map((output) => output.map(outputOf)) }
  if (result[0] === 'noWork') return { kind: 'noWork', why: result[1] }
  const [cause, message, exitCode] = result[1]
  return { kind: 'failed', cause, exitCode, signal: null, message }
}

function outputOf(parcel: Parcel | null): ReportedOutput {
  return { inline: parcel === null ? undefined : Buffer.from(parcel[1], parcel[0] === 'b' ? 'base64' : 'utf8') }
}

function logOf(log: string | readonly [string, number] | null): AttemptLog {
  if (log === null) return { kind: 'none' }
  if (typeof log === 'string') return { kind: 'inline', bytes: Buffer.from(log, 'base64') }
  return { kind: 'file', path: log[0], bytes: log[1] }
}
