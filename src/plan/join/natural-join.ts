/**
 * One natural join over many tables and filters, kept in factors.
 *
 * Tables that share no dimension, directly or through others or a filter, are joined apart: the whole join is the
 * cross product of its factors, and is never written out. A projection takes only the factors that it touches, which
 * is why 1,000 stations × 1,000 years with independent records cost 2,000 rows and not a million until asked for.
 */
import { filterRows, join, project, type Rows, type Sizes, UNIT } from './rows.ts'

/** A table to join. */
export interface JoinTable {
  /** For people: `dimension station`, `relation overlaps`, `existing readings`. */
  readonly name: string
  readonly rows: Rows
}

/** A condition on rows that have at least its dimensions. */
export interface JoinFilter {
  /** For people: the text of the condition. */
  readonly name: string
  readonly dimensions: readonly number[]
  /** Gives the test of row numbers for a set of rows. */
  readonly bind: (rows: Rows) => (i: number) => boolean
}

/** One step of a join, with the rows of its factor before and after: what emptied a plan shows here. */
export interface JoinStep {
  readonly what: string
  readonly before: number
  readonly after: number
}

/** A joined set of rows as the cross product of its factors. */
export interface Joined {
  readonly factors: readonly Rows[]
  readonly steps: readonly JoinStep[]
  readonly sizes: Sizes
}

/** Joins tables naturally under filters. */
export function naturalJoin(tables: readonly JoinTable[], filters: readonly JoinFilter[], sizes: Sizes): Joined {
  const steps: JoinStep[] = []
  const factors = connectedGroups(tables, filters).map((group) => joinGroup(group.tables, group.filters, sizes, steps))
  const alone = filters.filter((filter) => filter.dimensions.length === 0)
  for (const filter of alone) factors.push(apply(UNIT, filter, steps))
  return { factors, steps, sizes }
}

interface Group {
  tables: JoinTable[]
  filters: JoinFilter[]
  dimensions: Set<number>
}

function connectedGroups(tables: readonly JoinTable[], filters: readonly JoinFilter[]): Group[] {
  let groups: Group[] = []
  const add = (dimensions: readonly number[], put: (group: Group) => void): void => {
    const touched = groups.filter((group) => dimensions.some((d) => group.dimensions.has(d)))
    const merged: Group = { tables: [], filters: [], dimensions: new Set(dimensions) }
    for (const group of touched) {
      merged.tables.push(...group.tables)
      merged.filters.push(...group.filters)
      for (const d of group.dimensions) merged.dimensions.add(d)
    }
    put(merged)
    groups = [...groups.filter((group) => !touched.includes(group)), merged]
  }
  for (const table of tables) add(table.rows.dimensions, (group) => group.tables.push(table))
  for (const filter of filters) if (filter.dimensions.length > 0) add(filter.dimensions, (group) => group.filters.push(filter))
  return groups
}

function joinGroup(tables: readonly JoinTable[], filters: readonly JoinFilter[], sizes: Sizes, steps: JoinStep[]): Rows {
  const waiting = new Set(filters)
  const filtered = (rows: Rows): Rows => {
    let left = rows
    for (const filter of waiting) {
      if (!filter.dimensions.every((d) => left.dimensions.includes(d))) continue
      left = apply(left, filter, steps)
      waiting.delete(filter)
    }
    return left
  }
  const rest = [...tables].sort((a, b) => a.rows.count - b.rows.count)
  const first = rest.shift()
  if (first === undefined) return UNIT
  steps.push({ what: first.name, before: first.rows.count, after: first.rows.count })
  let rows = filtered(first.rows)
  while (rest.length > 0) {
    const next = rest.splice(bestNext(rows, rest), 1)[0] as JoinTable
    // A filter that fits the table alone makes it smaller before it is joined, and would have to run anyway.
    const before = rows.count
    rows = join(rows, next.rows, sizes)
    steps.push({ what: next.name, before, after: rows.count })
    rows = filtered(rows)
  }
  return rows
}

/** A table that only narrows comes first, then the smallest that shares a dimension, then the smallest of all. */
function bestNext(rows: Rows, rest: readonly JoinTable[]): number {
  let best = 0
  let rank = Number.POSITIVE_INFINITY
  rest.forEach((table, i) => {
    const shared = table.rows.dimensions.filter((d) => rows.dimensions.includes(d)).length
    const score = shared === table.rows.dimensions.length ? 0 : shared > 0 ? 1 : 2
    const value = score * 1e15 + table.rows.count
    if (value < rank) {
      rank = value
      best = i
    }
  })
  return best
}

function apply(rows: Rows, filter: JoinFilter, steps: JoinStep[]): Rows {
  const left = filterRows(rows, filter.bind(rows))
  steps.push({ what: `where ${filter.name}`, before: rows.count, after: left.count })
  return left
}

/** Distinct rows of a projection of the whole join, in lexicographic order. */
export function projectJoined(joined: Joined, dimensions: readonly number[]): Rows {
  if (joined.factors.some((factor) => factor.count === 0)) {
    return { dimensions, columns: dimensions.map(() => new Int32Array(0)), count: 0 }
  }
  const parts = joined.factors.flatMap((factor) => {
    const inside = dimensions.filter((d) => factor.dimensions.includes(d))
    return inside.length === 0 ? [] : [project(factor, inside, joined.sizes)]
  })
  const [first, ...others] = parts
  if (first === undefined) return project(UNIT, dimensions, joined.sizes)
  if (others.length === 0) return first
  const crossed = others.reduce((rows, part) => join(rows, part, joined.sizes), first)
  return project(crossed, dimensions, joined.sizes)
}
