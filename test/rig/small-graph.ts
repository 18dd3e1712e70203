/** Hand-made quantum graphs: every quantum makes one dataset and takes those of the quanta it names. */
import type { Edges, QuantumGraph } from '../../src/model/graph.ts'
import { ACTION } from '../../src/model/graph.ts'
import type { Resources, Retry } from '../../src/model/pipeline.ts'
import type { SchedulerPlan } from '../../src/scheduler/state.ts'

export const ONE_CORE: Resources = {
  cores: 1,
  memory: undefined,
  gpus: 0,
  disk: undefined,
  walltime: undefined,
  nodes: 1,
  processes: 1,
  custom: {},
}
export const NO_RETRY: Retry = { limit: 0, on: [], scale: 1 }

/** A task of a small graph; `needs[i]` are the quanta that its i-th quantum takes from, all with smaller numbers. */
export interface SmallTask {
  readonly name: string
  readonly needs: readonly (readonly number[])[]
  readonly minimum?: number
  readonly after?: readonly (readonly number[])[]
  readonly resources?: Partial<Resources>
  readonly retry?: Retry
}

/** The plan of a small graph, in which everything runs. */
export function smallPlan(tasks: readonly SmallTask[]): SchedulerPlan {
  const quanta = tasks.reduce((n, task) => n + task.needs.length, 0)
  let first = 0
  let edgeCount = 0
  const blocks = tasks.map((task) => {
    const count = task.needs.length
    const outputs = edges(
      'out',
      'output',
      1,
      Array.from({ length: count }, (_, i) => [first + i]),
    )
    const inputs = edges('in', 'input', task.minimum ?? 1, task.needs)
    const wanted = task.needs.some((needs) => needs.length > 0) ? [inputs, outputs] : [outputs]
    edgeCount += inputs.targets.length + count
    const block = {
      task: task.name,
      first,
      count,
      dimensions: [0],
      columns: [Int32Array.from({ length: count }, (_, i) => i)],
      edges: wanted,
    }
    first += count
    return block
  })
  const afters = tasks.flatMap((task) => task.needs.map((_, i) => task.after?.[i] ?? []))
  const after = edges('after', 'input', 0, afters)
  const graph: QuantumGraph = {
    pipeline: 'small',
    dimensions: [{ name: 'n', type: 'int', values: Array.from({ length: quanta }, (_, i) => i) }],
    tasks: blocks,
    types: blocks.map((block) => ({
      type: `${block.task}_out`,
      first: block.first,
      count: block.count,
      dimensions: [0],
      columns: block.columns,
    })),
    quanta,
    datasets: quanta,
    edges: edgeCount,
    producer: Int32Array.from({ length: quanta }, (_, i) => i),
    order: Uint32Array.from({ length: quanta }, (_, i) => i),
    afterOffsets: after.offsets,
    afterTargets: after.targets,
    planned: new Uint8Array(32 * quanta),
    inputDigests: new Uint8Array(32 * quanta),
  }
  return {
    graph,
    tasks: tasks.map((task) => ({ name: task.name, resources: { ...ONE_CORE, ...task.resources }, retry: task.retry ?? NO_RETRY })),
    action: new Uint8Array(quanta).fill(ACTION.run),
    execution: new Float64Array(quanta),
    exists: new Uint8Array(quanta),
    blockedBy: new Int32Array(quanta).fill(-1),
  }
}

function edges(connection: string, role: Edges['role'], minimum: number, lists: readonly (readonly number[])[]): Edges {
  const offsets = new Uint32Array(lists.length + 1)
  lists.forEach((list, i) => {
    offsets[i + 1] = (offsets[i] as number) + list.length
  })
  return { connection, role, gathers: true, minimum, offsets, targets: Uint32Array.from(lists.flat()) }
}
