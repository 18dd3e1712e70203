/** Rules of meaning, *Runs* of the contract: kills, interrupts, limits, by the real command. */
import assert from 'node:assert/strict'
import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { type Line, type MeaningProject, meaningProject } from '../rig/meaning-project.ts'

const HEDDLE = fileURLToPath(new URL('../../bin/heddle', import.meta.url))

interface Going {
  readonly child: ChildProcessByStdio<null, Readable, Readable>
  readonly lines: Line[]
  /** Resolves with the first line that fits. */
  until(fits: (line: Line) => boolean): Promise<Line>
  /** Resolves when standard error has this text. */
  says(text: string): Promise<void>
  /** The exit code. */
  readonly ended: Promise<number | null>
}

/** Starts `heddle run --json` and reads along. */
function start(project: MeaningProject, ...words: string[]): Going {
  const child = spawn(HEDDLE, ['run', '--json', ...words], {
    cwd: project.folder,
    env: project.environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const lines: Line[] = []
  const waiting: { fits: (line: Line) => boolean; resolve: (line: Line) => void }[] = []
  createInterface(child.stdout).on('line', (text) => {
    const line = JSON.parse(text) as Line
    lines.push(line)
    for (const one of waiting) if (one.fits(line)) one.resolve(line)
  })
  const ended = once(child, 'close').then(([code]) => code as number | null)
  /** What is waited for must come before the end. */
  const beforeEnd = <T>(what: Promise<T>): Promise<T> =>
    Promise.race([what, ended.then((code): never => assert.fail(`heddle run ended with ${code} first\n${said}`))])
  const hears = async (text: string): Promise<void> => {
    while (!said.includes(text)) await once(child.stderr, 'data')
  }
  return {
    child,
    lines,
    until: (fits) => {
      const seen = lines.find(fits)
      return seen === undefined ? beforeEnd(new Promise<Line>((resolve) => waiting.push({ fits, resolve }))) : Promise.resolve(seen)
    },
    says: (text) => beforeEnd(hears(text)),
    ended,
  }
}

const isActive = (n: number) => {
  let seen = 0
  return ({ event, state }: Line): boolean => event === 'JobStateChanged' && state === 'active' && ++seen === n
}

function isAlive(pid: number): boolean {
  return existsSync(`/proc/${pid}`) && !/^State:\s*Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
}

const HELD = `heddle: 1
name: held
dimensions: {n: {type: int, records: [{n: 1}, {n: 2}, {n: 3}, {n: 4}]}}
datasets:
  a: {dimensions: [n], format: text}
  z: {format: text, path: z.txt}
tasks:
  a: {dimensions: [n], outputs: {o: a}, command: "echo $$ >> pids; test {dataId.n} = 1 || while [ ! -e {dataId.n}.go ]; do sleep 0.02; done; echo {dataId.n} > {outputs.o}"}
  z: {inputs: {a: a}, outputs: {o: z}, command: "cat {inputs.a} > {outputs.o}"}
`
const GO = { '2.go': '', '3.go': '', '4.go': '' }

test('after kill -9 the next run goes on: what was committed is reused, the old run reads interrupted, and no process is left', async () => {
  using project = meaningProject({ 'heddle.yaml': HELD })
  const going = start(project, '--slots', '2')
  await going.until(({ event, quantum }) => event === 'QuantumCompleted' && quantum === 'a@n=1')
  await going.until(({ event, quantum, state }) => event === 'JobStateChanged' && quantum === 'a@n=2' && state === 'active')
  await going.until(({ event, quantum, state }) => event === 'JobStateChanged' && quantum === 'a@n=3' && state === 'active')
  going.child.kill('SIGKILL')
  await going.ended
  const name = String(going.lines[0]?.['run'])
  assert.equal((project.json('status', name) as { state: string }).state, 'interrupted')
  for (const [path, text] of Object.entries(GO)) project.write(path, text)
  const next = project.run()
  assert.deepEqual([next.code, next.counts], [0, { completed: 4, reused: 1, attempts: 4 }])
  assert.equal(project.read('z.txt'), '1\n2\n3\n4\n')
  assert.deepEqual(
    project.lines('query', 'runs').map(({ state }) => state),
    ['completed', 'interrupted'],
  )
  for (const pid of project.read('pids').trim().split('\n')) assert.equal(isAlive(Number(pid)), false, pid)
  assert.deepEqual(project.list('.heddle/tmp'), [])
})

test('Ctrl-C once lets running work finish, twice ends it; both end with 130 and a cancelled run, and the next run goes on', async () => {
  for (const twice of [false, true]) {
    using project = meaningProject({ 'heddle.yaml': HELD })
    const going = start(project, '--slots', '2')
    await going.until(({ event, quantum, state }) => event === 'JobStateChanged' && quantum === 'a@n=3' && state === 'active')
    going.child.kill('SIGINT')
    await going.says('stopping')
    if (twice) going.child.kill('SIGINT')
    else for (const [path, text] of Object.entries(GO)) project.write(path, text)
    const code = await going.ended
    const last = going.lines.at(-1)
    assert.deepEqual([code, last?.event, last?.['state']], [130, 'RunFinished', 'cancelled'])
    const counts = last?.['counts'] as Record<string, number>
    assert.deepEqual([counts['completed'], counts['cancelled']], twice ? [1, 4] : [3, 2])
    for (const [path, text] of Object.entries(GO)) project.write(path, text)
    const next = project.run()
    assert.deepEqual([next.code, next.counts['reused']], [0, twice ? 1 : 3])
  }
})

test('a second run at once says who holds the project, or waits with --wait; status and cancel reach the first', async () => {
  using project = meaningProject({ 'heddle.yaml': HELD })
  const first = start(project, '--slots', '2')
  await first.until(isActive(3))
  const refused = project.heddle('run', '--json')
  assert.equal(refused.code === 0, false)
  assert.equal(refused.out, '')
  assert.match(refused.err, new RegExp(`${first.child.pid}`))
  const status = project.json('status') as {
    state: string
    tasks: Record<string, Record<string, number>>
    waiting: { reason: unknown; count: number }[]
  }
  assert.equal(status.state, 'running')
  assert.deepEqual([status.tasks['a']?.['running'], status.tasks['a']?.['completed']], [2, 1])
  assert.ok(status.waiting.every(({ count }) => count > 0))
  const waiting = start(project, '--wait')
  for (const [path, text] of Object.entries(GO)) project.write(path, text)
  assert.deepEqual(await first.ended, 0)
  assert.deepEqual(await waiting.ended, 0)
  assert.deepEqual((waiting.lines.at(-1)?.['counts'] as Record<string, number> | undefined)?.['reused'], 5)

  using other = meaningProject({ 'heddle.yaml': HELD })
  const cancelled = start(other, '--slots', '2')
  await cancelled.until(isActive(3))
  assert.equal(other.heddle('cancel').code, 0)
  assert.equal(await cancelled.ended, 130)
  assert.equal(cancelled.lines.at(-1)?.['state'], 'cancelled')
})

const one = (task: string, more = ''): string =>
  `heddle: 1\nname: p\ndatasets: {o: {format: text, path: o.txt}}\ntasks:\n  t: {outputs: {o: o}, ${task}}\n${more}`

test('retries have attempts that only grow, only the exhausted resource is scaled, and walltime ends the whole process group', () => {
  using project = meaningProject({
    'heddle.yaml': one('retry: {limit: 2}, command: "echo $HEDDLE_ATTEMPT >> tries; test $HEDDLE_ATTEMPT = 3 && echo done > {outputs.o}"'),
  })
  const ran = project.run()
  assert.deepEqual([ran.code, ran.counts], [0, { completed: 1, attempts: 3 }])
  assert.equal(project.read('tries'), '1\n2\n3\n')
  const retried = ran.events.filter(({ event }) => event === 'QuantumRetried')
  assert.deepEqual(
    retried.map(({ quantum, because }) => [quantum, because]),
    [
      ['t', 'error'],
      ['t', 'error'],
    ],
  )
  assert.deepEqual(
    project.lines('query', 'quanta').map(({ state, attempts }) => [state, attempts]),
    [['completed', 3]],
  )

  project.write(
    'heddle.yaml',
    one(
      'resources: {walltime: 300ms, cores: 1}, retry: {limit: 1, on: [walltime], scale: 20}, command: "echo $$ >> pids; test $HEDDLE_ATTEMPT = 2 || sleep 100; echo late > {outputs.o}"',
    ),
  )
  const late = project.run()
  assert.deepEqual([late.code, late.counts], [0, { completed: 1, attempts: 2 }], JSON.stringify(late.events.slice(-4)))
  assert.deepEqual(
    late.events.filter(({ event }) => event === 'QuantumRetried').map(({ because }) => because),
    ['walltime'],
  )
  for (const pid of project.read('pids').trim().split('\n')) assert.equal(isAlive(Number(pid)), false)

  project.write('heddle.yaml', one('command: "kill -SEGV $$"'))
  const crashed = project.run().events.find(({ event }) => event === 'QuantumFailed')
  assert.deepEqual([crashed?.['signal'], crashed?.['cause']], ['SIGSEGV', 'error'])
})

test('what the machine can never give is a plan error, before anything runs', () => {
  using project = meaningProject({ 'heddle.yaml': one('resources: {memory: 900TiB}, command: "echo 1 > {outputs.o}"') })
  for (const words of [['plan'], ['run']]) {
    const { code, out, err } = project.heddle(...words, '--json')
    assert.deepEqual([code, out], [2, ''], words.join())
    assert.match(err, /t\b.*memory/)
  }
  project.write('heddle.yaml', one('resources: {cores: 4000}, command: "echo 1 > {outputs.o}"'))
  assert.equal(project.heddle('run', '--json').code, 2)
  project.write('heddle.yaml', one('resources: {licence: 2}, command: "echo 1 > {outputs.o}"'))
  assert.equal(project.heddle('run', '--json').code, 2)
  project.write('sites.yaml', 'heddle: 1\nsites: {local: {run: {limits: {licence: 2}}}}\n')
  assert.equal(project.run().code, 0)
})

test('a body that dies takes down only its own quantum, whatever language it is in', () => {
  using project = meaningProject({
    'heddle.yaml': `heddle: 1
name: p
dimensions: {n: {type: int, records: [{n: 1}, {n: 2}, {n: 3}, {n: 4}]}}
datasets: {p: {dimensions: [n], format: json}, t: {dimensions: [n], format: json}}
tasks:
  p: {dimensions: [n], outputs: {o: p}, python: "w:p"}
  t: {dimensions: [n], outputs: {o: t}, typescript: "./w.ts#t"}
`,
    'w.py':
      'import os, sys\ndef p(data_id):\n    print("hello", data_id["n"])\n    if data_id["n"] == 2:\n        os.kill(os.getpid(), 9)\n    if data_id["n"] == 3:\n        sys.exit(4)\n    return data_id["n"]\n',
    'w.ts':
      "export const t = ({ dataId }: { dataId: { n: number } }) => {\n  console.log('hi', dataId.n)\n  if (dataId.n === 2) process.kill(process.pid, 'SIGKILL')\n  if (dataId.n === 3) process.exit(4)\n  return dataId.n\n}\n",
  })
  const ran = project.run('--slots', '2')
  assert.deepEqual(
    [ran.code, ran.counts['completed'], ran.counts['failed']],
    [1, 4, 4],
    JSON.stringify(ran.events.filter(({ event }) => event === 'QuantumFailed')),
  )
  const failed = new Map(ran.events.filter(({ event }) => event === 'QuantumFailed').map((event) => [event['quantum'], event]))
  assert.equal(failed.get('p@n=2')?.['signal'], 'SIGKILL')
  assert.equal(failed.get('p@n=3')?.['exitCode'], 4)
  assert.equal(failed.get('t@n=2')?.['signal'], 'SIGKILL')
  assert.equal(failed.get('t@n=3')?.['exitCode'], 4)
  assert.match(project.heddle('logs', 'p@n=4').out, /hello 4/)
  assert.match(project.heddle('logs', 't@n=1').out, /hi 1/)
})

test('inputs that change while a body reads them fail the attempt', () => {
  using project = meaningProject({
    'heddle.yaml': `heddle: 1\nname: p\ndatasets: {i: {format: text, path: i.txt}, o: {format: text}}\ntasks:\n  t: {inputs: {i: i}, outputs: {o: o}, command: "cat {inputs.i} > {outputs.o}; test -e once || echo more >> ./i.txt; touch once"}\n`,
    'i.txt': 'one\n',
  })
  const ran = project.run()
  assert.deepEqual([ran.code, ran.events.find(({ event }) => event === 'QuantumFailed')?.['cause']], [1, 'input-changed'])
  assert.equal(project.run().code, 0)
  assert.equal(project.heddle('get', 'o').out, 'one\nmore\n')
})

test('every command works in a folder with an odd name, and --durable is taken', () => {
  using project = meaningProject({ "it's a {place} é/heddle.yaml": one('command: "echo 1 > {outputs.o}"') })
  const ended = project.heddle('run', '--json', '--durable', '--project', join(project.folder, "it's a {place} é"))
  assert.equal(ended.code, 0, ended.err)
  assert.equal(project.read("it's a {place} é/o.txt"), '1\n')
})
