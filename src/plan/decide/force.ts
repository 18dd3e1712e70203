/** `--force TASK|ID`: quanta that run whatever earlier results there are. */
import { HeddleError } from '../../model/errors.ts'
import { parseId } from '../../model/ids.ts'
import { didYouMean } from '../../model/nearest.ts'
import type { Skeleton } from '../graph/flatten.ts'
import { findDataset, findQuantum } from '../graph/naming.ts'
import { taskNumbers } from '../graph/prune.ts'

/** The test of forced quanta. A name means the task; `dataset:ID` the quantum that makes it. Throws for unknown names. */
export function forcedQuanta(graph: Skeleton, force: readonly string[]): (q: number) => boolean {
  if (force.length === 0) return () => false
  const tasks = new Set<number>()
  const quanta = new Set<number>()
  for (const id of force) {
    const { kind, name, values } = parseId(id)
    const plain = id.replace(/^(?:quantum|dataset):/u, '')
    const t = graph.tasks.findIndex(({ task }) => task === name)
    if (kind === 'dataset') quanta.add(made(graph, plain))
    else if (t < 0) {
      const known = graph.tasks.map(({ task }) => task)
      throw new HeddleError('unknown-task', `--force ${id}: there is no task ${JSON.stringify(name)}${didYouMean(name, known)}`)
    } else if (Object.keys(values).length === 0) tasks.add(t)
    else quanta.add(findQuantum(graph, plain) ?? missing(id))
  }
  const taskOf = taskNumbers(graph)
  return (q) => tasks.has(taskOf[q] as number) || quanta.has(q)
}

function made(graph: Skeleton, id: string): number {
  const d = findDataset(graph, id)
  const producer = d === undefined ? -1 : (graph.producer[d] as number)
  return producer < 0 ? missing(id) : producer
}

function missing(id: string): never {
  throw new HeddleError('not-in-plan', `--force ${id}: nothing in this plan is called that`, { hint: 'see `heddle plan --verbose`' })
}
