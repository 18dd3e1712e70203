import assert from 'node:assert/strict'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import type { RunHandle, RunStore } from '../../src/engine/store.ts'
import type { Event } from '../../src/model/events.ts'
import { findAttemptLog, readAttemptLog } from '../../src/store/sqlite/attempt-logs.ts'
import { followLog, readEvents } from '../../src/store/sqlite/log.ts'
import { openDatabase } from '../../src/store/sqlite/open.ts'
import { openRunStore } from '../../src/store/sqlite/run-store.ts'
import { listRuns, resolveRun, reusedExecutions } from '../../src/store/sqlite/runs.ts'
import { temporaryFolder } from '../rig/temporary-folder.ts'

const COUNTS = { completed: 0, reused: 0, noWork: 0, pruned: 0, failed: 0, blocked: 0, cancelled: 0, attempts: 0 }
const AT = Date.UTC(2026, 10, 21, 8, 24, 5)

interface Opened {
  readonly folder: string
  readonly file: string
  readonly database: ReturnType<typeof openDatabase>
  readonly store: RunStore
  readonly begin: (at?: number, reused?: Float64Array) => RunHandle
}

function opened(t: TestContext): Opened {
  const folder = temporaryFolder(t)
  const file = join(folder, 'heddle.db')
  const database = openDatabase(file)
  t.after(() => database.close())
  const store = openRunStore(database, { file: '.heddle/heddle.db', logsFolder: join(folder, 'logs') })
  return {
    folder,
    file,
    database,
    store,
    begin: (at = AT, reused = new Float64Array(2)) =>
      store.beginRun({ pipeline: 'climate', graph: 'g', request: { where: null }, tasks: [], reused }, at, (run) => ({
        event: 'Warned',
        code: 'gather-cut',
        message: run,
      })),
  }
}

const finished = (run: RunHandle): Event => ({ event: 'RunFinished', run: run.name, state: 'completed', counts: COUNTS, seconds: 1 })

test('runs have sortable names that never clash, and are found by name, beginning and age', (t) => {
  const { database, begin } = opened(t)
  assert.throws(() => resolveRun(database, 'last'), { code: 'unknown-run', message: 'there is no run yet' })
  assert.equal(begin().name, '20261121-082405-climate')
  assert.equal(begin().name, '20261121-082405-climate-2')
  assert.equal(begin(AT + 60_000).name, '20261121-082505-climate')
  assert.equal(resolveRun(database, 'last').name, '20261121-082505-climate')
  assert.equal(resolveRun(database, 'last~2').name, '20261121-082405-climate')
  assert.equal(resolveRun(database, '20261121-082405-climate').id, 1)
  assert.equal(resolveRun(database, '20261121-0825').id, 3)
  assert.throws(() => resolveRun(database, '20261121-0824'), { code: 'unknown-run', message: /several runs/ })
  assert.throws(() => resolveRun(database, 'last~3'), { code: 'unknown-run', message: 'last~3 goes back 3, but there are 3 runs' })
  assert.deepEqual(
    listRuns(database).map((run) => run.id),
    [3, 2, 1],
  )
})

test('what a run reused comes back as it was', (t) => {
  const { database, begin } = opened(t)
  assert.equal(reusedExecutions(database, begin().id), undefined)
  assert.deepEqual(reusedExecutions(database, begin(AT, Float64Array.of(0, 65536 * 7 + 3)).id), Float64Array.of(0, 65536 * 7 + 3))
})

test('a turn is committed whole or not at all', (t) => {
  const { folder, database, store, begin } = opened(t)
  const run = begin()
  const gone = { q: 0, attempt: 1, text: { path: join(folder, 'is-not-there') } }
  assert.throws(() => store.commit(run, { events: [finished(run)], executions: [], outputs: [gone] }, AT))
  assert.equal([...readEvents(database, run.id)].length, 1)
  assert.equal(resolveRun(database, 'last').state, 'running')
  store.commit(run, { events: [finished(run)], executions: [], outputs: [] }, AT + 5)
  assert.equal([...readEvents(database, run.id)].length, 2)
  const row = resolveRun(database, 'last')
  assert.deepEqual([row.state, row.finished, row.counts], ['completed', AT + 5, COUNTS])
})

test('logs are kept inline or as files, and no output leaves none', (t) => {
  const { folder, database, store, begin } = opened(t)
  const run = begin()
  const large = join(folder, 'large')
  writeFileSync(large, 'many lines')
  store.commit(
    run,
    {
      events: [],
      executions: [],
      outputs: [
        { q: 0, attempt: 1, text: Buffer.from('few') },
        { q: 1, attempt: 2, text: { path: large } },
      ],
    },
    AT,
  )
  const text = (q: number, attempt: number): string =>
    Buffer.from(readAttemptLog(findAttemptLog(database, join(folder, 'logs'), run.id, q, attempt))).toString()
  assert.deepEqual([text(0, 1), text(1, 2), text(1, 1)], ['few', 'many lines', ''])
  assert.equal(existsSync(large), false)
})

test('a follower hears each turn as it is committed by another connection, and ends with the run', async (t) => {
  const { file, store, begin } = opened(t)
  const run = begin()
  const reader = openDatabase(file)
  t.after(() => reader.close())
  const heard: string[] = []
  for await (const entry of followLog(reader, file, run.id, { after: 0, isAlive: () => true, signal: new AbortController().signal })) {
    heard.push(...entry.events.map((event) => event.event))
    if (heard.length === 1)
      setImmediate(() => store.commit(run, { events: [{ event: 'SiteFound', site: 'local' }], executions: [], outputs: [] }, AT))
    if (heard.length === 2) setImmediate(() => store.commit(run, { events: [finished(run)], executions: [], outputs: [] }, AT))
  }
  assert.deepEqual(heard, ['Warned', 'SiteFound', 'RunFinished'])
})

test('a follower of a run whose engine is gone ends', async (t) => {
  const { file, database, begin } = opened(t)
  const run = begin()
  const heard: string[] = []
  for await (const entry of followLog(database, file, run.id, { after: 0, isAlive: () => false, signal: new AbortController().signal }))
    heard.push(...entry.events.map((event) => event.event))
  assert.deepEqual(heard, ['Warned'])
})

test('runs that an engine left are listed with their processes until they are closed', (t) => {
  const { database, store, begin } = opened(t)
  const run = begin()
  store.processStarted(run, { pid: 12, started: 34, boot: 'b' })
  store.processStarted(run, { pid: 13, started: 34, boot: 'b' })
  assert.deepEqual(
    store.leftRuns().map((left) => [left.name, left.processes.map((p) => p.pid)]),
    [[run.name, [12, 13]]],
  )
  store.processesEnded(run)
  assert.deepEqual(store.leftRuns()[0]?.processes, [])
  store.closeRun(run.id, 'interrupted', AT + 1)
  assert.deepEqual(store.leftRuns(), [])
  assert.equal(resolveRun(database, 'last').state, 'interrupted')
})
