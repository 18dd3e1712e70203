import assert from 'node:assert/strict'
import { hash } from 'node:crypto'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import type { RunHandle, RunStore } from '../../src/engine/store.ts'
import type { ExecutionKind, ExecutionRecord, RecordedOutput } from '../../src/model/history.ts'
import { executionNumber, IDENTITY } from '../../src/model/history.ts'
import { openHistory } from '../../src/store/sqlite/history.ts'
import { openDatabase } from '../../src/store/sqlite/open.ts'
import { openRunStore } from '../../src/store/sqlite/run-store.ts'
import { temporaryFolder } from '../rig/temporary-folder.ts'

const digest = (text: string): Uint8Array => hash('sha256', text, 'buffer')

function identity(content: string, key: string): Uint8Array {
  const bytes = new Uint8Array(IDENTITY.bytes)
  bytes.set(digest(content), IDENTITY.content)
  bytes.set(digest(key).subarray(0, 8), IDENTITY.key)
  bytes.set(digest(`code of ${content}`).subarray(0, 8), IDENTITY.code)
  return bytes
}

function execution(q: number, kind: ExecutionKind, content: string, key: string, outputs: RecordedOutput[] = []): ExecutionRecord {
  return { q, kind, identity: identity(content, key), wallSeconds: 0.5, outputs }
}

function store(t: TestContext): { database: ReturnType<typeof openDatabase>; store: RunStore; run: RunHandle } {
  const folder = temporaryFolder(t)
  const database = openDatabase(join(folder, 'heddle.db'))
  t.after(() => database.close())
  const opened = openRunStore(database, { file: '.heddle/heddle.db', logsFolder: join(folder, 'logs') })
  const request = { pipeline: 'p', graph: 'g', request: {}, tasks: [], reused: new Float64Array(3) }
  const run = opened.beginRun(request, 1000, (name) => ({ event: 'Warned', code: 'gather-cut', message: name }))
  return { database, store: opened, run }
}

test('the newest execution with the same content is found, failed ones only by their quantum', (t) => {
  const { database, store: kept, run } = store(t)
  const inline = Buffer.from('"hello"')
  kept.commit(
    run,
    { events: [], executions: [execution(0, 'completed', 'a', 'k0', [{ digest: digest('x'), size: 7, inline }])], outputs: [] },
    2000,
  )
  const second = kept.commit(
    run,
    {
      events: [],
      executions: [
        execution(0, 'completed', 'b', 'k0'),
        execution(1, 'failed', 'c', 'k1'),
        execution(0, 'completed', 'a', 'k0', [
          { digest: digest('y'), size: 2, inline: Buffer.from('{}') },
          { digest: undefined, size: 0, inline: undefined },
        ]),
      ],
      outputs: [],
    },
    3000,
  )
  const history = openHistory(database, () => false)

  const found = history.find(identity('a', ''), 0)
  assert.equal(found, executionNumber(second.seq, 2))
  assert.equal(Buffer.from(history.inline(found, 0) ?? []).toString(), '{}')
  assert.equal(Buffer.from(kept.inline(found, 0) ?? []).toString(), '{}')
  assert.equal(history.inline(found, 1), undefined)
  assert.equal(history.outputs(found), 2)
  assert.equal(history.size(found, 0), 2)
  const target = new Uint8Array(40)
  assert.equal(history.copyDigest(found, 0, target, 8), true)
  assert.deepEqual(target.subarray(8), new Uint8Array(digest('y')))
  assert.equal(history.copyDigest(found, 1, target, 8), false)
  assert.equal(history.latest(identity('', 'k0'), IDENTITY.key), found)
  assert.equal(history.run(found), run.id)
  assert.equal(history.wallSeconds(found), 0.5)
  assert.equal(history.same(found, 'code', identity('a', ''), IDENTITY.code), true)
  assert.equal(history.same(found, 'code', identity('b', ''), IDENTITY.code), false)

  assert.equal(history.find(identity('c', ''), 0), 0)
  const failed = history.latest(identity('', 'k1'), IDENTITY.key)
  assert.equal(history.kind(failed), 'failed')
  assert.equal(history.quantum(failed), 1)
  assert.equal(history.find(identity('never', ''), 0), 0)
})

test('an execution whose bytes are gone gives way to an older one that still has them', (t) => {
  const { database, store: kept, run } = store(t)
  const object = (text: string): RecordedOutput[] => [{ digest: digest(text), size: 1, inline: undefined }]
  const first = kept.commit(run, { events: [], executions: [execution(0, 'completed', 'a', 'k', object('old'))], outputs: [] }, 0)
  kept.commit(run, { events: [], executions: [execution(0, 'completed', 'a', 'k', object('new'))], outputs: [] }, 0)
  const has = (text: string) => (bytes: Uint8Array, at: number) => Buffer.from(bytes.subarray(at, at + 32)).equals(digest(text))
  assert.equal(openHistory(database, has('old')).find(identity('a', ''), 0), executionNumber(first.seq, 0))
  assert.equal(openHistory(database, has('neither')).find(identity('a', ''), 0), 0)
})

test('many executions with equal beginnings are told apart', (t) => {
  const { database, store: kept, run } = store(t)
  const executions = Array.from({ length: 3000 }, (_, q) => {
    const record = execution(q, 'completed', `content ${q}`, `key ${q}`)
    record.identity.fill(7, 0, 4)
    return record
  })
  kept.commit(run, { events: [], executions, outputs: [] }, 0)
  const history = openHistory(database, () => true)
  for (const record of executions) assert.equal(history.quantum(history.find(record.identity, 0)), record.q)
})

test('an execution that a later run reused is the latest of its quantum again, until one is newer than that run', (t) => {
  const { database, store: kept, run } = store(t)
  const first = kept.commit(run, { events: [], executions: [execution(0, 'completed', 'old setting', 'k')], outputs: [] }, 1)
  const begin = (reused: number[]): RunHandle => {
    const request = { pipeline: 'p', graph: 'g', request: {}, tasks: [], reused: Float64Array.from(reused) }
    return kept.beginRun(request, 1000, (name) => ({ event: 'Warned', code: 'gather-cut', message: name }))
  }
  const latest = (): number => openHistory(database, () => true).latest(identity('', 'k'), IDENTITY.key)
  const oldSetting = executionNumber(first.seq, 0)
  const second = kept.commit(begin([0]), { events: [], executions: [execution(0, 'completed', 'new setting', 'k')], outputs: [] }, 2)
  assert.equal(latest(), executionNumber(second.seq, 0))
  const back = begin([oldSetting])
  assert.equal(latest(), oldSetting)
  const third = kept.commit(back, { events: [], executions: [execution(0, 'failed', 'third', 'k')], outputs: [] }, 3)
  assert.equal(latest(), executionNumber(third.seq, 0))
})
