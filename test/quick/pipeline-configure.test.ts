import assert from 'node:assert/strict'
import { test } from 'node:test'
import { HeddleError } from '../../src/model/errors.ts'
import type { Pipeline } from '../../src/model/pipeline.ts'
import { configure } from '../../src/pipeline/configure.ts'
import { readPipeline } from '../../src/pipeline/read.ts'
import { memorySource } from '../rig/memory-source.ts'

function read(text: string): Pipeline {
  const { pipeline, problems } = readPipeline({ file: 'heddle.yaml', source: memorySource({ 'heddle.yaml': text }) })
  assert.ok(pipeline !== undefined, JSON.stringify(problems))
  return pipeline
}

const PIPELINE = read(`heddle: 1
parameters:
  mm: {type: float, default: 1.0, range: [0, 50], unit: mm}
  n: 3
  flag: false
  kind: {default: x, choices: [x, y]}
  code: {default: ab, pattern: "[a-z]+"}
  list: [1, two]
tasks:
  t:
    command: "echo {parameters.n} {config.mm}"
    config:
      mm: "{parameters.mm}"
      text: "at least {parameters.mm} mm, {parameters.flag}, {other.brace}"
      deep: {flags: ["{parameters.flag}"], list: "{parameters.list}"}
`)

function refused(params: Record<string, string>, pipeline = PIPELINE): HeddleError {
  try {
    configure(pipeline, { params })
  } catch (error) {
    assert.ok(error instanceof HeddleError)
    return error
  }
  throw new Error('it was accepted')
}

test('a value that is exactly one placeholder keeps the type of its parameter', () => {
  const configured = configure(PIPELINE, { params: { mm: '2.5', flag: 'true' } })

  assert.deepEqual(configured.tasks[0]?.config, {
    mm: 2.5,
    text: 'at least 2.5 mm, true, {other.brace}',
    deep: { flags: [true], list: [1, 'two'] },
    'parameters.n': 3,
  })
  assert.deepEqual(configured.values, { mm: 2.5, n: 3, flag: true, kind: 'x', code: 'ab', list: [1, 'two'] })
})

test('configuring leaves the pipeline that was read as it was', () => {
  const before = JSON.stringify(PIPELINE)

  configure(PIPELINE, { params: { n: '7' } })

  assert.equal(JSON.stringify(PIPELINE), before)
})

for (const [params, message] of [
  [{ mm: '51' }, /parameter mm cannot be "51"; expected a number from 0 to 50 \(mm\)/],
  [{ mm: 'NaN' }, /expected a number/],
  [{ mm: 'Infinity' }, /expected a number/],
  [{ mm: '' }, /expected a number/],
  [{ n: '1.5' }, /expected an integer/],
  [{ flag: 'maybe' }, /expected true or false/],
  [{ kind: 'z' }, /expected one of "x", "y"/],
  [{ code: 'ab1' }, /expected a text that matches \[a-z\]\+ as a whole/],
  [{ list: '[1' }, /expected a JSON value/],
] as const) {
  test(`--param ${JSON.stringify(params)} is refused with what was expected`, () => {
    const error = refused(params)

    assert.equal(error.code, 'parameter-value')
    assert.match(error.message, message)
  })
}

test('an unknown parameter is refused with the nearest name', () => {
  const error = refused({ flg: '1' })

  assert.equal(error.code, 'unknown-parameter')
  assert.match(error.message, /did you mean "flag"\?/)
})

test('required parameters are all named at once', () => {
  const error = refused({ c: '1' }, read('heddle: 1\nparameters: {a: {type: int}, b: {description: a word}, c: {type: int}}'))

  assert.equal(error.code, 'parameter-required')
  assert.equal(error.message, 'no value for a, b; expected a: an integer; b: a text, a word')
  assert.match(error.hint ?? '', /--param a=VALUE/)
})

test('types are inferred from defaults, 1.0 being a float', () => {
  const { parameters } = read('heddle: 1\nparameters: {a: 1, b: 1.0, c: x, d: true, e: [1], f: {default: 1e3}, g: "1"}')

  assert.deepEqual(
    parameters.map((parameter) => parameter.type),
    ['int', 'float', 'string', 'bool', 'json', 'float', 'string'],
  )
})
