/** Datasets that a person registered: the table `ingested`. */
import type { DatabaseSync } from 'node:sqlite'
import type { Column, Table } from '../model/catalogue.ts'
import type { DatasetType, Pipeline } from '../model/pipeline.ts'
import type { Value, ValueType } from '../model/value.ts'
import { withRequired } from './data-id-columns.ts'
import { valueOfJson } from './data-id-text.ts'

/** Where a registered dataset lies, below the project folder (or absolute), and its content when it was registered. */
export interface IngestedRow {
  readonly dataId: string
  readonly path: string
  readonly digest: string
  readonly size: number
}

/** Registered datasets of one type, as columns, in data-ID text order. */
export function readIngested(
  database: DatabaseSync | undefined,
  pipeline: Pipeline,
  type: DatasetType,
): { readonly table: Table; readonly rows: readonly IngestedRow[] } {
  const query = 'SELECT dataId, path, digest, size FROM ingested WHERE type = ? ORDER BY dataId'
  const rows = (database?.prepare(query).all(type.name) ?? []) as unknown as IngestedRow[]
  const names = withRequired(pipeline, type.dimensions)
  const dataIds = rows.map((row) => JSON.parse(row.dataId) as Record<string, unknown>)
  const columns = names.map((name): Column => {
    const valueType = pipeline.dimensions.find((dimension) => dimension.name === name)?.type as ValueType
    return { name, type: valueType, values: dataIds.map((dataId): Value => valueOfJson(dataId[name], valueType)) }
  })
  return { table: { rows: rows.length, columns }, rows }
}
