/** Rules of meaning, *Order and absence* of the contract, by the real command. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { meaningProject } from '../rig/meaning-project.ts'

const NO_WORK = `heddle: 1
name: p
dimensions: {n: {type: int, records: [{n: 1}, {n: 2}, {n: 3}]}}
datasets:
  a: {dimensions: [n], format: json}
  b: {dimensions: [n], format: json}
  c: {format: json, path: c.json}
  d: {format: json, path: d.json}
  e: {dimensions: [n], format: json, path: "e/{n}.json"}
tasks:
  find:
    dimensions: [n]
    outputs: {a: a}
    BODY
  next: {dimensions: [n], inputs: {a: a}, outputs: {b: b}, python: "work:next"}
  all: {inputs: {b: b}, outputs: {c: c}, python: "work:all"}
  many: {inputs: {b: {dataset: b, minimum: 3}}, outputs: {d: d}, python: "work:all"}
  perhaps: {dimensions: [n], inputs: {a: {dataset: a, optional: true}}, outputs: {e: e}, python: "work:perhaps"}
`
const WORK = `from heddle import NoWork
def find(data_id):
    if data_id["n"] == 2:
        raise NoWork("nothing here")
    return data_id["n"]
def next(a):
    return a * 10
def all(b, data_ids):
    return [b, data_ids]
def perhaps(a):
    return {"a": a}
`
const BODIES = {
  command: `noWork: 20\n    command: if [ {dataId.n} = 2 ]; then exit 20; fi; printf '%s' {dataId.n} > {outputs.a}`,
  python: 'python: "work:find"',
  typescript: 'typescript: "./work.ts#find"',
}

for (const [kind, body] of Object.entries(BODIES)) {
  test(`no work of a ${kind} body is no failure: what needs it goes on without it, or is pruned below its minimum, now and the next time`, () => {
    using project = meaningProject({
      'heddle.yaml': NO_WORK.replace('BODY', body),
      'work.py': WORK,
      'work.ts': `import { NoWork } from 'heddle'
export async function find({ dataId }: { dataId: { n: number } }) {
  if (dataId.n === 2) throw new NoWork('nothing here')
  return dataId.n
}
`,
    })
    const first = project.run()
    assert.deepEqual(
      [first.code, first.state, first.counts],
      [0, 'completed', { completed: 8, noWork: 1, pruned: 2, attempts: 9 }],
      JSON.stringify(first.events.filter(({ event }) => event === 'QuantumFailed')),
    )
    const found = first.events.find(({ event, quantum }) => event === 'QuantumCompleted' && quantum === 'find@n=2')
    assert.equal(typeof found?.['noWork'], 'string')
    if (kind !== 'command') assert.equal(found?.['noWork'], 'nothing here')
    assert.deepEqual(JSON.parse(project.read('c.json')), [[10, 30], { b: [{ n: 1 }, { n: 3 }] }])
    assert.deepEqual(JSON.parse(project.read('e/2.json')), { a: null })
    assert.deepEqual(JSON.parse(project.read('e/3.json')), { a: 3 })
    assert.equal(project.has('d.json'), false)
    const states = project.lines('query', 'quanta')
    const stateOf = (id: string): unknown => states.find((row) => row['id'] === id)?.['state']
    assert.deepEqual(
      [stateOf('find@n=2'), stateOf('next@n=2'), stateOf('many'), stateOf('all')],
      ['noWork', 'pruned', 'pruned', 'completed'],
    )

    const again = project.run()
    assert.deepEqual([again.code, again.ran, again.counts], [0, [], { reused: 9, pruned: 2 }])
    assert.deepEqual(
      Object.values(project.plan().tasks).map(({ run, blocked }) => run + blocked),
      [0, 0, 0, 0, 0],
    )
  })
}

test('minimum is 1 by default and optional 0: what never existed is absent, and a gather takes what is there', () => {
  using project = meaningProject({
    'heddle.yaml': `heddle: 1
name: p
dimensions: {n: {type: int, records: [{n: 1}, {n: 2}, {n: 3}]}}
datasets:
  a: {dimensions: [n], format: text, path: "a/{n}.txt"}
  b: {dimensions: [n], format: text, path: "b/{n}.txt"}
  none: {dimensions: [n], format: text, path: "none/{n}.txt"}
  x: {dimensions: [n], format: json, path: "x/{n}.json"}
  y: {format: json, path: y.json}
  z: {format: json, path: z.json}
tasks:
  x: {dimensions: [n], inputs: {a: a, b: {dataset: b, optional: true}}, outputs: {x: x}, python: "w:x"}
  y: {inputs: {none: {dataset: none, minimum: 0}, b: {dataset: b, optional: true}}, outputs: {y: y}, python: "w:y"}
  z: {inputs: {a: {dataset: a, minimum: 3}}, outputs: {z: z}, python: "w:z"}
`,
    'w.py': 'def x(a, b):\n    return [a, b]\n\ndef y(none, b):\n    return [none, b]\n\ndef z(a):\n    return a\n',
    'a/1.txt': 'a1',
    'a/2.txt': 'a2',
    'b/2.txt': 'b2',
  })
  const ran = project.run()
  assert.deepEqual([ran.code, ran.ran], [0, ['x@n=1', 'x@n=2', 'y']], JSON.stringify(ran.events.slice(-3)))
  assert.deepEqual(
    ['x/1.json', 'x/2.json', 'y.json'].map((path) => JSON.parse(project.read(path)) as unknown),
    [
      ['a1', null],
      ['a2', 'b2'],
      [[], ['b2']],
    ],
  )
  project.write('b/1.txt', 'b1')
  project.write('a/3.txt', 'a3')
  const more = project.run()
  assert.deepEqual(more.ran, ['x@n=1', 'x@n=3', 'y', 'z'])
  assert.deepEqual(JSON.parse(project.read('z.json')), ['a1', 'a2', 'a3'])
})

test('a failed producer always blocks, also what would take its output as optional; exit code 1; the next run says failed', () => {
  using project = meaningProject({
    'heddle.yaml': `heddle: 1
name: p
dimensions: {n: {type: int, records: [{n: 1}, {n: 2}]}}
datasets:
  a: {dimensions: [n], format: text}
  b: {dimensions: [n], format: text}
  c: {format: text}
  d: {format: text}
  e: {format: text}
tasks:
  a: {dimensions: [n], outputs: {o: a}, command: "test {dataId.n} != 2 -o -e {dataId.n}.ok && echo {dataId.n} > {outputs.o}"}
  b: {dimensions: [n], inputs: {a: {dataset: a, optional: true}}, outputs: {o: b}, command: "cp {inputs.a} {outputs.o}"}
  c: {inputs: {b: {dataset: b, minimum: 0}}, outputs: {o: c}, command: "cat {inputs.b} > {outputs.o}"}
  d: {after: [a], outputs: {o: d}, command: "echo d > {outputs.o}"}
  e: {outputs: {o: e}, command: "echo e > {outputs.o}"}
`,
  })
  const ran = project.run()
  assert.deepEqual([ran.code, ran.state, ran.counts], [1, 'failed', { completed: 3, failed: 1, blocked: 3, attempts: 4 }])
  const failed = ran.events.find(({ event }) => event === 'QuantumFailed')
  assert.deepEqual(
    [failed?.['quantum'], failed?.['attempt'], failed?.['exitCode'], failed?.['signal'], failed?.['cause']],
    ['a@n=2', 1, 1, null, 'error'],
  )
  const by = new Map(ran.events.filter(({ event }) => event === 'QuantumBlocked').map((event) => [event['quantum'], event['by']]))
  assert.deepEqual([by.size, by.get('b@n=2'), by.get('d')], [3, 'a@n=2', 'a@n=2'])
  assert.match(String(by.get('c')), /^[ab]@n=2$/)
  assert.deepEqual(project.plan().quanta.find(({ id }) => id === 'a@n=2')?.reasons, [{ kind: 'failed' }])
  assert.deepEqual(project.json('why', 'a@n=2'), { id: 'a@n=2', action: 'run', reasons: [{ kind: 'failed' }] })
  project.write('2.ok', '')
  assert.deepEqual(project.run().counts, { completed: 4, reused: 3, attempts: 4 })
})

test('after waits without data, no work upstream does not block it, and it is outside identity', () => {
  const pipe = (after: string): string =>
    `heddle: 1
name: p
dimensions: {n: {type: int, records: [{n: 1}, {n: 2}]}}
datasets:
  a: {dimensions: [n], format: text}
  b: {dimensions: [n], format: text}
tasks:
  b: {dimensions: [n], AFTER outputs: {o: b}, command: "date +%s%N > {outputs.o}; test {dataId.n} = 2 -o -e mark-{dataId.n} || exit 3"}
  a: {dimensions: [n], noWork: 20, outputs: {o: a}, command: "test {dataId.n} = 2 && exit 20; touch mark-{dataId.n}; date +%s%N > {outputs.o}"}
`.replace('AFTER', after)
  using project = meaningProject({ 'heddle.yaml': pipe('after: [a],') })
  assert.deepEqual(project.run().counts, { completed: 3, noWork: 1, attempts: 4 })
  assert.ok(BigInt(project.heddle('get', 'dataset:a@n=1').out) < BigInt(project.heddle('get', 'dataset:b@n=1').out))
  assert.deepEqual(project.run().counts, { reused: 4 })
  project.write('heddle.yaml', pipe(''))
  assert.deepEqual(project.run().counts, { reused: 4 })
})

test('gathers are ordered by typed value in declaration order, and a new sibling in front changes nothing but that', () => {
  using project = meaningProject({
    'heddle.yaml': `heddle: 1
name: p
dimensions:
  s: {type: string, records: [{s: b}, {s: "é"}, {s: B}, {s: a}]}
  n: {type: int, records: [{n: 10}, {n: 9}, {n: -1}]}
  o: {type: string, ordered: true, records: [{o: z}, {o: a}, {o: m}]}
datasets:
  v: {dimensions: [s, n], format: text}
  w: {dimensions: [o], format: text}
  vs: {format: json, path: v.json}
  ws: {format: json, path: w.json}
tasks:
  v: {dimensions: [s, n], outputs: {o: v}, command: "printf %s-%s {dataId.s} {dataId.n} > {outputs.o}"}
  w: {dimensions: [o], outputs: {o: w}, command: "printf %s {dataId.o} > {outputs.o}"}
  vs: {inputs: {v: v}, outputs: {o: vs}, python: "w:same"}
  ws: {inputs: {v: w}, outputs: {o: ws}, python: "w:same"}
`,
    'w.py': 'def same(v, data_ids):\n    return [v, data_ids["v"]]\n',
  })
  project.run()
  const [values, ids] = JSON.parse(project.read('v.json')) as [string[], { s: string; n: number }[]]
  assert.deepEqual(
    values,
    ['B', 'a', 'b', 'é'].flatMap((s) => [-1, 9, 10].map((n) => `${s}-${n}`)),
  )
  assert.deepEqual(ids[0], { s: 'B', n: -1 })
  assert.deepEqual((JSON.parse(project.read('w.json')) as [string[]])[0], ['z', 'a', 'm'])
})

const STEPS = `heddle: 1
name: p
dimensions:
  m: {type: string, records: [{m: x}, {m: y}]}
  r: {type: int, ordered: true, records: [{r: 1}, {r: 2}, {r: 4}]}
datasets:
  start: {dimensions: [m], format: text, path: "start/{m}.txt"}
  state: {dimensions: [m, r], format: text}
tasks:
  step:
    dimensions: [m, r]
    inputs: {before: {dataset: state, at: {r: previous}, initial: start}}
    outputs: {state: state}
    command: (cat {inputs.before}; printf ' %s%s' {dataId.m} {dataId.r}) > {outputs.state}
`

test('at: previous is the record before, initial: only at the first; outside a selection what exists is used, or the quantum is blocked', () => {
  using project = meaningProject({ 'heddle.yaml': STEPS, 'start/x.txt': 'X', 'start/y.txt': 'Y' })
  const selected = project.plan('--where', 'r = 2')
  assert.deepEqual(
    selected.quanta.map(({ id, action }) => `${id} ${action}`),
    ['step@m=x,r=2 blocked', 'step@m=y,r=2 blocked'],
  )
  const blocked = project.run('--where', 'r = 2')
  assert.deepEqual([blocked.code, blocked.counts], [1, { blocked: 2 }])
  const one = project.run('--where', 'r <= 2')
  assert.deepEqual(one.ran, ['step@m=x,r=1', 'step@m=x,r=2', 'step@m=y,r=1', 'step@m=y,r=2'])
  const later = project.run('--where', 'r = 4')
  assert.deepEqual([later.code, later.ran], [0, ['step@m=x,r=4', 'step@m=y,r=4']])
  assert.equal(project.heddle('get', 'state@m=x,r=4').out, 'X x1 x2 x4')
  assert.deepEqual(project.run().counts, { reused: 6 })
  const whole = project.plan()
  assert.deepEqual(whole.quanta.find(({ id }) => id === 'step@m=y,r=4')?.inputs, { before: ['state@m=y,r=2'] })
  assert.deepEqual(whole.quanta.find(({ id }) => id === 'step@m=y,r=1')?.inputs, { before: ['start@m=y'] })
})

test('prerequisites are looked up at plan time, never constrain the join and count by digest; a missing one is a plan error unless optional', () => {
  const pipe = (optional: string): string => `heddle: 1
name: p
dimensions: {n: {type: int, records: [{n: 1}, {n: 2}]}}
datasets:
  cal: {dimensions: [n], format: text, path: "cal/{n}.txt"}
  out: {dimensions: [n], format: text, path: "out/{n}.txt"}
tasks:
  work:
    dimensions: [n]
    prerequisites: {cal: ${optional}}
    outputs: {out: out}
    command: (echo {dataId.n}; cat {inputs.cal} /dev/null) > {outputs.out}
`
  using project = meaningProject({ 'heddle.yaml': pipe('cal'), 'cal/1.txt': 'one\n' })
  const missing = project.heddle('plan', '--json')
  assert.equal(missing.code, 2)
  assert.equal(missing.out, '')
  assert.match(missing.err, /work@n=2 needs its prerequisite cal/)
  assert.equal(project.heddle('run', '--json').code, 2)
  project.write(
    'heddle.yaml',
    pipe('{dataset: cal, optional: true}').replace('cat {inputs.cal} /dev/null', 'for f in {inputs.cal}; do [ -z "$f" ] || cat "$f"; done'),
  )
  assert.deepEqual(project.run().counts, { completed: 2, attempts: 2 })
  assert.equal(project.read('out/1.txt'), '1\none\n')
  assert.equal(project.read('out/2.txt'), '2\n')
  project.write('cal/2.txt', 'two\n')
  assert.deepEqual(project.actions(), { 'work@n=1': 'reuse', 'work@n=2': 'run input' })
  project.write('cal/1.txt', 'one\n')
  assert.deepEqual(project.run().ran, ['work@n=2'])
  project.write('cal/1.txt', 'changed\n')
  assert.deepEqual(project.actions(), { 'work@n=1': 'run input', 'work@n=2': 'reuse' })
})
