/** Sums up the attempts of each task. */
import type { QuantumGraph } from '../../model/graph.ts'
import { blockOf } from '../../model/graph.ts'
import { QUANTUM_STATES, type QuantumState } from '../../model/states.ts'
import { type Attempts, ENDINGS } from './attempts.ts'
import type { ReportedTask } from './data.ts'
import { distributionOf } from './distribution.ts'

/** Attempts shorter than this say nothing about how well they used a processor: starting their worker weighs more, s. */
export const LEAST_MEASURED_SECONDS = 0.05

/** What is known of a task beside its attempts. */
export interface TaskAbout {
  readonly description: string | undefined
  readonly asked: ReportedTask['asked']
  readonly reasons: ReportedTask['reasons']
}

/** The tasks of a run, in the order of its graph. */
export function summariseTasks(
  graph: QuantumGraph,
  states: Uint8Array,
  attempts: Attempts,
  about: (task: string) => TaskAbout,
): readonly ReportedTask[] {
  const byTask = new Map<string, number[]>(graph.tasks.map(({ task }) => [task, []]))
  for (let n = 0; n < attempts.count; n++) byTask.get(blockOf(graph.tasks, attempts.q[n] as number).task)?.push(n)
  return graph.tasks.map(({ task, first, count }) => {
    const own = byTask.get(task) ?? []
    const known = about(task)
    const finished = own.filter((n) => ['completed', 'noWork', 'failed'].includes(ENDINGS[attempts.ending[n] as number] as string))
    const measured = finished.filter(
      (n) => !Number.isNaN(attempts.cpuSeconds[n]) && (attempts.wallSeconds[n] as number) >= LEAST_MEASURED_SECONDS,
    )
    const held = (n: number): number => (attempts.wallSeconds[n] as number) * known.asked.cores
    return {
      task,
      description: known.description,
      tally: tallyOf(states.subarray(first, first + count)),
      quanta: count,
      attempts: own.length,
      asked: known.asked,
      time: distributionOf(finished.map((n) => attempts.wallSeconds[n] as number)),
      memory: distributionOf(finished.map((n) => attempts.peakMemoryBytes[n] as number)),
      efficiency: distributionOf(measured.map((n) => (attempts.cpuSeconds[n] as number) / held(n))),
      cpuSeconds: finished.reduce((sum, n) => sum + (attempts.cpuSeconds[n] || 0), 0),
      heldSeconds: finished.reduce((sum, n) => sum + (Number.isNaN(attempts.cpuSeconds[n]) ? 0 : held(n)), 0),
      reasons: known.reasons,
    }
  })
}

/** How many quanta are in each state. */
export function tallyOf(states: Uint8Array): Partial<Record<QuantumState, number>> {
  const tally: Partial<Record<QuantumState, number>> = {}
  for (const code of states) {
    const state = QUANTUM_STATES[code] as QuantumState
    tally[state] = (tally[state] ?? 0) + 1
  }
  return tally
}
