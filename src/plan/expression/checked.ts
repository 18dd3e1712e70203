/** An expression whose names and types are known: what it reads, and how to evaluate it. */
import type { Value } from '../../model/value.ts'
import type { Build, Condition, Getter } from './evaluate.ts'
import { allOf } from './evaluate.ts'
import type { Span } from './failure.ts'
import type { ColumnReference } from './scope.ts'

/** `column = value`, or `column IN (values)`: nothing else can be true. */
export interface Pinned {
  /** Index into `columns`. */
  readonly column: number
  /** Without NULL; not sorted, may repeat. */
  readonly values: readonly Value[]
}

/** A checked expression. */
export interface Checked {
  /** Its source text; of a conjunct, its own part. */
  readonly text: string
  /** Columns that it reads, each once; getters stand in this order. */
  readonly columns: readonly ColumnReference[]
  /** The whole text, in which `places` count. */
  readonly source: string
  /** Where each column first stands. */
  readonly places: readonly Span[]
  /** Every dimension that it touches, with all that those require or imply. */
  readonly dimensions: readonly string[]
  /** The values that its column must have, where it is as simple as that. */
  readonly pinned: Pinned | undefined
  /** The parts joined by AND at the top: it is true exactly where all of them are. Empty: it constrains nothing. */
  conjuncts(): readonly Checked[]
  /** A function from rows to true, false or null (unknown); `getters` read a row, one for each of `columns`. */
  compile<R>(getters: readonly Getter<R>[]): Condition<R>
  /** Evaluates on one row, given as a function from column index to value. */
  evaluate(row: (column: number) => Value): boolean | null
}

/** What a conjunct is made of. */
export interface ConjunctParts extends Pick<Checked, 'text' | 'source' | 'columns' | 'places' | 'dimensions' | 'pinned'> {
  readonly build: Build
}

/** A checked expression of one condition. */
export function conjunct({ build, ...parts }: ConjunctParts): Checked {
  const checked: Checked = {
    ...parts,
    conjuncts: () => [checked],
    compile: (getters) => allOf([build])(getters),
    evaluate: evaluator(parts.columns.length, build),
  }
  return checked
}

/** A checked expression of any number of conjuncts. */
export function conjunction(text: string, parts: readonly Checked[]): Checked {
  const [only, ...more] = parts
  if (only !== undefined && more.length === 0) return { ...only, text }
  const columns: ColumnReference[] = []
  const places: Span[] = []
  const index = new Map<string, number>()
  const columnsOf = parts.map((part) =>
    part.columns.map((column, i) => {
      const key = columnKey(column)
      const known = index.get(key)
      if (known !== undefined) return known
      index.set(key, columns.length)
      places.push(part.places[i] as Span)
      return columns.push(column) - 1
    }),
  )
  const build = <R>(getters: readonly Getter<R>[]): Getter<R> => {
    const own = parts.map((part, p) => part.compile((columnsOf[p] as number[]).map((at) => getters[at] as Getter<R>)))
    return allOf(own.map((condition) => () => condition as Getter<unknown>))(getters as readonly Getter<unknown>[]) as Getter<R>
  }
  return {
    text,
    source: parts[0]?.source ?? text,
    columns,
    places,
    dimensions: [...new Set(parts.flatMap((part) => part.dimensions))],
    pinned: undefined,
    conjuncts: () => parts,
    compile: (getters) => allOf([build])(getters),
    evaluate: evaluator(columns.length, build),
  }
}

/** One key a column. */
export function columnKey({ element, field }: ColumnReference): string {
  return field === null ? element : `${element}.${field}`
}

function evaluator(columns: number, build: Build): Checked['evaluate'] {
  let condition: Condition<(column: number) => Value> | undefined
  return (row) => {
    condition ??= allOf([build])(Array.from({ length: columns }, (_, i) => (given: (column: number) => Value) => given(i)))
    return condition(row)
  }
}
