/** Which quanta wait for which, as columns derived from the graph. */
import type { QuantumGraph } from '../model/graph.ts'

/** Distinct dependencies between quanta: consumers of q are `targets[offsets[q] … offsets[q+1]]`. */
export interface Consumers {
  readonly offsets: Uint32Array
  readonly targets: Uint32Array
  /** How many distinct quanta each one waits for. */
  readonly waitingFor: Uint32Array
}

/** Calls `visit` once for each distinct quantum that must be over before q. `seen` is scratch, one a quantum, filled with -1 at first. */
function eachProducer(graph: QuantumGraph, seen: Int32Array, visit: (q: number, producer: number) => void): void {
  seen.fill(-1)
  for (const block of graph.tasks) {
    for (let i = 0; i < block.count; i++) {
      const q = block.first + i
      for (const edges of block.edges) {
        if (edges.role === 'output') continue
        const end = edges.offsets[i + 1] as number
        for (let e = edges.offsets[i] as number; e < end; e++) {
          const producer = graph.producer[edges.targets[e] as number] as number
          if (producer < 0 || seen[producer] === q) continue
          seen[producer] = q
          visit(q, producer)
        }
      }
      const afterEnd = graph.afterOffsets[q + 1] as number
      for (let e = graph.afterOffsets[q] as number; e < afterEnd; e++) {
        const producer = graph.afterTargets[e] as number
        if (seen[producer] === q) continue
        seen[producer] = q
        visit(q, producer)
      }
    }
  }
}

/** Consumers of each quantum, leaving out producers that are over already. */
export function consumersOf(graph: QuantumGraph, isOver: (q: number) => boolean): Consumers {
  const seen = new Int32Array(graph.quanta)
  const offsets = new Uint32Array(graph.quanta + 1)
  const waitingFor = new Uint32Array(graph.quanta)
  eachProducer(graph, seen, (q, producer) => {
    if (isOver(producer)) return
    offsets[producer + 1] = (offsets[producer + 1] as number) + 1
    waitingFor[q] = (waitingFor[q] as number) + 1
  })
  for (let q = 0; q < graph.quanta; q++) offsets[q + 1] = (offsets[q + 1] as number) + (offsets[q] as number)
  const targets = new Uint32Array(offsets[graph.quanta] as number)
  const next = offsets.slice()
  eachProducer(graph, seen, (q, producer) => {
    if (isOver(producer)) return
    const at = next[producer] as number
    targets[at] = q
    next[producer] = at + 1
  })
  return { offsets, targets, waitingFor }
}

/** Length of the longest path that begins at each quantum, in quanta. */
export function longestPaths(graph: QuantumGraph, consumers: Consumers): Uint32Array {
  const rank = new Uint32Array(graph.quanta)
  for (let k = graph.quanta - 1; k >= 0; k--) {
    const q = graph.order[k] as number
    let longest = 0
    const end = consumers.offsets[q + 1] as number
    for (let e = consumers.offsets[q] as number; e < end; e++) longest = Math.max(longest, rank[consumers.targets[e] as number] as number)
    rank[q] = longest + 1
  }
  return rank
}
