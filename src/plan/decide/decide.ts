/** For each quantum: run, reuse or blocked, and why, in topological order. */
import { ACTION, type QuantumGraph, REASON, type TaskBlock } from '../../model/graph.ts'
import { COMPONENTS, type Component, type Execution, type History, IDENTITY } from '../../model/history.ts'
import type { Plan } from '../../model/plan.ts'
import { taskNumbers } from '../graph/prune.ts'
import { type identityMaker, outputSlots } from './identity.ts'
import { executionFinder, type FindExecution } from './twins.ts'

/** What decisions depend on. */
export interface DecideOptions {
  readonly graph: QuantumGraph
  readonly identity: ReturnType<typeof identityMaker>
  readonly history: History
  /** As far as known before anything is decided; filled further in place. */
  readonly digests: Uint8Array
  readonly exists: Uint8Array
  readonly counting: readonly Component[]
  readonly forced: (q: number) => boolean
  /** Whether a dataset that is not there, and that no quantum makes, counts as coming; else it blocks. */
  readonly awaited: (d: number) => boolean
}

/** The parts of a plan that deciding gives. */
export type Decisions = Pick<Plan, 'action' | 'reasons' | 'execution' | 'known' | 'digests' | 'exists' | 'blockedBy' | 'reusable'>

/** Decides every quantum. */
export function decide(options: DecideOptions): Decisions {
  const { graph, identity, history, digests, exists, forced } = options
  const action = new Uint8Array(graph.quanta)
  const reasons = new Uint16Array(graph.quanta)
  const execution = new Float64Array(graph.quanta)
  const known = new Uint8Array(graph.quanta * IDENTITY.bytes)
  const blockedBy = new Int32Array(graph.quanta).fill(-1)
  const taskOf = taskNumbers(graph)
  const slots = outputSlots(graph)
  const find = executionFinder(graph, (t) => identity.kindOf(t))
  const reusable = reuse(options, find)

  for (const q of graph.order) {
    const task = graph.tasks[taskOf[q] as number] as TaskBlock
    const seen = look(task, q, options, action)
    if (seen.kind === 'blocked') {
      action[q] = ACTION.blocked
      blockedBy[q] = seen.by
      continue
    }
    if (seen.kind === 'too-few') {
      action[q] = ACTION.reuse
      setOutputs(task, q, exists, 2)
      continue
    }
    const at = q * IDENTITY.bytes
    if (seen.kind === 'ready') {
      identity.content(q, digests, exists, known, at)
      let found = forced(q) || history.count === 0 ? 0 : find(q, history, known, at)
      if (found === 0) {
        // The run records the whole identity, so that later plans can name what changed.
        identity.write(q, digests, exists, known, at)
        if (history.count > 0) found = reusable(q, history, known, at)
      }
      if (found !== 0) {
        action[q] = ACTION.reuse
        execution[q] = found
        takeOutputs(task, q, found, options, slots)
        continue
      }
    } else if (history.count > 0) {
      identity.write(q, digests, exists, known, at)
    }
    const last = history.count === 0 ? 0 : history.latest(known, at + IDENTITY.key)
    execution[q] = last
    reasons[q] = reasonBits(q, last, known, at, seen.kind === 'upstream', options)
    if (seen.kind === 'upstream') known.fill(0, at, at + IDENTITY.bytes)
    setOutputs(task, q, exists, 0)
  }
  return { action, reasons, execution, known, digests, exists, blockedBy, reusable }
}

type Seen = { readonly kind: 'ready' | 'upstream' | 'too-few' } | { readonly kind: 'blocked'; readonly by: number }

/** What is known of a quantum's inputs and of what it comes after. */
function look(task: TaskBlock, q: number, { graph, exists, awaited }: DecideOptions, action: Uint8Array): Seen {
  const i = q - task.first
  let upstream = false
  let tooFew = false
  for (const edges of task.edges) {
    if (edges.role === 'output') continue
    let found = 0
    for (let k = edges.offsets[i] as number; k < (edges.offsets[i + 1] as number); k++) {
      const d = edges.targets[k] as number
      const producer = graph.producer[d] as number
      if (exists[d] === 1) found++
      else if (producer >= 0 && action[producer] === ACTION.blocked) return { kind: 'blocked', by: producer }
      else if (exists[d] === 0 && (producer >= 0 || awaited(d))) {
        upstream = true
        found++
      } else if (exists[d] === 0) return { kind: 'blocked', by: -1 }
    }
    if (found < edges.minimum) tooFew = true
  }
  for (let k = graph.afterOffsets[q] as number; k < (graph.afterOffsets[q + 1] as number); k++) {
    const earlier = graph.afterTargets[k] as number
    if (action[earlier] === ACTION.blocked) return { kind: 'blocked', by: earlier }
  }
  return { kind: tooFew ? 'too-few' : upstream ? 'upstream' : 'ready' }
}

function reuse({ forced, counting }: DecideOptions, find: FindExecution): Plan['reusable'] {
  return (q, history, identity, at) => {
    if (forced(q)) return 0
    const found = find(q, history, identity, at + IDENTITY.content)
    if (found !== 0 || counting.length === COMPONENTS.length) return found
    const last = history.latest(identity, at + IDENTITY.key)
    if (last === 0 || history.kind(last) === 'failed' || !history.available(last)) return 0
    return counting.every((part) => history.same(last, part, identity, at + IDENTITY[part])) ? last : 0
  }
}

function reasonBits(
  q: number,
  last: Execution,
  known: Uint8Array,
  at: number,
  upstream: boolean,
  { history, forced, counting }: DecideOptions,
): number {
  if (forced(q)) return REASON.forced
  if (last === 0) return REASON.new
  let bits = upstream ? REASON.upstream : 0
  const parts = { code: REASON.code, config: REASON.config, inputs: REASON.input, environment: REASON.environment }
  for (const part of COMPONENTS) {
    if (part === 'inputs' && upstream) continue
    if (counting.includes(part) && !history.same(last, part, known, at + IDENTITY[part])) bits |= parts[part]
  }
  if (history.kind(last) === 'failed') bits |= REASON.failed
  return bits === 0 ? REASON.outputMissing : bits
}

function setOutputs(task: TaskBlock, q: number, exists: Uint8Array, state: 0 | 2): void {
  const i = q - task.first
  for (const edges of task.edges) {
    if (edges.role !== 'output') continue
    for (let k = edges.offsets[i] as number; k < (edges.offsets[i + 1] as number); k++) exists[edges.targets[k] as number] = state
  }
}

function takeOutputs(task: TaskBlock, q: number, found: Execution, { history, digests, exists }: DecideOptions, slots: Uint32Array): void {
  const i = q - task.first
  for (const edges of task.edges) {
    if (edges.role !== 'output') continue
    for (let k = edges.offsets[i] as number; k < (edges.offsets[i + 1] as number); k++) {
      const d = edges.targets[k] as number
      exists[d] = history.copyDigest(found, slots[d] as number, digests, d * 32) ? 1 : 2
    }
  }
}
