import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { ERROR_CODES, type ErrorCode } from '../../src/model/error-codes.ts'
import { HeddleError } from '../../src/model/errors.ts'

const ROOT = join(import.meta.dirname, '../..')
const CODES = Object.values(ERROR_CODES).flatMap((section) => Object.keys(section))

test('a code stands in the table once', () => {
  assert.deepEqual(
    CODES.filter((code, i) => CODES.indexOf(code) !== i),
    [],
  )
})

test('every code of the table is used somewhere', () => {
  const source = globSync('src/**/*.ts', { cwd: ROOT })
    .filter((path) => path !== join('src', 'model', 'error-codes.ts'))
    .map((path) => readFileSync(join(ROOT, path), 'utf8').replaceAll(/^import .*$|\/\*\*[^]*?\*\//gm, ''))
    .join('\n')

  // A code that a template makes (`unknown-${kind}`) is written out elsewhere.
  const unused = CODES.filter((code) => !source.includes(`'${code}'`))

  assert.deepEqual(unused, [])
})

test('a code that is not in the table does not compile', () => {
  // @ts-expect-error -- the type checker is what this tests
  const error = new HeddleError('no-such-code', 'x')

  assert.equal(CODES.includes(error.code satisfies ErrorCode), false)
})

test('codes are words with hyphens, and each meaning is a sentence', () => {
  for (const code of CODES) assert.match(code, /^[a-z]+(-[a-z]+)*$/)
  for (const section of Object.values(ERROR_CODES)) for (const meaning of Object.values(section)) assert.match(meaning, /^[`A-Z].*[.)]$/)
})
