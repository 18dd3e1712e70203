/**
 * Sets of rows over dimensions as integer columns: keys, distinct projections, look-up by key, natural join.
 *
 * A row's key is its mixed-radix number over the sizes of its dimensions, so that comparing keys compares rows
 * lexicographically and a key can be taken apart again. Sizes whose product passes 2^53 fall back to ranks.
 */

/** Rows over dimensions; columns are parallel to `dimensions`, whose numbers ascend. */
export interface Rows {
  readonly dimensions: readonly number[]
  readonly columns: readonly Int32Array[]
  readonly count: number
}

/** How many values each dimension has, by its number. */
export type Sizes = (dimension: number) => number

const LIMIT = Number.MAX_SAFE_INTEGER
/** Tables indexed directly by key may be this many times larger than their rows. */
const DIRECT_FACTOR = 16
const DIRECT_LEAST = 1 << 16

/** One row without dimensions: the neutral element of joins. */
export const UNIT: Rows = { dimensions: [], columns: [], count: 1 }

/** The columns of some of a row set's dimensions. */
export function columnsOf(rows: Rows, dimensions: readonly number[]): Int32Array[] {
  return dimensions.map((d) => {
    const at = rows.dimensions.indexOf(d)
    if (at < 0) throw new Error(`rows have no dimension ${d}`)
    return rows.columns[at] as Int32Array
  })
}

/** Product of sizes, or undefined beyond 2^53. */
function spaceOf(dimensions: readonly number[], sizes: Sizes): number | undefined {
  let space = 1
  for (const d of dimensions) {
    space *= Math.max(1, sizes(d))
    if (space > LIMIT) return undefined
  }
  return space
}

function keysOf(columns: readonly Int32Array[], dimensions: readonly number[], sizes: Sizes, count: number): Float64Array {
  const keys = new Float64Array(count)
  columns.forEach((column, k) => {
    const size = Math.max(1, sizes(dimensions[k] as number))
    for (let i = 0; i < count; i++) keys[i] = (keys[i] as number) * size + (column[i] as number)
  })
  return keys
}

/** Finds rows by the values of their dimensions. */
export interface RowIndex {
  /** For each row given by parallel columns, the number of the equal row here, or -1. */
  findAll(columns: readonly Int32Array[], count: number): Int32Array
}

/** An index over distinct rows. */
export function indexRows(rows: Rows, sizes: Sizes): RowIndex {
  const { dimensions, count } = rows
  const space = spaceOf(dimensions, sizes)
  if (space === undefined) return textIndex(rows)
  const keys = keysOf(rows.columns, dimensions, sizes, count)
  if (space <= Math.max(DIRECT_LEAST, count * DIRECT_FACTOR)) {
    const direct = new Int32Array(space).fill(-1)
    for (let i = 0; i < count; i++) direct[keys[i] as number] = i
    return {
      findAll(columns, length) {
        const found = new Int32Array(length)
        const wanted = keysOf(columns, dimensions, sizes, length)
        for (let i = 0; i < length; i++) found[i] = hasNull(columns, i) ? -1 : (direct[wanted[i] as number] ?? -1)
        return found
      },
    }
  }
  const table = new KeyTable(keys)
  return {
    findAll(columns, length) {
      const found = new Int32Array(length)
      const wanted = keysOf(columns, dimensions, sizes, length)
      for (let i = 0; i < length; i++) found[i] = hasNull(columns, i) ? -1 : table.first(wanted[i] as number)
      return found
    },
  }
}

function hasNull(columns: readonly Int32Array[], i: number): boolean {
  for (const column of columns) if ((column[i] as number) < 0) return true
  return false
}

function textIndex(rows: Rows): RowIndex {
  const map = new Map<string, number>()
  for (let i = 0; i < rows.count; i++) map.set(rows.columns.map((column) => column[i]).join(), i)
  return {
    findAll: (columns, length) => Int32Array.from({ length }, (_, i) => map.get(columns.map((column) => column[i]).join()) ?? -1),
  }
}

/** Open-addressing table from keys to the chain of rows that have them. */
class KeyTable {
  readonly #mask: number
  readonly #slots: Int32Array
  readonly #keys: Float64Array
  readonly next: Int32Array

  constructor(keys: Float64Array) {
    let size = 16
    while (size < keys.length * 2) size *= 2
    this.#mask = size - 1
    this.#slots = new Int32Array(size).fill(-1)
    this.#keys = keys
    this.next = new Int32Array(keys.length).fill(-1)
    // Backwards, so that chains run forwards.
    for (let i = keys.length - 1; i >= 0; i--) {
      const at = this.#slot(keys[i] as number)
      this.next[i] = this.#slots[at] as number
      this.#slots[at] = i
    }
  }

  #slot(key: number): number {
    let at = (Math.imul(key % 0x7fffffff, 0x9e3779b1) ^ Math.imul(Math.floor(key / 0x7fffffff), 0x85ebca6b)) >>> 0
    at = (at ^ (at >>> 15)) & this.#mask
    for (;;) {
      const row = this.#slots[at] as number
      if (row < 0 || this.#keys[row] === key) return at
      at = (at + 1) & this.#mask
    }
  }

  first(key: number): number {
    return this.#slots[this.#slot(key)] as number
  }
}

/** The distinct rows of a projection, in lexicographic order. Rows with a NULL (-1) in these dimensions are left out. */
export function project(rows: Rows, dimensions: readonly number[], sizes: Sizes): Rows {
  if (dimensions.length === 0) return { dimensions: [], columns: [], count: Math.min(1, rows.count) }
  let columns = columnsOf(rows, dimensions)
  let count = rows.count
  if (columns.some((column) => column.includes(-1))) {
    const kept = Int32Array.from({ length: count }, (_, i) => i).filter((i) => !hasNull(columns, i))
    columns = columns.map((column) => kept.map((i) => column[i] as number))
    count = kept.length
  }
  const space = spaceOf(dimensions, sizes)
  if (space === undefined) return projectByRank(columns, dimensions, count)
  const keys = distinctSorted(keysOf(columns, dimensions, sizes, count), space)
  return { dimensions, columns: takeApart(keys, dimensions, sizes), count: keys.length }
}

function distinctSorted(keys: Float64Array, space: number): Float64Array {
  if (space <= Math.max(DIRECT_LEAST, keys.length * DIRECT_FACTOR)) {
    const present = new Uint8Array(space)
    let count = 0
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i] as number
      if (present[key] === 0) {
        present[key] = 1
        count++
      }
    }
    const distinct = new Float64Array(count)
    for (let key = 0, n = 0; n < count; key++) if (present[key] === 1) distinct[n++] = key
    return distinct
  }
  keys.sort()
  let count = 0
  for (let i = 0; i < keys.length; i++) {
    if (i === 0 || keys[i] !== keys[i - 1]) keys[count++] = keys[i] as number
  }
  return keys.slice(0, count)
}

function takeApart(keys: Float64Array, dimensions: readonly number[], sizes: Sizes): Int32Array[] {
  const columns = dimensions.map(() => new Int32Array(keys.length))
  for (let i = 0; i < keys.length; i++) {
    let rest = keys[i] as number
    for (let k = dimensions.length - 1; k >= 0; k--) {
      const size = Math.max(1, sizes(dimensions[k] as number))
      const above = Math.floor(rest / size)
      ;(columns[k] as Int32Array)[i] = rest - above * size
      rest = above
    }
  }
  return columns
}

function projectByRank(columns: readonly Int32Array[], dimensions: readonly number[], count: number): Rows {
  const order = Int32Array.from({ length: count }, (_, i) => i).sort((a, b) => compareRows(columns, a, b))
  const kept = order.filter((row, i) => i === 0 || compareRows(columns, order[i - 1] as number, row) !== 0)
  return { dimensions, columns: columns.map((column) => kept.map((i) => column[i] as number)), count: kept.length }
}

function compareRows(columns: readonly Int32Array[], a: number, b: number): number {
  for (const column of columns) {
    const difference = (column[a] as number) - (column[b] as number)
    if (difference !== 0) return difference
  }
  return 0
}

/** The rows for which `keep` is true. */
export function filterRows(rows: Rows, keep: (i: number) => boolean): Rows {
  const kept = new Int32Array(rows.count)
  let count = 0
  for (let i = 0; i < rows.count; i++) if (keep(i)) kept[count++] = i
  return count === rows.count ? rows : takeRows(rows, kept.subarray(0, count))
}

function takeRows(rows: Rows, which: Int32Array): Rows {
  const columns = rows.columns.map((column) => {
    const taken = new Int32Array(which.length)
    for (let i = 0; i < taken.length; i++) taken[i] = column[which[i] as number] as number
    return taken
  })
  return { dimensions: rows.dimensions, columns, count: which.length }
}

/** Natural join on the shared dimensions; the cross product when there are none. */
export function join(left: Rows, right: Rows, sizes: Sizes): Rows {
  const shared = left.dimensions.filter((d) => right.dimensions.includes(d))
  const added = right.dimensions.filter((d) => !shared.includes(d))
  const [fromLeft, fromRight] = matches(left, right, shared, sizes)
  const all = [...left.dimensions, ...added]
  const columns = [
    ...takeRows({ dimensions: left.dimensions, columns: left.columns, count: left.count }, fromLeft).columns,
    ...takeRows({ dimensions: added, columns: columnsOf(right, added), count: right.count }, fromRight).columns,
  ]
  return ascending({ dimensions: all, columns, count: fromLeft.length })
}

function ascending(rows: Rows): Rows {
  const order = rows.dimensions.map((_, k) => k).sort((a, b) => (rows.dimensions[a] as number) - (rows.dimensions[b] as number))
  return {
    dimensions: order.map((k) => rows.dimensions[k] as number),
    columns: order.map((k) => rows.columns[k] as Int32Array),
    count: rows.count,
  }
}

function matches(left: Rows, right: Rows, shared: readonly number[], sizes: Sizes): [Int32Array, Int32Array] {
  const space = spaceOf(shared, sizes)
  const leftColumns = columnsOf(left, shared)
  const rightColumns = columnsOf(right, shared)
  const table = space === undefined ? textChains(rightColumns, right.count) : keyChains(rightColumns, shared, sizes, right.count)
  const leftKeys = space === undefined ? undefined : keysOf(leftColumns, shared, sizes, left.count)
  const first = (i: number): number => {
    if (hasNull(leftColumns, i)) return -1
    return leftKeys === undefined ? table.firstText(leftColumns, i) : table.firstKey(leftKeys[i] as number)
  }
  let total = 0
  for (let i = 0; i < left.count; i++) for (let row = first(i); row >= 0; row = table.next[row] as number) total++
  const fromLeft = new Int32Array(total)
  const fromRight = new Int32Array(total)
  let n = 0
  for (let i = 0; i < left.count; i++) {
    for (let row = first(i); row >= 0; row = table.next[row] as number) {
      fromLeft[n] = i
      fromRight[n++] = row
    }
  }
  return [fromLeft, fromRight]
}

interface Chains {
  readonly next: Int32Array
  firstKey(key: number): number
  firstText(columns: readonly Int32Array[], i: number): number
}

function keyChains(columns: readonly Int32Array[], shared: readonly number[], sizes: Sizes, count: number): Chains {
  const table = new KeyTable(keysOf(columns, shared, sizes, count))
  return { next: table.next, firstKey: (key) => table.first(key), firstText: () => -1 }
}

function textChains(columns: readonly Int32Array[], count: number): Chains {
  const first = new Map<string, number>()
  const next = new Int32Array(count).fill(-1)
  const text = (of: readonly Int32Array[], i: number): string => of.map((column) => column[i]).join()
  for (let i = count - 1; i >= 0; i--) {
    next[i] = first.get(text(columns, i)) ?? -1
    first.set(text(columns, i), i)
  }
  return { next, firstKey: () => -1, firstText: (of, i) => first.get(text(of, i)) ?? -1 }
}
