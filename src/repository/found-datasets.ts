/** Datasets that a `path:` template finds in the project folder. */
import type { Column, Table } from '../model/catalogue.ts'
import { HeddleError } from '../model/errors.ts'
import type { DatasetType, Pipeline } from '../model/pipeline.ts'
import { type ValueType, valueText } from '../model/value.ts'
import { withRequired } from './data-id-columns.ts'
import { joinTables } from './join-tables.ts'
import { findDuplicate } from './records/duplicates.ts'
import { discover } from './templates/discover.ts'
import { type PathTemplate, parseTemplate } from './templates/template.ts'

/** Data IDs found, and the path of each row below the project folder. */
export interface FoundDatasets {
  readonly table: Table
  readonly paths: readonly string[]
  /** The text that all paths begin with. */
  readonly prefix: string
}

/** Where the tables of dimension records come from. */
export type DimensionTable = (name: string) => Table | undefined

/** Finds a dataset type's files. Throws `template-dimension` when its template does not name one data ID a file. */
export function findDatasets(folder: string, pipeline: Pipeline, type: DatasetType, dimensionTable: DimensionTable): FoundDatasets {
  const template = parseTemplate(type.path as string)
  const types = template.fields.map((field) => fieldType(pipeline, field.dimension, field.metadata, dimensionTable))
  const found = discover(folder, template, types, type.format === 'directory' ? 'directory' : 'file')
  const columns = template.fields.map(
    (field, i): Column => ({ name: field.text, type: types[i] as ValueType, values: found.values[i] ?? [] }),
  )
  // A path that names dimensions alone is found once for each data ID; one that names metadata must be asked.
  const plain = template.fields.every((field) => field.metadata === undefined)
  const joined = plain
    ? { rows: found.paths.length, columns }
    : resolveMetadata(pipeline, { rows: found.paths.length, columns: [...columns, numbered(found.paths.length)] }, template, dimensionTable)
  const wanted = withRequired(pipeline, type.dimensions).map((name) => {
    const column = joined.columns.find((candidate) => candidate.name === name)
    if (column !== undefined) return column
    throw new HeddleError('path-dimension', `path ${JSON.stringify(type.path)} of dataset type ${type.name} does not tell its ${name}`, {
      hint: `put {${name}} into the path`,
    })
  })
  if (plain && wanted.length === columns.length)
    return { table: { rows: joined.rows, columns: wanted }, paths: found.paths, prefix: literalPrefix(template) }
  const rows = joined.columns.find((column) => column.name === '')?.values as readonly number[] | undefined
  const paths = rows === undefined ? found.paths : rows.map((row) => found.paths[row] as string)
  refuseTwice(type, wanted, paths)
  return { table: { rows: joined.rows, columns: wanted }, paths, prefix: literalPrefix(template) }
}

/** Keeps a row's path through joins. */
function numbered(rows: number): Column {
  return { name: '', type: 'int', values: Array.from({ length: rows }, (_, row) => row) }
}

function fieldType(pipeline: Pipeline, dimension: string, metadata: string | undefined, dimensionTable: DimensionTable): ValueType {
  if (metadata === undefined) return pipeline.dimensions.find((candidate) => candidate.name === dimension)?.type ?? 'string'
  return dimensionTable(dimension)?.columns.find((column) => column.name === metadata)?.type ?? 'string'
}

/** `{dimension.metadata}` tells the dimension by its records. */
function resolveMetadata(pipeline: Pipeline, found: Table, template: PathTemplate, dimensionTable: DimensionTable): Table {
  const dimensions = new Set(template.fields.filter((field) => field.metadata !== undefined).map((field) => field.dimension))
  let joined = found
  for (const dimension of dimensions) {
    const records = dimensionTable(dimension)
    if (records === undefined) {
      throw new HeddleError(
        'path-placeholder',
        `path ${JSON.stringify(template.text)} names metadata of ${dimension}, which has no records`,
      )
    }
    const fields = template.fields.filter((field) => field.dimension === dimension).map((field) => field.metadata)
    const columns = records.columns.map((column) =>
      fields.includes(column.name) ? { ...column, name: `${dimension}.${column.name}` } : column,
    )
    // Other metadata must not be mistaken for a dimension that the path gives.
    const telling = columns.filter(
      ({ name }) => name.startsWith(`${dimension}.`) || pipeline.dimensions.some((candidate) => candidate.name === name),
    )
    joined = joinTables(joined, { rows: records.rows, columns: telling })
  }
  return joined
}

function literalPrefix(template: PathTemplate): string {
  const parts = template.segments.flatMap((segment, i) => (i === 0 ? segment : ['/', ...segment]))
  const field = parts.findIndex((part) => typeof part === 'number')
  return parts.slice(0, field < 0 ? parts.length : field).join('')
}

function refuseTwice(type: DatasetType, columns: readonly Column[], paths: readonly string[]): void {
  const twice = columns.length === 0 ? undefined : findDuplicate(columns, paths.length)
  if (twice === undefined) return
  const id = columns.map((column) => `${column.name}=${valueText(column.values[twice[0]] ?? null)}`).join(',')
  throw new HeddleError('dataset-twice', `${type.name}@${id} is found twice: ${paths[twice[0]]} and ${paths[twice[1]]}`, {
    hint: 'remove one of the files, or put what tells them apart into the dimensions',
  })
}
