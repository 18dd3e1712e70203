import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { FormatName } from '../../src/model/pipeline.ts'
import { type Ended, job, type LocalRig, logText, openRig } from '../rig/local-rig.ts'

type More = Parameters<typeof job>[1]

const json = { connection: 'out', format: 'json', gathers: false, paths: ['/nowhere'] } as const

function typescript(rig: LocalRig, fn: string, more: More = {}, module = 'body.ts') {
  return job({ kind: 'typescript', module: join(rig.project, module), function: fn }, more)
}

function input(connection: string, format: FormatName, ...texts: string[]) {
  return {
    connection,
    format,
    gathers: texts.length > 1,
    items: texts.map((text) => ({ path: undefined, inline: Buffer.from(text) })),
    dataIds: [{ k: 1 }],
  }
}

function outputText(ended: Ended | undefined, output = 0, item = 0): string | undefined {
  assert.ok(ended?.outcome.kind === 'completed', JSON.stringify(ended?.outcome) + logText(ended))
  const bytes = ended.outcome.outputs[output]?.[item]?.inline
  return bytes === undefined ? undefined : Buffer.from(bytes).toString('utf8')
}

function failureOf(ended: Ended | undefined) {
  assert.ok(ended?.outcome.kind === 'failed', JSON.stringify(ended?.outcome))
  return ended.outcome
}

test('a function gets one object with inputs, configuration and data IDs, and may be asynchronous', async (t) => {
  const rig = openRig(t)
  rig.file('part.ts', 'export const sum = (list: number[]): number => list.reduce((a, b) => a + b, 0)\n')
  rig.file(
    'body.ts',
    "import { sum } from './part.ts'\nexport async function f(given: { list: number[]; k: string }) { await null; return { ...given, list: sum(given.list) } }\n",
  )
  rig.file('old.js', 'export const f = ({ rows }) => rows\n')
  const more: More = { inputs: [input('list', 'json', '1', '2.5')], config: { k: 'é' }, dataId: { s: 'x' }, outputs: [json] }
  const [end, old] = await rig.run(
    typescript(rig, 'f', more),
    typescript(rig, 'f', { inputs: [input('rows', 'csv', 'a,b\n1,"x,y"\n')], outputs: [json] }, 'old.js'),
  )
  assert.equal(outputText(end), '{"dataId":{"s":"x"},"dataIds":{"list":[{"k":1}]},"k":"\\u00e9","list":3.5,"outputs":{"out":"/nowhere"}}')
  assert.equal(outputText(old), '[{"a":"1","b":"x,y"}]')
})

test('several outputs are an object, large ones and files are left at their path', async (t) => {
  const rig = openRig(t)
  rig.file(
    'body.ts',
    "import { writeFileSync } from 'node:fs'\nexport const f = ({ outputs }) => { writeFileSync(outputs.given, 'given'); writeFileSync('made', 'made'); return { large: 'x'.repeat(20000), made: 'made', each: [new Uint8Array([1]), new Uint8Array([255])] } }\n",
  )
  const path = (name: string) => join(rig.tmp, name)
  const out = (connection: string, format: FormatName, ...paths: string[]) => ({ connection, format, gathers: paths.length > 1, paths })
  const outputs = [
    out('each', 'bytes', path('e1'), path('e2')),
    out('large', 'text', path('large')),
    out('made', 'file', path('made')),
    out('given', 'file', path('given')),
  ]
  const [end] = await rig.run(typescript(rig, 'f', { outputs }))
  assert.equal(outputText(end, 1), undefined)
  assert.deepEqual(end?.outcome.kind === 'completed' && end.outcome.outputs[0]?.map(({ inline }) => [...(inline ?? [])]), [[1], [255]])
  assert.deepEqual(
    [readFileSync(path('large'), 'utf8').length, readFileSync(path('made'), 'utf8'), readFileSync(path('given'), 'utf8')],
    [20000, 'made', 'given'],
  )
})

test('errors come with their place and without frames of ours', async (t) => {
  const rig = openRig(t)
  rig.file(
    'body.ts',
    "function deep(): never {\n  throw new TypeError('bad')\n}\nexport const f = () => deep()\nexport const odd = () => new Date()\nexport const none = () => {}\nexport const over = () => over()\n",
  )
  rig.file('broken.ts', 'export const = 1\n')
  const out = { outputs: [json] }
  const ends = await rig.run(
    typescript(rig, 'f'),
    typescript(rig, 'odd', out),
    typescript(rig, 'none', out),
    typescript(rig, 'over'),
    typescript(rig, 'g'),
    typescript(rig, 'f', {}, 'broken.ts'),
    typescript(rig, 'f', {}, 'absent.ts'),
  )
  const failures = ends.map(failureOf)
  assert.equal(failures[0]?.message, 'TypeError: bad (body.ts:2)')
  assert.match(logText(ends[0]), /^TypeError: bad\n {4}at deep .*body\.ts:2:9\)\n {4}at f/)
  assert.doesNotMatch(logText(ends[0]), /sites\/local/)
  assert.deepEqual(
    failures.map(({ cause }) => cause),
    ['error', 'output', 'output', 'error', 'error', 'error', 'error'],
  )
  assert.match(failures[3]?.message ?? '', /^RangeError: Maximum call stack/)
  assert.match(failures[5]?.message ?? '', /^SyntaxError: .* \(broken\.ts:1\)$/)
  assert.match(logText(ends[5]), /broken\.ts:1\n/)
  assert.doesNotMatch(logText(ends[5]), /node:internal/)
  assert.match(failures[4]?.message ?? '', /exports no function g; it has f, none, odd, over/)
})

test('NoWork comes from heddle, which need not be installed', async (t) => {
  const rig = openRig(t)
  rig.file('body.ts', "import { NoWork } from 'heddle'\nexport const f = (): never => { throw new NoWork('no rain') }\n")
  const [end] = await rig.run(typescript(rig, 'f'))
  assert.deepEqual(end?.outcome, { kind: 'noWork', why: 'no rain' }, logText(end))
})

test('what a body prints is the log of its own attempt', async (t) => {
  const rig = openRig(t, { slots: 1 })
  rig.file(
    'body.ts',
    "import { execSync } from 'node:child_process'\nexport const f = ({ k }) => { console.log('out', k); console.error('err'); process.stdout.write('raw\\n'); execSync('echo child', { stdio: 'inherit' }) }\nexport const quiet = () => {}\nexport const much = () => { for (let i = 0; i < 20000; i++) console.log('line', i) }\n",
  )
  const ends = await rig.run(
    typescript(rig, 'f', { config: { k: 1 } }),
    typescript(rig, 'quiet'),
    typescript(rig, 'much'),
    typescript(rig, 'f', { config: { k: 2 } }),
  )
  assert.equal(logText(ends[0]), 'out 1\nerr\nraw\nchild\n')
  assert.equal(ends[1]?.log.kind, 'none')
  assert.equal(ends[2]?.log.kind === 'file' && readFileSync(ends[2].log.path, 'utf8').split('\n').length, 20001)
  assert.equal(logText(ends[3]), 'out 2\nerr\nraw\nchild\n')
})

test('a body that leaves, dies or throws on the side takes only its own quantum along', async (t) => {
  const rig = openRig(t, { slots: 1 })
  rig.file(
    'body.ts',
    "export const f = async ({ k }) => {\n  if (k === 50) process.exit(7)\n  if (k === 60) process.kill(process.pid, 'SIGSEGV')\n  if (k === 70) { setTimeout(() => { throw new Error('aside') }); await new Promise(() => {}) }\n  return k\n}\n",
  )
  const ends = await rig.run(...Array.from({ length: 200 }, (_, k) => typescript(rig, 'f', { config: { k }, outputs: [json] })))
  for (const [k, end] of ends.entries()) if (![50, 60, 70].includes(k)) assert.equal(outputText(end), String(k))
  assert.equal(failureOf(ends[50]).exitCode, 7)
  assert.equal(failureOf(ends[60]).signal, 'SIGSEGV')
  assert.match(logText(ends[70]), /Error: aside/)
  assert.equal(rig.processes.length, 4)
})
