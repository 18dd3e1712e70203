/** Gathers what the failure screen shows of an attempt. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { join } from 'node:path'
import type { FailureCause, Usage } from '../model/events.ts'
import { blockOf, dataIdAt, type QuantumGraph, type TaskBlock } from '../model/graph.ts'
import { formatId } from '../model/ids.ts'
import type { Resources, Task } from '../model/pipeline.ts'
import { type AttemptLogPlace, findAttemptLog } from '../store/sqlite/attempt-logs.ts'
import { commandText } from './command-text.ts'
import { datasetPaths } from './dataset-paths.ts'
import type { Failure } from './failure-screen.ts'
import type { Session } from './session.ts'

/** The part of an event that tells how an attempt failed. */
export interface FailedAttempt {
  readonly q: number
  readonly attempt: number
  readonly cause: FailureCause
  readonly exitCode: number | null
  readonly signal: string | null
  readonly message: string
  readonly usage: Usage | null
}

/** Where an attempt's failure is looked up. */
export interface FailureSource {
  readonly session: Session
  /** Number of the run. */
  readonly run: number
  readonly graph: QuantumGraph
  /** Sizes of datasets in bytes, as far as known. */
  readonly sizeOf: (d: number) => number | undefined
}

const NOTHING_ASKED: Resources = {
  cores: 1,
  memory: undefined,
  gpus: 0,
  disk: undefined,
  walltime: undefined,
  nodes: 1,
  processes: 1,
  custom: {},
}

const TAIL_BYTES = 64 * 1024

/** Everything about a failed attempt. */
export function failureOf({ session, run, graph, sizeOf }: FailureSource, attempt: FailedAttempt): Failure {
  const block = blockOf(graph.tasks, attempt.q)
  const task = session.knownPipeline?.tasks.find(({ name }) => name === block.task)
  return {
    id: idIn(graph, block, attempt.q),
    attempt: attempt.attempt,
    cause: attempt.cause,
    exitCode: attempt.exitCode,
    signal: attempt.signal,
    message: attempt.message,
    command: task === undefined ? '(the task is no longer in the pipeline)' : shownCommand(session, graph, task, block, attempt.q),
    log: logTail(session, run, attempt.q, attempt.attempt),
    inputs: inputsOf(block, attempt.q).map((d) => ({ id: datasetId(graph, d), size: sizeOf(d) })),
    usage: attempt.usage,
    asked: task?.resources ?? NOTHING_ASKED,
  }
}

/** The last part of an attempt's log, as text. */
export function logTail(session: Session, run: number, q: number, attempt: number, bytes = TAIL_BYTES): string {
  return tailOf(findAttemptLog(session.database, logsFolder(session), run, q, attempt), bytes)
}

/** Where large logs are. */
export function logsFolder({ place }: Session): string {
  return join(place.store, 'logs')
}

/** The last bytes of a log as text, from the beginning of a line. */
export function tailOf(place: AttemptLogPlace, bytes: number): string {
  if (place.kind === 'none') return ''
  if (place.kind === 'inline') return decodeTail(Buffer.from(place.bytes), bytes)
  const open = openSync(place.path, 'r')
  try {
    const { size } = fstatSync(open)
    const length = Math.min(size, bytes + 1)
    const tail = Buffer.alloc(length)
    readSync(open, tail, 0, length, size - length)
    return decodeTail(tail, bytes)
  } finally {
    closeSync(open)
  }
}

function decodeTail(all: Buffer, bytes: number): string {
  if (all.length <= bytes) return all.toString('utf8')
  const tail = all.subarray(all.length - bytes)
  const newline = tail.indexOf(10)
  return tail.subarray(newline < 0 ? 0 : newline + 1).toString('utf8')
}

function idIn(graph: QuantumGraph, block: TaskBlock, q: number): string {
  return formatId(block.task, dataIdAt(graph, block, q - block.first))
}

function datasetId(graph: QuantumGraph, d: number): string {
  const block = blockOf(graph.types, d)
  return formatId(block.type, dataIdAt(graph, block, d - block.first))
}

function inputsOf(block: TaskBlock, q: number): number[] {
  const i = q - block.first
  return block.edges
    .filter(({ role }) => role !== 'output')
    .flatMap(({ offsets, targets }) => [...targets.subarray(offsets[i], offsets[i + 1])])
}

/** The body with its values; datasets stand as their paths, or else as their ids. */
function shownCommand(session: Session, graph: QuantumGraph, task: Task, block: TaskBlock, q: number): string {
  const pathOf = datasetPaths(session)
  const show = (d: number): string => {
    const type = blockOf(graph.types, d)
    return pathOf(type.type, dataIdAt(graph, type, d - type.first)) ?? datasetId(graph, d)
  }
  return commandText(task, block, q - block.first, { graph, pipeline: session.pipeline, show })
}
