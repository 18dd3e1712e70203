/** Rows of a query, narrowed and shown as asked. */
import { HeddleError } from '../../model/errors.ts'
import { didYouMean } from '../../model/nearest.ts'
import { compareCodePoints, type Json } from '../../model/value.ts'
import type { Context } from '../context.ts'
import { printLines } from '../lines.ts'
import { tableLines } from '../table.ts'

/** A row: values by name. */
export type Row = Readonly<Record<string, Json>>

/** How rows are narrowed. */
export interface RowOptions {
  readonly columns?: readonly string[] | undefined
  /** Names of columns, with `-` in front for descending. */
  readonly sort?: readonly string[] | undefined
  readonly limit?: number | undefined
}

/** Sorts, cuts and picks columns. Rows pass through one by one unless they are to be sorted. */
export function* narrowRows(rows: Iterable<Row>, { columns, sort, limit }: RowOptions): Iterable<Row> {
  let left = limit ?? Number.POSITIVE_INFINITY
  let checked = false
  for (const row of sort === undefined ? rows : sortRows([...rows], sort)) {
    if (left-- <= 0) return
    if (!checked) {
      for (const name of columns ?? []) known(row, name)
      checked = true
    }
    yield columns === undefined ? row : Object.fromEntries(columns.map((name) => [name, row[name] ?? null]))
  }
}

function sortRows(rows: Row[], sort: readonly string[]): Row[] {
  const keys = sort.map((key) => ({ name: key.replace(/^-/, ''), sign: key.startsWith('-') ? -1 : 1 }))
  if (rows[0] !== undefined) for (const { name } of keys) known(rows[0], name)
  return rows.sort((a, b) => {
    for (const { name, sign } of keys) {
      const order = compareJson(a[name] ?? null, b[name] ?? null)
      if (order !== 0) return sign * order
    }
    return 0
  })
}

function known(row: Row, name: string): void {
  if (name in row) return
  throw new HeddleError('unknown-column', `there is no column ${JSON.stringify(name)}${didYouMean(name, Object.keys(row))}`, {
    hint: `the columns are ${Object.keys(row).join(', ')}`,
  })
}

function compareJson(a: Json, b: Json): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? -1 : 1
  if (typeof a === 'number' && typeof b === 'number') return a - b
  return compareCodePoints(cellText(a), cellText(b))
}

/** Prints rows: a line of JSON each, or a table. */
export function printRows({ terminal, json }: Context, rows: Iterable<Row>, none: string): void {
  if (json) return printLines(terminal, map(rows, JSON.stringify))
  const all = [...rows]
  const first = all[0]
  if (first === undefined) return terminal.note(none)
  const names = Object.keys(first)
  const columns = names.map((title) => ({
    title,
    align: all.every((row) => row[title] === null || typeof row[title] === 'number') ? ('right' as const) : ('left' as const),
  }))
  printLines(
    terminal,
    tableLines(
      columns,
      all.map((row) => names.map((name) => cellText(row[name] ?? null))),
      (text) => terminal.style('dim', text),
    ),
  )
}

function cellText(value: Json): string {
  if (value === null) return ''
  if (Array.isArray(value)) return value.map(cellText).join(', ')
  if (typeof value !== 'object') return String(value)
  const parts = Object.entries(value).filter(([, part]) => part !== 0)
  return parts.map(([name, part]) => `${name}=${cellText(part)}`).join(', ')
}

function* map<A, B>(items: Iterable<A>, make: (item: A) => B): Iterable<B> {
  for (const item of items) yield make(item)
}
