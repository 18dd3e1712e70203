import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { lintPipeline } from '../../src/pipeline/lint.ts'
import { type ReadPipeline, readPipeline } from '../../src/pipeline/read.ts'
import { memorySource } from '../rig/memory-source.ts'

/** Something of everything, in few characters. */
const DENSE = `heddle: 1
parameters: {p: {type: float, default: 1.5, range: [0, 2]}}
dimensions: {s: {records: stations.csv}, n: {type: int, records: [1, {n: 2}], ordered: true}}
relations: {r: {dimensions: [s, n], records: [{s: a, n: 1}]}}
datasets: {x: &x {dimensions: [s], path: "in/{s}.csv"}, y: {dimensions: [s, n]}, z: out.txt}
tasks:
  t:
    dimensions: [s, n]
    inputs: {a: x, b: {dataset: y, at: {n: previous}, initial: x}, c: {dataset: x, via: r, optional: true}}
    outputs: {y: y}
    config: {q: "{parameters.p}"}
    command: |
      f '{inputs.a}' "$(g {config.q})" > {outputs.y}  # {dataId.n}
    resources: {memory: 1GiB, walltime: 5min}
    retry: {limit: 2, on: [memory]}
    when: n > 1
  u: {inputs: {y: {dataset: y, minimum: 2}}, outputs: {z: z}, command: [cat, "{inputs.y}", "{outputs.z}"], after: [{task: t}]}
`

function read(text: string): ReadPipeline {
  return readPipeline({ file: 'heddle.yaml', source: memorySource({ 'heddle.yaml': text, 'stations.csv': 'station\n' }) })
}

function assertSound({ pipeline, problems }: ReadPipeline): void {
  const errors = problems.filter((problem) => problem.severity === 'error')
  assert.equal(pipeline === undefined, errors.length > 0)
  for (const { line, column, message } of problems) assert.ok(line >= 1 && column >= 1 && message !== '')
}

test('a file cut at any length is read or has problems', () => {
  assert.deepEqual(read(DENSE).problems, [])

  for (let length = 0; length <= DENSE.length; length++) assertSound(read(DENSE.slice(0, length)))
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
    at: fc.nat(DENSE.length),
    drop: fc.nat(12),
    put: fc.oneof(pieces, fc.string({ unit: 'binary', maxLength: 4 })),
  })

  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
      let text = DENSE
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
