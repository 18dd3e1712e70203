/** Rules of meaning, *Files* and *Joins* of the contract: path outputs and selections, by the real command. */
import assert from 'node:assert/strict'
import { chmodSync, lstatSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { meaningProject } from '../rig/meaning-project.ts'

const PIPE = `heddle: 1
name: p
dimensions: {n: {type: int}, k: {type: string, records: [{k: a}, {k: b}]}}
datasets:
  in: {dimensions: [n], format: text, path: "in/{n}.txt"}
  mid: {dimensions: [n, k], format: text}
  sum: {dimensions: [k], format: text, path: "out/{k}.txt"}
  all: {format: directory, path: out/all}
tasks:
  mid: {dimensions: [n, k], inputs: {i: in}, outputs: {o: mid}, command: "(cat {inputs.i}; echo {dataId.k}) | tr -d '\\\\n' > {outputs.o}"}
  sum: {dimensions: [k], inputs: {m: mid}, outputs: {o: sum}, command: "cat {inputs.m} > {outputs.o}"}
  all: {inputs: {s: sum}, outputs: {o: all}, command: "mkdir {outputs.o}; cat {inputs.s} > {outputs.o}/one; echo x > {outputs.o}/two"}
`
const FILES = { 'heddle.yaml': PIPE, 'in/1.txt': '1\n', 'in/2.txt': '2\n', 'in/10.txt': '10\n' }

test('a path output that was deleted or edited is put back, the edited one kept beside, and the store is never harmed', () => {
  using project = meaningProject(FILES)
  assert.deepEqual(project.run().counts, { completed: 9, attempts: 9 })
  assert.equal(project.read('out/a.txt'), '1a2a10a')
  assert.equal(statSync(join(project.folder, 'out/a.txt')).nlink, 1)
  assert.ok(lstatSync(join(project.folder, 'out/a.txt')).isFile())

  project.remove('out/a.txt')
  project.remove('out/all')
  assert.deepEqual(project.actions()['sum@k=a'], 'reuse')
  assert.deepEqual(project.run().counts, { reused: 9 })
  assert.equal(project.read('out/a.txt'), '1a2a10a')
  assert.deepEqual(project.list('out/all'), ['one', 'two'])

  for (const n of [1, 2]) {
    project.write('out/a.txt', `mine ${n}`)
    const ran = project.run()
    assert.deepEqual([ran.code, ran.counts], [0, { reused: 9 }])
    assert.equal(project.read('out/a.txt'), '1a2a10a')
    assert.equal(project.read(`out/a.txt.edited-${n}`), `mine ${n}`)
    const warned = ran.events.find(({ event }) => event === 'Warned')
    assert.match(String(warned?.['message']), new RegExp(`out/a\\.txt\\.edited-${n}`))
  }
  project.write('out/all/one', 'edited')
  project.run()
  assert.equal(project.read('out/all/one'), '1a2a10a1b2b10b')
  assert.equal(project.read('out/all.edited-1/one'), 'edited')
  assert.equal(project.heddle('get', 'dataset:sum@k=a').out, '1a2a10a')

  // Deleting .heddle loses history, never a file at a path.
  project.remove('.heddle')
  assert.equal(project.read('out/a.txt'), '1a2a10a')
  const fresh = project.run()
  assert.deepEqual(fresh.counts, { completed: 9, attempts: 9 })
  assert.equal(project.has('out/b.txt.edited-1'), false)
})

test('--where cuts gathers with a warning and a count, does not replace the file at a path unless forced, and --whole keeps the siblings', () => {
  using project = meaningProject(FILES)
  project.run()
  const cut = project.run('--where', 'n < 5')
  assert.equal(cut.code, 0)
  assert.deepEqual(cut.ran, ['all', 'sum@k=a', 'sum@k=b'])
  assert.match(
    `${cut.err}${JSON.stringify(cut.events.filter(({ event }) => event === 'Warned'))}`,
    /cuts the gathers of 2 of 2 quanta of sum: 2 datasets/,
  )
  assert.equal(project.read('out/a.txt'), '1a2a10a')
  assert.equal(project.read('out/all/one'), '1a2a10a1b2b10b')
  assert.deepEqual(project.run().counts, { reused: 9 })
  assert.equal(project.read('out/a.txt'), '1a2a10a')

  const whole = project.plan('--where', 'n < 5', '--whole')
  assert.deepEqual(whole.tasks, {
    mid: { quanta: 6, run: 0, reuse: 6, blocked: 0 },
    sum: { quanta: 2, run: 0, reuse: 2, blocked: 0 },
    all: { quanta: 1, run: 0, reuse: 1, blocked: 0 },
  })
  project.run('--where', 'n < 5', '--force', 'sum')
  assert.equal(project.read('out/a.txt'), '1a2a')
  assert.equal(project.has('out/a.txt.edited-1'), false)
  project.run()
  assert.equal(project.read('out/a.txt'), '1a2a10a')

  // Along a dimension that the gather keeps, nothing is cut.
  const kept = project.heddle('plan', '--where', "k = 'a'", '--tasks', 'sum', '--json')
  assert.equal(kept.err, '')
  assert.deepEqual((JSON.parse(kept.out) as { tasks: unknown }).tasks, {
    mid: { quanta: 3, run: 0, reuse: 3, blocked: 0 },
    sum: { quanta: 1, run: 0, reuse: 1, blocked: 0 },
  })
})

test('--bind gives values to an expression, as JSON or else as text; --where takes a next word that begins with -', () => {
  using project = meaningProject(FILES)
  const ids = (...words: string[]): string[] =>
    project
      .plan(...words)
      .quanta.filter(({ task }) => task === 'mid')
      .map(({ id }) => id)
  assert.deepEqual(ids('--where', 'n = :number AND k = :letter', '--bind', 'number=10', '--bind', 'letter=a'), ['mid@n=10,k=a'])
  assert.deepEqual(ids('--where', 'n IN (:list)', '--bind', 'list=[1,10]', '--tasks', 'mid').length, 4)
  assert.deepEqual(ids('--where', 'k = :letter', '--bind', 'letter="b"').length, 3)
  assert.deepEqual(ids('--where', '-n < -5').length, 2)
  assert.deepEqual(ids(`--where=-n < -5`).length, 2)
  const unbound = project.heddle('plan', '--where', 'n = :m', '--json')
  assert.deepEqual([unbound.code, unbound.out], [2, ''])
  assert.match(unbound.err, /:m/)
})

test('an overall input fills a dimension without records, --assume-inputs plans what has yet to arrive', () => {
  using project = meaningProject({
    'heddle.yaml': PIPE.replace('n: {type: int}', 'n: {type: int, records: [{n: 1}, {n: 2}, {n: 3}]}'),
    'in/1.txt': '1\n',
  })
  assert.deepEqual(project.plan().graph, { quanta: 5, datasets: 6, edges: 11 })
  const assumed = project.plan('--assume-inputs')
  assert.deepEqual(assumed.tasks['mid'], { quanta: 6, run: 6, reuse: 0, blocked: 0 })
  assert.equal(assumed.quanta.find(({ id }) => id === 'mid@n=2,k=a')?.content, null)
  assert.notEqual(assumed.quanta.find(({ id }) => id === 'mid@n=1,k=a')?.content, null)
  assert.deepEqual(project.plan('--assume-inputs', '--summary').quanta, undefined)
})

test('a run of a dataset makes exactly what is missing for it', () => {
  using project = meaningProject(FILES)
  const ran = project.run('sum@k=a')
  assert.deepEqual(ran.ran, ['mid@n=1,k=a', 'mid@n=10,k=a', 'mid@n=2,k=a', 'sum@k=a'])
  assert.deepEqual(project.run('dataset:mid@n=1,k=b').ran, ['mid@n=1,k=b'])
  assert.deepEqual(project.run('all').ran, ['all', 'mid@n=10,k=b', 'mid@n=2,k=b', 'sum@k=b'])
  assert.equal(project.heddle('run', 'sum@k=zzz', '--json').code, 2)
  assert.equal(project.heddle('run', 'in@n=1', '--json').code, 2)
})

test('plan --save and run --plan do exactly that, and refuse with exit 2 when an input changed since', () => {
  using project = meaningProject(FILES)
  project.plan('--save', 'saved.plan', '--where', 'n = 1', '--tasks', 'mid')
  const ran = project.run('--plan', 'saved.plan')
  assert.deepEqual(ran.ran, ['mid@n=1,k=a', 'mid@n=1,k=b'])
  project.plan('--save', 'all.plan')
  // What others did meanwhile may be reused: never more runs than planned.
  project.run('--tasks', 'mid')
  assert.deepEqual(project.run('--plan', 'all.plan').ran, ['all', 'sum@k=a', 'sum@k=b'])
  project.plan('--save', 'next.plan', '--force', 'sum')
  project.write('in/2.txt', '22\n')
  const refused = project.heddle('run', '--plan', 'next.plan', '--json')
  assert.deepEqual([refused.code, refused.out], [2, ''])
  assert.match(refused.err, /in@n=2 changed/)
  project.write('in/2.txt', '2\n')
  assert.deepEqual(project.run('--plan', 'next.plan').ran, ['sum@k=a', 'sum@k=b'])
  // What the plan reuses is never run instead.
  project.plan('--save', 'reuse.plan')
  const [row] = project.lines('query', 'datasets', 'sum')
  const digest = String(row?.['digest'])
  chmodSync(join(project.folder, '.heddle/objects', digest.slice(0, 2)), 0o755)
  project.remove(join('.heddle/objects', digest.slice(0, 2), digest.slice(2)))
  const lost = project.heddle('run', '--plan', 'reuse.plan', '--json')
  assert.deepEqual([lost.code, lost.out], [2, ''])
  assert.match(lost.err, /would run now/)
  project.write('junk.plan', 'no plan')
  assert.equal(project.heddle('run', '--plan', 'junk.plan').code, 2)
  assert.equal(project.heddle('run', '--plan', 'absent.plan').code, 2)
})

test('outputs are there whole or not at all, and what fails leaves what stood there', () => {
  const pipe = (command: string): string =>
    `heddle: 1\nname: p\ndatasets: {a: {format: text, path: a.txt}, b: {format: text, path: b.txt}}\ntasks:\n  work: {outputs: {a: a, b: b}, command: "${command}"}\n`
  using project = meaningProject({ 'heddle.yaml': pipe('echo 1 > {outputs.a}; echo 1 > {outputs.b}') })
  project.run()
  project.write('heddle.yaml', pipe('echo 2 > {outputs.a}; echo 2 > {outputs.b}; exit 7'))
  const failed = project.run()
  assert.deepEqual([failed.code, failed.counts], [1, { failed: 1, attempts: 1 }])
  project.write('heddle.yaml', pipe('echo 3 > {outputs.a}; : {outputs.b}'))
  const missing = project.run()
  assert.equal(missing.events.find(({ event }) => event === 'QuantumFailed')?.['cause'], 'output')
  assert.deepEqual([project.read('a.txt'), project.read('b.txt')], ['1\n', '1\n'])
  assert.deepEqual(project.list('.heddle/tmp'), [])
  project.write('heddle.yaml', pipe('echo 1 > {outputs.a}; echo 1 > {outputs.b}'))
  assert.deepEqual(project.run().counts, { reused: 1 })
})

test('a lost object is told as output-missing and made again', () => {
  using project = meaningProject({
    'heddle.yaml': `heddle: 1\nname: p\ndatasets: {a: {format: text}, b: {format: text}}\ntasks:\n  a: {outputs: {o: a}, command: "echo 1 > {outputs.o}"}\n  b: {inputs: {i: a}, outputs: {o: b}, command: "cat {inputs.i} > {outputs.o}; echo 2 >> {outputs.o}"}\n`,
  })
  project.run()
  const [row] = project.lines('query', 'datasets', 'a')
  const digest = String(row?.['digest'])
  const object = join('.heddle/objects', digest.slice(0, 2), digest.slice(2))
  chmodSync(join(project.folder, '.heddle/objects', digest.slice(0, 2)), 0o755)
  project.remove(object)
  assert.deepEqual(project.plan().quanta.find(({ id }) => id === 'a')?.reasons, [{ kind: 'output-missing', dataset: 'a' }])
  const ran = project.run()
  assert.deepEqual([ran.ran, ran.counts], [['a'], { completed: 1, reused: 1, attempts: 1 }])
})
