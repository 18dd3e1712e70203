/** What differs between two runs. */
import type { TaskIdentity } from '../model/plan.ts'
import type { Json } from '../model/value.ts'
import { idOfDataset, idOfQuantum } from '../plan/graph/naming.ts'
import { taskIdentities } from '../store/sqlite/runs.ts'
import { taskOf } from './live/progress.ts'
import { digestOf, inputsOf, type RunRecord } from './run-record.ts'
import type { Session } from './session.ts'

/** The document of `heddle diff --json`. */
export interface RunDifference {
  readonly quanta: readonly { readonly id: string; readonly reasons: readonly Json[] }[]
  readonly datasets: readonly { readonly id: string; readonly was: string | null; readonly is: string | null }[]
}

/** Compares an earlier run with a later one. */
export function compareRuns(session: Session, was: RunRecord, is: RunRecord): RunDifference {
  const datasets = differentDatasets(was, is)
  const changed = new Set(datasets.map(({ id }) => id))
  return { quanta: differentQuanta(session, was, is, changed), datasets }
}

function differentDatasets(was: RunRecord, is: RunRecord): RunDifference['datasets'] {
  const before = new Map(Array.from({ length: was.graph.datasets }, (_, d) => [idOfDataset(was.graph, d), digestOf(was, d)] as const))
  const found: { id: string; was: string | null; is: string | null }[] = []
  for (let d = 0; d < is.graph.datasets; d++) {
    const id = idOfDataset(is.graph, d)
    const earlier = before.get(id) ?? null
    const now = digestOf(is, d)
    before.delete(id)
    if (earlier !== now) found.push({ id, was: earlier, is: now })
  }
  for (const [id, digest] of before) if (digest !== null) found.push({ id, was: digest, is: null })
  return found
}

function differentQuanta(session: Session, was: RunRecord, is: RunRecord, changed: ReadonlySet<string>): RunDifference['quanta'] {
  const before = new Set(Array.from({ length: was.graph.quanta }, (_, q) => idOfQuantum(was.graph, q)))
  const identitiesBefore = new Map(taskIdentities(session.database, was.run.id).map((identity) => [identity.task, identity]))
  const identitiesNow = new Map(taskIdentities(session.database, is.run.id).map((identity) => [identity.task, identity]))
  const ofTask = is.graph.tasks.map(({ task }) => taskReasons(identitiesBefore.get(task), identitiesNow.get(task)))
  const found: { id: string; reasons: readonly Json[] }[] = []
  for (let q = 0; q < is.graph.quanta; q++) {
    const id = idOfQuantum(is.graph, q)
    if (!before.delete(id)) {
      found.push({ id, reasons: [{ kind: 'new' }] })
      continue
    }
    const inputs = inputsOf(is.graph, q)
      .map((d) => idOfDataset(is.graph, d))
      .filter((dataset) => changed.has(dataset))
    const reasons = [...(ofTask[taskOf(is.graph, q)] as readonly Json[]), ...inputs.map((dataset): Json => ({ kind: 'input', dataset }))]
    if (reasons.length > 0) found.push({ id, reasons })
  }
  for (const id of before) found.push({ id, reasons: [{ kind: 'removed' }] })
  return found
}

function taskReasons(was: TaskIdentity | undefined, is: TaskIdentity | undefined): Json[] {
  if (was === undefined || is === undefined) return []
  const files = [...new Set([...Object.keys(was.codeParts), ...Object.keys(is.codeParts)])].filter(
    (name) => was.codeParts[name] !== is.codeParts[name],
  )
  return [
    ...(was.code === is.code ? [] : [{ kind: 'code', files }]),
    ...differences('config', was.config, is.config),
    ...differences('environment', was.environment, is.environment),
  ]
}

function differences(kind: string, was: Readonly<Record<string, Json>>, is: Readonly<Record<string, Json>>): Json[] {
  return [...new Set([...Object.keys(was), ...Object.keys(is)])]
    .filter((name) => JSON.stringify(was[name]) !== JSON.stringify(is[name]))
    .map((name) => ({ kind, name, was: was[name] ?? null, is: is[name] ?? null }))
}
