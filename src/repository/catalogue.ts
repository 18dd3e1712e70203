/** What a plan needs to know of the project folder and its repository: records, relations, and overall inputs that exist. */
import type { DatabaseSync } from 'node:sqlite'
import type { Catalogue, Column, ExistingDatasets, Table } from '../model/catalogue.ts'
import { HeddleError } from '../model/errors.ts'
import { didYouMean } from '../model/nearest.ts'
import type { DatasetType, Pipeline } from '../model/pipeline.ts'
import { valueText } from '../model/value.ts'
import { withRequired } from './data-id-columns.ts'
import { type FileDigests, openFileDigests } from './digests/file-digests.ts'
import { findDatasets } from './found-datasets.ts'
import { readIngested } from './ingested.ts'
import { joinTables } from './join-tables.ts'
import { dimensionRecords, relationRecords } from './records/read-records.ts'
import { sparseDigest } from './sparse.ts'
import { datasetPath } from './templates/dataset-path.ts'

/**
 * Sizes in bytes of a dataset type's `sparse:` expression, one for each row; NaN where it is NULL, so that the dataset does not exist.
 * The table's columns are dimensions by name and their metadata as `dimension.field`.
 */
export type SparseSizes = (type: DatasetType, rows: Table) => Float64Array

/** What a catalogue is opened over. */
export interface CatalogueOptions {
  /** The project folder. */
  readonly folder: string
  readonly pipeline: Pipeline
  /** The store's database; undefined before there is one. */
  readonly database: DatabaseSync | undefined
  /** Shared with other parts of the process; opened here when left out. */
  readonly digests?: FileDigests
  readonly sparseSizes?: SparseSizes
}

/** Opens a catalogue. It reads each file of records and looks for each dataset type once. */
export function openCatalogue(options: CatalogueOptions): Catalogue {
  const { folder, pipeline, database } = options
  const digests = options.digests ?? openFileDigests(folder, database)
  const made = new Set(pipeline.tasks.flatMap((task) => task.outputs.map((output) => output.dataset)))

  const dimension = once((name) => dimensionRecords(pipeline, named('dimension', pipeline.dimensions, name), folder))
  const relation = once((name) => relationRecords(pipeline, named('relation', pipeline.relations, name), folder))
  const existing = once((name): ExistingDatasets => {
    const type = named('dataset type', pipeline.datasets, name)
    if (type.sparse !== undefined) return sparseDatasets(options, type, dimension)
    const files = filesOf(type)
    digests.flush()
    return files
  })

  /** What is registered stands before what the template finds at the same data ID. */
  const filesOf = (type: DatasetType): ExistingDatasets => {
    const ingested = readIngested(database, pipeline, type)
    const registered = withDigests(
      digests,
      ingested.table,
      ingested.rows.map((row) => row.path),
    )
    if (type.path === undefined || made.has(type.name)) return registered
    const found = findDatasets(folder, pipeline, type, dimension)
    if (found.paths.length > FEW) digests.preload(found.prefix)
    const discovered = withDigests(digests, found.table, found.paths)
    return registered.table.rows === 0 ? discovered : union(registered, discovered)
  }

  return { dimension, relation, existing }
}

/** So many single look-ups cost less than loading what is remembered of all. */
const FEW = 200

function once<T>(make: (name: string) => T): (name: string) => T {
  const made = new Map<string, T>()
  return (name) => {
    if (!made.has(name)) made.set(name, make(name))
    return made.get(name) as T
  }
}

function named<T extends { readonly name: string }>(kind: 'dimension' | 'relation' | 'dataset type', all: readonly T[], name: string): T {
  const found = all.find((candidate) => candidate.name === name)
  if (found !== undefined) return found
  throw new HeddleError(
    kind === 'dataset type' ? 'unknown-dataset' : `unknown-${kind}`,
    `there is no ${kind} ${JSON.stringify(name)}${didYouMean(
      name,
      all.map((candidate) => candidate.name),
    )}`,
  )
}

/** Leaves out what vanished since it was found. */
function withDigests(digests: FileDigests, table: Table, paths: readonly string[]): ExistingDatasets {
  const bytes = Buffer.alloc(table.rows * 32)
  const sizes = new Float64Array(table.rows)
  const rows: number[] = []
  for (let row = 0; row < table.rows; row++) {
    const content = digests.digest(paths[row] as string)
    if (content === undefined) continue
    bytes.write(content.digest, rows.length * 32, 'hex')
    sizes[rows.length] = content.size
    rows.push(row)
  }
  const count = rows.length
  return {
    table: count === table.rows ? table : { rows: count, columns: table.columns.map((column) => take(column, rows)) },
    digests: bytes.subarray(0, count * 32),
    sizes: sizes.subarray(0, count),
    path: (row) => paths[rows[row] as number],
  }
}

function take(column: Column, rows: readonly number[]): Column {
  return { ...column, values: rows.map((row) => column.values[row] ?? null) }
}

function union(first: ExistingDatasets, second: ExistingDatasets): ExistingDatasets {
  const key = (of: ExistingDatasets, row: number) =>
    of.table.columns.map((column) => JSON.stringify(valueText(column.values[row] ?? null))).join()
  const taken = new Set(Array.from({ length: first.table.rows }, (_, row) => key(first, row)))
  const kept = Array.from({ length: second.table.rows }, (_, row) => row).filter((row) => !taken.has(key(second, row)))
  const rows = first.table.rows + kept.length
  const digests = new Uint8Array(rows * 32)
  const sizes = new Float64Array(rows)
  digests.set(first.digests)
  sizes.set(first.sizes)
  kept.forEach((row, i) => {
    digests.set(second.digests.subarray(row * 32, row * 32 + 32), (first.table.rows + i) * 32)
    sizes[first.table.rows + i] = second.sizes[row] as number
  })
  const columns = first.table.columns.map((column, c) => ({
    ...column,
    values: [...column.values, ...take(second.table.columns[c] as Column, kept).values],
  }))
  const split = first.table.rows
  return {
    table: { rows, columns },
    digests,
    sizes,
    path: (row) => (row < split ? first.path(row) : second.path(kept[row - split] as number)),
  }
}

/** One dataset for each row of the records of its dimensions for which the expression has a value. */
function sparseDatasets(options: CatalogueOptions, type: DatasetType, dimension: (name: string) => Table | undefined): ExistingDatasets {
  const { pipeline, sparseSizes } = options
  if (sparseSizes === undefined) throw new Error(`nothing evaluates the sparse: expression of ${type.name}`)
  const names = withRequired(pipeline, type.dimensions)
  const all = names.map((name) => qualified(name, dimension(name), type, pipeline)).reduce(joinTables, { rows: 1, columns: [] })
  const evaluated = sparseSizes(type, all)
  const rows = Array.from({ length: all.rows }, (_, row) => row).filter((row) => !Number.isNaN(evaluated[row]))
  const sizes = Float64Array.from(rows, (row) => Math.max(0, Math.round(evaluated[row] as number)))
  const digests = new Uint8Array(rows.length * 32)
  const known = new Map<number, Uint8Array>()
  sizes.forEach((size, i) => {
    let digest = known.get(size)
    if (digest === undefined) {
      digest = Buffer.from(sparseDigest(size), 'hex')
      known.set(size, digest)
    }
    digests.set(digest, i * 32)
  })
  const columns = names.map((name) => take(all.columns.find((column) => column.name === name) as Column, rows))
  const pathOf = type.path === undefined ? undefined : datasetPath(pipeline, type, dimension)
  const dataId = (row: number) => Object.fromEntries(columns.map((column) => [column.name, column.values[row] ?? null]))
  return { table: { rows: rows.length, columns }, digests, sizes, path: (row) => pathOf?.(dataId(row)) }
}

function qualified(name: string, records: Table | undefined, type: DatasetType, pipeline: Pipeline): Table {
  if (records === undefined) {
    throw new HeddleError(
      'sparse-records',
      `dataset type ${type.name} is sparse, but dimension ${name} has no records: to tell which exist`,
    )
  }
  const isDimension = (column: string) => pipeline.dimensions.some((dimension) => dimension.name === column)
  return {
    rows: records.rows,
    columns: records.columns.map((column) => (isDimension(column.name) ? column : { ...column, name: `${name}.${column.name}` })),
  }
}
