/** `at: previous`: the row before, along one dimension, with the others equal. */

import { lookUp } from '../join/links.ts'
import { type Joined, projectJoined } from '../join/natural-join.ts'
import type { Rows } from '../join/rows.ts'
import type { Universe } from '../join/universe.ts'

/**
 * For rows that have `dimensions`, the preceding rows of the whole join, whatever any condition says: `of[i]` is the
 * number in `rows` of what precedes row i, -1 where it is the first.
 */
export function previousRows(
  links: Rows,
  dimensions: readonly number[],
  steps: readonly number[],
  whole: Joined,
  universe: Universe,
): { rows: Rows; of: Int32Array } {
  const rows = projectJoined(whole, dimensions)
  const before = precedingIn(rows, steps)
  const at = lookUp(rows, links, universe)
  const of = at.map((row) => (row < 0 ? -1 : (before[row] as number)))
  // Only what is really asked for: the rest would become datasets that nobody reads.
  const used = [...new Set(of)].filter((row) => row >= 0).sort((a, b) => a - b)
  const renumbered = new Map(used.map((row, i) => [row, i]))
  return {
    rows: { dimensions, columns: rows.columns.map((column) => Int32Array.from(used, (row) => column[row] as number)), count: used.length },
    of: of.map((row) => (row < 0 ? -1 : (renumbered.get(row) as number))),
  }
}

/** For each row the one before it along the stepped dimensions, within the rows that equal it in the others. */
function precedingIn(rows: Rows, steps: readonly number[]): Int32Array {
  const others = rows.columns.filter((_, k) => !steps.includes(rows.dimensions[k] as number))
  const stepped = rows.columns.filter((_, k) => steps.includes(rows.dimensions[k] as number))
  const order = Int32Array.from({ length: rows.count }, (_, i) => i).sort((a, b) => compare(others, a, b) || compare(stepped, a, b))
  const before = new Int32Array(rows.count).fill(-1)
  for (let n = 1; n < order.length; n++) {
    const [a, b] = [order[n - 1] as number, order[n] as number]
    if (compare(others, a, b) === 0) before[b] = a
  }
  return before
}

function compare(columns: readonly Int32Array[], a: number, b: number): number {
  for (const column of columns) {
    const difference = (column[a] as number) - (column[b] as number)
    if (difference !== 0) return difference
  }
  return 0
}
