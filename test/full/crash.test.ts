import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { endLeftovers } from '../../src/engine/leftovers.ts'
import { readEvents } from '../../src/store/sqlite/log.ts'
import { openDatabase } from '../../src/store/sqlite/open.ts'
import { listRuns } from '../../src/store/sqlite/runs.ts'
import { runProject, writeProject } from '../rig/run-project.ts'
import { temporaryFolder } from '../rig/temporary-folder.ts'

const PIPELINE = `heddle: 1
name: fragile
dimensions:
  n: {type: int}
datasets:
  numbers: {dimensions: [n], path: "in/{n}.txt"}
  doubled: {dimensions: [n], format: text}
  number: {dimensions: [n], format: json}
  sum: {format: json, path: out/sum.json}
tasks:
  double:
    dimensions: [n]
    inputs: {numbers: numbers}
    outputs: {doubled: doubled}
    command: echo {dataId.n} >> ran; awk '{print $1 * 2}' {inputs.numbers} > {outputs.doubled}
  parse:
    dimensions: [n]
    inputs: {doubled: doubled}
    outputs: {number: number}
    python: "work:parse"
  add:
    inputs: {number: number}
    outputs: {sum: sum}
    python: "work:add"
`
const FILES = {
  'heddle.yaml': PIPELINE,
  'work.py': 'def parse(doubled):\n    return int(doubled)\n\ndef add(number):\n    return sum(number)\n',
  'in/1.txt': '1\n',
  'in/2.txt': '2\n',
}

/** Runs the project in a process that dies at boundary n; tells whether it did. */
function killedAt(folder: string, n: number): Promise<boolean> {
  const child = spawn(process.execPath, [join(import.meta.dirname, '../rig/killed-run.ts'), folder, String(n)], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', (_, signal) => resolve(signal === 'SIGKILL'))
  })
}

function check(folder: string): void {
  const database = openDatabase(join(folder, '.heddle/heddle.db'))
  try {
    const completed: number[] = []
    for (const run of listRuns(database)) {
      for (const event of readEvents(database, run.id)) if (event.event === 'QuantumCompleted') completed.push(event.q)
    }
    assert.deepEqual(
      completed.sort((a, b) => a - b),
      [0, 1, 2, 3, 4],
      'every quantum completed once over both runs',
    )
    assert.equal(database.prepare('PRAGMA integrity_check').get()?.['integrity_check'], 'ok')
    const states = listRuns(database).map((run) => run.state)
    assert.equal(states[0], 'completed')
    for (const state of states.slice(1)) assert.ok(state === 'interrupted' || state === 'completed', `the killed run reads ${state}`)
  } finally {
    database.close()
  }
  assert.equal(readFileSync(join(folder, 'out/sum.json'), 'utf8').trim(), '6')
  assert.deepEqual(readdirSync(join(folder, '.heddle/tmp')), [])
  assert.deepEqual(readdirSync(join(folder, 'out')), ['sum.json'])
}

test('killed at any commit or effect, the next run ends the same and runs nothing committed twice', async (t) => {
  let next = 0
  let last = Number.POSITIVE_INFINITY
  const worker = async (): Promise<void> => {
    for (let n = next++; n < last; n = next++) {
      const folder = temporaryFolder(t)
      writeProject(folder, FILES)
      if (!(await killedAt(folder, n))) last = Math.min(last, n)
      const again = await runProject(folder)
      assert.equal(again.result.state, 'completed', `killed at boundary ${n}`)
      check(folder)
    }
  }
  await Promise.all([worker(), worker(), worker()])
  assert.ok(last > 20, `${last} boundaries`)
})

test('what a killed engine left running is ended before anything new starts', async (t) => {
  const folder = temporaryFolder(t)
  const marks = { HEDDLE_RUN: 'some-run', HEDDLE_PROJECT: folder }
  const child = spawn('sh', ['-c', 'trap "" TERM; echo here; while :; do sleep 0.05; done'], {
    detached: true,
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, ...marks },
  })
  const gone = new Promise<string | null>((resolve) => child.on('exit', (_, signal) => resolve(signal)))
  await new Promise((resolve) => child.stdout.once('data', resolve))
  const other = await endLeftovers({ name: 'other-run', processes: [] }, folder)
  assert.equal(other, 0)
  assert.ok(existsSync(`/proc/${child.pid}`))
  const ended = await endLeftovers({ name: 'some-run', processes: [] }, folder)
  assert.ok(ended >= 1)
  assert.equal(await gone, 'SIGKILL')
})
