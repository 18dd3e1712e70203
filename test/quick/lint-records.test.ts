/** What `heddle lint` says once records are read: broken ones, and `when:` expressions that do not fit them. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatProblem } from '../../src/model/errors.ts'
import { readPipeline } from '../../src/pipeline/read.ts'
import { lintRecords } from '../../src/plan/lint-records.ts'
import { openCatalogue } from '../../src/repository/catalogue.ts'
import { openFileDigests } from '../../src/repository/digests/file-digests.ts'
import { openFileSource } from '../../src/repository/fs-source.ts'
import { writeProject } from '../rig/run-project.ts'
import { temporaryFolder } from '../rig/temporary-folder.ts'

const FILES = {
  'stations.csv': 'station,height,opened\nseattle,56.5,1962\nboston,43,1851\n',
  'overlaps.csv': 'station,year,share\nseattle,2012,0.5\n',
}

/** A project with two dimensions, a relation and one task, whose `when:` is given. */
function yaml(when: string): string {
  return `heddle: 1
name: p
parameters: {least: {type: float, default: 50}, most: {type: int}, since: {type: time}}
dimensions:
  station: {type: string, records: stations.csv}
  year: {type: int, records: [{year: 2012}]}
relations:
  overlap: {dimensions: [station, year], records: overlaps.csv}
datasets:
  report: {dimensions: [station, year], format: text}
tasks:
  write:
    dimensions: [station, year]
    outputs: {report: report}
    when: ${JSON.stringify(when)}
    command: echo > {outputs.report}
`
}

/** Problems of the records and expressions of a project, as lines. */
function problemsOf(
  t: Parameters<typeof temporaryFolder>[0],
  given: { when?: string; files?: Readonly<Record<string, string>> },
): string[] {
  const folder = temporaryFolder(t)
  writeProject(folder, { ...FILES, ...given.files, 'heddle.yaml': yaml(given.when ?? 'year > 2000') })
  const { pipeline, problems } = readPipeline({ file: 'heddle.yaml', source: openFileSource(folder, openFileDigests(folder, undefined)) })
  assert.deepEqual(problems, [])
  assert.ok(pipeline)
  return lintRecords(pipeline, openCatalogue({ folder, pipeline, database: undefined })).map(formatProblem)
}

test('sound records and an expression over them have no problem', (t) => {
  assert.deepEqual(problemsOf(t, { when: 'height > :least AND opened < 1970 AND overlap.share > 0.1' }), [])
})

test('a parameter without a default is known by its type', (t) => {
  assert.deepEqual(problemsOf(t, { when: "year < :most AND :since < T'2012-01-01'" }), [])
  assert.match(problemsOf(t, { when: 'station = :most' }).join('\n'), /error expression-semantic: when: of write: /)
})

test('a broken file of records is told at its line and column', (t) => {
  const [problem, ...more] = problemsOf(t, { files: { 'stations.csv': 'station,height\nseattle,56.5\n,43\n' } })

  assert.match(problem ?? '', /^stations\.csv:3:1: error record-value: /)
  assert.deepEqual(more, [])
})

test('every broken file is told at once', (t) => {
  const problems = problemsOf(t, { files: { 'stations.csv': 'place\nseattle\n', 'overlaps.csv': 'station,year\nseattle\n' } })

  assert.deepEqual(
    problems.map((problem) => problem.replace(/: error.*/, '')),
    ['stations.csv:1:1', 'overlaps.csv:2:1'],
  )
})

test('an expression with an unknown name is told at its task, with the nearest name', (t) => {
  const [problem, ...more] = problemsOf(t, { when: 'heihgt > 50' })

  assert.match(problem ?? '', /^heddle\.yaml:\d+:\d+: error expression-semantic: when: of write: column 1: .*heihgt.*did you mean "height"/)
  assert.deepEqual(more, [])
})

test('an expression that is none is told with the place in it', (t) => {
  const [problem, ...more] = problemsOf(t, { when: 'year >' })

  assert.match(problem ?? '', /^heddle\.yaml:\d+:\d+: error expression-syntax: when: of write: column \d+: /)
  assert.deepEqual(more, [])
})

test('an expression that compares what cannot be compared is told', (t) => {
  assert.match(problemsOf(t, { when: 'station > 5' }).join('\n'), /error expression-semantic: when: of write: /)
})

test('an expression over records that are broken waits for them', (t) => {
  const problems = problemsOf(t, { when: 'heihgt > 50', files: { 'stations.csv': 'station,height\n"seattle,1\n' } })

  assert.equal(problems.length, 1)
  assert.match(problems[0] ?? '', /^stations\.csv:2:1: error records-syntax: /)
})
