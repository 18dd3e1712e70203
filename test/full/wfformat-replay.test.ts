/** Imported traces, from the command line to the last replayed file. */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { gunzipSync } from 'node:zlib'
import { trialProject } from '../rig/trial-project.ts'

const DATA = join(import.meta.dirname, '../data/wfinstances')
const TRACES = readdirSync(DATA).flatMap((file) => (file.endsWith('.json.gz') ? [file.slice(0, -'.json.gz'.length)] : []))

interface Summary {
  readonly tasks: number
  readonly files: number
  readonly edges: number
  readonly fileEdges: number
}

interface Graph {
  readonly graph: { readonly quanta: number; readonly datasets: number; readonly edges: number }
}

function unpack(name: string, folder: string): string {
  const file = join(folder, `${name}.json`)
  writeFileSync(file, gunzipSync(readFileSync(join(DATA, `${name}.json.gz`))))
  return file
}

describe('an imported trace', () => {
  for (const name of TRACES) {
    it(`plans ${name} as its own graph, and replays it`, () => {
      using project = trialProject()
      const summary = project.json('import', unpack(name, project.folder), 'replay') as unknown as Summary
      const place = ['--project', 'replay'] as const
      assert.deepEqual(project.json('lint', ...place), { ok: true, problems: [] })

      const { graph } = project.json('plan', '--summary', ...place) as unknown as Graph
      assert.deepEqual(graph, { quanta: summary.tasks, datasets: summary.files, edges: summary.fileEdges })

      const scales = ['--param', 'time_scale=0', '--param', 'size_scale=0.00001'] as const
      const { state, counts } = project.run(...place, ...scales)
      assert.equal(state, 'completed')
      assert.equal(counts['completed'], summary.tasks)
      assert.equal(counts['failed'], 0)

      const again = project.run(...place, ...scales)
      assert.equal(again.counts['reused'], summary.tasks)
      assert.equal(again.counts['attempts'], 0)
    })
  }

  it('leaves inputs and outputs of the recorded sizes times size_scale', () => {
    using project = trialProject()
    const trace = {
      name: 'sizes',
      schemaVersion: '1.5',
      workflow: {
        specification: {
          files: [
            { id: '/data/in put.bin', sizeInBytes: 600e9 },
            { id: 'out/a', sizeInBytes: 3000 },
            { id: 'out/b', sizeInBytes: 0 },
          ],
          tasks: [{ id: 't_1', inputFiles: ['/data/in put.bin'], outputFiles: ['out/b', 'out/a'] }],
        },
      },
    }
    writeFileSync(join(project.folder, 'sizes.json'), JSON.stringify(trace))
    project.json('import', 'sizes.json', 'sizes')
    const run = project.run('--project', 'sizes', '--param', 'size_scale=0.5')
    assert.equal(run.state, 'completed')
    const input = statSync(join(project.folder, 'sizes/input/in_put.bin'))
    assert.equal(input.size, 300e9)
    assert.ok(input.blocks * 512 < 1e6, 'the input takes room on the disk')
    for (const [id, size] of [
      ['files@file=out/a', 1500],
      ['files@file=out/b', 0],
    ] as const) {
      assert.equal(project.heddle('get', '--project', 'sizes', '--param', 'size_scale=0.5', id, join(project.folder, id.slice(-1))).code, 0)
      assert.equal(statSync(join(project.folder, id.slice(-1))).size, size)
    }
  })

  it('keeps the order of edges that no file carries', () => {
    using project = trialProject()
    const tasks = [
      { id: 'a_1', parents: ['b_1'], outputFiles: [] },
      { id: 'b_1', parents: [], outputFiles: ['f'] },
      { id: 'b_2', parents: ['b_1', 'a_1'], outputFiles: [] },
    ]
    const trace = { name: 'order', schemaVersion: '1.5', workflow: { specification: { tasks, files: [{ id: 'f', sizeInBytes: 1 }] } } }
    writeFileSync(join(project.folder, 'order.json'), JSON.stringify(trace))
    project.json('import', 'order.json', 'order')
    const ended = project.heddle('run', '--project', 'order', '--json')
    assert.equal(ended.code, 0, ended.err)
    const events = ended.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { event: string; quantum?: string })
    const completed = events.flatMap(({ event, quantum }) => (event === 'QuantumCompleted' ? [quantum] : []))
    assert.deepEqual(completed, ['b@job=b_1', 'a@job=a_1', 'b@job=b_2'])
  })

  it('says what is wrong with a file that is no trace, and makes nothing', () => {
    using project = trialProject()
    writeFileSync(join(project.folder, 'bad.json'), '{"workflow": {"specification": {"tasks": 3}}}')
    const { code, out, err } = project.heddle('import', 'bad.json')
    assert.equal(code, 2)
    assert.equal(out, '')
    assert.match(err, /bad\.json: workflow\.specification\.tasks: expected a list, found a number/)
    assert.deepEqual(readdirSync(project.folder), ['bad.json'])
  })
})
