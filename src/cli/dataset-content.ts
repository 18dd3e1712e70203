/** The bytes of a dataset, wherever they are kept. */
import { resolve } from 'node:path'
import { HeddleError } from '../model/errors.ts'
import { ACTION, blockOf, type QuantumGraph } from '../model/graph.ts'
import type { Execution } from '../model/history.ts'
import type { Plan } from '../model/plan.ts'
import { outputSlots } from '../plan/decide/identity.ts'
import { idOfDataset } from '../plan/graph/naming.ts'
import { readBatches } from '../store/sqlite/executions.ts'
import { hexAt } from './dataset-sizes.ts'
import { newestExecution } from './newest-execution.ts'
import { digestOf, type RunRecord } from './run-record.ts'
import type { Session } from './session.ts'

/** Content that exists. */
export interface DatasetContent {
  readonly id: string
  readonly digest: string
  /** Its bytes, when they are kept inline. */
  readonly inline: Uint8Array | undefined
  /** Where its file or folder lies otherwise, absolute. */
  readonly path: string | undefined
}

/** What a dataset holds now: the file of an overall input, else what its newest execution left. Throws `dataset-missing`. */
export function contentNow(session: Session, plan: Plan, d: number): DatasetContent {
  return contentBy(session, plan, d, (q) => newestExecution(session, plan, q))
}

/** What a dataset is under the plan's settings, where that was made before. Throws `dataset-missing`. */
export function contentPlanned(session: Session, plan: Plan, d: number): DatasetContent {
  return contentBy(session, plan, d, (q) => (plan.action[q] === ACTION.reuse ? (plan.execution[q] as number) : 0))
}

function contentBy(session: Session, plan: Plan, d: number, executionOf: (q: number) => Execution): DatasetContent {
  const id = idOfDataset(plan.graph, d)
  const q = plan.graph.producer[d] as number
  if (q >= 0) {
    const execution = executionOf(q)
    if (execution === 0) throw missing(id, 'it was not made yet')
    return ofExecution(session, id, execution, outputSlots(plan.graph)[d] as number)
  }
  if (plan.exists[d] !== 1) throw missing(id, 'it is an overall input that is not there')
  const digest = hexAt(plan.digests, d * 32)
  return { id, digest, inline: undefined, path: inputPath(session, plan.graph, d, digest) }
}

function ofExecution(session: Session, id: string, execution: Execution, slot: number): DatasetContent {
  const { history, objects } = session
  const digest = new Uint8Array(32)
  if (slot >= history.outputs(execution) || !history.copyDigest(execution, slot, digest, 0))
    throw missing(id, 'its task found that there was nothing to do')
  const hex = hexAt(digest, 0)
  const inline = history.inline(execution, slot)
  if (inline === undefined && !objects.has(hex)) throw missing(id, `its content ${hex.slice(0, 12)}… is no longer in the store`)
  return { id, digest: hex, inline, path: inline === undefined ? objects.path(hex) : undefined }
}

/** What a dataset held in a run. Throws `dataset-missing`. */
export function contentInRun(session: Session, record: RunRecord, d: number): DatasetContent {
  const { graph } = record
  const id = idOfDataset(graph, d)
  const digest = digestOf(record, d)
  if (digest === null) throw missing(id, `run ${record.run.name} did not make it`)
  if (session.objects.has(digest)) return { id, digest, inline: undefined, path: session.objects.path(digest) }
  const q = graph.producer[d] as number
  if (q < 0) return inputOfRun(session, record, d, id, digest)
  const execution = record.execution[q] || executionIn(session, record.run.id, q)
  if (execution === 0) throw missing(id, `its content ${digest.slice(0, 12)}… is no longer in the store`)
  return ofExecution(session, id, execution, outputSlots(graph)[d] as number)
}

function inputOfRun(session: Session, { graph, run }: RunRecord, d: number, id: string, digest: string): DatasetContent {
  const path = inputPath(session, graph, d, digest)
  if (path !== undefined) return { id, digest, inline: undefined, path }
  throw missing(id, `the input changed since run ${run.name}`)
}

/** A file of this overall input that holds just this content now, absolute. */
function inputPath({ catalogue, place }: Session, graph: QuantumGraph, d: number, digest: string): string | undefined {
  const existing = catalogue.existing(blockOf(graph.types, d).type)
  for (let row = 0; row < existing.table.rows; row++) {
    const path = existing.path(row)
    if (path !== undefined && hexAt(existing.digests, row * 32) === digest) return resolve(place.folder, path)
  }
  return undefined
}

/** The execution that a run recorded for a quantum, or 0. */
function executionIn(session: Session, run: number, q: number): Execution {
  for (const { seq, run: owner, batch } of readBatches(session.database)) {
    if (owner !== run) continue
    for (let i = 0; i < batch.count; i++) if (batch.quantum(i) === q && batch.kind(i) !== 'failed') return seq * 65536 + i
  }
  return 0
}

function missing(id: string, why: string): HeddleError {
  return new HeddleError('dataset-missing', `${id} cannot be had: ${why}`, { hint: `\`heddle run ${id}\` makes it` })
}
