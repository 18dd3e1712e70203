/** Where the datasets of a graph lie in the project folder: overall inputs, and outputs with a `path:`. */
import { mkdirSync, statSync } from 'node:fs'
import { dirname, isAbsolute, join } from 'node:path'
import type { DatasetPlaces, InputPlace } from '../../engine/repository.ts'
import type { ExistingDatasets } from '../../model/catalogue.ts'
import { blockOf, dataIdAt, type QuantumGraph } from '../../model/graph.ts'
import { formatId } from '../../model/ids.ts'
import { makeSparse } from '../../repository/sparse.ts'
import { datasetPaths } from '../dataset-paths.ts'
import type { Session } from '../session.ts'

/** What is known of an overall input. */
interface FoundInput {
  readonly existing: ExistingDatasets
  readonly row: number
}

/** Places of the datasets of a graph. */
export function datasetPlaces(session: Session, graph: QuantumGraph, cut?: Uint8Array): DatasetPlaces {
  const pathOf = datasetPaths(session)
  const find = inputFinder(session, graph)
  const sparse = new Set(session.pipeline.datasets.filter((type) => type.sparse !== undefined).map(({ name }) => name))
  const withPath = new Set(session.pipeline.datasets.filter((type) => type.path !== undefined).map(({ name }) => name))
  return {
    input: (d) => {
      const { type } = blockOf(graph.types, d)
      const found = find(d)
      const path = found?.existing.path(found.row)
      if (!sparse.has(type)) return place(session, path ?? '')
      const size = found === undefined ? 0 : (found.existing.sizes[found.row] as number)
      return sparseInput(session, path ?? join(session.place.store, 'tmp', `sparse-${size}`), size)
    },
    published: (d) => {
      const block = blockOf(graph.types, d)
      if (!withPath.has(block.type)) return undefined
      // A result of cut gathers does not replace the file of the whole.
      const producer = graph.producer[d] as number
      if (producer >= 0 && cut?.[producer] === 1) return undefined
      return pathOf(block.type, dataIdAt(graph, block, d - block.first))
    },
  }
}

function place({ place: { folder } }: Session, path: string): InputPlace {
  return { path: isAbsolute(path) ? path : join(folder, path), sparse: false }
}

/** A sparse input is made when it is first asked for. */
function sparseInput({ place: { folder } }: Session, path: string, size: number): InputPlace {
  const absolute = isAbsolute(path) ? path : join(folder, path)
  if (statSync(absolute, { throwIfNoEntry: false })?.size !== size) {
    mkdirSync(dirname(absolute), { recursive: true })
    makeSparse(absolute, size)
  }
  return { path: absolute, sparse: true }
}

function inputFinder({ catalogue }: Session, graph: QuantumGraph): (d: number) => FoundInput | undefined {
  const byType = new Map<string, { existing: ExistingDatasets; rows: Map<string, number> }>()
  return (d) => {
    const block = blockOf(graph.types, d)
    let known = byType.get(block.type)
    if (known === undefined) {
      const existing = catalogue.existing(block.type)
      const { table } = existing
      const rows = new Map<string, number>()
      for (let row = 0; row < table.rows; row++) {
        rows.set(formatId('', Object.fromEntries(table.columns.map(({ name, values }) => [name, values[row] ?? null]))), row)
      }
      known = { existing, rows }
      byType.set(block.type, known)
    }
    const row = known.rows.get(formatId('', dataIdAt(graph, block, d - block.first)))
    return row === undefined ? undefined : { existing: known.existing, row }
  }
}
