/** Row sets that connect quanta with datasets. */
import { type Joined, projectJoined } from './natural-join.ts'
import { columnsOf, indexRows, join, project, type Rows } from './rows.ts'
import type { Universe } from './universe.ts'

/** Distinct rows of a projection, in data-ID order; dimensions that rows imply may be asked for. */
export function projectRows(rows: Rows, dimensions: readonly number[], universe: Universe): Rows {
  if (dimensions.every((d, k) => rows.dimensions[k] === d) && dimensions.length === rows.dimensions.length && isAscending(rows)) return rows
  const columns = dimensions.map((d) => universe.column(rows, universe.interning.dimensions[d]?.name as string))
  return project({ dimensions, columns, count: rows.count }, dimensions, universe.sizes)
}

function isAscending(rows: Rows): boolean {
  for (let i = 1; i < rows.count; i++) {
    for (const column of rows.columns) {
      const difference = (column[i] as number) - (column[i - 1] as number)
      if (difference > 0) break
      if (difference < 0) return false
    }
  }
  return true
}

/** Distinct rows of several sets over the same dimensions. */
export function unionRows(parts: readonly Rows[], dimensions: readonly number[], universe: Universe): Rows {
  const [only] = parts
  if (parts.length === 1 && only !== undefined) return projectRows(only, dimensions, universe)
  const count = parts.reduce((sum, part) => sum + part.count, 0)
  const columns = dimensions.map((d) => {
    const column = new Int32Array(count)
    let at = 0
    for (const part of parts) {
      column.set(columnsOf(part, [d])[0] as Int32Array, at)
      at += part.count
    }
    return column
  })
  return project({ dimensions, columns, count }, dimensions, universe.sizes)
}

/** For each of `wanted` the row of `rows` with the same dimensions, or -1; `wanted` may imply them. */
export function lookUp(rows: Rows, wanted: Rows, universe: Universe): Int32Array {
  const columns = rows.dimensions.map((d) => universe.column(wanted, universe.interning.dimensions[d]?.name as string))
  return indexRows(rows, universe.sizes).findAll(columns, wanted.count)
}

/**
 * The rows that connect a task's quanta with datasets of other dimensions: the join projected on the union of both, or
 * the rows of the relation that `via:` names.
 */
export function linkRows(quanta: Rows, via: string | undefined, dimensions: readonly number[], universe: Universe, joined: Joined): Rows {
  const all = [...new Set([...quanta.dimensions, ...dimensions])].sort((a, b) => a - b)
  if (via === undefined) return projectJoined(joined, all)
  return projectRows(join(quanta, universe.relation(via), universe.sizes), all, universe)
}
