/** What came of each quantum and dataset of a run, derived from its graph and its events. */
import { join } from 'node:path'
import { HeddleError } from '../model/errors.ts'
import type { Event } from '../model/events.ts'
import type { QuantumGraph, TaskBlock } from '../model/graph.ts'
import { blockOf } from '../model/graph.ts'
import type { Execution, History } from '../model/history.ts'
import { STATE } from '../model/states.ts'
import type { Json } from '../model/value.ts'
import { decodeGraph } from '../plan/graph/graph-file.ts'
import { readLog } from '../store/sqlite/log.ts'
import { type RunRow, reusedExecutions } from '../store/sqlite/runs.ts'
import { stateOf } from './engine-alive.ts'
import { readBytes } from './read-bytes.ts'
import type { Session } from './session.ts'

/** The end of an attempt that failed, whether it was tried again or not. */
export type FailureEvent = Extract<Event, { readonly event: 'QuantumFailed' | 'QuantumRetried' }>

/** A run, quantum by quantum. */
export interface RunRecord {
  readonly run: RunRow
  readonly graph: QuantumGraph
  /** What was kept with the graph. */
  readonly about: Json
  /** Codes of {@link STATE}. */
  readonly state: Uint8Array
  /** Number of the last attempt. */
  readonly attempts: Uint16Array
  /** Wall seconds of the last attempt; NaN where there was none. */
  readonly seconds: Float64Array
  /** Execution of an earlier run that stood in for each quantum, or 0. */
  readonly execution: Float64Array
  /** How quanta failed in the end, by number. */
  readonly failures: ReadonlyMap<number, Extract<FailureEvent, { event: 'QuantumFailed' }>>
  /** Content of each dataset, as far as the run knew it: 32 bytes each. */
  readonly digests: Uint8Array
  readonly sizes: Float64Array
  /** 1: the dataset exists. */
  readonly exists: Uint8Array
  /** Every event but those about single quanta is here, in order. */
  readonly warnings: readonly Extract<Event, { readonly event: 'Warned' }>[]
}

/** The graph that a run was made of. Throws `graph-missing` where its file is gone. */
export function readRunGraph(store: string, digest: string): { readonly graph: QuantumGraph; readonly about: Json } {
  const file = join(store, 'graphs', digest)
  try {
    return decodeGraph(readBytes(file), file)
  } catch (cause) {
    if (cause instanceof HeddleError) throw cause
    throw new HeddleError('graph-missing', `the graph of this run is gone: ${(cause as Error).message}`, { cause })
  }
}

/** Derives the record of a run. */
export function readRun(session: Session, run: RunRow): RunRecord {
  const { graph, about } = readRunGraph(session.place.store, run.graph)
  const record = {
    run,
    graph,
    about,
    state: new Uint8Array(graph.quanta),
    attempts: new Uint16Array(graph.quanta),
    seconds: new Float64Array(graph.quanta).fill(Number.NaN),
    execution: new Float64Array(graph.quanta),
    failures: new Map<number, Extract<FailureEvent, { event: 'QuantumFailed' }>>(),
    digests: graph.inputDigests.slice(),
    sizes: new Float64Array(graph.datasets).fill(Number.NaN),
    exists: new Uint8Array(graph.datasets),
    warnings: [] as Extract<Event, { readonly event: 'Warned' }>[],
  }
  for (let d = 0; d < graph.datasets; d++)
    if ((graph.producer[d] as number) < 0 && record.digests.subarray(d * 32, d * 32 + 32).some((byte) => byte !== 0)) record.exists[d] = 1
  const reused = reusedExecutions(session.database, run.id)
  reused?.forEach((execution, q) => {
    if (execution !== 0) takeReused(record, session.history, q, execution)
  })
  for (const { events } of readLog(session.database, run.id)) for (const event of events) apply(record, session.history, event)
  // What was at work when its engine went away never ended.
  const now = stateOf(session, run)
  if (now === 'interrupted') record.state.forEach((code, q) => (record.state[q] = code === STATE.running ? STATE.waiting : code))
  if (now === 'running') markReady(record)
  return record
}

const OVER: ReadonlySet<number> = new Set([STATE.completed, STATE.reused, STATE.noWork, STATE.pruned])

/** Tells what waits only for a place from what waits for others; the log says nothing of it. */
function markReady({ graph, state }: Building): void {
  const isOver = (q: number): boolean => q < 0 || OVER.has(state[q] as number)
  for (const block of graph.tasks) {
    for (let i = 0; i < block.count; i++) {
      const q = block.first + i
      if (state[q] !== STATE.waiting) continue
      const after = graph.afterTargets.subarray(graph.afterOffsets[q], graph.afterOffsets[q + 1])
      if (inputsOf(graph, q).every((d) => isOver(graph.producer[d] as number)) && after.every(isOver)) state[q] = STATE.ready
    }
  }
}

type Building = { -readonly [K in keyof RunRecord]: RunRecord[K] } & {
  readonly failures: Map<number, Extract<FailureEvent, { event: 'QuantumFailed' }>>
  readonly warnings: Extract<Event, { readonly event: 'Warned' }>[]
}

function apply(record: Building, history: History, event: Event): void {
  switch (event.event) {
    case 'JobSubmitted':
      record.state[event.q] = STATE.running
      record.attempts[event.q] = event.attempt
      return
    case 'DatasetStored':
      record.digests.set(Buffer.from(event.digest, 'hex'), event.d * 32)
      record.sizes[event.d] = event.size
      record.exists[event.d] = 1
      return
    case 'QuantumReused':
      takeReused(record, history, event.q, Number(event.from))
      return
    case 'QuantumCompleted':
      record.state[event.q] = event.noWork === null ? STATE.completed : STATE.noWork
      record.attempts[event.q] = event.attempt
      record.seconds[event.q] = event.usage.wallSeconds
      return
    case 'QuantumFailed':
      record.state[event.q] = STATE.failed
      record.attempts[event.q] = event.attempt
      if (event.usage !== null) record.seconds[event.q] = event.usage.wallSeconds
      record.failures.set(event.q, event)
      return
    case 'QuantumRetried':
      record.state[event.q] = STATE.waiting
      return
    case 'QuantumBlocked':
      record.state[event.q] = STATE.blocked
      return
    case 'QuantumPruned':
      record.state[event.q] = STATE.pruned
      return
    case 'QuantumCancelled':
      record.state[event.q] = STATE.cancelled
      return
    case 'Warned':
      record.warnings.push(event)
      return
    case 'RunStarted':
    case 'Annotated':
    case 'QuantumPlanned':
    case 'JobStateChanged':
    case 'SiteLost':
    case 'SiteFound':
    case 'RunFinished':
  }
}

function takeReused(record: Building, history: History, q: number, execution: Execution): void {
  record.state[q] = STATE.reused
  if (!(execution > 0)) return
  record.execution[q] = execution
  let j = 0
  for (const d of outputsOf(record.graph, q)) {
    if (history.copyDigest(execution, j, record.digests, d * 32)) {
      record.exists[d] = 1
      record.sizes[d] = history.size(execution, j)
    }
    j++
  }
}

/** Datasets that a quantum makes, in the order in which executions hold them. */
export function outputsOf(graph: QuantumGraph, q: number): number[] {
  return datasetsOf(graph, q, (role) => role === 'output')
}

/** Datasets that a quantum reads. */
export function inputsOf(graph: QuantumGraph, q: number): number[] {
  return datasetsOf(graph, q, (role) => role !== 'output')
}

function datasetsOf(graph: QuantumGraph, q: number, wanted: (role: string) => boolean): number[] {
  const block: TaskBlock = blockOf(graph.tasks, q)
  const i = q - block.first
  return block.edges.filter(({ role }) => wanted(role)).flatMap(({ offsets, targets }) => [...targets.subarray(offsets[i], offsets[i + 1])])
}

/** Hex digest of a dataset, or null when it does not exist. */
export function digestOf(record: Pick<RunRecord, 'digests' | 'exists'>, d: number): string | null {
  if (record.exists[d] !== 1) return null
  return Buffer.from(record.digests.buffer, record.digests.byteOffset + d * 32, 32).toString('hex')
}
