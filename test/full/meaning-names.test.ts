/** Names on the command line (contract.md), with values as odd as data have them. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { meaningProject } from '../rig/meaning-project.ts'

const ODD = [
  'New York',
  'a,b',
  'x=1',
  '',
  'line\nbreak',
  'Zürich 東京 🚀',
  '-dash',
  "it's",
  'say "hi"',
  'at@home',
  '$(touch pwned)',
  '#3',
  'tab\tx',
  '*',
  '\\back',
  '%s',
  '~',
  'a/b',
  '..',
]
const QUOTED: Readonly<Record<string, string>> = {
  'New York': '"New York"',
  'a,b': '"a,b"',
  'x=1': '"x=1"',
  '': '""',
  'line\nbreak': '"line\\nbreak"',
  '-dash': '-dash',
  "it's": '"it\'s"',
  'say "hi"': '"say \\"hi\\""',
  'at@home': '"at@home"',
  '#3': '"#3"',
  'tab\tx': '"tab\\tx"',
  '\\back': '\\back',
  '*': '*',
}

test('ids with odd values work in plan, run, why, get, logs, query and --force, and never become code', () => {
  using project = meaningProject({
    'heddle.yaml': `heddle: 1
name: odd
dimensions:
  city: {type: string, records: cities.json}
  year: {type: int, records: [{year: 2012}]}
datasets:
  raw: {dimensions: [city, year], format: text}
  shown: {dimensions: [city, year], format: json}
  all: {format: json, path: all.json}
tasks:
  write: {dimensions: [city, year], outputs: {o: raw}, command: "printf %s {dataId.city} > {outputs.o}; printf '%s\\\\n' \\"$HEDDLE_QUANTUM\\""}
  show: {dimensions: [city, year], inputs: {raw: raw}, outputs: {shown: shown}, python: "show:show"}
  all: {inputs: {shown: shown}, outputs: {all: all}, python: "show:gather"}
`,
    'cities.json': JSON.stringify(ODD.map((city) => ({ city }))),
    'show.py': 'def show(raw, data_id):\n    return [raw, data_id["city"]]\n\ndef gather(shown):\n    return shown\n',
  })
  const plan = project.plan()
  const byCity = new Map(plan.quanta.filter(({ task }) => task === 'write').map((quantum) => [quantum.dataId['city'], quantum.id]))
  assert.equal(byCity.size, ODD.length)
  for (const [city, text] of Object.entries(QUOTED)) assert.equal(byCity.get(city), `write@city=${text},year=2012`)
  const ran = project.run()
  assert.deepEqual(
    [ran.code, ran.counts['completed']],
    [0, 2 * ODD.length + 1],
    JSON.stringify(ran.events.filter(({ event }) => event === 'QuantumFailed')),
  )
  assert.deepEqual(
    new Set((JSON.parse(project.read('all.json')) as [string, string][]).map(([a, b]) => JSON.stringify([a, b]))),
    new Set(ODD.map((city) => JSON.stringify([city, city]))),
  )
  assert.equal(project.has('pwned'), false)
  const ids = [...byCity.values()]
  assert.deepEqual(
    project.lines('query', 'quanta').flatMap(({ id, task }) => (task === 'write' ? [id] : [])),
    ids,
  )
  for (const city of ['New York', 'line\nbreak', '-dash', '', 'Zürich 東京 🚀', 'say "hi"']) {
    const id = byCity.get(city) as string
    const dataset = id.replace('write', 'raw')
    assert.deepEqual(project.json('why', id), { id, action: 'reuse', reasons: [] })
    assert.equal(project.heddle('get', dataset).out, city)
    assert.match(project.heddle('logs', id).out, new RegExp(id.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')))
  }
  const forced = byCity.get('a,b') as string
  assert.deepEqual(project.run('--force', forced).ran, [forced])
  // Quotes where none are needed, and another order, name the same thing.
  assert.deepEqual((project.json('why', 'write@year=2012,city="-dash"') as { id: string }).id, byCity.get('-dash'))
  assert.equal(project.heddle('why', 'write@city=nowhere,year=2012').code, 2)
  assert.equal(project.heddle('why', 'write@city="open').code, 2)
  assert.equal(project.heddle('why', 'wirte').code, 2)
})

test('where a task and a dataset type share a name, why and --force mean the quantum, get and query the dataset; a prefix says it outright', () => {
  using project = meaningProject({
    'heddle.yaml': `heddle: 1
name: p
datasets: {work: {format: text}, other: {format: text}}
tasks:
  other: {outputs: {o: work}, command: "echo work-data > {outputs.o}; echo log of other"}
  work: {inputs: {i: work}, outputs: {o: other}, command: "echo other-data > {outputs.o}; echo log of work"}
`,
  })
  project.run()
  assert.deepEqual((project.json('why', 'work') as { id: string }).id, 'work')
  assert.deepEqual((project.json('why', 'dataset:work') as { id: string }).id, 'other')
  assert.deepEqual((project.json('why', 'quantum:other') as { id: string }).id, 'other')
  assert.match(project.heddle('logs', 'work').out, /log of work/)
  assert.match(project.heddle('logs', 'quantum:other').out, /log of other/)
  assert.equal(project.heddle('get', 'work').out, 'work-data\n')
  assert.equal(project.heddle('get', 'dataset:other').out, 'other-data\n')
  assert.deepEqual(
    project.lines('query', 'datasets', 'work').map(({ id, type }) => [id, type]),
    [['work', 'work']],
  )
  assert.deepEqual(project.run('--force', 'work').ran, ['work'])
  assert.deepEqual(project.run('--force', 'dataset:work').ran, ['other'])
  assert.equal(project.heddle('logs', 'work#1').code, 0)
})

test('a run is named by its id, last and last~1', () => {
  using project = meaningProject({
    'heddle.yaml':
      'heddle: 1\nname: p\nparameters: {x: 1}\ndatasets: {o: {format: text}}\ntasks:\n  t: {outputs: {o: o}, config: {x: "{parameters.x}"}, command: "echo {config.x} > {outputs.o}"}\n',
  })
  const first = project.run()
  const second = project.run('--param', 'x=2')
  const digests = ['last', 'last~1', first.run, second.run].map((run) => project.lines('query', 'datasets', '--run', run)[0]?.['run'])
  assert.deepEqual(digests, [second.run, first.run, first.run, second.run])
  assert.deepEqual(
    ['last', 'last~1'].map((run) => project.heddle('get', 'o', '--run', run).out),
    ['2\n', '1\n'],
  )
  assert.equal((project.json('status', 'last~1') as { run: string }).run, first.run)
  assert.equal(project.heddle('status', 'last~9').code, 2)
  const diff = project.json('diff', 'last~1', 'last') as {
    quanta: { id: string; reasons: unknown }[]
    datasets: { id: string; was: string; is: string }[]
  }
  assert.deepEqual(diff.quanta, [{ id: 't', reasons: [{ kind: 'config', name: 'x', was: 1, is: 2 }] }])
  assert.deepEqual(
    diff.datasets.map(({ id, was, is }) => [id, typeof was, was === is]),
    [['o', 'string', false]],
  )
})
