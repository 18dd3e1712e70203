import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Pipeline } from '../../src/model/pipeline.ts'
import { readPipeline } from '../../src/pipeline/read.ts'
import { memorySource } from '../rig/memory-source.ts'

function read(text: string, files: Record<string, string> = {}): Pipeline {
  const { pipeline, problems } = readPipeline({ file: 'heddle.yaml', source: memorySource({ 'heddle.yaml': text, ...files }) })
  assert.ok(pipeline !== undefined, JSON.stringify(problems))
  return pipeline
}

test('the pipeline of the climate example is read whole and without a word', () => {
  const text = readFileSync(join(import.meta.dirname, '../../examples/climate/heddle.yaml'), 'utf8')

  const { pipeline, problems } = readPipeline({
    file: 'heddle.yaml',
    source: memorySource({ 'heddle.yaml': text, 'stations.csv': 'station\n' }),
  })

  assert.deepEqual(problems, [])
  const summary = pipeline?.tasks.find((task) => task.name === 'year_summary')
  assert.deepEqual(summary?.resources, {
    cores: 1,
    memory: 200 * 2 ** 20,
    gpus: 0,
    disk: undefined,
    walltime: 60,
    nodes: 1,
    processes: 1,
    custom: {},
  })
  assert.deepEqual(summary?.retry, { limit: 2, on: ['memory', 'walltime'], scale: 2 })
  assert.equal(summary?.body.kind, 'python')
})

test('a pipeline without tasks or datasets is valid', () => {
  const pipeline = read('heddle: 1\ntasks:\ndatasets:\n')

  assert.deepEqual([pipeline.name, pipeline.tasks, pipeline.datasets], ['pipeline', [], []])
})

test('dimensions are closed under requires, in declaration order', () => {
  const pipeline = read(`heddle: 1
dimensions: {instrument: , detector: {type: int, requires: [instrument]}, filter: {implies: [band]}, band: , visit: {type: int, requires: [instrument], implies: [filter]}}
datasets: {raw: {dimensions: [visit, detector]}}
tasks: {t: {dimensions: [visit], command: "x {inputs.raw}", inputs: {raw: raw}}}`)

  assert.deepEqual(pipeline.datasets[0]?.dimensions, ['instrument', 'detector', 'visit'])
  assert.deepEqual(pipeline.tasks[0]?.dimensions, ['instrument', 'visit'])
})

test('shorthands mean what their long forms mean', () => {
  const short = read(`heddle: 1
dimensions: {a: int, s: {records: [p, q]}}
datasets: {x: out/x.csv, y: {dimensions: [a]}}
tasks:
  t: {command: "{outputs.x}", outputs: {x: x}, retry: 3}
  u: {dimensions: [a], command: "{outputs.y}", inputs: {x: x}, outputs: {y: y}, after: [t]}`)
  const long = read(`heddle: 1
dimensions: {a: {type: int}, s: {type: string, records: [{s: p}, {s: q}]}}
datasets: {x: {path: ./out//x.csv, format: csv}, y: {dimensions: [a], format: json}}
tasks:
  t: {command: "{outputs.x}", outputs: {x: {dataset: x}}, retry: {limit: 3, scale: 2}}
  u: {dimensions: [a], command: "{outputs.y}", inputs: {x: {dataset: x, minimum: 1}}, outputs: {y: {dataset: y}}, after: [{task: t}]}`)

  const withoutPlaces = (pipeline: Pipeline): unknown =>
    JSON.parse(JSON.stringify(pipeline, (key, value: unknown) => (key === 'at' ? undefined : value)))
  assert.deepEqual(withoutPlaces(short), withoutPlaces(long))
})

test('the format follows the path, and is json without one', () => {
  const { datasets } = read(
    'heddle: 1\ndatasets: {a: x.json, b: x.csv, c: x.txt, d: x.h5, e: dir/, f: , g: {path: x.json2, format: bytes}}',
  )

  assert.deepEqual(
    datasets.map((dataset) => dataset.format),
    ['json', 'csv', 'text', 'file', 'directory', 'json', 'bytes'],
  )
  assert.equal(datasets[4]?.path, 'dir')
})

test('inputs know their minimum, step, initial and relation', () => {
  const pipeline = read(`heddle: 1
dimensions: {a: int, b: int}
relations: {r: {dimensions: [a, b], records: [{a: 1, b: 2}]}, s: {dimensions: [a, b], records: []}}
datasets: {x: {dimensions: [a]}, y: {dimensions: [b]}, z: {sparse: 100}}
tasks:
  t:
    dimensions: [a]
    inputs: {p: {dataset: x, at: {a: previous}, initial: z}, q: {dataset: y, via: r, optional: true}}
    command: "{inputs.p} {inputs.q}"
    when: a > 1`)

  const [p, q] = pipeline.tasks[0]?.inputs ?? []
  assert.deepEqual([p?.minimum, p?.step, p?.initial, p?.via], [1, { a: 'previous' }, 'z', undefined])
  assert.deepEqual([q?.minimum, q?.step, q?.initial, q?.via], [0, {}, undefined, 'r'])
  assert.deepEqual(
    pipeline.relations.map((relation) => relation.viaOnly),
    [true, false],
  )
  assert.equal(pipeline.datasets[2]?.sparse, '100')
  assert.equal(pipeline.tasks[0]?.when, 'a > 1')
})

test('several tasks may make one dataset type when all of them do so via relations', () => {
  const pipeline = read(`heddle: 1
dimensions: {job: , file: }
relations: {made: {dimensions: [job, file], records: []}}
datasets: {files: {dimensions: [file], format: file}}
tasks:
  a: {dimensions: [job], command: "{outputs.out}", outputs: {out: {dataset: files, via: made}}}
  b: {dimensions: [job], command: "{outputs.out} {inputs.in}", inputs: {in: {dataset: files, via: made}}, outputs: {out: {dataset: files, via: made}}}`)

  assert.equal(pipeline.tasks.length, 2)
})

test('aliases stand for what they name', () => {
  const pipeline = read('heddle: 1\nparameters: {a: &v [1, 2], b: *v}')

  assert.deepEqual(pipeline.parameters[1]?.default, [1, 2])
})

test('line ends of Windows and a byte order mark change nothing', () => {
  const text = 'heddle: 1\nname: x\ndatasets:\n  a: b\n  c: b\n'
  const problemsOf = (written: string): unknown =>
    readPipeline({ file: 'heddle.yaml', source: memorySource({ 'heddle.yaml': written }) }).problems

  assert.deepEqual(problemsOf(text.replaceAll('\n', '\r\n')), problemsOf(text))
  assert.deepEqual((problemsOf(`\uFEFF${text}`) as unknown[]).length, (problemsOf(text) as unknown[]).length)
})

test('numbers among the arguments of a command stay as they were written', () => {
  const pipeline = read('heddle: 1\ntasks: {t: {command: [prog, 1.0, 007, true, "2.50"]}}')

  assert.deepEqual(pipeline.tasks[0]?.body.kind === 'command' && pipeline.tasks[0].body.command, ['prog', '1.0', '007', 'true', '2.50'])
})
