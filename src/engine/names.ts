/** Ids and data IDs of a run's quanta and datasets, with the values of each dimension converted once. */
import { blockOf, type DataIdColumns, dataIdAt, type QuantumGraph } from '../model/graph.ts'
import { formatId } from '../model/ids.ts'
import { shownValue } from '../model/time.ts'
import type { Json } from '../model/value.ts'
import { bodyValue } from './task-frame.ts'

/** Names what a graph numbers. */
export interface Names {
  readonly quantum: (q: number) => string
  readonly dataset: (d: number) => string
  /** Data ID of the i-th item of a block, as bodies get it. */
  readonly dataId: (block: DataIdColumns, i: number) => Readonly<Record<string, Json>>
  readonly datasetDataId: (d: number) => Readonly<Record<string, Json>>
}

/** Names for a graph. */
export function namesOf(graph: Pick<QuantumGraph, 'dimensions' | 'tasks' | 'types'>): Names {
  const values = graph.dimensions.map((dimension) => dimension.values.map((value) => bodyValue(shownValue(value, dimension.type))))
  const dataId = (block: DataIdColumns, i: number): Readonly<Record<string, Json>> => {
    const record: Record<string, Json> = {}
    for (let k = 0; k < block.dimensions.length; k++) {
      const dimension = block.dimensions[k] as number
      record[graph.dimensions[dimension]?.name as string] = values[dimension]?.[block.columns[k]?.[i] as number] as Json
    }
    return record
  }
  return {
    quantum: (q) => {
      const block = blockOf(graph.tasks, q)
      return formatId(block.task, dataIdAt(graph, block, q - block.first))
    },
    dataset: (d) => {
      const block = blockOf(graph.types, d)
      return formatId(block.type, dataIdAt(graph, block, d - block.first))
    },
    dataId,
    datasetDataId: (d) => {
      const block = blockOf(graph.types, d)
      return dataId(block, d - block.first)
    },
  }
}
