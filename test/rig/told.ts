/** A plan in the words of the naive planner. */
import { ACTION } from '../../src/model/graph.ts'
import type { Plan } from '../../src/model/plan.ts'
import { idOfDataset, idOfQuantum } from '../../src/plan/graph/naming.ts'
import type { NaivePlan } from './world.ts'

const ACTIONS = Object.fromEntries(Object.entries(ACTION).map(([name, number]) => [number, name]))

/** Quanta, edges and producers by id. */
export function told({ graph, action, cut }: Plan): Omit<NaivePlan, 'lacking' | 'unknown'> {
  const producers: Record<string, string | null> = {}
  for (let d = 0; d < graph.datasets; d++) {
    const q = graph.producer[d] as number
    producers[idOfDataset(graph, d)] = q < 0 ? null : idOfQuantum(graph, q)
  }
  const quanta = graph.tasks.flatMap((task) =>
    Array.from({ length: task.count }, (_, i) => ({
      id: idOfQuantum(graph, task.first + i),
      action: ACTIONS[action[task.first + i] as number] as 'run' | 'blocked',
      cut: cut[task.first + i] === 1,
      edges: Object.fromEntries(
        task.edges.map(({ connection, offsets, targets }) => [
          connection,
          [...targets.subarray(offsets[i], offsets[i + 1])].map((d) => idOfDataset(graph, d)),
        ]),
      ),
      after: [...graph.afterTargets.subarray(graph.afterOffsets[task.first + i], graph.afterOffsets[task.first + i + 1])]
        .map((q) => idOfQuantum(graph, q))
        .sort(),
    })),
  )
  return { quanta, producers }
}
