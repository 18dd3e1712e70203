/** `heddle query dimensions`: the join over named dimensions, as rows of values. */
import type { Catalogue } from '../model/catalogue.ts'
import { HeddleError } from '../model/errors.ts'
import { didYouMean } from '../model/nearest.ts'
import type { Pipeline } from '../model/pipeline.ts'
import type { Json, Value, ValueType } from '../model/value.ts'
import { type ColumnReference, Names, type Scope } from './expression/scope.ts'
import { type Condition, conditionsOf, getter, scopeOf } from './join/filter.ts'
import { type JoinStep, type JoinTable, naturalJoin, projectJoined } from './join/natural-join.ts'
import { overallInputs, Universe } from './join/universe.ts'
import { parameterBinds } from './parameter-binds.ts'

/** A query over dimensions. */
export interface DimensionQuery {
  readonly pipeline: Pipeline
  readonly catalogue: Catalogue
  readonly names: readonly string[]
  readonly where?: string | undefined
  readonly binds?: Readonly<Record<string, Json>>
  /** Further columns: `field`, `dimension.field`, `relation.field` or a dimension that the named ones imply. */
  readonly columns?: readonly string[]
}

/** Its answer: typed columns, and the rows in data-ID order. */
export interface DimensionRows {
  readonly columns: readonly { readonly name: string; readonly type: ValueType }[]
  readonly rows: Iterable<readonly Value[]>
  readonly count: number
  readonly steps: readonly JoinStep[]
}

/** Joins the named dimensions, with what they require and imply and what the expression touches. Throws for unknown names. */
export function queryDimensions(query: DimensionQuery): DimensionRows {
  const universe = new Universe(query.pipeline, query.catalogue)
  const known = query.pipeline.dimensions.map(({ name }) => name)
  for (const name of query.names) {
    if (!known.includes(name))
      throw new HeddleError('unknown-dimension', `there is no dimension ${JSON.stringify(name)}${didYouMean(name, known)}`)
  }
  const conditions =
    query.where === undefined
      ? []
      : conditionsOf(universe, query.where, { parameters: parameterBinds(query.pipeline, query.pipeline.values), binds: query.binds ?? {} })
  const scope = scopeOf(universe)
  const further = (query.columns ?? []).map((name) => ({ name, reference: reference(scope, name) }))
  const own = new Set(
    universe.closure([
      ...query.names,
      ...conditions.flatMap(({ dimensions }) => dimensions),
      ...further.flatMap(({ reference }) => reference.dimensions),
    ]),
  )
  const joined = naturalJoin(
    tablesOf(universe, own),
    conditions.map((condition: Condition) => condition.filter(universe)),
    universe.sizes,
  )
  // A record needs its whole key to be found; without further columns only the names asked for are told apart.
  const projected =
    further.length === 0 ? query.names : universe.requiredBy([...query.names, ...further.flatMap(({ reference }) => reference.dimensions)])
  const rows = projectJoined(joined, universe.numbers(new Set(projected)))
  const references: { name: string; reference: ColumnReference }[] = [
    ...query.names.map((name) => ({ name, reference: reference(scope, name) })),
    ...further.filter(({ name }) => !query.names.includes(name)),
  ]
  const getters = references.map((column) => getter(universe, rows, column.reference))
  return {
    columns: references.map(({ name, reference: { type } }) => ({ name, type })),
    count: rows.count,
    steps: joined.steps,
    rows: (function* () {
      for (let i = 0; i < rows.count; i++) yield getters.map((get) => get(i))
    })(),
  }
}

function reference(scope: Scope, name: string): ColumnReference {
  const resolved = new Names(scope).resolve(name)
  if (typeof resolved === 'string') throw new HeddleError('unknown-column', resolved)
  return resolved.column
}

function tablesOf(universe: Universe, own: ReadonlySet<string>): JoinTable[] {
  const tables: JoinTable[] = [...own].map((name) => ({ name: `dimension ${name}`, rows: universe.records(name) }))
  for (const relation of universe.pipeline.relations) {
    if (!relation.viaOnly && universe.requiredBy(relation.dimensions).every((name) => own.has(name)))
      tables.push({ name: `relation ${relation.name}`, rows: universe.relation(relation.name) })
  }
  for (const type of overallInputs(universe.pipeline)) {
    const dimensions = universe.requiredBy(type.dimensions)
    if (dimensions.length > 0 && dimensions.every((name) => own.has(name)) && isRead(universe.pipeline, type.name)) {
      tables.push({ name: `existing ${type.name}`, rows: universe.existing(type).rows })
    }
  }
  return tables
}

/** Only inputs that a task cannot do without say which data IDs there are. */
function isRead(pipeline: Pipeline, name: string): boolean {
  return pipeline.tasks.some((task) =>
    task.inputs.some(
      ({ dataset, minimum, via, step }) => dataset === name && minimum > 0 && via === undefined && Object.keys(step).length === 0,
    ),
  )
}
