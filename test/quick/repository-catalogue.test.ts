import assert from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { sha256 } from '../../src/model/canonical.ts'
import type { Table } from '../../src/model/catalogue.ts'
import { HeddleError } from '../../src/model/errors.ts'
import type { DatasetType, Dimension, Pipeline, Relation } from '../../src/model/pipeline.ts'
import { openCatalogue } from '../../src/repository/catalogue.ts'
import { sparseDigest } from '../../src/repository/sparse.ts'
import { temporaryFolder } from '../rig/temporary-folder.ts'

const at = { file: 'heddle.yaml', line: 3, column: 5 }

function dimension(given: Partial<Dimension> & { name: string }): Dimension {
  const base = {
    type: 'string',
    records: undefined,
    metadata: {},
    requires: [],
    implies: [],
    ordered: false,
    governor: false,
    default: null,
  }
  return { ...base, description: undefined, at, ...given } as Dimension
}

function dataset(given: Partial<DatasetType> & { name: string }): DatasetType {
  return { dimensions: [], format: 'csv', path: undefined, sparse: undefined, description: undefined, at, ...given }
}

function pipeline(dimensions: Dimension[], datasets: DatasetType[] = [], relations: Relation[] = []): Pipeline {
  return { name: 'p', description: undefined, file: 'heddle.yaml', parameters: [], values: {}, dimensions, relations, datasets, tasks: [] }
}

function project(t: TestContext, files: Record<string, string>): string {
  const folder = temporaryFolder(t)
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return folder
}

const records = (path: string) => ({ kind: 'file', path, at }) as const
const plain = (table: Table | undefined) =>
  Object.fromEntries(table?.columns.map((column) => [column.name, [column.type, ...column.values]]) ?? [])

/** The problems of reading one dimension from one file, as `line:column code message`. */
function problemsOf(t: TestContext, file: string, text: string, given: Partial<Dimension> = {}): string[] {
  const folder = project(t, { [file]: text })
  const other = dimension({ name: 'instrument' })
  const catalogue = openCatalogue({
    folder,
    database: undefined,
    pipeline: pipeline([other, dimension({ name: 'station', records: records(file), ...given })]),
  })
  try {
    catalogue.dimension('station')
  } catch (error) {
    assert.ok(error instanceof HeddleError, String(error))
    return error.problems.map((problem) => `${problem.line}:${problem.column} ${problem.code} ${problem.message}`)
  }
  return []
}

test('an untyped CSV column is int or float where every value is one, else a string, and an empty field is NULL', (t) => {
  const text = '\ufeffstation, n,x,zip,mixed,none\r\nb, 1,1,01234,1,\r\n"a, ""A""\nx",-2,.5,02134,one,\r\n'
  const folder = project(t, { 's.csv': text })
  const catalogue = openCatalogue({
    folder,
    database: undefined,
    pipeline: pipeline([dimension({ name: 'station', records: records('s.csv') })]),
  })
  assert.deepEqual(plain(catalogue.dimension('station')), {
    station: ['string', 'b', 'a, "A"\nx'],
    n: ['int', 1, -2],
    x: ['float', 1, 0.5],
    zip: ['string', '01234', '02134'],
    mixed: ['string', '1', 'one'],
    none: ['string', null, null],
  })
})

test('the value stands in a column named like the dimension, or else id, or else name', (t) => {
  const folder = project(t, { 'a.csv': 'name,id,station\nN,I,S\n', 'b.csv': 'name,id\nN,I\n', 'c.csv': 'name\nN\n' })
  for (const [file, expected] of [
    ['a.csv', 'S'],
    ['b.csv', 'I'],
    ['c.csv', 'N'],
  ] as const) {
    const catalogue = openCatalogue({
      folder,
      database: undefined,
      pipeline: pipeline([dimension({ name: 'station', records: records(file) })]),
    })
    assert.equal(catalogue.dimension('station')?.columns[0]?.values[0], expected)
  }
})

test('CSV, JSON, JSON Lines and inline records of the same rows are the same table', (t) => {
  const rows = [
    { visit: 3, instrument: 'X', begun: '2021-09-09T03:00:00', ok: true, seeing: 0.5 },
    { visit: 9007199254740993n, instrument: 'Y', begun: null, ok: false, seeing: 2 },
  ]
  // JSON has no bigints: the digits are put in as they are.
  const json = rows.map((row) =>
    JSON.stringify(row, (_, value: unknown) => (typeof value === 'bigint' ? `#${value}#` : value)).replace(/"#(\d+)#"/, '$1'),
  )
  const folder = project(t, {
    'v.csv': 'visit,instrument,begun,ok,seeing\n3,X,2021-09-09T03:00:00,true,0.5\n9007199254740993,Y,,false,2\n',
    'v.json': `[${json.join(',\n')}]`,
    'v.jsonl': `${json.join('\n\n')}\n`,
  })
  const of = (source: Dimension['records']) => {
    const visit = dimension({
      name: 'visit',
      type: 'int',
      requires: ['instrument'],
      metadata: { begun: 'time', ok: 'bool', seeing: 'float' },
      records: source,
    })
    return plain(
      openCatalogue({ folder, database: undefined, pipeline: pipeline([dimension({ name: 'instrument' }), visit]) }).dimension('visit'),
    )
  }
  const csv = of(records('v.csv'))
  assert.deepEqual(csv, {
    instrument: ['string', 'X', 'Y'],
    visit: ['int', 3, 9007199254740993n],
    begun: ['time', 1631156400000000000n, null],
    ok: ['bool', true, false],
    seeing: ['float', 0.5, 2],
  })
  assert.deepEqual(of(records('v.json')), csv)
  assert.deepEqual(of(records('v.jsonl')), csv)
  assert.deepEqual(of({ kind: 'inline', rows: rows as never, at }), csv)
})

test('a timespan stands in two CSV columns or in a JSON list, and an empty bound is open', (t) => {
  const folder = project(t, {
    's.csv': 'station,on_begin,on_end\na,2021-01-01,\nb,,\n',
    's.json': '[{"station":"a","on":["2021-01-01",null]},{"station":"b","on":null}]',
  })
  const of = (file: string) =>
    openCatalogue({
      folder,
      database: undefined,
      pipeline: pipeline([dimension({ name: 'station', metadata: { on: 'timespan' }, records: records(file) })]),
    }).dimension('station')
  const expected = { station: ['string', 'a', 'b'], on: ['timespan', { begin: 1609459200000000000n, end: null }, null] }
  assert.deepEqual(plain(of('s.csv')), expected)
  assert.deepEqual(plain(of('s.json')), expected)
})

test('a column named like another dimension has that dimension’s type', (t) => {
  const folder = project(t, { 's.csv': 'station,zone\na,1\nb,2\n' })
  const catalogue = openCatalogue({
    folder,
    database: undefined,
    pipeline: pipeline([dimension({ name: 'zone' }), dimension({ name: 'station', records: records('s.csv') })]),
  })
  assert.deepEqual(plain(catalogue.dimension('station')).zone, ['string', '1', '2'])
})

test('a mistake in a CSV file is told with line and column', (t) => {
  assert.deepEqual(problemsOf(t, 's.csv', 'statoin,x\na,1\n'), [
    '1:1 records-column dimension station needs a column "station"; there are statoin, x; did you mean "statoin"?',
  ])
  assert.deepEqual(problemsOf(t, 's.csv', 'station,x\n"a\nb",1\nc,one\n', { metadata: { x: 'int' } }), [
    '4:3 records-type "x" is "one"; expected an int such as 12',
  ])
  assert.deepEqual(problemsOf(t, 's.csv', 'station,x\na,1\n\nb\n'), [
    '4:1 records-ragged this row has 1 field; expected 2, as the header has',
  ])
  assert.deepEqual(problemsOf(t, 's.csv', 'x,station\n1,a\n2,\n'), ['3:3 record-value "station" is empty; every record needs one'])
  assert.deepEqual(problemsOf(t, 's.csv', 'x,station\n1,a\n2,b\n3,a\n'), [
    '4:3 records-duplicate dimension station has station=a twice; it stands in line 2 already',
  ])
  assert.deepEqual(problemsOf(t, 's.csv', 'station,station\na,b\n'), ['1:9 records-column column "station" stands twice'])
  assert.match(problemsOf(t, 's.csv', 'station,x\n"a,1\nb,2\n')[0] ?? '', /^2:1 records-syntax the quote that opens here is never closed/)
  assert.match(
    problemsOf(t, 's.csv', 'station,t\na,2021-13-01\n', { metadata: { t: 'time' } })[0] ?? '',
    /^2:3 records-type "t" is "2021-13-01"; month 13 is not within 1 and 12/,
  )
})

test('a mistake in a JSON file is told with line and column', (t) => {
  assert.match(problemsOf(t, 's.json', '[\n {"station": "a"},\n {"station" "b"}\n]')[0] ?? '', /^3:13 records-syntax this is no JSON/)
  assert.deepEqual(problemsOf(t, 's.json', '[\n {"station": "a"},\n {"station": 5}\n]', { metadata: {} }), [
    '3:14 records-type "station" is 5; expected a string',
  ])
  assert.deepEqual(problemsOf(t, 's.jsonl', '{"station": "a"}\n\n[1]\n'), ['3:1 records-syntax record 2 is a list; expected an object'])
  assert.deepEqual(problemsOf(t, 's.jsonl', '{"station": "a"}\n{"x": 1}\n'), [
    '2:1 record-value "station" is empty; every record needs one',
  ])
  assert.deepEqual(problemsOf(t, 's.json', '{}'), ['1:1 records-syntax expected a list of objects'])
})

test('a mistake in inline records names the record, at the place of the list', () => {
  const inline = (...rows: Record<string, string | number>[]) => ({ kind: 'inline', rows, at }) as const
  const of = (source: Dimension['records']) => () =>
    openCatalogue({ folder: '/', database: undefined, pipeline: pipeline([dimension({ name: 'station', records: source })]) }).dimension(
      'station',
    )
  const told = (message: string) => (error: unknown) =>
    error instanceof HeddleError && `${error.problems[0]?.line}:${error.problems[0]?.column} ${error.problems[0]?.message}` === message
  assert.throws(of(inline({ station: 'a' }, { station: 5 })), told('3:5 record 2: "station" is 5; expected a string'))
  assert.throws(
    of(inline({ station: 'a' }, { station: 'a' })),
    told('3:5 dimension station has station=a twice; it stands in record 1 already'),
  )
  assert.equal(of(inline())()?.rows, 0)
})

test('empty files of records have no rows, or say which column they lack', (t) => {
  assert.deepEqual(problemsOf(t, 's.csv', ''), ['1:1 records-column dimension station needs a column "station"; there are none'])
  assert.deepEqual(problemsOf(t, 's.csv', 'station\n'), [])
  assert.deepEqual(problemsOf(t, 's.json', '[]'), [])
  assert.deepEqual(problemsOf(t, 's.jsonl', ''), [])
  assert.deepEqual(problemsOf(t, 's.txt', ''), [
    '3:5 records-kind s.txt is no known kind of records file; expected .csv, .json, .jsonl, .ndjson',
  ])
})

test('files that a path template names are overall inputs, with their digests', (t) => {
  const folder = project(t, {
    'input/seattle/2012.csv': 'one',
    'input/seattle/02013.csv': 'no int',
    'input/new york/2013.csv': 'two',
    'input/.hidden/2014.csv': 'hidden',
    'input/seattle/2012.csv.bak': 'other',
  })
  const dimensions = [dimension({ name: 'station' }), dimension({ name: 'year', type: 'int' })]
  const readings = dataset({ name: 'readings', dimensions: ['station', 'year'], path: 'input/{station}/{year}.csv' })
  const found = openCatalogue({ folder, database: undefined, pipeline: pipeline(dimensions, [readings]) }).existing('readings')
  assert.deepEqual(plain(found.table), { station: ['string', 'new york', 'seattle'], year: ['int', 2013, 2012] })
  assert.equal(found.path(0), 'input/new york/2013.csv')
  assert.equal(Buffer.from(found.digests.subarray(32, 64)).toString('hex'), sha256('one'))
  assert.deepEqual([...found.sizes], [3, 3])
})

test('a template may name metadata, which tells the dimension by its records', (t) => {
  const folder = project(t, { 's.csv': 'station,code\nseattle,SEA\nnew york,NYC\n', 'in/SEA.csv': 's', 'in/XXX.csv': 'x' })
  const readings = dataset({ name: 'readings', dimensions: ['station'], path: 'in/{station.code}.csv' })
  const found = openCatalogue({
    folder,
    database: undefined,
    pipeline: pipeline([dimension({ name: 'station', records: records('s.csv') })], [readings]),
  }).existing('readings')
  assert.deepEqual(plain(found.table), { station: ['string', 'seattle'] })
  assert.equal(found.path(0), 'in/SEA.csv')
})

test('a sparse dataset exists for each record whose size is not NULL, without a file', (t) => {
  const folder = project(t, { 'f.csv': 'file,size\na,10\nb,\nc,20\n' })
  const type = dataset({ name: 'input', dimensions: ['file'], sparse: 'file.size', path: 'data/{file}' })
  const sparseSizes = (_: DatasetType, rows: Table) =>
    Float64Array.from(rows.columns.find((column) => column.name === 'file.size')?.values ?? [], (size) =>
      size === null ? Number.NaN : Number(size),
    )
  const found = openCatalogue({
    folder,
    database: undefined,
    sparseSizes,
    pipeline: pipeline([dimension({ name: 'file', records: records('f.csv') })], [type]),
  }).existing('input')
  assert.deepEqual(plain(found.table), { file: ['string', 'a', 'c'] })
  assert.deepEqual([...found.sizes], [10, 20])
  assert.equal(found.path(1), 'data/c')
  assert.equal(Buffer.from(found.digests.subarray(32, 64)).toString('hex'), sparseDigest(20))
})
