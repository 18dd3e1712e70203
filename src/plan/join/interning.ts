/** Every dimension value becomes a small integer whose order is the dimension's declaration order. */
import type { Column, Table } from '../../model/catalogue.ts'
import type { DimensionValues } from '../../model/graph.ts'
import type { Dimension } from '../../model/pipeline.ts'
import { compareValues, type Value } from '../../model/value.ts'

/** The numbered values of all dimensions, and the way back from a value to its number. */
export class Interning {
  readonly dimensions: readonly DimensionValues[]
  readonly #index: readonly ReadonlyMap<Value, number>[]
  readonly #byName = new Map<string, number>()

  /** `tables` are all tables in which values of these dimensions stand, in columns named like them. */
  constructor(dimensions: readonly Dimension[], tables: readonly Table[], ordered: ReadonlyMap<string, Table>) {
    this.dimensions = dimensions.map((dimension) => {
      const seen = new Set<Value>()
      const own = ordered.get(dimension.name)
      if (own !== undefined) addColumn(seen, own, dimension.name)
      const declared = dimension.ordered ? [...seen] : []
      for (const table of tables) addColumn(seen, table, dimension.name)
      seen.delete(null)
      if (!dimension.ordered) return { name: dimension.name, type: dimension.type, values: [...seen].sort(compareValues) }
      for (const value of declared) seen.delete(value)
      return { name: dimension.name, type: dimension.type, values: [...declared, ...[...seen].sort(compareValues)] }
    })
    this.#index = this.dimensions.map(({ values }) => new Map(values.map((value, i) => [value, i])))
    this.dimensions.forEach(({ name }, d) => this.#byName.set(name, d))
  }

  /** Number of a dimension by its name. */
  dimension(name: string): number {
    const d = this.#byName.get(name)
    if (d === undefined) throw new Error(`dimension ${name} is not in this plan`)
    return d
  }

  /** How many values a dimension has. */
  size(d: number): number {
    return (this.dimensions[d] as DimensionValues).values.length
  }

  /** Number of a value, or -1. */
  find(d: number, value: Value): number {
    return (this.#index[d] as ReadonlyMap<Value, number>).get(value) ?? -1
  }

  /** A column of values as numbers; -1 for NULL. */
  column(d: number, column: Column): Int32Array {
    const index = this.#index[d] as ReadonlyMap<Value, number>
    const numbers = new Int32Array(column.values.length)
    for (let i = 0; i < numbers.length; i++) numbers[i] = index.get(column.values[i] as Value) ?? -1
    return numbers
  }
}

function addColumn(seen: Set<Value>, table: Table, name: string): void {
  const column = table.columns.find((candidate) => candidate.name === name)
  if (column !== undefined) for (const value of column.values) seen.add(value)
}
