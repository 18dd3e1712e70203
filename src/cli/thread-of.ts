/** The thread of a dataset or quantum: what it was made from, and what came of it, as a graph. */
import { blockOf, dataIdAt } from '../model/graph.ts'
import type { DataId } from '../model/ids.ts'
import { QUANTUM_STATES, STATE } from '../model/states.ts'
import type { Json } from '../model/value.ts'
import { idOfDataset, idOfQuantum } from '../plan/graph/naming.ts'
import { runById, taskIdentities } from '../store/sqlite/runs.ts'
import { datasetPaths } from './dataset-paths.ts'
import { type DatasetSizes, datasetSizes } from './dataset-sizes.ts'
import { typesOf } from './plan/plan-json.ts'
import { digestOf, inputsOf, outputsOf, type RunRecord } from './run-record.ts'
import type { Session } from './session.ts'
import { dataIdJson } from './value-json.ts'

/** Which way to go. */
export type Direction = 'backward' | 'forward' | 'both'

/** A node; kinds are `dataset`, `quantum` and `run`. */
export interface ThreadNode {
  readonly [key: string]: Json
  readonly id: string
  readonly kind: string
}

/** The document of `heddle thread --json`. Edges lead from what comes first; kinds are `input`, `output` and `run`. */
export interface Thread {
  readonly nodes: readonly ThreadNode[]
  readonly edges: readonly { readonly from: string; readonly to: string; readonly kind: string }[]
}

/** Where a thread begins. */
export type ThreadStart = { readonly dataset: number } | { readonly quantum: number }

/** Follows a run's graph from one place. */
export function threadOf(session: Session, record: RunRecord, start: ThreadStart, direction: Direction): Thread {
  const { graph } = record
  const datasets = new Set<number>('dataset' in start ? [start.dataset] : [])
  const quanta = new Set<number>('quantum' in start ? [start.quantum] : [])
  if (direction !== 'forward') goBack(record, datasets, quanta)
  if (direction !== 'backward') goForward(record, start, datasets, quanta)
  const nodes: ThreadNode[] = []
  const edges: Thread['edges'][number][] = []
  const pathOf = datasetPaths(session)
  const sizes = datasetSizes(session, record)
  for (const d of datasets)
    nodes.push({ ...datasetNode(record, d), size: sizeOf(record, sizes, d), path: pathOf(...typeAndDataId(record, d)) ?? null })
  const runs = new Map<string, ThreadNode>()
  for (const q of quanta) {
    const id = quantumId(record, q)
    const run = runOf(session, record, q)
    nodes.push(quantumNode(session, record, q, run))
    for (const d of inputsOf(graph, q)) if (datasets.has(d)) edges.push({ from: datasetId(record, d), to: id, kind: 'input' })
    for (const d of outputsOf(graph, q)) if (datasets.has(d)) edges.push({ from: id, to: datasetId(record, d), kind: 'output' })
    if (!runs.has(run)) runs.set(run, runNode(session, record, run))
    edges.push({ from: id, to: run, kind: 'run' })
  }
  return { nodes: [...nodes, ...runs.values()], edges }
}

/** Adds everything that these datasets and quanta were made from. */
function goBack({ graph }: RunRecord, datasets: Set<number>, quanta: Set<number>): void {
  const addProducers = (): void => {
    for (const d of datasets) if ((graph.producer[d] as number) >= 0) quanta.add(graph.producer[d] as number)
  }
  addProducers()
  // A set may grow while it is walked.
  for (const q of quanta) {
    for (const d of inputsOf(graph, q)) {
      datasets.add(d)
      if ((graph.producer[d] as number) >= 0) quanta.add(graph.producer[d] as number)
    }
  }
}

/** Adds everything that came of the start, in topological order. */
function goForward({ graph }: RunRecord, start: ThreadStart, datasets: Set<number>, quanta: Set<number>): void {
  const reached = new Set<number>('dataset' in start ? [start.dataset] : outputsOf(graph, start.quantum))
  for (const d of reached) datasets.add(d)
  for (const q of graph.order) {
    if (!inputsOf(graph, q).some((d) => reached.has(d))) continue
    quanta.add(q)
    for (const d of inputsOf(graph, q)) if (reached.has(d)) datasets.add(d)
    for (const d of outputsOf(graph, q)) {
      reached.add(d)
      datasets.add(d)
    }
  }
}

/** Ids as everywhere else; where a task and a dataset type share a name they say which they are. */
function datasetId({ graph }: RunRecord, d: number): string {
  const { type } = blockOf(graph.types, d)
  return `${graph.tasks.some(({ task }) => task === type) ? 'dataset:' : ''}${idOfDataset(graph, d)}`
}

function quantumId({ graph }: RunRecord, q: number): string {
  const { task } = blockOf(graph.tasks, q)
  return `${graph.types.some(({ type }) => type === task) ? 'quantum:' : ''}${idOfQuantum(graph, q)}`
}

function sizeOf(record: RunRecord, sizes: DatasetSizes, d: number): number | null {
  const own = record.sizes[d] as number
  return Number.isNaN(own) ? (sizes.of(d) ?? null) : own
}

function typeAndDataId({ graph }: RunRecord, d: number): [type: string, dataId: DataId] {
  const block = blockOf(graph.types, d)
  return [block.type, dataIdAt(graph, block, d - block.first)]
}

function datasetNode(record: RunRecord, d: number): ThreadNode {
  const { graph } = record
  const [type, dataId] = typeAndDataId(record, d)
  return {
    id: datasetId(record, d),
    kind: 'dataset',
    name: idOfDataset(graph, d),
    type,
    dataId: dataIdJson(dataId, typesOf(record)),
    digest: digestOf(record, d),
  }
}

/** Name of the run in which a quantum was really executed. */
function runOf(session: Session, record: RunRecord, q: number): string {
  const execution = record.execution[q] as number
  if (record.state[q] !== STATE.reused || execution === 0) return record.run.name
  return runById(session.database, session.history.run(execution))?.name ?? record.run.name
}

function quantumNode(session: Session, record: RunRecord, q: number, run: string): ThreadNode {
  const { graph } = record
  const block = blockOf(graph.tasks, q)
  const identity = identitiesOf(session, record).find(({ task }) => task === block.task)
  const execution = record.execution[q] as number
  const own = record.seconds[q] as number
  const seconds = execution > 0 ? session.history.wallSeconds(execution) : own
  return {
    id: quantumId(record, q),
    kind: 'quantum',
    name: idOfQuantum(graph, q),
    task: block.task,
    dataId: dataIdJson(dataIdAt(graph, block, q - block.first), typesOf(record)),
    state: QUANTUM_STATES[record.state[q] as number] as string,
    run,
    site: 'local',
    seconds: Number.isNaN(seconds) ? null : seconds,
    code: identity?.code ?? null,
    codeParts: identity?.codeParts ?? {},
    config: identity?.config ?? {},
  }
}

const identities = new WeakMap<RunRecord, ReturnType<typeof taskIdentities>>()

function identitiesOf(session: Session, record: RunRecord): ReturnType<typeof taskIdentities> {
  const known = identities.get(record) ?? taskIdentities(session.database, record.run.id)
  identities.set(record, known)
  return known
}

function runNode(session: Session, record: RunRecord, name: string): ThreadNode {
  const row = session.database.prepare('SELECT id FROM runs WHERE name = ?').get(name) as { id: number } | undefined
  const run = row === undefined ? record.run : (runById(session.database, row.id) ?? record.run)
  const { user = null, host = null, version = null, parameters = null } = run.request
  return {
    id: name,
    kind: 'run',
    name,
    state: run.state,
    started: new Date(run.started).toISOString(),
    user,
    host,
    version,
    parameters,
  }
}
