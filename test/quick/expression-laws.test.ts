/** Laws that hold for every expression: of three-valued logic, printing, ranges, arithmetic and patterns. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import type { Value } from '../../src/model/value.ts'
import { normalInteger } from '../../src/model/value.ts'
import { checkExpression } from '../../src/plan/expression/check.ts'
import type { Checked } from '../../src/plan/expression/checked.ts'
import { columnKey } from '../../src/plan/expression/checked.ts'
import { parseExpression } from '../../src/plan/expression/parse.ts'
import { printExpression } from '../../src/plan/expression/print.ts'
import type { Scope } from '../../src/plan/expression/scope.ts'
import type { ItemNode, Node } from '../../src/plan/expression/syntax.ts'

const SCOPE: Scope = {
  relations: [],
  dimensions: [
    { name: 'a', type: 'int' },
    { name: 'b', type: 'int' },
    { name: 's', type: 'string' },
    { name: 'flag', type: 'bool' },
    { name: 'span', type: 'timespan' },
  ],
}
type Row = Readonly<Record<string, Value>>

function check(text: string): Checked {
  return checkExpression(parseExpression(text), SCOPE)
}
function truth(checked: Checked, row: Row): boolean | null {
  return checked.evaluate((i) => row[columnKey(checked.columns[i] as Checked['columns'][number])] ?? null)
}

const int = fc.integer({ min: -6, max: 6 })
const spanEnd = fc.option(fc.bigInt({ min: -3n, max: 3n }))
const row: fc.Arbitrary<Row> = fc.record({
  a: fc.option(int),
  b: fc.option(int),
  s: fc.option(fc.constantFrom('', 'x', 'xy', 'yx')),
  flag: fc.option(fc.boolean()),
  span: fc.option(fc.record({ begin: spanEnd, end: spanEnd })),
})
const simple = fc.oneof(
  fc.tuple(fc.constantFrom('=', '!=', '<', '<=', '>', '>='), int).map(([operator, n]) => `a ${operator} ${n}`),
  fc.tuple(int, int).map(([m, n]) => `a + ${m} < b * ${n}`),
  fc.tuple(int, int).map(([m, n]) => `b IN (${m}..${n}, a)`),
  fc.constantFrom(
    'flag',
    'a = b',
    "GLOB(s, '*x')",
    "s IN ('x', NULL)",
    's = NULL',
    's != NULL',
    "s > 'x'",
    'a / b = 1',
    'a % b = 0',
    "span OVERLAPS (T'unix_tai/-1.0', NULL)",
  ),
)
const { condition } = fc.letrec<{ condition: string }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'condition' },
    simple,
    tie('condition').map((p) => `NOT (${p})`),
    fc.tuple(tie('condition'), tie('condition')).map(([p, q]) => `(${p}) AND (${q})`),
    fc.tuple(tie('condition'), tie('condition')).map(([p, q]) => `(${p}) OR (${q})`),
  ),
}))

function equivalent(name: string, law: (p: string, q: string, r: string) => readonly [string, string]): void {
  test(name, () => {
    fc.assert(
      fc.property(condition, condition, condition, fc.array(row, { minLength: 1, maxLength: 8 }), (p, q, r, rows) => {
        const [left, right] = law(`(${p})`, `(${q})`, `(${r})`).map(check) as [Checked, Checked]
        for (const given of rows) assert.equal(truth(left, given), truth(right, given))
      }),
    )
  })
}

describe('three-valued logic', () => {
  equivalent('NOT of AND is OR of NOT', (p, q) => [`NOT (${p} AND ${q})`, `NOT ${p} OR NOT ${q}`])
  equivalent('NOT of OR is AND of NOT', (p, q) => [`NOT (${p} OR ${q})`, `NOT ${p} AND NOT ${q}`])
  equivalent('NOT twice changes nothing', (p) => [`NOT NOT ${p}`, p])
  equivalent('AND does not mind the order', (p, q) => [`${p} AND ${q}`, `${q} AND ${p}`])
  equivalent('AND distributes over OR', (p, q, r) => [`${p} AND (${q} OR ${r})`, `${p} AND ${q} OR ${p} AND ${r}`])
  equivalent('OR distributes over AND', (p, q, r) => [`${p} OR ${q} AND ${r}`, `(${p} OR ${q}) AND (${p} OR ${r})`])
  equivalent('p OR (p AND q) is p', (p, q) => [`${p} OR (${p} AND ${q})`, p])
  equivalent('NOT IN is NOT of IN', (p) => [`a NOT IN (1, b) AND ${p}`, `NOT a IN (1, b) AND ${p}`])
  equivalent('a list is the OR of its equalities', (p) => [`a IN (1, b, 3) OR ${p}`, `(a = 1 OR a = b OR a = 3) OR ${p}`])

  test('p OR NOT p is never false, and p AND NOT p never true', () => {
    fc.assert(
      fc.property(condition, row, (p, given) => {
        assert.notEqual(truth(check(`(${p}) OR NOT (${p})`), given), false)
        assert.notEqual(truth(check(`(${p}) AND NOT (${p})`), given), true)
      }),
    )
  })

  test('an expression is what its conjuncts are together', () => {
    fc.assert(
      fc.property(fc.array(condition, { maxLength: 4 }), row, (parts, given) => {
        const whole = check(parts.map((part) => `(${part})`).join(' AND '))
        const values = whole.conjuncts().map((part) => truth(part, given))
        const expected = values.includes(false) ? false : values.includes(null) ? null : true
        assert.equal(truth(whole, given), expected)
      }),
    )
  })
})

const SPAN = { start: 0, end: 0 }
const named = fc
  .constantFrom('a', 'visit', 'visit.id', 'visit.timespan.begin', 'NULL')
  .map((name): Node => ({ kind: 'name', name, ...SPAN }))
const bareName = fc.constantFrom('a', '_b1').map((name): ItemNode => ({ kind: 'name', name, ...SPAN }))
const bind = fc.constantFrom('v', 'In').map((name): ItemNode => ({ kind: 'bind', name, ...SPAN }))
const integer = (min: bigint) =>
  fc.bigInt({ min, max: 2n ** 70n }).map((value): ItemNode => ({ kind: 'number', type: 'int', value: normalInteger(value), ...SPAN }))
const float = fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }).filter((n) => !Object.is(n, -0))
const floatNode = float.map((value): ItemNode => ({ kind: 'number', type: 'float', value, ...SPAN }))
const text = fc
  .string({ unit: 'grapheme' })
  .filter((s) => !/['\n]/.test(s))
  .map((value) => ({ kind: 'string', value, ...SPAN }) as const)
const time = fc.constant<ItemNode>({ kind: 'time', text: 'mjd/40587.0', value: 0n, ...SPAN })
const range = fc
  .tuple(fc.bigInt(-(2n ** 60n), 2n ** 60n), fc.bigInt(-9n, 9n), fc.bigInt(1n, 9n))
  .map(([first, last, stride]): ItemNode => ({ kind: 'range', first, last, stride, ...SPAN }))
const item = fc.oneof(bareName, bind, integer(-(2n ** 70n)), floatNode, text, time, range)

const { node } = fc.letrec<{ node: Node; value: Node; logic: Node }>((tie) => {
  const arithmetic = fc
    .tuple(fc.constantFrom('+', '-', '*', '/', '%'), tie('value'), tie('value'))
    .map(([operator, left, right]): Node => ({ kind: 'arithmetic', operator: operator as '+', left, right, ...SPAN }))
  const sign = fc
    .tuple(fc.constantFrom('+', '-'), tie('value'))
    .map(([operator, operand]): Node => ({ kind: 'sign', operator: operator as '+', operand, ...SPAN }))
  const tuple = fc.tuple(tie('node'), tie('node')).map(([first, second]): Node => ({ kind: 'tuple', first, second, ...SPAN }))
  const glob = fc.tuple(named, text).map(([column, pattern]): Node => ({ kind: 'glob', column, pattern, ...SPAN }) as Node)
  const call = fc
    .array(tie('node'), { maxLength: 2 })
    .map((values): Node => ({ kind: 'call', name: 'POINT', written: 'Point', arguments: values, ...SPAN }))
  const compare = fc
    .tuple(fc.constantFrom('=', '!=', '<', '<=', '>', '>=', 'OVERLAPS'), tie('node'), tie('node'))
    .map(([operator, left, right]): Node => ({ kind: 'compare', operator: operator as '=', left, right, ...SPAN }))
  const within = fc
    .tuple(tie('node'), fc.boolean(), fc.array(item, { minLength: 1, maxLength: 3 }))
    .map(([left, negated, items]): Node => ({ kind: 'in', negated, left, items, ...SPAN }))
  const chain = fc
    .tuple(fc.constantFrom('and', 'or'), fc.array(tie('node'), { minLength: 2, maxLength: 3 }))
    .map(([kind, operands]): Node => ({ kind: kind as 'and', operands, ...SPAN }))
  const not = tie('node').map((operand): Node => ({ kind: 'not', operand, ...SPAN }))
  const leaf: fc.Arbitrary<Node> = fc.oneof(named, bind, integer(0n), floatNode, text, time)
  return {
    value: fc.oneof({ maxDepth: 4, depthIdentifier: 'node' }, leaf, arithmetic, sign, tuple, call, tie('logic')),
    logic: fc.oneof({ maxDepth: 4, depthIdentifier: 'node' }, leaf, compare, within, chain, not, glob),
    node: fc.oneof({ maxDepth: 4, depthIdentifier: 'node' }, leaf, tie('value'), tie('logic')),
  }
})

/** A tree without its places. */
function withoutPlaces(tree: Node | undefined): unknown {
  return JSON.parse(
    JSON.stringify(tree, (key, value: unknown) =>
      key === 'start' || key === 'end' ? undefined : typeof value === 'bigint' ? `${value}n` : value,
    ),
  )
}

describe('printing', () => {
  test('parsing what was printed gives the same tree', () => {
    fc.assert(
      fc.property(node, (tree) => {
        assert.deepEqual(withoutPlaces(parseExpression(printExpression(tree)).root), withoutPlaces(tree))
      }),
      { numRuns: 300 },
    )
  })

  test('every node knows the text that it came from', () => {
    fc.assert(
      fc.property(node, (tree) => {
        const printed = printExpression(tree)
        const parsed = parseExpression(` \n${printed} `).root
        assert.ok(parsed)
        if (!printed.startsWith('(')) assert.equal(parsed.start, 2)
        assert.ok(parsed.end <= printed.length + 2)
      }),
    )
  })
})

describe('whole numbers', () => {
  const big = fc.oneof(fc.bigInt(-20n, 20n), fc.bigInt(-(2n ** 55n), 2n ** 55n), fc.bigInt(-(2n ** 80n), 2n ** 80n))

  test('a range with a stride holds what counting from its start reaches', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -40, max: 40 }),
        fc.integer({ min: -40, max: 40 }),
        fc.integer({ min: 1, max: 9 }),
        (first, last, stride) => {
          const reached = new Set<number>()
          for (let n = first; n <= last; n += stride) reached.add(n)
          const within = check(`a IN (${first}..${last}:${stride})`)
          for (let a = -45; a <= 45; a++) assert.equal(truth(within, { a }), reached.has(a), `${a} in ${first}..${last}:${stride}`)
        },
      ),
    )
  })

  test('a range beyond 2^53 is exact', () => {
    fc.assert(
      fc.property(big, fc.bigInt(0n, 50n), fc.bigInt(1n, 7n), fc.bigInt(-3n, 60n), (first, length, stride, offset) => {
        const within = check(`a IN (${first}..${first + length}:${stride})`)
        const expected = offset >= 0n && offset <= length && offset % stride === 0n
        assert.equal(truth(within, { a: normalInteger(first + offset) }), expected)
      }),
    )
  })

  test('arithmetic is exact, and division truncates toward zero', () => {
    fc.assert(
      fc.property(big, big, (x, y) => {
        const given = { a: normalInteger(x), b: normalInteger(y) }
        const equals = (term: string, value: bigint) => truth(check(`${term} = ${value}`), given)
        assert.equal(equals('a + b', x + y), true)
        assert.equal(equals('a - b', x - y), true)
        assert.equal(equals('a * b', x * y), true)
        assert.equal(equals('-a', -x), true)
        assert.equal(equals('a / b', y === 0n ? 0n : x / y), y === 0n ? null : true)
        assert.equal(equals('a % b', y === 0n ? 0n : x % y), y === 0n ? null : true)
      }),
    )
  })
})

describe('patterns', () => {
  test('GLOB agrees with a regular expression of the same meaning', () => {
    const piece = fc.constantFrom('a', 'b', '*', '?', '.', '[', '🜁', '\\')
    const letters = fc.array(fc.constantFrom('a', 'b', '.', '[', '🜁', '\\'), { maxLength: 8 }).map((parts) => parts.join(''))
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), letters, (pieces, s) => {
        const source = pieces.map((c) => (c === '*' ? '.*' : c === '?' ? '.' : RegExp.escape(c))).join('')
        assert.equal(truth(check(`GLOB(s, '${pieces.join('')}')`), { s }), new RegExp(`^${source}$`, 'su').test(s))
      }),
      { numRuns: 500 },
    )
  })

  test('a pattern of many stars is quick on a long text that almost matches', () => {
    assert.equal(truth(check(`GLOB(s, '${'*a'.repeat(40)}b')`), { s: 'a'.repeat(4000) }), false)
  })
})

describe('time spans', () => {
  test('two spans overlap where some instant lies in both', () => {
    fc.assert(
      fc.property(fc.tuple(spanEnd, spanEnd), fc.tuple(spanEnd, spanEnd), ([begin, end], [from, to]) => {
        const shown = (n: bigint | null) => (n === null ? 'NULL' : `T'unix_tai/${n}.0'`)
        const second = 1_000_000_000n
        const given = { span: { begin: begin === null ? null : begin * second, end: end === null ? null : end * second } }
        const holds = (n: bigint) =>
          truth(check(`span OVERLAPS T'unix_tai/${n}.0'`), given) === true && (from === null || from <= n) && (to === null || n < to)
        const instants = Array.from({ length: 11 }, (_, i) => BigInt(i - 5))
        assert.equal(truth(check(`span OVERLAPS (${shown(from)}, ${shown(to)})`), given), instants.some(holds))
      }),
    )
  })
})
