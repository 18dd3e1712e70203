/** Commands and their JSON, exit codes and events (contract.md), as another program reads them. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { meaningProject } from '../rig/meaning-project.ts'

const HEDDLE = fileURLToPath(new URL('../../bin/heddle', import.meta.url))
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z$/
const DIGEST = /^[0-9a-f]{64}$/

const PIPE = `heddle: 1
name: p
dimensions:
  s: {type: string, records: s.csv, metadata: {lat: float}}
  y: {type: int}
datasets:
  in: {dimensions: [s, y], format: text, path: "in/{s}/{y}.txt"}
  one: {dimensions: [s, y], format: text}
  sum: {dimensions: [s], format: text, path: "out/{s}.txt"}
tasks:
  one: {dimensions: [s, y], inputs: {in: in}, outputs: {o: one}, command: "echo to-log; cat {inputs.in} > {outputs.o}; test ! -e {dataId.s}.bad || exit 9"}
  sum: {dimensions: [s], inputs: {one: one}, outputs: {o: sum}, command: "cat {inputs.one} > {outputs.o}"}
`
const FILES = { 'heddle.yaml': PIPE, 's.csv': 's,lat,height\nA,1.5,3\nB,2,\n', 'in/A/1.txt': '1', 'in/A/2.txt': '2', 'in/B/1.txt': '3' }

test('plan, run and the queries give the documents of the contract, and nothing else on standard output', () => {
  using project = meaningProject(FILES)
  const plan = project.plan()
  assert.deepEqual(plan.graph, { quanta: 5, datasets: 8, edges: 11 })
  assert.deepEqual(plan.tasks, { one: { quanta: 3, run: 3, reuse: 0, blocked: 0 }, sum: { quanta: 2, run: 2, reuse: 0, blocked: 0 } })
  const [first] = plan.quanta
  assert.ok(first !== undefined)
  assert.match(first.fingerprint, DIGEST)
  assert.match(String(first.content), DIGEST)
  assert.deepEqual(
    { ...first, fingerprint: '', content: '' },
    {
      id: 'one@s=A,y=1',
      task: 'one',
      dataId: { s: 'A', y: 1 },
      action: 'run',
      reasons: [{ kind: 'new' }],
      fingerprint: '',
      content: '',
      site: 'local',
      inputs: { in: ['in@s=A,y=1'] },
      outputs: { o: ['one@s=A,y=1'] },
    },
  )
  assert.equal('quanta' in project.plan('--summary'), false)
  assert.equal(project.heddle('plan', '--json').out, project.heddle('plan', '--json').out)

  const ran = project.run()
  assert.equal(ran.err, '')
  assert.equal(ran.events[0]?.event, 'RunStarted')
  for (const event of ran.events) assert.match(event.at, TIME)
  const last = ran.events.at(-1) as Readonly<Record<string, unknown>>
  assert.deepEqual(
    Object.keys(last['counts'] as object).toSorted((a, b) => (a < b ? -1 : 1)),
    ['attempts', 'blocked', 'cancelled', 'completed', 'failed', 'noWork', 'pruned', 'reused'],
  )
  assert.deepEqual([last['run'], last['state'], typeof last['seconds']], [ran.run, 'completed', 'number'])
  const kinds = ran.events.filter(({ quantum }) => quantum === 'one@s=A,y=1').map(({ event }) => event)
  for (const kind of ['QuantumPlanned', 'JobSubmitted', 'JobStateChanged', 'DatasetStored', 'QuantumCompleted'])
    assert.ok(kinds.includes(kind), kind)
  for (const { event, quantum, attempt } of ran.events) {
    if (/^(Job|Quantum|DatasetStored)/.test(event)) assert.deepEqual([typeof quantum, typeof attempt], ['string', 'number'], event)
  }
  const changed = ran.events.find(({ event }) => event === 'JobStateChanged')
  assert.deepEqual([changed?.['state'], typeof changed?.['native']], ['active', 'string'])
  const stored = ran.events.find(({ event, dataset }) => event === 'DatasetStored' && dataset === 'one@s=A,y=1')
  assert.deepEqual([stored?.['size'], DIGEST.test(String(stored?.['digest']))], [1, true])

  const datasets = project.lines('query', 'datasets')
  assert.deepEqual(
    datasets.map(({ id }) => id),
    ['in@s=A,y=1', 'in@s=A,y=2', 'in@s=B,y=1', 'one@s=A,y=1', 'one@s=A,y=2', 'one@s=B,y=1', 'sum@s=A', 'sum@s=B'],
  )
  assert.deepEqual(Object.keys(datasets[0] ?? {}), ['id', 'type', 'dataId', 'digest', 'size', 'run', 'path', 'sites'])
  const sum = datasets.find(({ id }) => id === 'sum@s=A')
  assert.deepEqual(
    { ...sum, digest: '' },
    { id: 'sum@s=A', type: 'sum', dataId: { s: 'A' }, digest: '', size: 2, run: ran.run, path: 'out/A.txt', sites: ['local'] },
  )
  assert.deepEqual(
    project.lines('query', 'datasets', 'sum', '--where', "s = 'B'").map(({ id }) => id),
    ['sum@s=B'],
  )

  const quanta = project.lines('query', 'quanta')
  assert.deepEqual(Object.keys(quanta[0] ?? {}), [
    'id',
    'task',
    'dataId',
    'state',
    'attempts',
    'fingerprint',
    'run',
    'site',
    'seconds',
    'exitCode',
  ])
  assert.deepEqual(
    { ...quanta[0], seconds: 0 },
    {
      id: 'one@s=A,y=1',
      task: 'one',
      dataId: { s: 'A', y: 1 },
      state: 'completed',
      attempts: 1,
      fingerprint: first.fingerprint,
      run: ran.run,
      site: 'local',
      seconds: 0,
      exitCode: 0,
    },
  )
  const jobs = project.lines('query', 'jobs')
  assert.deepEqual([jobs.length, jobs.map(({ id }) => id).includes('one@s=A,y=1#1')], [5, true])
  const runs = project.lines('query', 'runs')
  assert.deepEqual([runs.length, runs[0]?.['run'], runs[0]?.['state']], [1, ran.run, 'completed'])

  assert.deepEqual(project.lines('query', 'dimensions', 's', 'y', '--where', 'lat > 1.6 OR y = 2'), [
    { s: 'A', y: 2 },
    { s: 'B', y: 1 },
  ])
  assert.deepEqual(project.lines('query', 'dimensions', 's', '--columns', 's,lat,height'), [
    { s: 'A', lat: 1.5, height: 3 },
    { s: 'B', lat: 2, height: null },
  ])
  assert.equal(project.lines('query', 'quanta', '--limit', '2').length, 2)
})

test('a failure gives exit code 1, states in status and query, and a reason for the next run', () => {
  using project = meaningProject({ ...FILES, 'A.bad': '' })
  const ran = project.run('--slots', '1')
  assert.deepEqual([ran.code, ran.state, ran.counts], [1, 'failed', { completed: 2, failed: 2, blocked: 1, attempts: 4 }])
  const status = project.json('status') as { run: string; state: string; tasks: unknown; waiting: unknown }
  assert.deepEqual(status, {
    run: ran.run,
    state: 'failed',
    tasks: { one: { completed: 1, failed: 2 }, sum: { completed: 1, blocked: 1 } },
    waiting: [],
  })
  const failed = project.lines('query', 'quanta', '--state', 'failed')
  assert.deepEqual(
    failed.map(({ id, exitCode, attempts }) => [id, exitCode, attempts]),
    [
      ['one@s=A,y=1', 9, 1],
      ['one@s=A,y=2', 9, 1],
    ],
  )
  assert.deepEqual(
    project.lines('query', 'quanta', '--tasks', 'sum', '--where', "s = 'A'").map(({ state }) => state),
    ['blocked'],
  )
  assert.match(project.heddle('logs', 'one@s=A,y=1').out, /to-log/)
  const fast = project.run('--fail-fast', '--slots', '1')
  assert.equal(fast.code, 1)
  assert.equal(fast.state, 'failed')
  assert.deepEqual([fast.counts['failed'], fast.counts['attempts']], [1, 1])
  const plain = spawnSync(HEDDLE, ['run'], { cwd: project.folder, env: project.environment, encoding: 'utf8' })
  assert.equal(plain.status, 1)
  assert.match(plain.stdout, /exit code 9|exit 9/)
  assert.match(plain.stdout, /heddle debug/)
})

test('requests that are wrong end with 2, with a code on standard error and nothing on standard output', () => {
  using project = meaningProject(FILES)
  for (const words of [
    ['plan', '--where', 'nope = 1'],
    ['plan', '--where', 's = '],
    ['run', '--tasks', 'nope'],
    ['run', '--param', 'nope=1'],
    ['run', '--site', 'nowhere'],
    ['run', '--slots', '0'],
    ['plan', 'nothing.yaml'],
    ['plan', '--nonsense'],
    ['why', 'nope@s=1'],
    ['get', 'nope'],
    ['query', 'datasets', 'nope'],
    ['query', 'dimensions', 'nope'],
    ['query', 'nonsense'],
    ['query', 'quanta', '--run', 'nope'],
    ['status', 'nope'],
    ['diff', 'a', 'b'],
    ['logs', 'nope'],
    ['import', 'absent.json'],
    ['nonsense'],
  ]) {
    const { code, out, err } = project.heddle(...words, '--json')
    assert.deepEqual([code, out], [2, ''], `${words.join(' ')}\n${err}`)
    assert.notEqual(err, '', words.join(' '))
    assert.doesNotMatch(err, /fault in Heddle/)
  }
  project.write('heddle.yaml', PIPE.replace('outputs: {o: sum}', 'outputs: {o: summ}'))
  const lint = project.heddle('lint', '--json')
  const { ok, problems } = JSON.parse(lint.out) as { ok: boolean; problems: Readonly<Record<string, unknown>>[] }
  assert.deepEqual([lint.code, ok], [2, false])
  for (const problem of problems)
    assert.deepEqual(Object.keys(problem).slice(0, 6), ['severity', 'code', 'message', 'file', 'line', 'column'])
  assert.ok(problems.some(({ line, severity }) => line === 12 && severity === 'error'))
  const plain = project.heddle('plan')
  assert.equal(plain.code, 2)
  assert.match(plain.err, /^heddle\.yaml:12:\d+: error [a-z-]+: /m)
  assert.match(plain.err, /"sum"/)
})

test('the pipeline file is found in a parent folder, and plan, run and lint take another as an argument or by -f', () => {
  using project = meaningProject({ ...FILES, 'deep/er/x.txt': '', 'other.yaml': PIPE.replace('name: p', 'name: other') })
  const inside = spawnSync(HEDDLE, ['plan', '--json', '--summary'], {
    cwd: join(project.folder, 'deep/er'),
    env: project.environment,
    encoding: 'utf8',
  })
  assert.equal((JSON.parse(inside.stdout) as { pipeline: string }).pipeline, 'p')
  assert.equal(project.plan('other.yaml').pipeline, 'other')
  assert.equal(project.plan('-f', 'other.yaml').pipeline, 'other')
  assert.deepEqual(project.json('lint', 'other.yaml'), { ok: true, problems: [] })
  assert.equal(project.run('other.yaml').code, 0)
  project.write('heddle.ts', 'export default {}\n')
  assert.match(project.heddle('plan', 'heddle.ts').err, /^heddle\.ts:1:1: error not-yet: a pipeline in TypeScript/)
  const away = spawnSync(HEDDLE, ['plan', '--json', '--project', project.folder], { cwd: '/', env: project.environment, encoding: 'utf8' })
  assert.equal((JSON.parse(away.stdout) as { pipeline: string }).pipeline, 'p')
})

test('a dimension with governor: true must be constrained, or has a default', () => {
  const pipe = (more: string): string =>
    `heddle: 1\nname: p\ndimensions:\n  camera: {type: string, governor: true${more}, records: [{camera: X}, {camera: Y}]}\n  visit: {type: int, requires: [camera], records: [{camera: X, visit: 1}, {camera: Y, visit: 1}, {camera: Y, visit: 2}]}\n`
  using project = meaningProject({ 'heddle.yaml': pipe('') })
  const refused = project.heddle('query', 'dimensions', 'visit', '--where', 'visit = 1', '--json')
  assert.deepEqual([refused.code, refused.out], [2, ''])
  assert.match(refused.err, /camera/)
  assert.deepEqual(project.lines('query', 'dimensions', 'visit', '--where', "visit = 1 AND camera = 'Y'"), [{ visit: 1 }])
  project.write('heddle.yaml', pipe(', default: X'))
  assert.deepEqual(project.lines('query', 'dimensions', 'visit', '--where', 'visit > 0'), [{ visit: 1 }])
  project.write('heddle.yaml', pipe('').replace(', governor: true', ''))
  assert.equal(project.lines('query', 'dimensions', 'camera', 'visit', '--where', 'visit > 0').length, 3)
})

test('accept lets present outputs stand, and what follows from them', () => {
  using project = meaningProject(FILES)
  project.run()
  const was = project.read('out/A.txt')
  project.write('in/A/1.txt', 'changed')
  assert.equal(project.actions()['one@s=A,y=1'], 'run input')
  assert.equal(project.heddle('accept').code, 0)
  assert.deepEqual(project.run().counts, { reused: 5 })
  assert.equal(project.read('out/A.txt'), was)
  project.write('in/A/1.txt', '1')
  assert.deepEqual(project.run().counts, { reused: 5 })
  project.write('in/A/1.txt', 'new')
  assert.deepEqual(project.run().ran, ['one@s=A,y=1', 'sum@s=A'])
})
