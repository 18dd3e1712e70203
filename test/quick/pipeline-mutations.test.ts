import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { lintPipeline } from '../../src/pipeline/lint.ts'
import { type ReadPipeline, readPipeline } from '../../src/pipeline/read.ts'
import { memorySource } from '../support/memory-source.ts'

const EXAMPLE = readFileSync(join(import.meta.dirname, '../../examples/climate/heddle.yaml'), 'utf8')

function read(text: string): ReadPipeline {
  return readPipeline({ file: 'heddle.yaml', source: memorySource({ 'heddle.yaml': text, 'stations.csv': 'station\n' }) })
}

function assertSound({ pipeline, problems }: ReadPipeline): void {
  const errors = problems.filter((problem) => problem.severity === 'error')
  assert.equal(pipeline === undefined, errors.length > 0)
  for (const { line, column, message } of problems) assert.ok(line >= 1 && column >= 1 && message !== '')
}

test('a file cut at any length is read or has problems', () => {
  for (let length = 0; length <= EXAMPLE.length; length++) assertSound(read(EXAMPLE.slice(0, length)))
})

test('a file whose characters are changed at random is read or has problems', () => {
  const pieces = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ':',
    ' ',
    '\n',
    '\t',
    '-',
    '"',
    "'",
    '#',
    '&a ',
    '*a ',
    '!!x ',
    '|',
    '>',
    ',',
    '.',
    '{inputs.',
    'null',
    '1e999',
    '__proto__',
    'constructor',
  )
  const change = fc.record({
    at: fc.nat(EXAMPLE.length),
    drop: fc.nat(12),
    put: fc.oneof(pieces, fc.string({ unit: 'binary', maxLength: 4 })),
  })

  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
      let text = EXAMPLE
      for (const { at, drop, put } of changes) text = text.slice(0, at) + put + text.slice(at + drop)
      assertSound(read(text))
    }),
    { numRuns: 200 },
  )
})

test('a value of any shape in place of any part is read or has problems', () => {
  const parts = ['heddle', 'name', 'parameters', 'dimensions', 'relations', 'datasets', 'tasks']

  fc.assert(
    fc.property(fc.constantFrom(...parts), fc.jsonValue({ maxDepth: 4 }), (part, value) => {
      const file = Object.fromEntries([
        ['heddle', 1],
        [part, value],
      ])
      assertSound(read(JSON.stringify(file)))
    }),
    { numRuns: 200 },
  )
})

test('tasks and datasets of any shape are read or have problems', () => {
  const word = fc.constantFrom(
    'a',
    'b',
    'x',
    'command',
    'inputs',
    'dataset',
    'outputs',
    'at',
    'previous',
    'via',
    'config',
    '{inputs.a}',
    '{parameters.x}',
    'm:f',
    './m.ts#f',
    'constructor',
  )
  const value = fc.letrec((tie) => ({
    any: fc.oneof(
      { depthSize: 'small' },
      word,
      fc.integer(),
      fc.constant(null),
      fc.array(tie('any'), { maxLength: 3 }),
      fc.dictionary(word, tie('any'), { maxKeys: 3 }),
    ),
  })).any
  const task = fc.dictionary(
    fc.constantFrom(
      'dimensions',
      'inputs',
      'outputs',
      'prerequisites',
      'config',
      'command',
      'python',
      'typescript',
      'resources',
      'retry',
      'files',
      'after',
      'when',
      'noWork',
    ),
    value,
  )

  fc.assert(
    fc.property(
      task,
      fc.dictionary(word, value, { maxKeys: 3 }),
      fc.dictionary(word, value, { maxKeys: 3 }),
      (one, datasets, dimensions) => {
        assertSound(read(JSON.stringify({ heddle: 1, dimensions, datasets, tasks: { one, two: { command: 'x' } } })))
      },
    ),
    { numRuns: 200 },
  )
})

test('names that every object has are names like others', async () => {
  const text =
    'heddle: 1\ndatasets: {constructor: , toString: }\ntasks: {valueOf: {command: "{inputs.hasOwnProperty} {outputs.x}", inputs: {hasOwnProperty: constructor}, outputs: {x: toString}}}'

  const { problems, pipeline } = await lintPipeline({ file: 'heddle.yaml', source: memorySource({ 'heddle.yaml': text }) })

  assert.deepEqual(problems, [])
  assert.equal(pipeline?.tasks[0]?.inputs[0]?.dataset, 'constructor')
})
