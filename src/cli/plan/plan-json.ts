/** A plan as contract.md's JSON. */
import { ACTION, dataIdAt, type TaskBlock } from '../../model/graph.ts'
import { IDENTITY } from '../../model/history.ts'
import type { Plan } from '../../model/plan.ts'
import type { Json, ValueType } from '../../model/value.ts'
import type { Reason } from '../../plan/decide/explain.ts'
import { idOfDataset, idOfQuantum } from '../../plan/graph/naming.ts'
import { taskOf } from '../live/progress.ts'
import { dataIdJson } from '../value-json.ts'

/** Names of {@link ACTION}. */
export const ACTIONS = ['run', 'reuse', 'blocked'] as const

/** The reasons of a quantum. */
export type ReasonsOf = (q: number) => readonly Reason[]

/** How many quanta of a task have each action. */
export interface TaskCounts {
  readonly quanta: number
  readonly run: number
  readonly reuse: number
  readonly blocked: number
}

/** Counts of one task. */
export function countsOf(plan: Plan, block: TaskBlock): TaskCounts {
  const tally = [0, 0, 0]
  for (let q = block.first; q < block.first + block.count; q++) {
    const action = plan.action[q] as number
    tally[action] = (tally[action] as number) + 1
  }
  return {
    quanta: block.count,
    run: tally[ACTION.run] as number,
    reuse: tally[ACTION.reuse] as number,
    blocked: tally[ACTION.blocked] as number,
  }
}

/** The document's text in pieces, so that a million quanta never stand in one string. */
export function* planDocument(plan: Plan, reasonsOf: ReasonsOf, summary: boolean): Iterable<string> {
  const { graph } = plan
  const tasks = Object.fromEntries(graph.tasks.map((block) => [block.task, countsOf(plan, block)]))
  const head = {
    pipeline: graph.pipeline,
    graph: { quanta: graph.quanta, datasets: graph.datasets, edges: graph.edges },
    tasks,
    warnings: plan.warnings,
    explanation: plan.explanation,
  }
  if (summary) {
    yield JSON.stringify(head)
    return
  }
  yield `${JSON.stringify(head).slice(0, -1)},"quanta":[`
  for (let q = 0; q < graph.quanta; q++) yield `${q === 0 ? '' : ','}${JSON.stringify(quantumJson(plan, reasonsOf, q))}`
  yield ']}'
}

/** One quantum: what it is, whether it runs and why, what it reads and makes. */
export function quantumJson(plan: Plan, reasonsOf: ReasonsOf, q: number): Record<string, Json> {
  const { graph } = plan
  const block = graph.tasks[taskOf(graph, q)] as TaskBlock
  const i = q - block.first
  const connections = (wanted: (role: string) => boolean): Record<string, Json> =>
    Object.fromEntries(
      block.edges
        .filter(({ role }) => wanted(role))
        .map(({ connection, offsets, targets }) => [
          connection,
          Array.from(targets.subarray(offsets[i], offsets[i + 1]), (d) => idOfDataset(graph, d)),
        ]),
    )
  return {
    id: idOfQuantum(graph, q),
    task: block.task,
    dataId: dataIdJson(dataIdAt(graph, block, i), typesOf(plan)),
    action: ACTIONS[plan.action[q] as number] as string,
    reasons: reasonsOf(q) as unknown as Json,
    fingerprint: hex(graph.planned, q * 32),
    content: contentOf(plan, q),
    site: 'local',
    inputs: connections((role) => role !== 'output'),
    outputs: connections((role) => role === 'output'),
  }
}

/** Types of a plan's dimensions. */
export function typesOf({ graph }: Pick<Plan, 'graph'>): (dimension: string) => ValueType | undefined {
  return (name) => graph.dimensions.find((dimension) => dimension.name === name)?.type
}

/** The content fingerprint, once its inputs exist. */
export function contentOf({ known }: Plan, q: number): string | null {
  const at = q * IDENTITY.bytes + IDENTITY.content
  for (let k = at; k < at + 32; k++) if (known[k] !== 0) return hex(known, at)
  return null
}

function hex(bytes: Uint8Array, at: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + at, 32).toString('hex')
}
