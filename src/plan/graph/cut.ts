/** `--where` cuts gathers: which quanta see fewer datasets than they would without it. */
import type { ErrorCode } from '../../model/error-codes.ts'
import type { Edges, QuantumGraph, TaskBlock } from '../../model/graph.ts'
import { type Skeleton } from './flatten.ts'
import { taskNumbers } from './prune.ts'

/**
 * Marks quanta whose gather lost siblings, and all that depend on them; warns with a count a task. `whole` is the graph
 * without `--where`, with the marks of the quanta that pruning leaves there: what never is made is not lost.
 */
export function cutGathers(
  graph: Skeleton & Pick<QuantumGraph, 'order'>,
  whole: { readonly flat: Skeleton; readonly keep: Uint8Array },
): { quanta: Uint8Array; warnings: { code: ErrorCode; message: string }[] } {
  const quanta = new Uint8Array(graph.quanta)
  const warnings: { code: ErrorCode; message: string }[] = []
  for (const task of graph.tasks) {
    const other = whole.flat.tasks.find((candidate) => candidate.task === task.task) as TaskBlock
    const rows = rowsIn(task, other)
    let cut = 0
    let lost = 0
    for (const edges of task.edges) {
      // A single optional input counts too: its maker may have fallen below its own minimum.
      if (edges.role !== 'input') continue
      const full = other.edges.find(({ connection }) => connection === edges.connection) as Edges
      for (let i = 0; i < task.count; i++) {
        const difference = madeOf(full, rows[i] as number, whole) - degree(edges, i)
        if (difference <= 0) continue
        if (quanta[task.first + i] === 0) cut++
        quanta[task.first + i] = 1
        lost += difference
      }
    }
    if (cut > 0) {
      warnings.push({
        code: 'gather-cut',
        message: `--where cuts the gathers of ${cut} of ${task.count} quanta of ${task.task}: ${lost} datasets are left out; --whole keeps them`,
      })
    }
  }
  spread(graph, quanta)
  return { quanta, warnings }
}

function madeOf(edges: Edges, i: number, { flat, keep }: { readonly flat: Skeleton; readonly keep: Uint8Array }): number {
  let count = 0
  for (let k = edges.offsets[i] as number; k < (edges.offsets[i + 1] as number); k++) {
    const producer = flat.producer[edges.targets[k] as number] as number
    if (producer < 0 || keep[producer] === 1) count++
  }
  return count
}

function degree(edges: Edges, i: number): number {
  return (edges.offsets[i + 1] as number) - (edges.offsets[i] as number)
}

/** Row of each quantum of `task` in `whole`; both are in data-ID order. */
function rowsIn(task: TaskBlock, whole: TaskBlock): Uint32Array {
  const rows = new Uint32Array(task.count)
  let n = 0
  for (let i = 0; i < whole.count && n < task.count; i++) {
    if (whole.columns.every((column, k) => column[i] === task.columns[k]?.[n])) rows[n++] = i
  }
  return rows
}

function spread(graph: Skeleton & Pick<QuantumGraph, 'order'>, quanta: Uint8Array): void {
  const taskOf = taskNumbers(graph)
  for (const q of graph.order) {
    if (quanta[q] === 1) continue
    const task = graph.tasks[taskOf[q] as number] as TaskBlock
    const i = q - task.first
    for (const edges of task.edges) {
      if (edges.role === 'output') continue
      for (let k = edges.offsets[i] as number; k < (edges.offsets[i + 1] as number); k++) {
        const producer = graph.producer[edges.targets[k] as number] as number
        if (producer >= 0 && quanta[producer] === 1) quanta[q] = 1
      }
    }
  }
}
