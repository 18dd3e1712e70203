/** A topological order of quanta, or the cycle that prevents one. */
import { HeddleError } from '../../model/errors.ts'
import type { Skeleton } from './flatten.ts'
import { idOfQuantum } from './naming.ts'

/** Every quantum once, after all it depends on; ties in order of number (Kahn, 1962). Throws `cycle` with the path. */
export function topologicalOrder(graph: Skeleton): Uint32Array {
  const waiting = new Uint32Array(graph.quanta)
  eachDependency(graph, (_, q) => {
    waiting[q] = (waiting[q] as number) + 1
  })
  const offsets = new Uint32Array(graph.quanta + 1)
  eachDependency(graph, (earlier) => {
    offsets[earlier + 1] = (offsets[earlier + 1] as number) + 1
  })
  for (let q = 0; q < graph.quanta; q++) offsets[q + 1] = (offsets[q + 1] as number) + (offsets[q] as number)
  const consumers = new Uint32Array(offsets[graph.quanta] as number)
  const next = offsets.slice()
  eachDependency(graph, (earlier, q) => {
    const at = next[earlier] as number
    next[earlier] = at + 1
    consumers[at] = q
  })
  const order = new Uint32Array(graph.quanta)
  let filled = 0
  for (let q = 0; q < graph.quanta; q++) if (waiting[q] === 0) order[filled++] = q
  for (let n = 0; n < filled; n++) {
    const q = order[n] as number
    for (let k = offsets[q] as number; k < (offsets[q + 1] as number); k++) {
      const later = consumers[k] as number
      waiting[later] = (waiting[later] as number) - 1
      if (waiting[later] === 0) order[filled++] = later
    }
  }
  if (filled < graph.quanta) throw cycleError(graph, waiting)
  return order
}

/** Calls back for each pair (earlier, later); a pair may come more than once. */
export function eachDependency(graph: Skeleton, found: (earlier: number, later: number) => void): void {
  for (const task of graph.tasks) {
    for (const edges of task.edges) {
      if (edges.role === 'output') continue
      for (let i = 0; i < task.count; i++) {
        for (let k = edges.offsets[i] as number; k < (edges.offsets[i + 1] as number); k++) {
          const earlier = graph.producer[edges.targets[k] as number] as number
          if (earlier >= 0) found(earlier, task.first + i)
        }
      }
    }
  }
  for (let q = 0; q < graph.quanta; q++) {
    for (let k = graph.afterOffsets[q] as number; k < (graph.afterOffsets[q + 1] as number); k++) found(graph.afterTargets[k] as number, q)
  }
}

function cycleError(graph: Skeleton, waiting: Uint32Array): HeddleError {
  const before = new Map<number, number>()
  eachDependency(graph, (earlier, later) => {
    if ((waiting[earlier] as number) > 0 && (waiting[later] as number) > 0 && !before.has(later)) before.set(later, earlier)
  })
  const path: number[] = []
  const seen = new Set<number>()
  for (let q = before.keys().next().value as number; !seen.has(q); q = before.get(q) as number) {
    seen.add(q)
    path.push(q)
  }
  const from = path.indexOf(before.get(path.at(-1) as number) as number)
  const cycle = path.slice(from).reverse()
  const names = [...cycle, cycle[0] as number].map((q) => idOfQuantum(graph, q))
  const shown = names.length > 8 ? [...names.slice(0, 4), '…', ...names.slice(-3)] : names
  return new HeddleError('task-cycle', `these quanta wait for each other: ${shown.join(' → ')}`, {
    hint: 'remove one of these edges from the relation that makes them, or from `after:`',
  })
}
