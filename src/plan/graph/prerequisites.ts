/** Prerequisites are looked up before anything runs: what is missing then is an error of the request. */
import { HeddleError } from '../../model/errors.ts'
import type { Skeleton } from './flatten.ts'
import { idOfQuantum } from './naming.ts'

/** Throws `prerequisite-missing` for the first quantum of a graph that has fewer than it needs. */
export function requirePrerequisites(graph: Skeleton): void {
  for (const task of graph.tasks) {
    for (const { connection, role, minimum, offsets } of task.edges) {
      if (role !== 'prerequisite') continue
      for (let i = 0; i < task.count; i++) {
        const count = (offsets[i + 1] as number) - (offsets[i] as number)
        if (count >= minimum) continue
        throw new HeddleError(
          'prerequisite-missing',
          `${idOfQuantum(graph, task.first + i)} needs ${minimum === 1 ? 'its' : `${minimum} of its`} prerequisite ${connection}, and ${count === 0 ? 'there is none' : `there are ${count}`}`,
          {
            hint: 'put the file where the dataset’s path: says, register it with `heddle ingest`, or say `optional: true`',
          },
        )
      }
    }
  }
}
