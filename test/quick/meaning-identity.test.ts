/** Rules of meaning, *Identity* and *Code* of the contract, by the real command. */
import assert from 'node:assert/strict'
import { utimesSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { meaningProject } from '../rig/meaning-project.ts'

const PIPE = `heddle: 1
name: small
parameters:
  by: {default: 2}
dimensions:
  n: {type: int}
datasets:
  numbers: {dimensions: [n], format: text, path: "in/{n}.txt"}
  scaled: {dimensions: [n], format: text}
  sum: {format: text, path: out/sum.txt}
tasks:
  scale:
    dimensions: [n]
    inputs: {numbers: numbers}
    outputs: {scaled: scaled}
    config: {by: "{parameters.by}"}
    command: awk -v by={config.by} '{print int($1 * by)}' {inputs.numbers} > {outputs.scaled}
  add:
    inputs: {scaled: scaled}
    outputs: {sum: sum}
    command: cat {inputs.scaled} | awk -f add.awk > {outputs.sum}
`
const FILES = { 'heddle.yaml': PIPE, 'add.awk': '{s += $1} END {print s}\n', 'in/1.txt': '1\n', 'in/2.txt': '2\n' }
const ALL = ['add', 'scale@n=1', 'scale@n=2']

test('what goes back to an old setting finds the old results, and a changed time stamp never counts', () => {
  using project = meaningProject(FILES)
  assert.deepEqual(project.actions(), { add: 'run new', 'scale@n=1': 'run new', 'scale@n=2': 'run new' })
  const first = project.run()
  assert.deepEqual([first.code, first.counts, first.ran], [0, { completed: 3, attempts: 3 }, ALL])
  assert.equal(project.read('out/sum.txt'), '6\n')

  const planned = project.plan('--param', 'by=3')
  const scale = planned.quanta.find(({ id }) => id === 'scale@n=1')
  assert.deepEqual([scale?.action, scale?.reasons], ['run', [{ kind: 'config', name: 'by', was: 2, is: 3 }]])
  const add = planned.quanta.find(({ id }) => id === 'add')
  assert.equal(add?.action, 'run')
  assert.equal(add.content, null)
  assert.deepEqual(add.reasons[0]?.kind, 'upstream')
  assert.match(String(add.reasons[0]?.['quantum']), /^scale@n=[12]$/)
  assert.deepEqual(planned.tasks['scale'], { quanta: 2, run: 2, reuse: 0, blocked: 0 })
  assert.deepEqual(project.run('--param', 'by=3').ran, ALL)
  assert.equal(project.read('out/sum.txt'), '9\n')

  const back = project.run()
  assert.deepEqual([back.code, back.counts], [0, { reused: 3 }])
  assert.equal(project.read('out/sum.txt'), '6\n')

  const later = new Date(Date.now() + 60_000)
  for (const path of ['in/1.txt', 'add.awk', 'heddle.yaml']) utimesSync(join(project.folder, path), later, later)
  assert.deepEqual(project.run().counts, { reused: 3 })

  // A changed input, and a wave that stops where a file comes out equal.
  project.write('in/1.txt', '1.0\n')
  const changed = project.plan().quanta
  assert.deepEqual(changed.find(({ id }) => id === 'scale@n=1')?.reasons, [{ kind: 'input', dataset: 'numbers@n=1' }])
  assert.deepEqual(changed.find(({ id }) => id === 'add')?.reasons, [{ kind: 'upstream', quantum: 'scale@n=1' }])
  const cut = project.run()
  assert.deepEqual([cut.ran, cut.counts], [['scale@n=1'], { completed: 1, reused: 2, attempts: 1 }])
  assert.ok(cut.events.some(({ event, quantum }) => event === 'QuantumReused' && quantum === 'add'))
  assert.equal(project.read('out/sum.txt'), '6\n')

  // A file that is a word of a command is its code; the text of the command too.
  project.write('add.awk', '{s += $1} END {print s * 10}\n')
  assert.deepEqual(
    project
      .plan()
      .quanta.find(({ id }) => id === 'add')
      ?.reasons.map(({ kind }) => kind),
    ['code'],
  )
  assert.deepEqual(project.run().ran, ['add'])
  assert.equal(project.read('out/sum.txt'), '60\n')
  project.write('heddle.yaml', PIPE.replace('awk -f add.awk', 'awk  -f add.awk'))
  assert.deepEqual(project.actions()['add'], 'run code')

  // Input gone with its quantum: the gather sees what is really there.
  project.write('heddle.yaml', PIPE)
  project.remove('in/2.txt')
  assert.deepEqual(project.actions(), { add: 'run input', 'scale@n=1': 'reuse' })
})

test('names of tasks and datasets, resources, retries and after are outside identity; connection names and configuration are not', () => {
  const body = `    outputs: {out: OUT}
    config: {a: 1, b: {y: 2, x: [1.0, true, null, "é"]}}
    command: printf '%s' {config.a} > {outputs.out}
`
  const head = (more: string): string =>
    `heddle: 1\nname: p\ndatasets:\n  first: {format: text}\n  other: {format: text, path: o.txt}\n${more}`
  const one = head(
    `tasks:\n  work:\n${body.replace('OUT', 'first')}  late:\n    outputs: {out: other}\n    command: echo 1 > {outputs.out}\n`,
  )
  using project = meaningProject({ 'heddle.yaml': one })
  assert.deepEqual(project.run().counts, { completed: 2, attempts: 2 })
  const before = project.plan().quanta
  const renamed = one
    .replaceAll('first', 'renamed')
    .replace('  work:', '  labour:')
    .replace('{y: 2, x: [1.0, true, null, "é"]}', '{x: [1, true, null, "\\u00e9"], y: 2.0}')
    .replace(
      'late:\n',
      'later:\n    after: [labour]\n    resources: {cores: 1, memory: 10MiB, walltime: 1min, licence: 0}\n    retry: {limit: 3}\n',
    )
  project.write('heddle.yaml', renamed)
  const after = project.plan().quanta
  assert.deepEqual(
    after.map(({ id, action }) => `${id} ${action}`),
    ['labour reuse', 'later reuse'],
  )
  assert.deepEqual(
    after.map(({ fingerprint }) => fingerprint),
    before.map(({ fingerprint }) => fingerprint),
  )
  assert.deepEqual(project.run().counts, { reused: 2 })
  project.write('heddle.yaml', renamed.replaceAll('{out:', '{result:').replaceAll('outputs.out', 'outputs.result'))
  assert.deepEqual(
    project.plan().quanta.map(({ action }) => action),
    ['run', 'run'],
  )
})

test('the template {resources.cores} counts, its value does not', () => {
  const pipe = (cores: number): string =>
    `heddle: 1\nname: p\ndatasets: {out: {format: text, path: o.txt}}\ntasks:\n  work:\n    outputs: {out: out}\n    resources: {cores: ${cores}}\n    command: echo {resources.cores} > {outputs.out}\n`
  using project = meaningProject({ 'heddle.yaml': pipe(1) })
  project.run()
  project.write('heddle.yaml', pipe(2))
  assert.deepEqual(project.run('--slots', '2').counts, { reused: 1 })
  assert.equal(project.read('o.txt'), '1\n')
  project.write('heddle.yaml', pipe(2).replace('{resources.cores}', '2'))
  assert.deepEqual(project.actions(), { work: 'run code' })
})

test('two quanta of one graph never share an execution', () => {
  const text = `heddle: 1
name: p
datasets: {a: {format: text, path: a.txt}, b: {format: text, path: b.txt}}
tasks:
  one: {outputs: {out: a}, command: "od -An -tx8 -N8 /dev/urandom > {outputs.out}"}
  two: {outputs: {out: b}, command: "od -An -tx8 -N8 /dev/urandom > {outputs.out}"}
`
  using project = meaningProject({ 'heddle.yaml': text })
  assert.deepEqual(project.run().counts, { completed: 2, attempts: 2 })
  const was = [project.read('a.txt'), project.read('b.txt')]
  assert.notEqual(was[0], was[1])
  assert.deepEqual(project.run().counts, { reused: 2 })
  assert.deepEqual([project.read('a.txt'), project.read('b.txt')], was)
  // Two others than before find the results of both.
  project.write('heddle.yaml', text.replace('  one:', '  eins:').replace('  two:', '  zwei:'))
  assert.deepEqual(project.run().counts, { reused: 2 })
  assert.deepEqual([project.read('a.txt'), project.read('b.txt')].sort(), was.toSorted())
  // A third of the same kind is new work.
  project.write(
    'heddle.yaml',
    `${text.replace('b: {', 'c: {format: text, path: c.txt}, b: {')}  three: {outputs: {out: c}, command: "od -An -tx8 -N8 /dev/urandom > {outputs.out}"}\n`,
  )
  assert.deepEqual(project.run().ran, ['three'])
})

test('a command counts its text and the project files that are whole words of it, except redirection targets, templates and .heddle', () => {
  using project = meaningProject({
    'heddle.yaml': `heddle: 1
name: p
datasets: {in: {format: text, path: data.txt}, out: {format: text, path: o.txt}}
tasks:
  work:
    inputs: {in: in}
    outputs: {out: out}
    command: |
      cat used.txt "quo ted.txt" ./dot.txt data.txt {inputs.in} > {outputs.out} 2> errors.txt
      : not-word.txt.bak --file=part.txt # mentioned.txt
`,
    'data.txt': 'd\n',
    'used.txt': 'u\n',
    'quo ted.txt': 'q\n',
    'dot.txt': '.\n',
    'errors.txt': '',
    'part.txt': 'p\n',
    'not-word.txt': 'n\n',
  })
  project.run()
  for (const [path, counts] of [
    ['used.txt', true],
    ['quo ted.txt', true],
    ['dot.txt', true],
    ['part.txt', false],
    ['not-word.txt', false],
    ['errors.txt', false],
  ] as const) {
    const was = project.read(path)
    project.write(path, `${was}more\n`)
    assert.equal(project.actions()['work'], counts ? 'run code' : 'reuse', path)
    project.write(path, was)
  }
  assert.equal(project.actions()['work'], 'reuse')
  // data.txt is an input, not code: the reason is the input alone.
  project.write('data.txt', 'other\n')
  assert.equal(project.actions()['work'], 'run input')
})

test('files: [] turns the finding off, files: [A, B] names them', () => {
  const pipe = (files: string): string =>
    `heddle: 1\nname: p\ndatasets: {out: {format: text}}\ntasks:\n  work:\n    outputs: {out: out}\n${files}    command: cat a.txt > {outputs.out}\n`
  using project = meaningProject({ 'heddle.yaml': pipe('    files: []\n'), 'a.txt': 'a', 'b.txt': 'b' })
  project.run()
  project.write('a.txt', 'changed')
  assert.deepEqual(project.run().counts, { reused: 1 })
  project.write('heddle.yaml', pipe('    files: [b.txt]\n'))
  project.run()
  project.write('a.txt', 'again')
  assert.deepEqual(project.run().counts, { reused: 1 })
  project.write('b.txt', 'changed')
  assert.deepEqual(project.run().ran, ['work'])
})

test('comments, blank lines and layout of functions do not count; docstrings, tokens and what a module imports do', () => {
  using project = meaningProject({
    'heddle.yaml': `heddle: 1
name: p
datasets: {a: {}, b: {}}
tasks:
  py: {outputs: {a: a}, python: "lib.work:make", files: [dynamic.py]}
  ts: {inputs: {a: a}, outputs: {b: b}, typescript: "./work.ts#make"}
`,
    'lib/__init__.py': '',
    'lib/work.py': '"""Module."""\nfrom . import other\nimport json\n\ndef make():\n    """Doc."""\n    return {"n": other.N}\n',
    'lib/other.py': 'N = 1\n',
    'dynamic.py': 'X = 1\n',
    'lib/unused.py': 'Y = 1\n',
    'work.ts': "import { plus } from './plus.ts'\n\nexport function make({ a }: { a: { n: number } }) {\n  return plus(a.n)\n}\n",
    'plus.ts': 'export const plus = (n: number): number => n + 1\n',
  })
  assert.deepEqual(project.run().counts, { completed: 2, attempts: 2 })
  const actions = (): string => Object.values(project.actions()).join('; ')
  assert.equal(actions(), 'reuse; reuse')
  const change = (path: string, from: string, to: string, expected: string): void => {
    const was = project.read(path)
    assert.ok(was.includes(from), from)
    project.write(path, was.replace(from, to))
    assert.equal(actions(), expected, `${path}: ${to}`)
    project.write(path, was)
  }
  const PY = 'run code; run upstream'
  change('lib/work.py', '    return', '    # a comment\n\n    return', 'reuse; reuse')
  change('lib/work.py', '{"n": other.N}', '{\n        "n" : other.N\n    }  # why', 'reuse; reuse')
  change('lib/work.py', '\n', '\r\n', 'reuse; reuse')
  change('lib/work.py', 'Doc.', 'Docs.', PY)
  change('lib/work.py', 'Module.', 'Modules.', PY)
  change('lib/work.py', '"n"', '"m"', PY)
  change('lib/other.py', 'N = 1', 'N = 2', PY)
  change('lib/__init__.py', '', 'Z = 1\n', PY)
  change('dynamic.py', 'X = 1', 'X = 2', PY)
  change('lib/unused.py', 'Y = 1', 'Y = 2', 'reuse; reuse')
  change('work.ts', 'export', '// comment\n/* more */ export', 'reuse; reuse')
  change('work.ts', '  return plus(a.n)\n', '    return   plus( a.n );\n', 'reuse; reuse')
  change('work.ts', 'plus(a.n)', 'plus(a.n + 1)', 'reuse; run code')
  change('plus.ts', 'n + 1', 'n + 2', 'reuse; run code')
})

test('--rerun-on chooses what counts as a change', () => {
  using project = meaningProject(FILES)
  project.run()
  const kinds = (...words: string[]): string =>
    Object.values(project.actions(...words))
      .map((text) => text.split(' ')[0])
      .join(' ')
  project.write('add.awk', '{s += $1} END {print s + 1}\n')
  assert.equal(kinds('--rerun-on', 'config,inputs,environment'), 'reuse reuse reuse')
  assert.equal(kinds('--rerun-on', 'code'), 'reuse reuse run')
  project.write('in/1.txt', '5\n')
  assert.equal(kinds('--rerun-on', 'code,config,environment'), 'reuse reuse run')
  assert.equal(kinds('--rerun-on', 'inputs'), 'run reuse run')
  assert.equal(kinds('--rerun-on', 'config', '--param', 'by=9'), 'run run run')
  assert.equal(kinds('--rerun-on', 'code', '--rerun-on', 'inputs'), 'run reuse run')
  const ran = project.run('--rerun-on', 'config')
  assert.deepEqual(ran.counts, { reused: 3 })
  assert.equal(project.heddle('plan', '--rerun-on', 'colour').code, 2)
})

test('--force runs what is up to date, for a task, a quantum or a dataset, and the newest bytes win', () => {
  using project = meaningProject({
    'heddle.yaml': `heddle: 1
name: p
dimensions: {n: {type: int, records: [{n: 1}, {n: 2}]}}
datasets: {draw: {dimensions: [n], format: text, path: "o/{n}.txt"}, copy: {dimensions: [n], format: text}}
tasks:
  draw: {dimensions: [n], outputs: {out: draw}, command: "od -An -tx8 -N8 /dev/urandom > {outputs.out}"}
  copy: {dimensions: [n], inputs: {in: draw}, outputs: {out: copy}, command: "cp {inputs.in} {outputs.out}"}
`,
  })
  const first = project.run()
  const old = project.read('o/1.txt')
  assert.deepEqual(project.run('--force', 'copy').ran, ['copy@n=1', 'copy@n=2'])
  assert.deepEqual(project.actions('--force', 'draw@n=1'), {
    'draw@n=1': 'run forced',
    'draw@n=2': 'reuse',
    'copy@n=1': 'run upstream',
    'copy@n=2': 'reuse',
  })
  const forced = project.run('--force', 'draw@n=1')
  assert.deepEqual(forced.ran, ['copy@n=1', 'draw@n=1'])
  const fresh = project.read('o/1.txt')
  assert.notEqual(fresh, old)
  assert.deepEqual(project.run().counts, { reused: 4 })
  assert.equal(project.read('o/1.txt'), fresh)
  assert.equal(project.heddle('get', 'draw@n=1').out, fresh)
  assert.equal(project.heddle('get', 'draw@n=1', '--run', first.run).out, old)
  assert.deepEqual(project.run('--force', 'dataset:copy@n=2').ran, ['copy@n=2'])
  assert.deepEqual(project.run('--force', 'quantum:draw@n=2').ran.includes('draw@n=2'), true)
  assert.equal(project.heddle('run', '--force', 'drow').code, 2)
  assert.equal(project.heddle('run', '--force', 'draw@n=7').code, 2)
})
