/** Data-ID expressions as filters of joins. */
import type { Json, Value } from '../../model/value.ts'
import { checkExpression } from '../expression/check.ts'
import type { Checked } from '../expression/checked.ts'
import { applyGovernorRule } from '../expression/governor.ts'
import { parseExpression } from '../expression/parse.ts'
import type { ColumnReference, Scope } from '../expression/scope.ts'
import type { JoinFilter } from './natural-join.ts'
import type { Rows } from './rows.ts'
import type { Universe } from './universe.ts'

/** A condition on data IDs. */
export interface Condition {
  readonly text: string
  /** Names of the dimensions that it reads. */
  readonly dimensions: readonly string[]
  filter(universe: Universe): JoinFilter
}

/** Everything that expressions about a pipeline may name; types of metadata come from the records themselves. */
export function scopeOf(universe: Universe): Scope {
  return {
    dimensions: universe.pipeline.dimensions.map((dimension) => ({ ...dimension, metadata: universe.metadataTypes(dimension.name) })),
    relations: universe.pipeline.relations.map((relation) => ({ ...relation, metadata: universe.relationTypes(relation.name) })),
  }
}

/** What `:name` stands for: the pipeline's parameters, and what a user binds, which hides a column of the same name. */
export interface NamedValues {
  readonly parameters: Readonly<Record<string, Json>>
  readonly binds: Readonly<Record<string, Json>>
}

/** The conjuncts of `--where`, each a filter of its own, so that each works as early as its columns are there. */
export function conditionsOf(universe: Universe, text: string, values: NamedValues): Condition[] {
  const scope = scopeOf(universe)
  return applyGovernorRule(checked(scope, text, values), scope)
    .conjuncts()
    .map((part) => condition(part))
}

/** A `when:` as one condition. */
export function conditionOf(universe: Universe, text: string, values: NamedValues): Condition {
  return condition(checked(scopeOf(universe), text, values))
}

function checked(scope: Scope, text: string, { parameters, binds }: NamedValues): Checked {
  return checkExpression(parseExpression(text), scope, { ...parameters, ...binds }, (name) => Object.hasOwn(binds, name))
}

function condition(part: Checked): Condition {
  return {
    text: part.text,
    dimensions: [...new Set(part.columns.flatMap(({ dimensions }) => dimensions))],
    filter: (universe) => ({
      name: part.text,
      dimensions: universe.numbers(new Set(part.columns.flatMap(({ dimensions }) => dimensions))),
      bind: (rows) => {
        const test = part.compile<number>(part.columns.map((column) => getter(universe, rows, column)))
        return (i) => test(i) === true
      },
    }),
  }
}

/** Reads a column of an expression for rows that have, or imply, the dimensions that pick it. */
export function getter(universe: Universe, rows: Rows, column: ColumnReference): (i: number) => Value {
  if (column.field === null) {
    const d = universe.interning.dimension(column.element)
    const numbers = universe.column(rows, column.element)
    const { values } = universe.interning.dimensions[d] as { values: readonly Value[] }
    return (i) => values[numbers[i] as number] ?? null
  }
  const isRelation = universe.pipeline.relations.some(({ name }) => name === column.element)
  const values = isRelation ? universe.relationColumn(column.element, column.field) : universe.metadata(column.element, column.field)
  const record = isRelation ? universe.relationRowOf(rows, column.element) : universe.recordOf(rows, column.element)
  return (i) => values?.[record[i] as number] ?? null
}
