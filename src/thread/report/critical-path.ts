/** The chain of quanta that determined when the run ended. */
import { blockOf, type QuantumGraph } from '../../model/graph.ts'
import type { Attempts } from './attempts.ts'

/** One link of the chain. Seconds. */
export interface PathStep {
  readonly q: number
  /** Since the run began. */
  readonly start: number
  /** From the beginning of its first attempt to the end of its last. */
  readonly seconds: number
  /** Between the end of what it needed and its beginning: it waited for a slot, or for Heddle. */
  readonly waited: number
}

/** The path, first quantum first; empty when nothing ran. */
export function criticalPath(graph: QuantumGraph, attempts: Attempts): readonly PathStep[] {
  const start = new Float64Array(graph.quanta).fill(Number.NaN)
  const end = new Float64Array(graph.quanta).fill(Number.NEGATIVE_INFINITY)
  for (let n = 0; n < attempts.count; n++) {
    const from = attempts.start[n] as number
    if (Number.isNaN(from)) continue
    const q = attempts.q[n] as number
    if (Number.isNaN(start[q])) start[q] = from
    end[q] = Math.max(end[q] as number, from + (attempts.wallSeconds[n] as number))
  }
  const latest = (candidates: Iterable<number>): number => {
    let found = -1
    for (const q of candidates) {
      if (!Number.isNaN(start[q]) && (found < 0 || (end[q] as number) > (end[found] as number))) found = q
    }
    return found
  }
  const steps: PathStep[] = []
  for (let q = latest(graph.order); q >= 0; ) {
    const before = latest(needsOf(graph, q))
    const began = start[q] as number
    const ready = before < 0 ? 0 : (end[before] as number)
    steps.push({ q, start: began, seconds: (end[q] as number) - began, waited: Math.max(0, began - ready) })
    q = before
  }
  return steps.reverse()
}

function* needsOf(graph: QuantumGraph, q: number): Iterable<number> {
  const block = blockOf(graph.tasks, q)
  const i = q - block.first
  for (const { role, offsets, targets } of block.edges) {
    if (role === 'output') continue
    for (let e = offsets[i] as number; e < (offsets[i + 1] as number); e++) {
      const producer = graph.producer[targets[e] as number] as number
      if (producer >= 0) yield producer
    }
  }
  for (let e = graph.afterOffsets[q] ?? 0; e < (graph.afterOffsets[q + 1] ?? 0); e++) yield graph.afterTargets[e] as number
}
