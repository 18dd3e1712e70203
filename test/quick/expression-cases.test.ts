/** Runs every case of `test/data/expression-cases.json` through parser, checker and evaluator. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { HeddleError } from '../../src/model/errors.ts'
import { parseTime } from '../../src/model/time.ts'
import type { Json, Value, ValueType } from '../../src/model/value.ts'
import { checkExpression } from '../../src/plan/expression/check.ts'
import type { Checked } from '../../src/plan/expression/checked.ts'
import { columnKey } from '../../src/plan/expression/checked.ts'
import { applyGovernorRule } from '../../src/plan/expression/governor.ts'
import { parseExpression } from '../../src/plan/expression/parse.ts'
import type { Scope } from '../../src/plan/expression/scope.ts'

type Row = Readonly<Record<string, Json>>
interface Suite {
  readonly universe: {
    readonly types: Readonly<Record<string, ValueType>>
    readonly dimensions: readonly string[]
    readonly rows: readonly Row[]
  }
  readonly cases: readonly {
    readonly id: string
    readonly expr: string
    readonly bindings?: Readonly<Record<string, Json>>
    readonly valid: boolean
    readonly matches: readonly string[]
    readonly error?: string
  }[]
  readonly governorCases: readonly {
    readonly expr: string
    readonly default: Readonly<Record<string, string>> | null
    readonly valid: boolean
    readonly equivalent?: string
  }[]
}

const suite = JSON.parse(readFileSync(new URL('../data/expression-cases.json', import.meta.url), 'utf8')) as Suite

const REQUIRES: Readonly<Record<string, readonly string[]>> = {
  detector: ['instrument'],
  visit: ['instrument'],
  exposure: ['instrument'],
  physical_filter: ['instrument'],
  day_obs: ['instrument'],
}
const IMPLIES: Readonly<Record<string, readonly string[]>> = {
  visit: ['physical_filter', 'day_obs'],
  exposure: ['physical_filter', 'day_obs'],
  physical_filter: ['band'],
}

function scopeWith(defaults: Readonly<Record<string, string>> | null): Scope {
  const { types, dimensions } = suite.universe
  return {
    relations: [],
    dimensions: dimensions.map((name) => ({
      name,
      type: types[name] as ValueType,
      requires: REQUIRES[name] ?? [],
      implies: IMPLIES[name] ?? [],
      governor: name === 'instrument',
      default: name === 'instrument' ? (defaults?.['instrument'] ?? null) : null,
      metadata: Object.fromEntries(
        Object.entries(types).flatMap(([key, type]) => (key.startsWith(`${name}.`) ? [[key.slice(name.length + 1), type]] : [])),
      ),
    })),
  }
}

function valueOf(json: Json, type: ValueType): Value {
  if (type === 'timespan' && Array.isArray(json)) return { begin: parseTime(String(json[0])), end: parseTime(String(json[1])) }
  return json as Value
}

function matching(checked: Checked): string[] {
  const matches = checked.compile(checked.columns.map((column) => (row: Row) => valueOf(row[columnKey(column)] ?? null, column.type)))
  return suite.universe.rows.filter((row) => matches(row) === true).map((row) => String(row['id']))
}

for (const { id, expr, bindings, valid, matches, error } of suite.cases) {
  const verdict = valid ? `matches ${matches.length} rows` : `is a ${error} error`
  test(`case ${id}: ${JSON.stringify(expr)} ${verdict}`, () => {
    const check = () => checkExpression(parseExpression(expr), scopeWith(null), bindings)
    if (valid) assert.deepEqual(matching(check()), matches)
    else
      assert.throws(check, (thrown) => thrown instanceof HeddleError && thrown.code === `expression-${error}` && thrown.lines.length === 2)
  })
}

for (const { expr, default: defaults, valid, equivalent } of suite.governorCases) {
  test(`governor rule: ${expr} with default ${JSON.stringify(defaults)} is ${valid ? 'accepted' : 'refused'}`, () => {
    const scope = scopeWith(defaults)
    const apply = () => applyGovernorRule(checkExpression(parseExpression(expr), scope), scope)
    if (valid) assert.deepEqual(matching(apply()), matching(checkExpression(parseExpression(equivalent ?? expr), scope)))
    else assert.throws(apply, { code: 'expression-semantic' })
  })
}
