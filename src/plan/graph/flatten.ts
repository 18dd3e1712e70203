/** From a draft to one graph numbered throughout, and from a graph to a part of it. */
import { HeddleError } from '../../model/errors.ts'
import { dataIdAt, type Edges, type QuantumGraph, type TaskBlock, type TypeBlock } from '../../model/graph.ts'
import { formatId } from '../../model/ids.ts'
import type { Rows } from '../join/rows.ts'
import type { Universe } from '../join/universe.ts'
import type { Draft, DraftEdges } from './draft.ts'

/** A graph without order, fingerprints and digests. */
export type Skeleton = Omit<QuantumGraph, 'order' | 'planned' | 'inputDigests'>

/** Numbers quanta and datasets, and names the producer of each. Throws `two-producers` with both. */
export function flatten(draft: Draft, universe: Universe): Skeleton {
  const firstOfTask = starts(draft.tasks.map(({ rows }) => rows.count))
  const firstOfType = starts(draft.types.map(({ rows }) => rows.count))
  const tasks: TaskBlock[] = draft.tasks.map(({ task, rows, edges }, t) => ({
    task: task.name,
    first: firstOfTask[t] as number,
    ...block(rows),
    edges: edges.map((edge) => numbered(edge, firstOfType)),
  }))
  const types: TypeBlock[] = draft.types.map(({ type, rows }, t) => ({ type: type.name, first: firstOfType[t] as number, ...block(rows) }))
  const quanta = firstOfTask.at(-1) as number
  const datasets = firstOfType.at(-1) as number
  const { dimensions } = universe.interning
  const { afterOffsets, afterTargets } = flattenAfter(draft, firstOfTask)
  return {
    pipeline: universe.pipeline.name,
    dimensions,
    tasks,
    types,
    quanta,
    datasets,
    edges: countEdges(tasks),
    producer: producers({ dimensions, tasks, types, datasets }),
    afterOffsets,
    afterTargets,
  }
}

function block(rows: Rows): Pick<TaskBlock, 'count' | 'dimensions' | 'columns'> {
  return { count: rows.count, dimensions: rows.dimensions, columns: rows.columns }
}

function starts(counts: readonly number[]): number[] {
  const first = [0]
  for (const count of counts) first.push((first.at(-1) as number) + count)
  return first
}

function numbered(edge: DraftEdges, firstOfType: readonly number[]): Edges {
  const targets = new Uint32Array(edge.rows.length)
  for (let i = 0; i < targets.length; i++) targets[i] = (firstOfType[edge.types[i] as number] as number) + (edge.rows[i] as number)
  return { connection: edge.connection, role: edge.role, gathers: edge.gathers, minimum: edge.minimum, offsets: edge.offsets, targets }
}

function flattenAfter(draft: Draft, firstOfTask: readonly number[]): { afterOffsets: Uint32Array; afterTargets: Uint32Array } {
  const afterOffsets = new Uint32Array((firstOfTask.at(-1) as number) + 1)
  const afterTargets = new Uint32Array(draft.tasks.reduce((sum, { after }) => sum + after.rows.length, 0))
  let n = 0
  draft.tasks.forEach(({ rows, after }, t) => {
    for (let i = 0; i < rows.count; i++) {
      for (let k = after.offsets[i] as number; k < (after.offsets[i + 1] as number); k++) {
        afterTargets[n++] = (firstOfTask[after.tasks[k] as number] as number) + (after.rows[k] as number)
      }
      afterOffsets[(firstOfTask[t] as number) + i + 1] = n
    }
  })
  return { afterOffsets, afterTargets }
}

function countEdges(tasks: readonly TaskBlock[]): number {
  return tasks.reduce((sum, task) => sum + task.edges.reduce((total, edges) => total + edges.targets.length, 0), 0)
}

function producers(graph: Pick<Skeleton, 'dimensions' | 'tasks' | 'types' | 'datasets'>): Int32Array {
  const producer = new Int32Array(graph.datasets).fill(-1)
  for (const task of graph.tasks) {
    for (const edges of task.edges) {
      if (edges.role !== 'output') continue
      for (let i = 0; i < task.count; i++) {
        for (let k = edges.offsets[i] as number; k < (edges.offsets[i + 1] as number); k++) {
          const d = edges.targets[k] as number
          if (producer[d] !== -1) throw twoProducers(graph, d, producer[d] as number, task.first + i)
          producer[d] = task.first + i
        }
      }
    }
  }
  return producer
}

function twoProducers(graph: Pick<Skeleton, 'dimensions' | 'tasks' | 'types'>, d: number, a: number, b: number): HeddleError {
  const name = (blocks: readonly (TaskBlock | TypeBlock)[], n: number): string => {
    const block = blocks.findLast(({ first, count }) => count > 0 && first <= n) as TaskBlock | TypeBlock
    return formatId('task' in block ? block.task : block.type, dataIdAt(graph, block, n - block.first))
  }
  return new HeddleError(
    'two-producers',
    `${name(graph.types, d)} would be made twice: by ${name(graph.tasks, a)} and by ${name(graph.tasks, b)}`,
    {
      hint: 'give the dataset all dimensions of its task, or check the relation that `via:` names',
    },
  )
}

/** The graph of the quanta and datasets that are kept; edges to others go. Also says where each kept one came from. */
export function subgraph(
  graph: Skeleton,
  keepQuantum: Uint8Array,
  keepDataset: Uint8Array,
): { graph: Skeleton; quantumFrom: Uint32Array; datasetFrom: Uint32Array } {
  if (!keepQuantum.includes(0) && !keepDataset.includes(0))
    return { graph, quantumFrom: counting(graph.quanta), datasetFrom: counting(graph.datasets) }
  const quantumTo = renumber(keepQuantum)
  const datasetTo = renumber(keepDataset)
  const tasks = graph.tasks.map((task) =>
    keepBlock(task, keepQuantum, quantumTo.to, (kept) => ({
      ...kept,
      edges: task.edges.map((edges) => keepEdges(edges, task, keepQuantum, datasetTo.to)),
    })),
  )
  const types = graph.types.map((type) => keepBlock(type, keepDataset, datasetTo.to, (kept) => kept))
  const producer = new Int32Array(datasetTo.from.length)
  datasetTo.from.forEach((d, i) => {
    const q = graph.producer[d] as number
    producer[i] = q < 0 ? -1 : (quantumTo.to[q] as number)
  })
  return {
    graph: {
      ...graph,
      tasks,
      types,
      quanta: quantumTo.from.length,
      datasets: datasetTo.from.length,
      edges: countEdges(tasks),
      producer,
      ...keepAfter(graph, quantumTo),
    },
    quantumFrom: quantumTo.from,
    datasetFrom: datasetTo.from,
  }
}

function counting(count: number): Uint32Array {
  const numbers = new Uint32Array(count)
  for (let i = 0; i < count; i++) numbers[i] = i
  return numbers
}

interface Renumbering {
  /** New number of each old one, -1 when it goes. */
  readonly to: Int32Array
  readonly from: Uint32Array
}

function renumber(keep: Uint8Array): Renumbering {
  const to = new Int32Array(keep.length).fill(-1)
  const from = new Uint32Array(keep.reduce((sum, kept) => sum + kept, 0))
  let n = 0
  for (let i = 0; i < keep.length; i++) {
    if (keep[i] === 0) continue
    to[i] = n
    from[n++] = i
  }
  return { to, from }
}

function keepBlock<B extends TaskBlock | TypeBlock>(block: B, keep: Uint8Array, to: Int32Array, finish: (kept: B) => B): B {
  const kept: number[] = []
  for (let i = 0; i < block.count; i++) if (keep[block.first + i] === 1) kept.push(i)
  const columns = block.columns.map((column) => Int32Array.from(kept, (i) => column[i] as number))
  let first = 0
  for (let n = block.first - 1; n >= 0 && first === 0; n--) if ((to[n] as number) >= 0) first = (to[n] as number) + 1
  return finish({ ...block, first, count: kept.length, columns })
}

function keepEdges(edges: Edges, task: TaskBlock, keepQuantum: Uint8Array, datasetTo: Int32Array): Edges {
  const offsets: number[] = [0]
  const targets: number[] = []
  for (let i = 0; i < task.count; i++) {
    if (keepQuantum[task.first + i] === 0) continue
    for (let k = edges.offsets[i] as number; k < (edges.offsets[i + 1] as number); k++) {
      const d = datasetTo[edges.targets[k] as number] as number
      if (d >= 0) targets.push(d)
    }
    offsets.push(targets.length)
  }
  return { ...edges, offsets: Uint32Array.from(offsets), targets: Uint32Array.from(targets) }
}

function keepAfter(graph: Skeleton, { to, from }: Renumbering): Pick<Skeleton, 'afterOffsets' | 'afterTargets'> {
  const offsets = new Uint32Array(from.length + 1)
  const targets: number[] = []
  from.forEach((q, i) => {
    for (let k = graph.afterOffsets[q] as number; k < (graph.afterOffsets[q + 1] as number); k++) {
      const earlier = to[graph.afterTargets[k] as number] as number
      if (earlier >= 0) targets.push(earlier)
    }
    offsets[i + 1] = targets.length
  })
  return { afterOffsets: offsets, afterTargets: Uint32Array.from(targets) }
}
