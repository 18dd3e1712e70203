/** Reasons as data (contract.md, REASON): what the plan's bits mean for one quantum, with names and values. */
import { ACTION, blockOf, REASON, type TaskBlock } from '../../model/graph.ts'
import type { Execution, History } from '../../model/history.ts'
import type { Plan, TaskIdentity } from '../../model/plan.ts'
import type { Json } from '../../model/value.ts'
import { idOfDataset, idOfQuantum } from '../graph/naming.ts'
import { outputSlots } from './identity.ts'

/** Why a quantum runs. */
export type Reason =
  | { readonly kind: 'new' | 'failed' | 'forced' }
  | { readonly kind: 'code'; readonly files?: readonly string[] }
  | { readonly kind: 'config'; readonly name: string; readonly was: Json; readonly is: Json }
  | { readonly kind: 'environment'; readonly name: string; readonly was: Json; readonly is: Json }
  | { readonly kind: 'input'; readonly dataset: string }
  | { readonly kind: 'output-missing'; readonly dataset: string }
  | { readonly kind: 'upstream'; readonly quantum: string }

/** What is known of earlier runs beyond executions. */
export interface PastRuns {
  /** What identities were made of in a run. */
  identities(run: number): readonly TaskIdentity[]
  /** Digests (hex) of the inputs that an execution saw, by dataset id; undefined when its run's graph is gone. */
  inputsOf(execution: Execution): ReadonlyMap<string, string> | undefined
}

/** The reasons of quantum q; empty for one that is reused. */
export function explainQuantum(plan: Plan, history: History, past: PastRuns, q: number): Reason[] {
  const bits = plan.reasons[q] as number
  const last = plan.execution[q] as number
  const block = blockOf(plan.graph.tasks, q)
  const reasons: Reason[] = []
  if (bits & REASON.forced) reasons.push({ kind: 'forced' })
  if (bits & REASON.new) reasons.push({ kind: 'new' })
  const t = plan.graph.tasks.indexOf(block)
  const is = plan.identities[t] as TaskIdentity
  const was = last === 0 ? undefined : past.identities(history.run(last)).find(({ task }) => task === block.task)
  if (bits & REASON.code) reasons.push(codeReason(was, is))
  if (bits & REASON.config) reasons.push(...differences('config', was?.config ?? {}, is.config))
  if (bits & REASON.environment) reasons.push(...differences('environment', was?.environment ?? {}, is.environment))
  if (bits & REASON.input) reasons.push(...inputReasons(plan, past, q, block, last))
  if (bits & REASON.outputMissing) reasons.push(...missingOutputs(plan, history, q, block, last))
  if (bits & REASON.upstream) reasons.push(...upstreamReasons(plan, q, block))
  if (bits & REASON.failed) reasons.push({ kind: 'failed' })
  return reasons
}

function codeReason(was: TaskIdentity | undefined, is: TaskIdentity): Reason {
  if (was === undefined) return { kind: 'code' }
  const names = new Set([...Object.keys(was.codeParts), ...Object.keys(is.codeParts)])
  const files = [...names].filter((name) => was.codeParts[name] !== is.codeParts[name])
  return files.length === 0 ? { kind: 'code' } : { kind: 'code', files }
}

function differences(kind: 'config' | 'environment', was: Readonly<Record<string, Json>>, is: Readonly<Record<string, Json>>): Reason[] {
  const names = [...new Set([...Object.keys(was), ...Object.keys(is)])].sort()
  return names
    .filter((name) => JSON.stringify(was[name]) !== JSON.stringify(is[name]))
    .map((name) => ({ kind, name, was: was[name] ?? null, is: is[name] ?? null }))
}

function inputDatasets(block: TaskBlock, q: number): number[] {
  const i = q - block.first
  return block.edges
    .filter(({ role }) => role !== 'output')
    .flatMap((edges) => [...edges.targets.subarray(edges.offsets[i], edges.offsets[i + 1])])
}

function inputReasons(plan: Plan, past: PastRuns, q: number, block: TaskBlock, last: Execution): Reason[] {
  const seen = past.inputsOf(last)
  const hex = (d: number): string =>
    plan.exists[d] === 1 ? Buffer.from(plan.digests.buffer, plan.digests.byteOffset + d * 32, 32).toString('hex') : ''
  const now = new Map(inputDatasets(block, q).map((d) => [idOfDataset(plan.graph, d), hex(d)]))
  const changed = [...now].filter(([id, digest]) => seen === undefined || (seen.get(id) ?? '') !== digest).map(([id]) => id)
  const gone = seen === undefined ? [] : [...seen.keys()].filter((id) => !now.has(id))
  const datasets = [...changed, ...gone]
  return (datasets.length > 0 ? datasets : [...now.keys()]).map((dataset) => ({ kind: 'input', dataset }))
}

function missingOutputs(plan: Plan, history: History, q: number, block: TaskBlock, last: Execution): Reason[] {
  const i = q - block.first
  const slots = outputSlots(plan.graph)
  const outputs = block.edges
    .filter(({ role }) => role === 'output')
    .flatMap((edges) => [...edges.targets.subarray(edges.offsets[i], edges.offsets[i + 1])])
  const gone = outputs.filter((d) => last === 0 || !history.outputAvailable(last, slots[d] as number))
  return (gone.length > 0 ? gone : outputs).map((d) => ({ kind: 'output-missing', dataset: idOfDataset(plan.graph, d) }))
}

function upstreamReasons(plan: Plan, q: number, block: TaskBlock): Reason[] {
  const producers = inputDatasets(block, q).map((d) => plan.graph.producer[d] as number)
  const running = [...new Set(producers)].filter((p) => p >= 0 && plan.action[p] === ACTION.run)
  return running.map((p) => ({ kind: 'upstream', quantum: idOfQuantum(plan.graph, p) }))
}
