/** What is left out of a graph: quanta with fewer inputs than `minimum`, and what nobody wants. */
import type { TaskBlock } from '../../model/graph.ts'
import type { Skeleton } from './flatten.ts'

/** How many quanta of a task were left out because a connection found too little. */
export interface Pruned {
  readonly task: string
  readonly connection: string
  readonly minimum: number
  readonly count: number
  readonly of: number
}

/** Marks what stays: quanta whose inputs suffice, in topological order, so that one that goes takes its outputs along. */
export function pruneUnmet(graph: Skeleton, order: Uint32Array, exists: (d: number) => boolean): { keep: Uint8Array; pruned: Pruned[] } {
  const keep = new Uint8Array(graph.quanta).fill(1)
  const counts = new Map<string, { task: TaskBlock; connection: string; minimum: number; count: number }>()
  const taskOf = taskNumbers(graph)
  for (const q of order) {
    const task = graph.tasks[taskOf[q] as number] as TaskBlock
    const i = q - task.first
    for (const edges of task.edges) {
      if (edges.role !== 'input' || edges.minimum === 0) continue
      let found = 0
      for (let k = edges.offsets[i] as number; k < (edges.offsets[i + 1] as number); k++) {
        const d = edges.targets[k] as number
        const producer = graph.producer[d] as number
        if (producer >= 0 ? keep[producer] === 1 : exists(d)) found++
      }
      if (found >= edges.minimum) continue
      keep[q] = 0
      const key = `${task.task} ${edges.connection}`
      const entry = counts.get(key) ?? { task, connection: edges.connection, minimum: edges.minimum, count: 0 }
      entry.count++
      counts.set(key, entry)
      break
    }
  }
  return {
    keep,
    pruned: [...counts.values()].map(({ task, connection, minimum, count }) => ({
      task: task.task,
      connection,
      minimum,
      count,
      of: task.count,
    })),
  }
}

/** Number of the task block of each quantum. */
export function taskNumbers(graph: Pick<Skeleton, 'tasks' | 'quanta'>): Uint16Array {
  const numbers = new Uint16Array(graph.quanta)
  graph.tasks.forEach((task, t) => {
    numbers.fill(t, task.first, task.first + task.count)
  })
  return numbers
}

/** Keeps only marked quanta that are wanted or that something wanted depends on. */
export function keepAncestors(graph: Skeleton, order: Uint32Array, keep: Uint8Array, wanted: (q: number) => boolean): void {
  const needed = new Uint8Array(graph.quanta)
  const taskOf = taskNumbers(graph)
  for (let n = order.length - 1; n >= 0; n--) {
    const q = order[n] as number
    if (keep[q] === 0) continue
    if (needed[q] === 0 && !wanted(q)) {
      keep[q] = 0
      continue
    }
    const task = graph.tasks[taskOf[q] as number] as TaskBlock
    const i = q - task.first
    for (const edges of task.edges) {
      if (edges.role === 'output') continue
      for (let k = edges.offsets[i] as number; k < (edges.offsets[i + 1] as number); k++) {
        const producer = graph.producer[edges.targets[k] as number] as number
        if (producer >= 0) needed[producer] = 1
      }
    }
    for (let k = graph.afterOffsets[q] as number; k < (graph.afterOffsets[q + 1] as number); k++)
      needed[graph.afterTargets[k] as number] = 1
  }
}

/** Datasets that a kept quantum makes, or reads and that can exist. */
export function keptDatasets(graph: Skeleton, keep: Uint8Array): Uint8Array {
  const kept = new Uint8Array(graph.datasets)
  for (const task of graph.tasks) {
    for (const edges of task.edges) {
      for (let i = 0; i < task.count; i++) {
        if (keep[task.first + i] === 0) continue
        for (let k = edges.offsets[i] as number; k < (edges.offsets[i + 1] as number); k++) {
          const d = edges.targets[k] as number
          const producer = graph.producer[d] as number
          if (producer < 0 || keep[producer] === 1) kept[d] = 1
        }
      }
    }
  }
  return kept
}
