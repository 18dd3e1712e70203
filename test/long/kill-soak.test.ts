import assert from 'node:assert/strict'
import { once } from 'node:events'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import type { Event } from '../../src/model/events.ts'
import { readEvents } from '../../src/store/sqlite/log.ts'
import { openDatabase } from '../../src/store/sqlite/open.ts'
import { listRuns } from '../../src/store/sqlite/runs.ts'
import { makeProject } from '../rig/heddle-project.ts'

const KILLS = 60
const COUNT = 400

const PIPELINE = `heddle: 1
name: soak
dimensions:
  n: {type: int, records: n.csv}
datasets:
  raw: {dimensions: [n], format: text}
  double: {dimensions: [n], format: json}
  all: {format: json, path: out/all.json}
tasks:
  write: {dimensions: [n], outputs: {raw: raw}, command: "sleep 0.01; echo {dataId.n} > {outputs.raw}"}
  parse: {dimensions: [n], inputs: {raw: raw}, outputs: {double: double}, python: "body:parse"}
  add: {inputs: {numbers: double}, outputs: {all: all}, python: "body:add"}
`

/** A small generator (mulberry32), so that a seed tells which moments were tried. */
function randomNumbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

test(`up to ${KILLS} kills at moments of all kinds lose nothing committed and repeat nothing committed`, async (t) => {
  const seed = Number(process.env.HEDDLE_SEED ?? Date.now() % 1_000_000)
  t.diagnostic(`HEDDLE_SEED=${seed}`)
  const random = randomNumbers(seed)
  const project = makeProject({
    'heddle.yaml': PIPELINE,
    'n.csv': `n\n${Array.from({ length: COUNT }, (_, i) => `${i}\n`).join('')}`,
    'body.py': 'def parse(raw):\n    return 2 * int(raw)\n\n\ndef add(numbers):\n    return sum(numbers)\n',
  })
  t.after(() => project.remove())

  let killed = 0
  while (killed < KILLS) {
    const child = project.start('run', '--quiet')
    const ended = once(child, 'exit')
    await Promise.race([wait(random() * 900), ended])
    if (child.exitCode !== null) break
    child.kill('SIGKILL')
    await ended
    killed++
  }
  t.diagnostic(`${killed} kills before the run was done`)
  const last = project.heddle('run', '--quiet')

  assert.ok(killed >= 5, `only ${killed} kills`)
  assert.equal(last.code, 0, last.err)
  assert.equal(project.heddle('get', 'all').out.trim(), String(COUNT * (COUNT - 1)))
  const database = openDatabase(join(project.folder, '.heddle/heddle.db'))
  try {
    const completions = listRuns(database).flatMap((run) => {
      const events: Event[] = [...readEvents(database, run.id)]
      return events.flatMap((event) => (event.event === 'QuantumCompleted' ? [event.q] : []))
    })
    assert.equal(completions.length, 2 * COUNT + 1)
    assert.equal(new Set(completions).size, 2 * COUNT + 1)
  } finally {
    database.close()
  }
})
