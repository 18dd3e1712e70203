/** The records that a plan or a query is about, interned: dimensions, relations and existing overall inputs as integer rows. */
import type { Catalogue, ExistingDatasets, Table } from '../../model/catalogue.ts'
import { HeddleError } from '../../model/errors.ts'
import type { DatasetType, Dimension, Pipeline } from '../../model/pipeline.ts'
import type { Value, ValueType } from '../../model/value.ts'
import { Interning } from './interning.ts'
import { columnsOf, indexRows, project, type RowIndex, type Rows, type Sizes } from './rows.ts'

/** Rows of a table over its dimensions, with the table row that each came from. */
interface Interned {
  readonly table: Table
  readonly rows: Rows
  /** Table row of each of `rows`; rows with a NULL dimension are left out. */
  readonly from: Int32Array
}

/** Everything joins and expressions read. Loads a table when it is first asked for. */
export class Universe {
  readonly pipeline: Pipeline
  readonly interning: Interning
  readonly sizes: Sizes
  readonly #catalogue: Catalogue
  readonly #byName: ReadonlyMap<string, Dimension>
  readonly #records = new Map<string, Interned>()
  readonly #relations = new Map<string, Interned>()
  readonly #indices = new Map<string, RowIndex>()
  readonly #impliers = new Map<string, ReadonlyMap<string, Dimension>>()
  readonly #existing = new Map<string, { datasets: ExistingDatasets; rows: Rows; from: Int32Array }>()
  /** Existing datasets are read once: finding files is the dearest part of a small plan. */
  readonly #found = new Map<string, ExistingDatasets>()

  constructor(pipeline: Pipeline, catalogue: Catalogue) {
    this.pipeline = pipeline
    this.#catalogue = catalogue
    this.#byName = new Map(pipeline.dimensions.map((dimension) => [dimension.name, dimension]))
    const dimensionTables = new Map<string, Table>()
    for (const { name } of pipeline.dimensions) {
      const table = catalogue.dimension(name)
      if (table !== undefined) dimensionTables.set(name, table)
    }
    const relationTables = new Map(pipeline.relations.map(({ name }) => [name, catalogue.relation(name)]))
    const overall = overallInputs(pipeline)
    for (const type of overall) this.#found.set(type.name, catalogue.existing(type.name))
    const existing = [...this.#found.values()].map(({ table }) => table)
    this.interning = new Interning(
      pipeline.dimensions,
      [...dimensionTables.values(), ...relationTables.values(), ...existing],
      dimensionTables,
    )
    this.sizes = (d) => this.interning.size(d)
    for (const [name, table] of dimensionTables) {
      this.#records.set(name, this.#intern(table, [...this.keyOf(name), ...this.dimension(name).implies]))
    }
    for (const relation of pipeline.relations) {
      this.#relations.set(relation.name, this.#intern(relationTables.get(relation.name) as Table, this.requiredBy(relation.dimensions)))
    }
    const declared = [...this.#records.values(), ...this.#relations.values()].map(({ rows }) => rows)
    for (const dimension of pipeline.dimensions) {
      if (!this.#records.has(dimension.name)) this.#records.set(dimension.name, this.#fromOthers(dimension, overall, declared))
    }
  }

  /** A declared dimension. */
  dimension(name: string): Dimension {
    const found = this.#byName.get(name)
    if (found === undefined) throw new HeddleError('unknown-dimension', `there is no dimension ${JSON.stringify(name)}`)
    return found
  }

  /** What identifies a value of a dimension: what it requires, then itself; in declaration order. */
  keyOf(name: string): readonly string[] {
    return this.requiredBy([name])
  }

  /** The dimensions and all that they require, in declaration order. */
  requiredBy(names: Iterable<string>): string[] {
    return this.#closure(names, (dimension) => dimension.requires)
  }

  /** The dimensions and all that they require and imply, in declaration order. */
  closure(names: Iterable<string>): string[] {
    return this.#closure(names, (dimension) => [...dimension.requires, ...dimension.implies.filter((name) => this.#tells(dimension, name))])
  }

  /** Whether records say which value of another dimension goes with each of theirs. */
  #tells(dimension: Dimension, implied: string): boolean {
    return this.records(dimension.name).dimensions.includes(this.interning.dimension(implied))
  }

  #closure(names: Iterable<string>, more: (dimension: Dimension) => readonly string[]): string[] {
    const all = new Set<string>()
    const visit = (name: string): void => {
      if (all.has(name)) return
      all.add(name)
      for (const other of more(this.dimension(name))) visit(other)
    }
    for (const name of names) visit(name)
    return this.pipeline.dimensions.map(({ name }) => name).filter((name) => all.has(name))
  }

  /** Numbers of dimensions, ascending. */
  numbers(names: Iterable<string>): number[] {
    return [...names].map((name) => this.interning.dimension(name)).sort((a, b) => a - b)
  }

  /** Rows of a dimension's records over its key and what it implies. */
  records(name: string): Rows {
    return (this.#records.get(name) as Interned).rows
  }

  /** True when the dimension's values are only those found in overall inputs. */
  isFound(name: string): boolean {
    return this.dimension(name).records === undefined
  }

  /** Rows of a relation over its dimensions and those they require. */
  relation(name: string): Rows {
    return (this.#relations.get(name) as Interned).rows
  }

  /** A relation's table, row by row of {@link relation}. */
  relationColumn(name: string, column: string): Value[] | undefined {
    return columnValues(this.#relations.get(name) as Interned, column)
  }

  /** Overall inputs of a type that exist. */
  existing(type: DatasetType): { readonly datasets: ExistingDatasets; readonly rows: Rows; readonly from: Int32Array } {
    const known = this.#existing.get(type.name)
    if (known !== undefined) return known
    const datasets = this.#found.get(type.name) ?? this.#catalogue.existing(type.name)
    this.#found.set(type.name, datasets)
    const { rows, from } = this.#intern(datasets.table, this.requiredBy(type.dimensions))
    const result = { datasets, rows, from }
    this.#existing.set(type.name, result)
    return result
  }

  #intern(table: Table, names: readonly string[]): Interned {
    const present = names.filter((name) => table.columns.some((column) => column.name === name))
    const dimensions = this.numbers(present)
    const columns = dimensions.map((d) => {
      const { name } = this.pipeline.dimensions[d] as Dimension
      return this.interning.column(d, table.columns.find((column) => column.name === name) as Table['columns'][number])
    })
    let from = Int32Array.from({ length: table.rows }, (_, i) => i)
    if (columns.some((column) => column.includes(-1))) from = from.filter((i) => columns.every((column) => (column[i] as number) >= 0))
    const whole = from.length === table.rows
    return {
      table,
      rows: { dimensions, columns: whole ? columns : columns.map((column) => from.map((i) => column[i] as number)), count: from.length },
      from,
    }
  }

  /** Values of a dimension without records: those of overall inputs that have it, or else those that other records name. */
  #fromOthers(dimension: Dimension, overall: readonly DatasetType[], declared: readonly Rows[]): Interned {
    const key = this.numbers(this.keyOf(dimension.name))
    const found = overall
      .filter((type) => this.requiredBy(type.dimensions).includes(dimension.name))
      .map((type) => this.existing(type).rows)
    const sources = found.length > 0 ? found : declared.filter((rows) => key.every((d) => rows.dimensions.includes(d)))
    const parts = sources.map((rows) => project(rows, key, this.sizes))
    const columns = key.map((_, k) => Int32Array.from(parts.flatMap((part) => [...(part.columns[k] as Int32Array)])))
    const rows = project({ dimensions: key, columns, count: columns[0]?.length ?? 0 }, key, this.sizes)
    return { table: { rows: rows.count, columns: [] }, rows, from: Int32Array.from({ length: rows.count }, (_, i) => i) }
  }

  /** For each of `rows`, the row of a dimension's records with the same key, or -1. */
  recordOf(rows: Rows, name: string): Int32Array {
    const key = this.numbers(this.keyOf(name))
    let index = this.#indices.get(name)
    if (index === undefined) {
      const records = this.records(name)
      index = indexRows({ dimensions: key, columns: columnsOf(records, key), count: records.count }, this.sizes)
      this.#indices.set(name, index)
    }
    return index.findAll(
      key.map((d) => this.column(rows, (this.pipeline.dimensions[d] as Dimension).name)),
      rows.count,
    )
  }

  /** For each of `rows`, the row of a relation with the same dimensions, or -1. */
  relationRowOf(rows: Rows, name: string): Int32Array {
    const relation = this.relation(name)
    const index = indexRows(relation, this.sizes)
    return index.findAll(
      relation.dimensions.map((d) => this.column(rows, (this.pipeline.dimensions[d] as Dimension).name)),
      rows.count,
    )
  }

  /** True when the value of a dimension follows from these dimensions. */
  derivable(from: readonly number[], name: string): boolean {
    return from.includes(this.interning.dimension(name)) || this.#impliersOf(from).has(name)
  }

  /** What tells the value of each further dimension; each is told by ones that were known before, so that circles do no harm. */
  #impliersOf(from: readonly number[]): ReadonlyMap<string, Dimension> {
    const key = from.join()
    const found = this.#impliers.get(key)
    if (found !== undefined) return found
    const impliers = new Map<string, Dimension>()
    const known = new Set(from.map((d) => (this.pipeline.dimensions[d] as Dimension).name))
    for (let before = -1; before < known.size; ) {
      before = known.size
      for (const dimension of this.pipeline.dimensions) {
        if (dimension.implies.length === 0 || !this.keyOf(dimension.name).every((name) => known.has(name))) continue
        for (const implied of dimension.implies) {
          if (known.has(implied) || !this.#tells(dimension, implied)) continue
          known.add(implied)
          impliers.set(implied, dimension)
        }
      }
    }
    this.#impliers.set(key, impliers)
    return impliers
  }

  /** Column of a dimension for rows that have it or imply it. */
  column(rows: Rows, name: string): Int32Array {
    const d = this.interning.dimension(name)
    const at = rows.dimensions.indexOf(d)
    if (at >= 0) return rows.columns[at] as Int32Array
    const implier = this.#impliersOf(rows.dimensions).get(name)
    if (implier === undefined)
      throw new HeddleError(
        'not-derivable',
        `the value of ${name} does not follow from ${rows.dimensions.map((k) => this.pipeline.dimensions[k]?.name).join(', ')}`,
      )
    const record = this.recordOf(rows, implier.name)
    const implied = columnsOf(this.records(implier.name), [d])[0] as Int32Array
    return record.map((row) => (row < 0 ? -1 : (implied[row] as number)))
  }

  /** Metadata of a dimension's records, in the order of {@link records}; undefined when there is no such column. */
  metadata(name: string, field: string): Value[] | undefined {
    return columnValues(this.#records.get(name) as Interned, field)
  }

  /** Types of a dimension's metadata, as its records have them. */
  metadataTypes(name: string): Record<string, ValueType> {
    return { ...this.dimension(name).metadata, ...this.#fieldTypes((this.#records.get(name) as Interned).table) }
  }

  /** Types of a relation's metadata. */
  relationTypes(name: string): Record<string, ValueType> {
    return this.#fieldTypes((this.#relations.get(name) as Interned).table)
  }

  #fieldTypes(table: Table): Record<string, ValueType> {
    return Object.fromEntries(table.columns.filter(({ name }) => !this.#byName.has(name)).map(({ name, type }) => [name, type]))
  }
}

function columnValues(interned: Interned, name: string): Value[] | undefined {
  const column = interned.table.columns.find((candidate) => candidate.name === name)
  return column === undefined ? undefined : Array.from(interned.from, (row) => column.values[row] as Value)
}

/** Dataset types that no task makes. */
export function overallInputs(pipeline: Pipeline): DatasetType[] {
  const made = new Set(pipeline.tasks.flatMap((task) => task.outputs.map((output) => output.dataset)))
  return pipeline.datasets.filter((type) => !made.has(type.name))
}
