import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { processFacts } from '../../src/sites/local/processes.ts'
import { command, type Ended, job, logText, openRig } from '../rig/local-rig.ts'

const MIB = 2 ** 20

function failureOf(ended: Ended | undefined) {
  assert.ok(ended?.outcome.kind === 'failed', JSON.stringify(ended?.outcome) + logText(ended))
  return ended.outcome
}

function gone(pid: number): boolean {
  assert.ok(pid > 1, `${pid} is no process id`)
  return ['Z', undefined].includes(processFacts(pid)?.state)
}

test('walltime ends a command with its children and grandchildren, and no other', async (t) => {
  const rig = openRig(t)
  const script = 'sh -c "sleep 1000 & echo \\$!; wait" & setsid sh -c "echo \\$\\$; exec sleep 1000" & wait'
  const [over, other] = await rig.run(command(script, { resources: { walltime: 0.5 } }), command('sleep 1.5; echo other'))
  assert.equal(failureOf(over).cause, 'walltime')
  assert.match(failureOf(over).message, /walltime of 500 ms/)
  const left = logText(over).trim().split('\n').map(Number)
  assert.equal(left.length, 2)
  assert.ok(left.every(gone))
  assert.equal(logText(other), 'other\n')
})

test('a command that will not end by TERM ends by KILL', async (t) => {
  const rig = openRig(t)
  const script = `exec ${process.execPath} -e "process.on('SIGTERM', () => console.log('no')); setInterval(() => {}, 1000)"`
  const [end] = await rig.run(command(script, { resources: { walltime: 0.5 } }))
  assert.equal(failureOf(end).cause, 'walltime')
  assert.match(logText(end), /no/)
  assert.ok((end?.usage.wallSeconds ?? 0) >= 5)
})

test('memory is watched over the whole group of a command', async (t) => {
  const rig = openRig(t)
  const hog = 'import time; data = bytearray(40 * 2**20); time.sleep(1000)'
  const script = `python3 -c '${hog}' & python3 -c '${hog}' & wait`
  const [one, two] = await rig.run(
    command(`python3 -c 'import time; data = bytearray(40 * 2**20); time.sleep(0.4)'`, { resources: { memory: 70 * MIB } }),
    command(script, { resources: { memory: 70 * MIB } }),
  )
  assert.equal(one?.outcome.kind, 'completed')
  const peak = one?.usage.peakMemoryBytes ?? 0
  assert.ok(peak > 40 * MIB && peak < 70 * MIB, String(peak))
  assert.equal(failureOf(two).cause, 'memory')
  assert.match(failureOf(two).message, /over its memory of 70 MiB/)
})

test('functions that use too much time or memory are ended, and those behind them run', async (t) => {
  const rig = openRig(t, { slots: 1 })
  rig.file(
    'body.py',
    'def loop():\n  print("looping")\n  while True: pass\ndef hog():\n  data = bytearray(200 * 2**20)\n  while True: pass\ndef quick(): pass\n',
  )
  rig.file(
    'body.ts',
    "export const loop = () => { console.log('looping'); for (;;); }\nexport const hog = () => { const data = new Uint8Array(300 * 2 ** 20).fill(1); for (;;) data[0]++ }\nexport const quick = () => {}\n",
  )
  const python = (name: string, resources = {}) => job({ kind: 'python', module: 'body', function: name }, { resources })
  const typescript = (name: string, resources = {}) =>
    job({ kind: 'typescript', module: join(rig.project, 'body.ts'), function: name }, { resources })
  const kinds = [python, typescript]
  const ends = await rig.run(
    ...kinds.flatMap((body) => [
      ...Array.from({ length: 20 }, () => body('quick')),
      body('loop', { walltime: 0.5 }),
      body('quick'),
      body('hog', { memory: 150 * MIB }),
      body('quick'),
    ]),
  )
  for (const [i, name] of ['python', 'typescript'].entries()) {
    const [loop, after, hog, last] = ends.slice(i * 24 + 20, i * 24 + 24)
    assert.equal(failureOf(loop).cause, 'walltime', name)
    assert.equal(logText(loop), 'looping\n')
    assert.equal(failureOf(hog).cause, 'memory', name)
    assert.deepEqual([after?.outcome.kind, last?.outcome.kind], ['completed', 'completed'])
  }
})

test('a full JavaScript heap is a memory failure', async (t) => {
  process.env['NODE_OPTIONS'] = '--max-old-space-size=60'
  t.after(() => delete process.env['NODE_OPTIONS'])
  const rig = openRig(t, { slots: 1 })
  rig.file(
    'body.ts',
    'export const f = () => { const list = []; for (;;) list.push({ list: [list.length] }) }\nexport const quick = () => {}\n',
  )
  const body = (name: string) => job({ kind: 'typescript', module: join(rig.project, 'body.ts'), function: name })
  const [full, quick] = await rig.run(body('f'), body('quick'))
  assert.equal(failureOf(full).cause, 'memory')
  assert.equal(quick?.outcome.kind, 'completed')
})

test('CPU time and memory of longer commands are known, of short ones null', async (t) => {
  const rig = openRig(t)
  const [long, short] = await rig.run(
    command('python3 -c "import time; t = time.process_time()\nwhile time.process_time() - t < 0.4: pass"; :'),
    command('true'),
  )
  const cpu = long?.usage.cpuSeconds ?? 0
  assert.ok(cpu >= 0.38 && cpu <= (long?.usage.wallSeconds ?? 0) + 0.1, String(cpu))
  assert.ok((long?.usage.peakMemoryBytes ?? 0) > 5 * MIB)
  assert.deepEqual([short?.usage.cpuSeconds, short?.usage.peakMemoryBytes], [null, null])
})

test('a lost slot is not the fault of the command, and nothing behind it is lost', async (t) => {
  const rig = openRig(t, { slots: 1 })
  await rig.run(...Array.from({ length: 60 }, () => command(':')))
  const jobs = [command('kill -9 $PPID; sleep 1'), command('echo a'), command('kill 0'), command('echo b'), command('echo c')]
  const ends = await rig.run(...jobs)
  assert.deepEqual(ends.map(logText), ['', 'a\n', '', 'b\n', 'c\n'])
  assert.deepEqual([failureOf(ends[0]).cause, failureOf(ends[2]).cause, failureOf(ends[2]).signal], ['infrastructure', 'error', 'SIGTERM'])
})

test('cancel lets a command clean up', async (t) => {
  const rig = openRig(t)
  const cancelled = command('trap "echo cleaned >cleaned; exit 1" TERM; touch begun; while :; do sleep 0.02; done')
  const end = rig.ended(cancelled)
  rig.site.start([cancelled])
  while (!existsSync(join(rig.project, 'begun'))) await new Promise((resolve) => setTimeout(resolve, 5))
  rig.site.cancel([cancelled])
  assert.equal(failureOf(await end).message, 'cancelled')
  assert.equal(readFileSync(join(rig.project, 'cleaned'), 'utf8'), 'cleaned\n')
})
