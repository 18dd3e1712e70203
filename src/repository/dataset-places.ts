/** Where the datasets of one graph lie in the project: overall inputs as found, ingested or sparse, outputs at their `path:`. */
import { isAbsolute, join } from 'node:path'
import type { DatasetPlaces, InputPlace } from '../engine/repository.ts'
import type { Catalogue, ExistingDatasets } from '../model/catalogue.ts'
import { blockOf, dataIdAt, type TypeBlock } from '../model/graph.ts'
import type { DataId } from '../model/ids.ts'
import type { DatasetType } from '../model/pipeline.ts'
import type { Plan } from '../model/plan.ts'
import { shownValue } from '../model/time.ts'
import { valueText } from '../model/value.ts'
import { makeSparse } from './sparse.ts'
import { statIfThere } from './stat-if-there.ts'
import { datasetPath } from './templates/dataset-path.ts'

/** What places are worked out from. */
export interface PlacesOptions {
  /** The project folder and `.heddle`, absolute. */
  readonly folder: string
  readonly heddleFolder: string
  readonly plan: Plan
  readonly catalogue: Catalogue
  /** Results of gathers that `--where` cut replace what stands at their path all the same. */
  readonly replaceByCut: boolean
}

/** Places of the datasets of a plan's graph. */
export function datasetPlaces(options: PlacesOptions): DatasetPlaces {
  const { folder, heddleFolder, plan, catalogue, replaceByCut } = options
  const { graph, pipeline } = plan
  const types = new Map(graph.types.map((block) => [block, pipeline.datasets.find(({ name }) => name === block.type) as DatasetType]))
  const dataIdOf = (block: TypeBlock, d: number): DataId => dataIdAt(graph, block, d - block.first)

  const rows = remembered((block: TypeBlock) => rowsOf(catalogue.existing(block.type)))
  const templates = remembered((block: TypeBlock) => {
    const type = types.get(block) as DatasetType
    return type.path === undefined ? undefined : datasetPath(pipeline, type, (name) => catalogue.dimension(name))
  })

  const sparse = (block: TypeBlock, row: number): InputPlace => {
    const existing = catalogue.existing(block.type)
    const bytes = existing.sizes[row] as number
    const path = existing.path(row)
    const absolute = path === undefined ? join(heddleFolder, 'tmp', `sparse-${bytes}`) : join(folder, path)
    if (statIfThere(absolute)?.size !== BigInt(bytes)) makeSparse(absolute, bytes)
    return { path: absolute, sparse: true }
  }

  return {
    input: (d) => {
      const block = blockOf(graph.types, d)
      const row = rows(block).get(keyOf(dataIdOf(block, d)))
      if (row === undefined) return undefined
      if (types.get(block)?.sparse !== undefined) return sparse(block, row)
      const path = catalogue.existing(block.type).path(row) as string
      return { path: isAbsolute(path) ? path : join(folder, path), sparse: false }
    },
    published: (d) => {
      const producer = graph.producer[d] as number
      if (producer < 0 || (plan.cut[producer] === 1 && !replaceByCut)) return undefined
      const block = blockOf(graph.types, d)
      return templates(block)?.(dataIdOf(block, d))
    },
  }
}

function remembered<K, T>(make: (key: K) => T): (key: K) => T {
  const made = new Map<K, T>()
  return (key) => {
    const known = made.get(key)
    if (known !== undefined || made.has(key)) return known as T
    const fresh = make(key)
    made.set(key, fresh)
    return fresh
  }
}

/** Rows of existing datasets by data ID. */
function rowsOf({ table }: ExistingDatasets): ReadonlyMap<string, number> {
  const rows = new Map<string, number>()
  for (let row = 0; row < table.rows; row++) {
    rows.set(keyOf(Object.fromEntries(table.columns.map(({ name, type, values }) => [name, shownValue(values[row] ?? null, type)]))), row)
  }
  return rows
}

function keyOf(dataId: DataId): string {
  return Object.keys(dataId)
    .sort()
    .map((name) => `${name}\0${valueText(dataId[name] ?? null)}\0`)
    .join('')
}
