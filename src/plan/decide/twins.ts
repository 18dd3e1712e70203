/** Tasks that do the same work under two names: no two quanta of one graph share an execution. */
import { dataIdAt, type TaskBlock } from '../../model/graph.ts'
import type { Execution, History } from '../../model/history.ts'
import { formatId } from '../../model/ids.ts'
import type { Skeleton } from '../graph/flatten.ts'
import { taskNumbers } from '../graph/prune.ts'
import { keyOfId, outputsText } from './identity.ts'

/** Finds the execution that stands in for quantum q, whose content fingerprint is in `content` at `at`, or 0. */
export type FindExecution = (q: number, history: History, content: Uint8Array, at: number) => Execution

/** `kindOf` tells tasks apart by their work. What a quantum of a twin task was given is its own from then on. */
export function executionFinder(graph: Skeleton, kindOf: (t: number) => string): FindExecution {
  const families = new Map<string, TaskBlock[]>()
  graph.tasks.forEach((block, t) => {
    families.set(kindOf(t), [...(families.get(kindOf(t)) ?? []), block])
  })
  if (families.size === graph.tasks.length) return (_, history, content, at) => history.find(content, at)

  const taskOf = taskNumbers(graph)
  const twins = graph.tasks.map((_, t) => families.get(kindOf(t)) as TaskBlock[])
  const owners = new Map<Execution, number>()
  return (q, history, content, at) => {
    const own = graph.tasks[taskOf[q] as number] as TaskBlock
    const family = twins[taskOf[q] as number] as readonly TaskBlock[]
    if (family.length === 1) return history.find(content, at)
    const dataId = dataIdAt(graph, own, q - own.first)
    const outputs = outputsText(graph, q)
    const keyOf = ({ task }: TaskBlock): Uint8Array => keyOfId(formatId(task, dataId), outputs)
    const ownKey = keyOf(own)
    let otherKeys: Uint8Array[] | undefined
    const isAnothers = (execution: Execution): boolean => {
      otherKeys ??= family.filter((block) => block !== own).map(keyOf)
      return otherKeys.some((key) => history.same(execution, 'key', key, 0))
    }
    const isFree = (execution: Execution): boolean => (owners.get(execution) ?? q) === q
    const found =
      history.find(content, at, (execution) => history.same(execution, 'key', ownKey, 0) && isFree(execution)) ||
      history.find(content, at, (execution) => isFree(execution) && !isAnothers(execution))
    if (found !== 0) owners.set(found, q)
    return found
  }
}
