import assert from 'node:assert/strict'
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { sha256 } from '../../src/model/canonical.ts'
import { HeddleError } from '../../src/model/errors.ts'
import type { DatasetType, Dimension, Pipeline } from '../../src/model/pipeline.ts'
import { openCatalogue } from '../../src/repository/catalogue.ts'
import { type Member, openCollections } from '../../src/repository/collections.ts'
import { openFileDigests } from '../../src/repository/digests/file-digests.ts'
import { type IngestRequest, ingest } from '../../src/repository/ingest.ts'
import { openObjects } from '../../src/repository/objects/object-store.ts'
import { openDatabase } from '../../src/store/sqlite/open.ts'
import { temporaryFolder } from '../rig/temporary-folder.ts'

const code = (expected: string) => (error: unknown) => error instanceof HeddleError && error.code === expected

test('a chained collection finds the first of a dataset along its search path', () => {
  const database = openDatabase(':memory:')
  const made: Member = { dataset: 'x', digest: 'r', run: 'run-1' }
  database
    .prepare(
      "INSERT INTO runs (name, state, started, pipeline, graph, request, tasks) VALUES ('run-1', 'completed', 0, 'p', '', '{}', '[]')",
    )
    .run()
  const collections = openCollections(database, (_, dataset) => (dataset === 'x' ? made : undefined))
  collections.createTagged('good')
  collections.createTagged('best')
  collections.tag('good', [
    { dataset: 'y', digest: 'g', run: null },
    { dataset: 'z', digest: 'g', run: null },
  ])
  collections.tag('best', [{ dataset: 'y', digest: 'b', run: 'run-1' }])
  collections.setChain('inner', ['best', 'run-1'])
  collections.setChain('all', ['inner', 'good', 'best'])
  assert.deepEqual(collections.resolve('all'), ['best', 'run-1', 'good'])
  assert.deepEqual(
    ['x', 'y', 'z', 'w'].map((dataset) => collections.find('all', dataset)?.digest),
    ['r', 'b', 'g', undefined],
  )
  assert.deepEqual(collections.list(), [
    { kind: 'run', name: 'run-1' },
    { kind: 'chained', name: 'all', chain: ['inner', 'good', 'best'] },
    { kind: 'tagged', name: 'best', members: 1 },
    { kind: 'tagged', name: 'good', members: 2 },
    { kind: 'chained', name: 'inner', chain: ['best', 'run-1'] },
  ])
})

test('a chain that would search itself, a name that is taken, and a collection in use are refused', () => {
  const collections = openCollections(openDatabase(':memory:'), () => undefined)
  collections.createTagged('t')
  collections.setChain('a', ['t'])
  collections.setChain('b', ['a'])
  assert.throws(
    () => collections.setChain('a', ['b']),
    (error) => error instanceof HeddleError && /"a" would search itself: a → b → a/.test(error.message),
  )
  assert.throws(() => collections.setChain('c', ['c']), code('collection-cycle'))
  assert.throws(
    () => collections.setChain('c', ['tt']),
    (error) => error instanceof HeddleError && /did you mean "t"/.test(error.message),
  )
  assert.throws(() => collections.createTagged('a'), code('exists'))
  assert.throws(() => collections.tag('a', []), code('collection-kind'))
  assert.throws(() => collections.remove('t'), code('collection-used'))
  collections.remove('b')
  collections.remove('a')
  collections.remove('t')
  assert.deepEqual(collections.list(), [])
})

function project(t: TestContext, files: Record<string, string>) {
  const folder = temporaryFolder(t)
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  const at = { file: 'heddle.yaml', line: 1, column: 1 }
  const base = {
    records: undefined,
    metadata: {},
    requires: [],
    implies: [],
    ordered: false,
    governor: false,
    default: null,
    description: undefined,
    at,
  } as const
  const dimensions: Dimension[] = [
    { ...base, name: 'station', type: 'string' },
    { ...base, name: 'year', type: 'int' },
  ]
  const type: DatasetType = {
    name: 'readings',
    dimensions: ['station', 'year'],
    format: 'csv',
    path: 'input/{station}/{year}.csv',
    sparse: undefined,
    description: undefined,
    at,
  }
  const pipeline: Pipeline = {
    name: 'p',
    description: undefined,
    file: 'heddle.yaml',
    parameters: [],
    values: {},
    dimensions,
    relations: [],
    datasets: [type],
    tasks: [],
  }
  const database = openDatabase(':memory:')
  const digests = openFileDigests(folder, database)
  const objects = openObjects({ heddleFolder: join(folder, '.heddle') })
  const register = (request: Partial<IngestRequest>) =>
    ingest(
      { folder, pipeline, database, objects, digests },
      { type: 'readings', files: [], from: folder, dataId: undefined, template: undefined, copy: false, at: 0, ...request },
    )
  const existing = () => {
    const found = openCatalogue({ folder, pipeline, database }).existing('readings')
    return Array.from({ length: found.table.rows }, (_, row) => [
      ...found.table.columns.map((column) => column.values[row]),
      found.path(row),
      Buffer.from(found.digests.subarray(row * 32, row * 32 + 32)).toString('hex'),
    ])
  }
  return { folder, register, existing }
}

test('registered files are overall inputs, in place or copied, and stand before what the template finds', (t) => {
  const { folder, register, existing } = project(t, {
    'data/seattle-2012.csv': 'one',
    'input/oslo/2012.csv': 'found',
    'other.csv': 'other',
  })
  const [first] = register({ files: ['data/seattle-2012.csv'], template: 'data/{station}-{year}.csv' })
  assert.deepEqual(first, {
    id: 'readings@station=seattle,year=2012',
    dataId: { station: 'seattle', year: 2012 },
    path: 'data/seattle-2012.csv',
    digest: sha256('one'),
    size: 3,
    replaced: false,
  })
  const [second] = register({ files: ['other.csv'], dataId: { station: 'oslo', year: '2012' }, copy: true })
  rmSync(join(folder, 'other.csv'))
  assert.deepEqual(
    new Set(existing().map(String)),
    new Set([String(['seattle', 2012, 'data/seattle-2012.csv', sha256('one')]), String(['oslo', 2012, second?.path, sha256('other')])]),
  )
  writeFileSync(join(folder, 'data/seattle-2012.csv'), 'changed')
  assert.ok(existing().some((row) => row.includes(sha256('changed'))))
  rmSync(join(folder, 'data/seattle-2012.csv'))
  assert.equal(existing().length, 1)
})

test('a request that cannot be met registers nothing', (t) => {
  const { folder, register, existing } = project(t, { 'a/2012.csv': 'x', 'b/a/2012.csv': 'y', 'a/x.csv': 'z' })
  const template = '{station}/{year}.csv'
  assert.throws(() => register({ files: ['a/2012.csv', 'a/x.csv'], template }), code('ingest-path'))
  assert.throws(() => register({ files: ['a/2012.csv', 'b/a/2012.csv'], template }), code('dataset-twice'))
  assert.throws(() => register({ files: ['a/2012.csv', 'a/2013.csv'], template }), code('ingest-file'))
  assert.throws(() => register({ files: ['a/2012.csv'], template: '{station}/2012.csv' }), code('ingest-data-id'))
  assert.throws(() => register({ files: ['a/2012.csv'], dataId: { station: 'a', year: 'x' } }), code('ingest-data-id'))
  assert.throws(() => register({ files: ['a/2012.csv'], dataId: { station: 'a', yaer: '1' } }), code('ingest-data-id'))
  assert.throws(() => register({ type: 'reading', files: ['a/2012.csv'] }), code('unknown-dataset'))
  assert.deepEqual(existing(), [])
  assert.deepEqual(readdirSync(folder).sort(), ['a', 'b'])
})
