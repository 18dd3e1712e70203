/** Datasets that a graph reads and a task makes, but outside the selection: their newest execution stands in. */
import { dataIdAt, type TypeBlock } from '../../model/graph.ts'
import type { History } from '../../model/history.ts'
import { formatId } from '../../model/ids.ts'
import type { Task } from '../../model/pipeline.ts'
import type { Skeleton } from '../graph/flatten.ts'
import { keyOfId } from './identity.ts'

/** Fills digests of such datasets where an earlier run made them; what stays absent blocks its reader. */
export function outsideDatasets(graph: Skeleton, tasks: readonly Task[], history: History, digests: Uint8Array, exists: Uint8Array): void {
  const makers = new Map(tasks.flatMap((task) => task.outputs.map(({ dataset }) => [dataset, task] as const)))
  for (const type of graph.types) {
    const maker = makers.get(type.type)
    if (maker === undefined) continue
    for (let d = type.first; d < type.first + type.count; d++) {
      if ((graph.producer[d] as number) < 0 && exists[d] === 0) fill(graph, maker, type, d, history, digests, exists)
    }
  }
}

function fill(graph: Skeleton, maker: Task, type: TypeBlock, d: number, history: History, digests: Uint8Array, exists: Uint8Array): void {
  const last = history.latestOutcome(keyOfId(formatId(maker.name, dataIdAt(graph, type, d - type.first)), ''), 0)
  if (last === 0 || !history.available(last)) return
  const slot = maker.outputs.findIndex(({ dataset }) => dataset === type.type)
  if (slot < history.outputs(last)) exists[d] = history.copyDigest(last, slot, digests, d * 32) ? 1 : 2
}
