/**
 * The quantum graph as columns: no object a quantum.
 *
 * Quanta are numbered 0 … quanta-1, the quanta of one task next to each other in data-ID order; datasets likewise by
 * type. Data IDs are columns of indices into a dimension's values, which stand in declaration order, so that comparing
 * indices compares data IDs.
 */
import type { DataId } from './ids.ts'
import { shownValue } from './time.ts'
import type { Value, ValueType } from './value.ts'

/** The values of one dimension that occur, in declaration order. */
export interface DimensionValues {
  readonly name: string
  readonly type: ValueType
  readonly values: readonly Value[]
}

/** Columns of data IDs: `columns[d][i]` is the index of item i's value in `graph.dimensions[dimensions[d]].values`. */
export interface DataIdColumns {
  /** Indices into `graph.dimensions`, in declaration order, with those they require. */
  readonly dimensions: readonly number[]
  readonly columns: readonly Int32Array[]
}

/** Edges of one connection of a task: quantum i (within the task) has `targets[offsets[i] … offsets[i+1]]`, dataset numbers in data-ID order. */
export interface Edges {
  readonly connection: string
  readonly role: 'input' | 'prerequisite' | 'output'
  /** Whether values are lists: the dataset has dimensions that the task gathers over (or `via:`). */
  readonly gathers: boolean
  readonly minimum: number
  readonly offsets: Uint32Array
  readonly targets: Uint32Array
}

/** The quanta of one task. */
export interface TaskBlock extends DataIdColumns {
  readonly task: string
  /** Number of its first quantum. */
  readonly first: number
  readonly count: number
  readonly edges: readonly Edges[]
}

/** The datasets of one type. */
export interface TypeBlock extends DataIdColumns {
  readonly type: string
  readonly first: number
  readonly count: number
}

/** The bipartite graph of quanta and datasets. */
export interface QuantumGraph {
  readonly pipeline: string
  readonly dimensions: readonly DimensionValues[]
  readonly tasks: readonly TaskBlock[]
  readonly types: readonly TypeBlock[]
  readonly quanta: number
  readonly datasets: number
  /** Input, prerequisite and output edges. */
  readonly edges: number
  /** Quantum that makes each dataset, -1 for overall inputs. */
  readonly producer: Int32Array
  /** Every quantum once, each after all that it depends on. */
  readonly order: Uint32Array
  /** Quanta that must be over before quantum q without data between them (`after:`): `afterTargets[afterOffsets[q] … afterOffsets[q+1]]`. */
  readonly afterOffsets: Uint32Array
  readonly afterTargets: Uint32Array
  /** Planned fingerprints, 32 bytes a quantum. Computed when first read: a run that finds everything up to date never needs them. */
  readonly planned: Uint8Array
  /** Digests of overall inputs, 32 bytes a dataset; zeros for what is made. */
  readonly inputDigests: Uint8Array
}

/** What the plan decided for a quantum. */
export const ACTION = { run: 0, reuse: 1, blocked: 2 } as const

/** Why a quantum runs: bits, so that a million quanta keep theirs in two bytes each. */
export const REASON = {
  new: 1,
  code: 2,
  config: 4,
  input: 8,
  environment: 16,
  outputMissing: 32,
  upstream: 64,
  failed: 128,
  forced: 256,
} as const

/** The block that holds quantum or dataset number n; blocks are in order and cover 0 … n. */
export function blockOf<B extends { readonly first: number; readonly count: number }>(blocks: readonly B[], n: number): B {
  let low = 0
  let high = blocks.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((blocks[middle] as B).first <= n) low = middle
    else high = middle - 1
  }
  // Empty blocks share their first number with the next one; the search ends on the last of them, which holds n.
  return blocks[low] as B
}

/** The data ID of the i-th item of a block, times as text. */
export function dataIdAt(graph: Pick<QuantumGraph, 'dimensions'>, block: DataIdColumns, i: number): DataId {
  const dataId: Record<string, Value> = {}
  block.dimensions.forEach((d, k) => {
    const dimension = graph.dimensions[d] as DimensionValues
    dataId[dimension.name] = shownValue(dimension.values[(block.columns[k] as Int32Array)[i] as number] as Value, dimension.type)
  })
  return dataId
}
