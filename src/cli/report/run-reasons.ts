/** Why the quanta of a run ran, worked out afterwards: each execution against the one before it of the same quantum. */
import { blockOf, type QuantumGraph } from '../../model/graph.ts'
import { COMPONENTS, type Component, IDENTITY } from '../../model/history.ts'
import type { TaskIdentity } from '../../model/plan.ts'
import type { Json } from '../../model/value.ts'
import type { ExecutionBatch } from '../../store/sqlite/execution-batch.ts'
import { readBatches } from '../../store/sqlite/executions.ts'
import { type RunRow, taskIdentities } from '../../store/sqlite/runs.ts'
import { reasonText } from '../reason-text.ts'
import type { Session } from '../session.ts'

interface Place {
  readonly run: number
  readonly batch: ExecutionBatch
  readonly i: number
}

/** A reason, and how many quanta of a task ran for it. */
export interface CountedReason {
  readonly text: string
  readonly count: number
}

/** The reasons of each task, most frequent first. */
export function runReasons(session: Session, run: RunRow, graph: QuantumGraph): ReadonlyMap<string, readonly CountedReason[]> {
  const own = new Map<string, Place>()
  const before = new Map<string, Place>()
  const batches = readBatches(session.database)
  for (const { run: id, batch } of batches)
    if (id === run.id) for (let i = 0; i < batch.count; i++) own.set(keyOf(batch, i), { run: id, batch, i })
  for (const { run: id, batch } of batches) {
    if (id >= run.id) continue
    for (let i = 0; i < batch.count; i++) {
      const key = keyOf(batch, i)
      if (own.has(key)) before.set(key, { run: id, batch, i })
    }
  }
  const identities = identityReader(session)
  const tallies = new Map<string, Map<string, number>>()
  for (const [key, is] of own) {
    const { task } = blockOf(graph.tasks, is.batch.quantum(is.i))
    const tally = tallies.get(task) ?? new Map<string, number>()
    tallies.set(task, tally)
    const was = before.get(key)
    const texts = was === undefined ? ['new'] : changes(was, is, identities(was.run, task), identities(run.id, task), run)
    for (const text of texts) tally.set(text, (tally.get(text) ?? 0) + 1)
  }
  return new Map(
    [...tallies].map(([task, tally]) => [task, [...tally].map(([text, count]) => ({ text, count })).sort((a, b) => b.count - a.count)]),
  )
}

function keyOf(batch: ExecutionBatch, i: number): string {
  const at = batch.identityAt(i) + IDENTITY.key
  return Buffer.from(batch.records.buffer, batch.records.byteOffset + at, 8).toString('latin1')
}

function identityReader({ database }: Session): (run: number, task: string) => TaskIdentity | undefined {
  const known = new Map<number, ReadonlyMap<string, TaskIdentity>>()
  return (run, task) => {
    const found = known.get(run) ?? new Map(taskIdentities(database, run).map((identity) => [identity.task, identity]))
    known.set(run, found)
    return found.get(task)
  }
}

function changes(before: Place, now: Place, was: TaskIdentity | undefined, is: TaskIdentity | undefined, run: RunRow): string[] {
  const changed = COMPONENTS.filter((part) => !sameBytes(before, now, part))
  if (changed.length === 0) {
    if (before.batch.kind(before.i) === 'failed') return ['failed before']
    return [Array.isArray(run.request.force) && run.request.force.length > 0 ? 'forced' : 'its output was missing']
  }
  return changed.flatMap((part) => texts(part, was, is))
}

function texts(part: Component, was: TaskIdentity | undefined, is: TaskIdentity | undefined): string[] {
  if (part === 'code') {
    const [old, present] = [was?.codeParts ?? {}, is?.codeParts ?? {}]
    const files = Object.keys({ ...old, ...present }).filter((name) => old[name] !== present[name])
    return [reasonText(files.length === 0 ? { kind: 'code' } : { kind: 'code', files })]
  }
  if (part === 'inputs') return ['inputs changed']
  const [old, present]: Readonly<Record<string, Json>>[] = [was?.[part] ?? {}, is?.[part] ?? {}]
  const names = Object.keys({ ...old, ...present }).filter((name) => JSON.stringify(old?.[name]) !== JSON.stringify(present?.[name]))
  if (names.length === 0) return [part === 'config' ? 'configuration changed' : 'environment changed']
  return names.map((name) => reasonText({ kind: part, name, was: old?.[name] ?? null, is: present?.[name] ?? null }))
}

function sameBytes(a: Place, b: Place, part: Component): boolean {
  const [atA, atB] = [a.batch.identityAt(a.i) + IDENTITY[part], b.batch.identityAt(b.i) + IDENTITY[part]]
  for (let k = 0; k < 8; k++) if (a.batch.records[atA + k] !== b.batch.records[atB + k]) return false
  return true
}
