/** Sizes of overall inputs that Heddle makes itself, as `sparse:` says them. */
import type { Table } from '../model/catalogue.ts'
import type { DatasetType, Pipeline } from '../model/pipeline.ts'
import type { Value, ValueType } from '../model/value.ts'
import { checkNumber } from './expression/check.ts'
import { columnKey } from './expression/checked.ts'
import { parseExpression } from './expression/parse.ts'
import type { Scope } from './expression/scope.ts'

/**
 * Evaluates `sparse:` of a dataset type for rows whose columns are dimensions by name and their metadata as
 * `dimension.field`: bytes, NaN where the value is NULL. Parameters of the configured pipeline are binds.
 */
export function sparseSizes(pipeline: Pipeline): (type: DatasetType, rows: Table) => Float64Array {
  return (type, rows) => {
    const { columns, build } = checkNumber(parseExpression(type.sparse ?? ''), scopeOf(pipeline, rows), pipeline.values)
    const getters = columns.map((reference) => {
      const column = rows.columns.find(({ name }) => name === columnKey(reference))
      return (row: number): Value => column?.values[row] ?? null
    })
    const size = build<number>(getters)
    return Float64Array.from({ length: rows.rows }, (_, row) => {
      const value = size(row)
      return value === null ? Number.NaN : Number(value)
    })
  }
}

/** Dimensions with the metadata that the rows have. */
function scopeOf(pipeline: Pipeline, rows: Table): Scope {
  const metadata = (dimension: string): Record<string, ValueType> =>
    Object.fromEntries(
      rows.columns.flatMap(({ name, type }) => (name.startsWith(`${dimension}.`) ? [[name.slice(dimension.length + 1), type]] : [])),
    )
  return { dimensions: pipeline.dimensions.map((dimension) => ({ ...dimension, metadata: metadata(dimension.name) })), relations: [] }
}
