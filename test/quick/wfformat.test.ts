import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { gunzipSync } from 'node:zlib'
import Papa from 'papaparse'
import { parse } from 'yaml'
import { importWfFormat } from '../../src/pipeline/wfformat/import.ts'

const DATA = join(import.meta.dirname, '../data/wfinstances')

/** Tasks and edges as SOURCE.txt of the collection gives them; files and file edges counted with jq. */
const TRACES = [
  { name: 'montage-chameleon-2mass-025d-001', tasks: 619, edges: 1641, files: 906, fileEdges: 4174 },
  { name: '1000genome-chameleon-22ch-250k-001', tasks: 902, edges: 1166, files: 954, fileEdges: 3806 },
  { name: 'epigenomics-chameleon-hep-7seq-50k-001', tasks: 1121, edges: 1389, files: 1401, fileEdges: 4739 },
  { name: 'seismology-chameleon-1000p-001', tasks: 1001, edges: 1000, files: 3004, fileEdges: 4004 },
  { name: 'airrflow-dirt02-001', tasks: 212, edges: 327, files: 935, fileEdges: 1374 },
] as const

function traceText(name: string): string {
  return gunzipSync(readFileSync(join(DATA, `${name}.json.gz`))).toString('utf8')
}

function rows(text: string | undefined): Record<string, string>[] {
  return Papa.parse<Record<string, string>>(text ?? '', { header: true, skipEmptyLines: true }).data
}

const compareNames = (a: string | undefined, b: string | undefined): number => (a ?? '').localeCompare(b ?? '')

interface TaskOptions {
  readonly id: string
  readonly name?: string
  readonly parents?: readonly string[]
  readonly children?: readonly string[]
  readonly inputFiles?: readonly string[]
  readonly outputFiles?: readonly string[]
}

/** A small trace; every file that a task names is declared with 10 bytes, unless `files` says otherwise. */
function smallTrace(
  tasks: readonly TaskOptions[],
  more: { version?: string; files?: readonly unknown[]; execution?: unknown } = {},
): string {
  const named = new Set(tasks.flatMap((task) => [...(task.inputFiles ?? []), ...(task.outputFiles ?? [])]))
  const files = more.files ?? [...named].map((id) => ({ id, sizeInBytes: 10 }))
  return JSON.stringify({
    name: 'small',
    schemaVersion: more.version ?? '1.5',
    workflow: { specification: { tasks, files }, ...(more.execution === undefined ? {} : { execution: more.execution }) },
  })
}

function refusal(text: string): string {
  try {
    importWfFormat(text)
  } catch (error) {
    assert.ok(error instanceof Error)
    return error.message
  }
  return assert.fail('the trace was imported')
}

describe('import of WfFormat', () => {
  for (const { name, ...counts } of TRACES) {
    it(`counts the tasks, files and edges of ${name} as the trace has them`, () => {
      const { files, summary, warnings } = importWfFormat(traceText(name), { name })
      const { pipeline, format, ...counted } = summary
      assert.deepEqual(counted, counts)
      assert.equal(format, 'WfFormat 1.5')
      assert.equal(pipeline, name)
      assert.deepEqual(warnings, [])
      assert.equal(rows(files['jobs.csv']).length, counts.tasks)
      assert.equal(rows(files['inputs.csv']).length + rows(files['files.csv']).length, counts.files)
      const linked = ['reads.csv', 'reads_inputs.csv', 'writes.csv'].reduce((sum, file) => sum + rows(files[file]).length, 0)
      assert.equal(linked, counts.fileEdges)
      assert.equal(files['follows.csv'], undefined)
    })

    it(`gives every job of ${name} to exactly one task`, () => {
      const { files } = importWfFormat(traceText(name))
      const pipeline = parse(files['heddle.yaml'] as string)
      const programs = rows(files['jobs.csv']).map(({ program }) => program)
      assert.deepEqual(Object.keys(pipeline.tasks).sort(compareNames), [...new Set(programs)].sort(compareNames))
      for (const [task, { when }] of Object.entries<{ when: string }>(pipeline.tasks)) assert.equal(when, `job.program = '${task}'`)
    })
  }

  it('keeps recorded command lines as data, out of everything that runs', () => {
    const { files } = importWfFormat(traceText('airrflow-dirt02-001'))
    const replay = readFileSync(join(import.meta.dirname, '../../templates/wfformat/replay.ts'), 'utf8')
    const running = (files['heddle.yaml'] as string) + replay
    assert.doesNotMatch(running, /END_VERSIONS|gunzip|presto/)
    assert.doesNotMatch(replay, /child_process|commands\.jsonl|eval/)
    assert.equal((files['commands.jsonl'] as string).trimEnd().split('\n').length, 212)
    assert.doesNotMatch(files['heddle.yaml'] as string, /command:/)
  })

  it('stores inputs under names that are safe and that no two share', () => {
    const { files } = importWfFormat(
      smallTrace([{ id: 'a', inputFiles: ['/x/data.csv', '/y/data.csv', '/y/DATA.csv', '../up', 'two words\n', '-', '.heddle/db', 'é'] }]),
    )
    const stored = rows(files['inputs.csv']).map((row) => row.input as string)
    assert.deepEqual(stored, ['data.csv', '2-data.csv', '3-DATA.csv', 'up', 'two_words_', 'file', 'db', '_'])
  })

  it('keeps ids with commas, quotes and line breaks whole', () => {
    const id = 'a,"b"\nc'
    const { files } = importWfFormat(smallTrace([{ id, outputFiles: ['x, "y"\nz'] }]))
    assert.deepEqual(rows(files['writes.csv']), [{ job: id, file: 'x, "y"\nz' }])
    assert.ok(id in JSON.parse(files['recorded.json'] as string))
  })

  it('makes one input optional where only some jobs of a kind have it', () => {
    const { files } = importWfFormat(
      smallTrace([
        { id: 'make_1', outputFiles: ['m'] },
        { id: 'use_1', parents: ['make_1'], inputFiles: ['m', 'i'] },
        { id: 'use_2', inputFiles: ['i'] },
      ]),
    )
    assert.deepEqual(parse(files['heddle.yaml'] as string).tasks.use.inputs, {
      inputs: { dataset: 'inputs', via: 'reads_inputs' },
      files: { dataset: 'files', via: 'reads', optional: true },
    })
  })

  it('keeps an edge that no file carries as order without data', () => {
    const { files, summary } = importWfFormat(
      smallTrace([
        { id: 'a_1', children: ['b_1'] },
        { id: 'b_1', parents: ['a_1'] },
        { id: 'b_2', parents: ['b_1'] },
      ]),
    )
    assert.equal(summary.edges, 2)
    assert.deepEqual(rows(files['follows.csv']), [
      { job: 'b_1', after_job: 'a_1' },
      { job: 'b_2', after_job: 'b_1' },
    ])
    assert.deepEqual(parse(files['heddle.yaml'] as string).tasks.b.after, [
      { task: 'a', via: 'follows' },
      { task: 'b', via: 'follows' },
    ])
  })

  it('leaves a file its first maker when a later task changes it, and says so', () => {
    const { files, warnings, summary } = importWfFormat(
      smallTrace([
        { id: 'change', parents: ['make'], inputFiles: ['f'], outputFiles: ['f'] },
        { id: 'make', outputFiles: ['f'] },
        { id: 'update', inputFiles: ['g'], outputFiles: ['g'] },
      ]),
    )
    assert.deepEqual(rows(files['writes.csv']), [{ job: 'make', file: 'f' }])
    assert.deepEqual(warnings, [
      'change writes f, which make makes: only make makes it in the replay',
      'update reads g and writes it: the replay only reads it',
    ])
    assert.equal(summary.fileEdges, 3)
  })

  it('takes missing sizes and runtimes as nothing', () => {
    const { files } = importWfFormat(smallTrace([{ id: 'a', outputFiles: ['f'] }], { files: [{ id: 'f' }] }))
    assert.deepEqual(JSON.parse(files['recorded.json'] as string), { a: { seconds: 0, writes: [['f', 0]] } })
  })

  it('reads 1.4 and 1.6 where they are laid out like 1.5', () => {
    for (const version of ['1.4', '1.5', '1.6']) {
      assert.equal(importWfFormat(smallTrace([{ id: 'a' }], { version })).summary.format, `WfFormat ${version}`)
    }
    assert.match(refusal(smallTrace([{ id: 'a' }], { version: '2.0' })), /^schemaVersion: WfFormat 2\.0 is not known here; expected 1\.5/)
  })

  it('names the older layout', () => {
    const text = JSON.stringify({ name: 'old', schemaVersion: '1.3', workflow: { tasks: [] } })
    assert.match(refusal(text), /schemaVersion: WfFormat 1\.3/)
    const newer = JSON.stringify({ name: 'old', schemaVersion: '1.4', workflow: { tasks: [] } })
    assert.match(refusal(newer), /^workflow\.tasks: this is how WfFormat before 1\.5 lays a workflow out/)
  })

  it('names the place of whatever is wrong', () => {
    const task = 'workflow.specification.tasks'
    assert.equal(refusal(smallTrace([{ id: 'a' }, { id: 'a' }])), `${task}[1].id: ${task}[0] has the id "a" too`)
    assert.equal(
      refusal(smallTrace([{ id: 'abc' }, { id: 'b', parents: ['abd'] }])),
      `${task}[1].parents[0]: there is no task "abd"; did you mean "abc"?`,
    )
    assert.equal(
      refusal(smallTrace([{ id: 'a', inputFiles: ['data.cvs'] }], { files: [{ id: 'data.csv' }] })),
      `${task}[0].inputFiles[0]: workflow.specification.files has no "data.cvs"; did you mean "data.csv"?`,
    )
    assert.equal(
      refusal(smallTrace([{ id: 'a' }], { files: [{ id: 'f', sizeInBytes: -1 }] })),
      'workflow.specification.files[0].sizeInBytes: expected a number from 0, found -1',
    )
    assert.equal(
      refusal(smallTrace([{ id: 'a' }], { execution: { tasks: [{ id: 'z' }] } })),
      'workflow.execution.tasks[0]: the specification has no task "z"; did you mean "a"?',
    )
    assert.equal(refusal('[]'), 'the document: expected an object, found a list')
    assert.equal(refusal('{}'), 'the document: it has no `workflow`; expected a workflow trace in WfFormat 1.5')
    assert.match(refusal('{"a": 1,\n "b": 1'), /^line 2, column 8: no JSON: /)
    assert.match(refusal('{"a": 1,\n "b": }'), /^no JSON: .*"b": \}/s)
  })

  it('refuses ids that the files of a project cannot hold', () => {
    const id = 'workflow.specification.tasks[0].id: expected a text, found one with'
    assert.equal(refusal(smallTrace([{ id: 'a\0' }])), `${id} U+0000`)
    assert.equal(refusal(smallTrace([{ id: 'a\ud800' }])), `${id} half a surrogate pair`)
  })

  it('shows the path of a cycle, whether tasks or files make it', () => {
    assert.equal(
      refusal(
        smallTrace([
          { id: 'a', parents: ['b'] },
          { id: 'b', parents: ['a'] },
        ]),
      ),
      'tasks of the trace wait for each other: a → waits for b → waits for a',
    )
    const throughFiles = smallTrace([
      { id: 'a', inputFiles: ['y'], outputFiles: ['x'] },
      { id: 'b', inputFiles: ['x'], outputFiles: ['y'] },
    ])
    assert.match(refusal(throughFiles), /a → waits for b → waits for a/)
  })

  it('imports a chain of 100,000 tasks', () => {
    const tasks = Array.from({ length: 100_000 }, (_, i) => ({ id: `t_${i}`, parents: i === 99_999 ? [] : [`t_${i + 1}`] }))
    assert.equal(importWfFormat(smallTrace(tasks)).summary.edges, 99_999)
  })

  it('refuses a trace cut off at any length', () => {
    const whole = smallTrace([
      { id: 'a', outputFiles: ['f'] },
      { id: 'b', parents: ['a'], inputFiles: ['f'] },
    ])
    for (let length = 0; length < whole.length; length++) assert.match(refusal(whole.slice(0, length)), /no JSON/)
  })
})
