/** What expressions say when something does not fit, and what callers may ask of a checked one. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { HeddleError } from '../../src/model/errors.ts'
import type { Binds } from '../../src/plan/expression/binds.ts'
import { checkExpression } from '../../src/plan/expression/check.ts'
import type { Checked } from '../../src/plan/expression/checked.ts'
import { applyGovernorRule } from '../../src/plan/expression/governor.ts'
import { parseExpression } from '../../src/plan/expression/parse.ts'
import type { Scope } from '../../src/plan/expression/scope.ts'

const SCOPE: Scope = {
  dimensions: [
    { name: 'instrument', type: 'string', governor: true, default: "Cam'A" },
    { name: 'band', type: 'string' },
    {
      name: 'visit',
      type: 'int',
      requires: ['instrument'],
      implies: ['band'],
      metadata: { exposure_time: 'float', timespan: 'timespan', sky: 'bool', begin_dome: 'string' },
    },
    { name: 'exposure', type: 'int', requires: ['instrument'], metadata: { exposure_time: 'float' } },
  ],
  relations: [{ name: 'overlap', dimensions: ['visit'], metadata: { area: 'float' } }],
}

function check(text: string, binds: Binds = {}): Checked {
  return checkExpression(parseExpression(text), SCOPE, binds)
}

function failure(text: string, binds: Binds = {}): HeddleError {
  try {
    check(text, binds)
  } catch (error) {
    if (error instanceof HeddleError) return error
    throw error
  }
  throw new assert.AssertionError({ message: `${text} was accepted` })
}

const MESSAGES: readonly (readonly [expression: string, marked: string, message: RegExp])[] = [
  ['visit == 1', '=', /column 8: .*equality is a single =/],
  ['visit <> 1', '>', /not equal is !=/],
  ['visit BETWEEN 1 AND 2', 'BETWEEN', /IN \(first\.\.last\)/],
  ['band = "r"', '"', /single quotes/],
  ["band = 'r", "'", /no closing quote/],
  ["band = 'O''B'", "'B'", /bind :name/],
  ['visit IN (1..9:-2)', ':', /stride is a positive whole number/],
  ['visit IN (visit.id)', 'visit.id', /a name without dots/],
  ['(visit = 1', '(', /never closed/],
  ['visit = 1 AND', '', /ends too early; expected a name/],
  ["visit = T'2021-02-30'", "T'2021-02-30'", /day 30 is not within 1 and 28/],
  ['vist = 1', 'vist', /did you mean "visit"/],
  ['band = red', 'red', /a text stands in single quotes: 'red'/],
  ['band = r', 'r', /a text stands in single quotes: 'r'/],
  ['visit.exposuretime = 1.0', 'visit.exposuretime', /did you mean "exposure_time"/],
  ['visit.begin = 1', 'visit.begin', /did you mean "timespan\.begin"/],
  ['exposure_time = 1.0', 'exposure_time', /visit\.exposure_time, exposure\.exposure_time/],
  ["visit = '100'", "visit = '100'", /without quotes/],
  ["visit.timespan IN (T'2021-09-09')", "T'2021-09-09'", /OVERLAPS/],
  ["visit.timespan OVERLAPS ('2021-09-09', NULL)", "'2021-09-09'", /write T'2021-09-09'/],
  ['visit.sky = 1', 'visit.sky = 1', /stands alone/],
  ['CIRCLE(1.0, 2.0, 3.0) OVERLAPS visit.timespan', 'CIRCLE(1.0, 2.0, 3.0)', /LSST's language/],
  ["visit IN (UUID('x'))", "UUID('x')", /LSST's language/],
  ['REGEXP(band)', 'REGEXP(band)', /no function REGEXP/],
  ['visit + 1', 'visit + 1', /expected a condition/],
  ['visit = :v', ':v', /no binds were given/],
]

describe('errors of expressions', () => {
  for (const [expression, marked, message] of MESSAGES) {
    test(`${expression} shows ${JSON.stringify(marked)} and says what would fit`, () => {
      const { message: said, lines } = failure(expression)
      assert.match(said, message)
      const [line = '', caret = ''] = lines
      const from = caret.indexOf('^')
      assert.equal(line, expression)
      assert.equal(line.slice(from, from + caret.trim().length), marked)
    })
  }

  test('an error in a text of several lines shows the right one', () => {
    const { message, lines } = failure("band = 'r' AND\n\tvist = 1\n AND visit = 2")
    assert.match(message, /^line 2, column 2: /)
    assert.deepEqual(lines, ['\tvist = 1', '\t^^^^'])
  })

  test('a bare name that only a parameter has is told how the parameter is written', () => {
    const expression = parseExpression('visit < most')
    assert.throws(() => checkExpression(expression, SCOPE, { most: 5 }, () => false), /the parameter is written :most/)
  })

  test('a very long line is cut around the place', () => {
    const { lines } = failure(`${'visit = 1 OR '.repeat(5000)}vist = 1`)
    assert.ok((lines[0] ?? '').length < 200)
    assert.equal(lines[0]?.slice(lines[1]?.indexOf('^')), 'vist = 1')
  })

  test('what is nested too deeply is an error of the expression, not of Heddle', () => {
    for (const deep of [
      '('.repeat(50_000),
      'NOT '.repeat(50_000),
      '-'.repeat(50_000),
      `${'1+'.repeat(50_000)}1 = 1`,
      'f('.repeat(50_000),
    ]) {
      assert.match(failure(deep).message, /nested too deeply/)
    }
  })

  test('long chains and lists are not nested', () => {
    const long = `${'visit = 1 OR '.repeat(20_000)}visit IN (${Array.from({ length: 20_000 }, (_, i) => i).join(', ')})`
    assert.equal(
      check(`${'visit > 0 AND '.repeat(5_000)}(${long})`).evaluate(() => 19_999),
      true,
    )
  })
})

describe('a checked expression', () => {
  test('tells its columns, its dimensions and its conjuncts', () => {
    const checked = check("visit IN (1, 2) AND (overlap.area > 0.5 AND (band = 'r' OR visit = 3))")
    assert.deepEqual(
      checked.columns.map(({ element, field, dimensions }) => ({ element, field, dimensions })),
      [
        { element: 'visit', field: null, dimensions: ['visit', 'instrument'] },
        { element: 'overlap', field: 'area', dimensions: ['visit', 'instrument'] },
        { element: 'band', field: null, dimensions: ['band'] },
      ],
    )
    assert.deepEqual([...checked.dimensions].sort(), ['band', 'instrument', 'visit'])
    assert.deepEqual(
      checked.conjuncts().map(({ text, pinned }) => [text, pinned]),
      [
        ['visit IN (1, 2)', { column: 0, values: [1, 2] }],
        ['overlap.area > 0.5', undefined],
        ["band = 'r' OR visit = 3", undefined],
      ],
    )
  })

  test('a default of a governor may hold a quote', () => {
    const governed = applyGovernorRule(check('visit = 1'), SCOPE)
    const row: Readonly<Record<string, string | number>> = { visit: 1, instrument: "Cam'A" }
    assert.equal(
      governed.evaluate((i) => row[governed.columns[i]?.element ?? ''] ?? null),
      true,
    )
    assert.equal(governed.conjuncts().length, 2)
  })

  test('a bound whole number serves as int and as float', () => {
    assert.equal(
      check('visit.exposure_time + :n > 20.0', { n: 15 }).evaluate(() => 6),
      true,
    )
    assert.equal(
      check('visit % :n = 1', { n: 5 }).evaluate(() => 6),
      true,
    )
  })

  test('times, timespans and NULL can be bound', () => {
    const binds = { at: { time: '2021-09-09T03:00:00Z' }, night: { timespan: ['2021-09-09', null] }, none: null }
    assert.equal(
      check(":at = T'2021-09-09T03:00:00'", binds).evaluate(() => null),
      true,
    )
    assert.equal(
      check(':night OVERLAPS :at', binds).evaluate(() => null),
      true,
    )
    assert.equal(
      check('band = :none', binds).evaluate(() => null),
      true,
    )
    assert.match(failure('band = :at', { at: { time: 'soon' } }).message, /cannot read "soon"/)
    assert.match(failure('visit IN (:list)', { list: [1, 'a'] }).message, /one type/)
  })

  test('binds hide no column where only :name may mean them', () => {
    const columns = checkExpression(parseExpression('visit = :visit'), SCOPE, { visit: 7 }, () => false)
    assert.equal(
      columns.evaluate(() => 7),
      true,
    )
    assert.equal(
      columns.evaluate(() => 8),
      false,
    )
  })
})
