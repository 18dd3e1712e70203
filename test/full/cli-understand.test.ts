import assert from 'node:assert/strict'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, test } from 'node:test'
import { type EventLine, GREETINGS, type PlanDocument } from '../rig/greetings.ts'
import { makeProject, type Project } from '../rig/heddle-project.ts'

let project: Project

beforeEach(() => {
  project = makeProject({ 'heddle.yaml': GREETINGS, 'base.txt': 'hello' })
})

afterEach(() => project.remove())

describe('understanding', () => {
  beforeEach(() => {
    assert.equal(project.heddle('run').code, 0)
  })

  test('why names the one thing that changed', () => {
    assert.deepEqual(project.json('why', 'greet@name=ada', '--param', 'end=?'), {
      id: 'greet@name=ada',
      action: 'run',
      reasons: [{ kind: 'config', name: 'end', was: '!', is: '?' }],
    })
    project.write('base.txt', 'good day')
    assert.deepEqual(project.json<{ reasons: unknown }>('why', 'greeting@name=ada').reasons, [{ kind: 'input', dataset: 'base' }])
    assert.deepEqual(
      project.json<{ reasons: { kind: string }[] }>('why', 'quantum:letter').reasons.map(({ kind }) => kind),
      ['upstream', 'upstream'],
    )
  })

  test('diff compares two runs', () => {
    project.heddle('run', '--param', 'end=?')
    const { quanta, datasets } = project.json<{ quanta: { id: string }[]; datasets: { id: string; was: string; is: string }[] }>(
      'diff',
      'last~1',
      'last',
    )
    assert.deepEqual(
      quanta.map(({ id }) => id),
      ['greet@name=ada', 'greet@name=grace', 'letter'],
    )
    assert.deepEqual(
      datasets.map(({ id }) => id),
      ['greeting@name=ada', 'greeting@name=grace', 'letter'],
    )
  })

  test('diff says what tasks have in common once, and each quantum with --verbose', () => {
    project.heddle('run', '--param', 'end=?')
    const [first, second] = project.heddle('diff').out.split('\n')
    assert.match(first ?? '', /^greet {2}2 quanta {2}config\.end: .* → "\?"$/)
    assert.equal(second, 'letter  1 quantum  input greeting changed')
    assert.match(project.heddle('diff', '--verbose').out, /^greet@name=ada {2}config\.end: .*\ngreet@name=grace /)
  })

  test('status counts states by task', () => {
    const status = project.json<{ state: string; tasks: unknown; waiting: unknown }>('status')
    assert.equal(status.state, 'completed')
    assert.deepEqual(status.tasks, { greet: { completed: 2 }, letter: { completed: 1 } })
    assert.deepEqual(status.waiting, [])
  })

  test('query lists dimensions, datasets, quanta, jobs and runs', () => {
    assert.deepEqual(project.lines('query', 'dimensions', 'name'), [{ name: 'ada' }, { name: 'grace' }])
    const letter = project.lines<Record<string, unknown>>('query', 'datasets', 'letter')
    assert.equal(letter[0]?.path, 'out/letter.txt')
    assert.equal(letter[0]?.size, 24)
    assert.deepEqual(letter[0]?.sites, ['local'])
    const quanta = project.lines<Record<string, unknown>>('query', 'quanta', '--where', "name = 'ada'", '--tasks', 'greet')
    assert.deepEqual(
      quanta.map(({ id, state, attempts, exitCode }) => ({ id, state, attempts, exitCode })),
      [{ id: 'greet@name=ada', state: 'completed', attempts: 1, exitCode: 0 }],
    )
    assert.equal(project.lines<{ id: string }>('query', 'jobs', '--sort', '-id')[0]?.id, 'letter#1')
    assert.equal(project.lines<{ state: string }>('query', 'runs', '--limit', '1')[0]?.state, 'completed')
  })

  test('thread leads back to the inputs and forward to the results', () => {
    const back = project.json<{ nodes: { id: string; kind: string }[]; edges: unknown[] }>('thread', 'dataset:letter')
    assert.ok(back.nodes.some(({ id }) => id === 'base'))
    assert.ok(back.nodes.some(({ kind }) => kind === 'run'))
    const forward = project.json<{ nodes: { id: string }[] }>('thread', 'base', '--forward')
    assert.ok(forward.nodes.some(({ id }) => id === 'dataset:letter'))
  })

  test('get brings out what is kept, now and as it was', () => {
    assert.equal(project.heddle('get', 'greeting@name=ada').out, 'hello ada!\n')
    project.heddle('run', '--param', 'end=?')
    assert.equal(project.heddle('get', 'letter', '--run', 'last').out, 'hello ada?\nhello grace?\n')
    assert.equal(project.heddle('get', 'letter', 'old.txt', '--run', 'last~1').code, 0)
    assert.equal(readFileSync(join(project.folder, 'old.txt'), 'utf8'), 'hello ada!\nhello grace!\n')
    assert.equal(project.heddle('get', 'letter', 'old.txt').code, 2)
  })

  test('accept lets outputs stand although the code changed', () => {
    project.write('heddle.yaml', GREETINGS.replace("printf '%s %s%s\\n'", "printf '%s %s%s\\n' --").replace('--', ''))
    assert.equal(project.json<PlanDocument>('plan').tasks.greet?.run, 2)
    assert.equal(project.heddle('accept').code, 0)
    assert.equal(project.json<PlanDocument>('plan').tasks.greet?.reuse, 2)
  })

  test('debug runs the body again beside its inputs and leaves nothing behind', () => {
    const { code, out } = project.heddle(
      'debug',
      'letter',
      '--',
      'sh',
      '-c',
      'cat heddle-inputs/greetings-0.txt; ./heddle-run; cat heddle-outputs/*; echo $HEDDLE_QUANTUM',
    )
    assert.equal(code, 0)
    assert.equal(out, 'hello ada!\nhello ada!\nhello grace!\nletter\n')
    assert.equal(project.heddle('debug', 'letter', '--').code, 0)
    assert.equal(project.heddle('debug', 'letter', '--', 'false').code, 1)
    assert.equal(readFileSync(join(project.folder, 'out/letter.txt'), 'utf8'), 'hello ada!\nhello grace!\n')
  })

  test('collections keep contents by name and search one after the other', () => {
    project.heddle('collection', 'create', 'paper')
    assert.equal(project.heddle('collection', 'add', 'paper', 'letter').code, 0)
    assert.equal(project.heddle('collection', 'chain', 'best', 'paper', 'last').code, 0)
    const found = project.lines<{ id: string; collection: string }>('collection', 'show', 'best')
    assert.equal(found.find(({ id }) => id === 'letter')?.collection, 'paper')
    assert.equal(found.length, 3)
  })

  test('heddle alone says how the last run went', () => {
    const { out } = project.heddle()
    assert.match(out, /last run \S+: completed/)
  })

  test('doctor is content', () => {
    const report = project.json<{ ok: boolean; checks: { name: string; ok: boolean }[] }>('doctor')
    assert.equal(report.ok, true, JSON.stringify(report))
    assert.ok(report.checks.some(({ name }) => name === 'store'))
  })

  test('history stays readable when the pipeline file is broken', () => {
    project.write('heddle.yaml', 'heddle: 1\nnonsense: true\n')
    assert.equal(project.heddle('status').code, 0)
    assert.equal(project.heddle('query', 'quanta').code, 0)
    assert.equal(project.heddle('diff', 'last', 'last').code, 0)
    assert.equal(project.heddle('logs').code, 0)
    assert.equal(project.heddle('logs', 'greet@name=ada').code, 0)
    assert.equal(project.heddle('plan').code, 2)
  })
})

test('ingest registers files wherever they lie, by the data IDs in their names', () => {
  project.write(
    'heddle.yaml',
    `heddle: 1
name: counts
dimensions: {s: {type: string}}
datasets:
  raw: {dimensions: [s], format: text}
  lines: {dimensions: [s], format: text}
tasks:
  count: {dimensions: [s], inputs: {raw: raw}, outputs: {lines: lines}, command: "wc -l < {inputs.raw} > {outputs.lines}"}
`,
  )
  project.write('far/a.log', 'one\ntwo\n')
  project.write('far/b.log', 'one\n')
  assert.equal(project.heddle('run', '--json').code, 0)
  const found = project.lines<{ id: string; path: string; size: number }>(
    'ingest',
    'raw',
    'far/a.log',
    'far/b.log',
    '--template',
    'far/{s}.log',
  )
  assert.deepEqual(
    found.map(({ id, path, size }) => [id, path, size]),
    [
      ['raw@s=a', 'far/a.log', 8],
      ['raw@s=b', 'far/b.log', 4],
    ],
  )
  assert.equal(project.heddle('run').code, 0)
  assert.equal(project.heddle('get', 'lines@s=a').out.trim(), '2')
})

test('completion knows commands, flags, tasks and runs', () => {
  project.heddle('run')
  const complete = (...words: string[]): string[] =>
    project
      .heddle('completion', '--words', String(words.length), '--', 'heddle', ...words)
      .out.trimEnd()
      .split('\n')
  assert.deepEqual(complete('stat'), ['status'])
  assert.deepEqual(complete('plan', '--assu'), ['--assume-inputs'])
  assert.deepEqual(complete('why', 'gre'), ['greet'])
  assert.equal(complete('status', '')[0], 'last')
  for (const shell of ['bash', 'zsh', 'fish']) assert.match(project.heddle('completion', shell).out, /heddle completion --words/)
})

test('logs shows what an attempt printed, and every failure of a run', () => {
  project.write('heddle.yaml', GREETINGS.replace('cat {inputs.greetings}', 'echo "from the letter" >&2; exit 3'))
  assert.equal(project.heddle('run').code, 1)
  assert.equal(project.heddle('logs', 'letter').out, 'from the letter\n')
  assert.equal(project.heddle('logs', 'letter#1', '--run', 'last').out, 'from the letter\n')
  const [failure] = project.lines<{ id: string; exitCode: number; log: string }>('logs')
  assert.deepEqual([failure?.id, failure?.exitCode, failure?.log], ['letter', 3, 'from the letter\n'])
})

test('a deleted .heddle loses history and no file', () => {
  project.heddle('run')
  rmSync(join(project.folder, '.heddle'), { recursive: true })
  assert.equal(existsSync(join(project.folder, 'out/letter.txt')), true)
  assert.equal(project.lines<EventLine>('run').at(-1)?.counts?.completed, 3)
})
