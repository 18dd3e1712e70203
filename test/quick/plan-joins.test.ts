import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { type JoinTable, naturalJoin, projectJoined } from '../../src/plan/join/natural-join.ts'
import type { Rows } from '../../src/plan/join/rows.ts'

/** Sizes up to 2^20, so that some projections pass 2^53 and take the other path. */
const HUGE = 2 ** 20
const table = (sizes: readonly number[]): fc.Arbitrary<JoinTable> =>
  fc.subarray([0, 1, 2, 3], { minLength: 1 }).chain((dimensions) =>
    fc
      .array(fc.tuple(...dimensions.map((d) => fc.integer({ min: 0, max: Math.min(2, (sizes[d] as number) - 1) }))), { maxLength: 12 })
      .map((list) => {
        const distinct = [...new Map(list.map((row) => [row.join(), row])).values()]
        const rows: Rows = {
          dimensions,
          columns: dimensions.map((_, k) => Int32Array.from(distinct, (row) => row[k] as number)),
          count: distinct.length,
        }
        return { name: `table ${dimensions.join()}`, rows }
      }),
  )

/** The definition: every combination of rows that agrees everywhere, projected, without repeats, sorted. */
function naive(tables: readonly JoinTable[], wanted: readonly number[]): number[][] {
  let partial: Map<number, number>[] = [new Map()]
  for (const { rows } of tables) {
    partial = partial.flatMap((bound) =>
      Array.from({ length: rows.count }, (_, i) => i).flatMap((i) => {
        const next = new Map(bound)
        for (const [k, d] of rows.dimensions.entries()) {
          const value = rows.columns[k]?.[i] as number
          if ((next.get(d) ?? value) !== value) return []
          next.set(d, value)
        }
        return [next]
      }),
    )
  }
  const projected = partial.map((bound) => wanted.map((d) => bound.get(d) as number))
  return [...new Map(projected.map((row) => [row.join(), row])).values()].sort((a, b) => compare(a, b))
}

function compare(a: readonly number[], b: readonly number[]): number {
  const k = a.findIndex((value, i) => value !== b[i])
  return k < 0 ? 0 : (a[k] as number) - (b[k] as number)
}

describe('natural joins kept in factors', () => {
  for (const [name, sizes] of [
    ['small', [3, 3, 3, 3]],
    ['beyond 2^53', [HUGE, HUGE, HUGE, HUGE]],
  ] as const) {
    it(`equal the definition on every projection (${name})`, () => {
      fc.assert(
        fc.property(fc.array(table(sizes), { minLength: 1, maxLength: 4 }), fc.subarray([0, 1, 2, 3]), (tables, wished) => {
          const there = new Set(tables.flatMap(({ rows }) => rows.dimensions))
          const wanted = wished.filter((d) => there.has(d))
          const rows = projectJoined(
            naturalJoin(tables, [], (d) => sizes[d] as number),
            wanted,
          )
          const found = Array.from({ length: rows.count }, (_, i) => rows.columns.map((column) => column[i] as number))
          assert.deepEqual(found, naive(tables, wanted))
        }),
        { numRuns: 300 },
      )
    })
  }

  it('apply a filter that spans factors', () => {
    const one = (d: number, count: number): JoinTable => ({
      name: `d${d}`,
      rows: { dimensions: [d], columns: [Int32Array.from({ length: count }, (_, i) => i)], count },
    })
    const filter = {
      name: 'd0 = d1',
      dimensions: [0, 1],
      bind: (rows: Rows) => (i: number) => rows.columns[0]?.[i] === rows.columns[1]?.[i],
    }

    const joined = naturalJoin([one(0, 4), one(1, 3), one(2, 2)], [filter], () => 4)

    assert.equal(projectJoined(joined, [0, 1]).count, 3)
    assert.equal(projectJoined(joined, [0, 1, 2]).count, 6)
    assert.equal(joined.factors.length, 2)
  })
})
