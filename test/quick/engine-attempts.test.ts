import assert from 'node:assert/strict'
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { findAttemptLog, readAttemptLog } from '../../src/store/sqlite/attempt-logs.ts'
import { openDatabase } from '../../src/store/sqlite/open.ts'
import { resolveRun } from '../../src/store/sqlite/runs.ts'
import { type Ran, runProject, writeProject } from '../rig/run-project.ts'
import { temporaryFolder } from '../rig/temporary-folder.ts'

const failure = (ran: Ran): Readonly<Record<string, unknown>> => ran.events.find((event) => event.event === 'QuantumFailed') ?? {}
const work = (datasets: string, task: string): Record<string, string> => ({
  'heddle.yaml': `heddle: 1\nname: work\ndatasets:\n  ${datasets}\ntasks:\n  work:\n    outputs: {out: out}\n    ${task}\n`,
})

test('a retry after an error gives the same again', async (t) => {
  const folder = temporaryFolder(t)
  writeProject(
    folder,
    work(
      'out: {format: text}',
      `resources: {memory: 100MiB, walltime: 1min}
    retry: {limit: 2, on: [walltime, error], scale: 3}
    command: 'echo {resources.memory} {resources.walltime} >> seen; test -e ok || { : > ok; exit 1; }; echo x > {outputs.out}'`,
    ),
  )
  const ran = await runProject(folder)
  assert.equal(ran.result.state, 'completed')
  assert.equal(readFileSync(join(folder, 'seen'), 'utf8'), '104857600 60\n104857600 60\n')
  const retried = ran.events.find((event) => event.event === 'QuantumRetried')
  assert.deepEqual([retried?.['attempt'], retried?.['because'], retried?.['scaled']], [1, 'error', {}])
})

test('what ran over its walltime is tried again with more', async (t) => {
  const folder = temporaryFolder(t)
  writeProject(
    folder,
    work(
      'out: {format: text}',
      `resources: {walltime: 300ms}
    retry: {limit: 1, on: [walltime], scale: 200}
    command: 'if [ $HEDDLE_ATTEMPT = 1 ]; then sleep 60; fi; echo {resources.walltime} > {outputs.out}'`,
    ),
  )
  const ran = await runProject(folder)
  const retried = ran.events.find((event) => event.event === 'QuantumRetried')
  assert.deepEqual([ran.result.state, retried?.['because'], retried?.['scaled']], ['completed', 'walltime', { walltime: 60 }])
})

test('what no machine has is refused before anything starts', async (t) => {
  const folder = temporaryFolder(t)
  writeProject(folder, work('out: {format: text}', 'resources: {gpus: 1}\n    command: "echo > {outputs.out}"'))
  await assert.rejects(runProject(folder), {
    code: 'resource-unavailable',
    message: 'task work asks for gpus 1, but site local has 0',
    hint: /sites\.yaml.*: \{heddle: 1, sites: \{local: \{run: \{limits: \{gpus: 1\}\}\}\}\}$/,
  })
  assert.deepEqual(readdirSync(folder).sort(), ['.heddle', 'heddle.yaml'])
})

test('a large output is hashed beside the loop and appears whole', async (t) => {
  const folder = temporaryFolder(t)
  writeProject(folder, work('out: {format: bytes, path: big.bin}', 'command: head -c 20000000 /dev/zero > {outputs.out}'))
  const ran = await runProject(folder)
  assert.equal(ran.result.state, 'completed')
  assert.equal(statSync(join(folder, 'big.bin')).size, 20_000_000)
  const stored = ran.events.find((event) => event.event === 'DatasetStored')
  assert.deepEqual([stored?.['dataset'], stored?.['size']], ['out', 20_000_000])
})

test('a folder is an output like any other', async (t) => {
  const folder = temporaryFolder(t)
  writeProject(
    folder,
    work('out: {format: directory, path: pages}', 'command: mkdir {outputs.out} && echo a > {outputs.out}/a && echo b > {outputs.out}/b'),
  )
  assert.equal((await runProject(folder)).result.state, 'completed')
  assert.deepEqual(readdirSync(join(folder, 'pages')), ['a', 'b'])
  const wrong = temporaryFolder(t)
  writeProject(wrong, work('out: {format: directory}', 'command: echo a > {outputs.out}'))
  assert.match(String(failure(await runProject(wrong))['message']), /^output out is no folder/)
})

test('an output that cannot be put at its path fails the run but is not lost', async (t) => {
  const folder = temporaryFolder(t)
  writeProject(folder, { ...work('out: {format: text, path: out/x.txt}', 'command: echo x > {outputs.out}'), out: 'a file stands here' })
  const ran = await runProject(folder)
  assert.equal(ran.result.state, 'failed')
  assert.equal(ran.result.counts.completed, 1)
  const warned = ran.events.find((event) => event.event === 'Warned')
  assert.equal(warned?.['code'], 'output-not-placed')
  assert.equal(ran.events.at(-1)?.event, 'RunFinished')
})

test('a store that is full ends the run with a clear error and damages nothing', async (t) => {
  const folder = temporaryFolder(t)
  writeProject(folder, work('out: {format: text}', 'command: head -c 60000 /dev/zero; echo x > {outputs.out}'))
  const fill = (database: DatabaseSync): void => {
    const { page_count: pages } = database.prepare('PRAGMA page_count').get() as { page_count: number }
    database.exec(`PRAGMA max_page_count = ${pages + 5}`)
  }
  await assert.rejects(runProject(folder, { afterPlan: fill }), { code: 'store-failed', message: /cannot grow: the disk is full$/ })
  assert.deepEqual(readdirSync(join(folder, '.heddle/tmp')), [])
  const again = await runProject(folder)
  assert.equal(again.result.state, 'completed')
})

test('after a power loss, objects of the run that it ended are read again and damaged ones made anew', async (t) => {
  const folder = temporaryFolder(t)
  writeProject(folder, work('out: {format: text, path: out.txt}', 'command: echo x > {outputs.out}'))
  await runProject(folder)
  const database = openDatabase(join(folder, '.heddle/heddle.db'))
  database.exec("UPDATE runs SET state = 'running'; INSERT INTO processes SELECT 1, 1, 'an earlier boot', id FROM runs")
  database.close()
  const objects = join(folder, '.heddle/objects')
  for (const name of readdirSync(objects, { recursive: true, withFileTypes: true })) {
    if (!name.isFile()) continue
    chmodSync(join(name.parentPath, name.name), 0o644)
    writeFileSync(join(name.parentPath, name.name), '')
  }
  const again = await runProject(folder)
  assert.deepEqual([again.result.state, again.result.counts.completed], ['completed', 1])
  assert.equal(readFileSync(join(folder, 'out.txt'), 'utf8'), 'x\n')
})

test('logs of attempts are kept with their quantum, large ones as files', async (t) => {
  const folder = temporaryFolder(t)
  writeProject(folder, {
    'heddle.yaml': `heddle: 1
name: logs
datasets: {a: {format: text}, b: {format: text}, c: {format: text}}
tasks:
  few: {outputs: {a: a}, command: "echo few words; echo more >&2; echo > {outputs.a}"}
  many: {outputs: {b: b}, command: "seq 200000; echo > {outputs.b}"}
  none: {outputs: {c: c}, command: "echo > {outputs.c}"}
`,
  })
  const { plan } = await runProject(folder)
  const database = openDatabase(join(folder, '.heddle/heddle.db'))
  t.after(() => database.close())
  const run = resolveRun(database, 'last')
  const log = (task: string): string => {
    const q = plan.graph.tasks.find((block) => block.task === task)?.first as number
    return Buffer.from(readAttemptLog(findAttemptLog(database, join(folder, '.heddle/logs'), run.id, q, 1))).toString()
  }
  assert.equal(log('few'), 'few words\nmore\n')
  assert.equal(
    log('many').length,
    Array.from({ length: 200_000 }, (_, i) => String(i + 1).length + 1).reduce((a, b) => a + b),
  )
  assert.equal(log('none'), '')
})

test('the step before a selection is read from the run that made it', async (t) => {
  const folder = temporaryFolder(t)
  writeProject(folder, {
    'work.py': 'def advance(before):\n    return before + 1\n',
    'start.json': '0',
    'heddle.yaml': `heddle: 1
name: steps
dimensions:
  step: {type: int, ordered: true, records: [{step: 1}, {step: 2}, {step: 3}]}
datasets:
  start: {format: json, path: start.json}
  state: {dimensions: [step], format: json}
tasks:
  advance:
    dimensions: [step]
    inputs: {before: {dataset: state, at: {step: previous}, initial: start}}
    outputs: {state: state}
    python: "work:advance"
`,
  })
  const first = await runProject(folder, { planning: { where: 'step <= 2' } })
  assert.deepEqual([first.result.state, first.result.counts.completed], ['completed', 2])
  const second = await runProject(folder, { planning: { where: 'step = 3' } })
  assert.deepEqual([second.result.state, second.result.counts.completed, failure(second)], ['completed', 1, {}])
  const whole = await runProject(folder)
  assert.equal(whole.result.counts.reused, 3)
})

test('names with spaces, quotes and a leading dash reach the command as they are', async (t) => {
  const folder = temporaryFolder(t)
  const names = ['a b', "it's", '"q"', '-x', '$HOME', 'ü;rm']
  writeProject(folder, {
    'names.json': JSON.stringify(names.map((name) => ({ name }))),
    'heddle.yaml': `heddle: 1
name: names
dimensions: {name: {type: string, records: names.json}}
datasets:
  copy: {dimensions: [name], format: text}
  all: {format: text, path: all.txt}
tasks:
  copy: {dimensions: [name], outputs: {copy: copy}, command: "printf '%s\\\\n' {dataId.name} > {outputs.copy}"}
  all: {inputs: {copy: copy}, outputs: {all: all}, command: "cat {inputs.copy} > {outputs.all}"}
`,
  })
  const ran = await runProject(folder)
  assert.deepEqual([ran.result.state, failure(ran)], ['completed', {}])
  assert.deepEqual(readFileSync(join(folder, 'all.txt'), 'utf8').trimEnd().split('\n').sort(), [...names].sort())
})

test('a project whose store is read-only says so', { skip: process.getuid?.() === 0 && 'root writes everywhere' }, async (t) => {
  const folder = temporaryFolder(t)
  writeProject(folder, work('out: {format: text}', 'command: echo x > {outputs.out}'))
  mkdirSync(join(folder, '.heddle'))
  writeFileSync(join(folder, '.heddle/heddle.db'), '')
  chmodSync(join(folder, '.heddle'), 0o555)
  t.after(() => chmodSync(join(folder, '.heddle'), 0o755))
  await assert.rejects(runProject(folder), { name: 'HeddleError' })
})
