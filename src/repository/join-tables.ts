/** Natural join of two tables: rows that agree in every column that both have. */
import type { Column, Table } from '../model/catalogue.ts'
import { type Value, valueText } from '../model/value.ts'

/** Joins two tables; without a column in common, every row with every row. */
export function joinTables(left: Table, right: Table): Table {
  const shared = right.columns.filter((column) => left.columns.some(({ name }) => name === column.name))
  const places = new Map<string, number[]>()
  for (let row = 0; row < right.rows; row++) {
    const key = keyAt(shared, row)
    const found = places.get(key)
    if (found === undefined) places.set(key, [row])
    else found.push(row)
  }
  const sharedLeft = shared.map(({ name }) => left.columns.find((column) => column.name === name) as Column)
  const leftRows: number[] = []
  const rightRows: number[] = []
  for (let row = 0; row < left.rows; row++) {
    for (const match of places.get(keyAt(sharedLeft, row)) ?? []) {
      leftRows.push(row)
      rightRows.push(match)
    }
  }
  const columns = [
    ...left.columns.map((column) => pick(column, leftRows)),
    ...right.columns.filter((column) => !shared.includes(column)).map((column) => pick(column, rightRows)),
  ]
  return { rows: leftRows.length, columns }
}

function pick(column: Column, rows: readonly number[]): Column {
  return { ...column, values: rows.map((row) => column.values[row] as Value) }
}

/** Lengths keep neighbouring values apart. */
function keyAt(columns: readonly Column[], row: number): string {
  let key = ''
  for (const column of columns) {
    const text = valueText(column.values[row] as Value)
    key += `${text.length}:${text}`
  }
  return key
}
