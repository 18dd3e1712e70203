import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, test } from 'node:test'
import { type EventLine, GREETINGS, type PlanDocument } from '../rig/greetings.ts'
import { makeProject, type Project } from '../rig/heddle-project.ts'

let project: Project

beforeEach(() => {
  project = makeProject({ 'heddle.yaml': GREETINGS, 'base.txt': 'hello' })
})

afterEach(() => project.remove())

describe('plan', () => {
  test('lists every quantum with its action, reasons, fingerprints and connections', () => {
    const plan = project.json<PlanDocument>('plan')
    assert.equal(plan.pipeline, 'words')
    assert.deepEqual(plan.graph, { quanta: 3, datasets: 4, edges: 7 })
    assert.deepEqual(plan.tasks.greet, { quanta: 2, run: 2, reuse: 0, blocked: 0 })
    const [ada, , letter] = plan.quanta
    assert.equal(ada?.id, 'greet@name=ada')
    assert.deepEqual(ada?.reasons, [{ kind: 'new' }])
    assert.match(ada?.fingerprint ?? '', /^[0-9a-f]{64}$/)
    assert.match(ada?.content ?? '', /^[0-9a-f]{64}$/)
    assert.deepEqual(letter?.inputs, { greetings: ['greeting@name=ada', 'greeting@name=grace'] })
    assert.equal(letter?.content, null)
  })

  test('says that the file has warnings, which lint shows, and nothing of it with --quiet', () => {
    const warned = makeProject({
      'heddle.yaml': GREETINGS.replace('$(cat {inputs.base})', '$(cat {inputs.base} {input.base})'),
      'base.txt': 'hello',
    })
    try {
      assert.match(warned.heddle('plan').err, /^heddle\.yaml has 1 warning: `heddle lint` shows it\n/)
      assert.equal(warned.heddle('plan', '--quiet').err, '')
      assert.match(warned.heddle('lint').err, /\{input\.base\} is no placeholder and stays as it is; did you mean \{inputs\.base\}\?/)
    } finally {
      warned.remove()
    }
  })

  test('makes nothing in the project', () => {
    project.heddle('plan')
    assert.equal(existsSync(join(project.folder, '.heddle')), false)
  })

  test('--summary leaves the quanta out', () => {
    assert.equal('quanta' in project.json<object>('plan', '--summary'), false)
  })

  test('an empty plan says which condition emptied it', () => {
    const { code, out } = project.heddle('plan', '--where', "name = 'nobody'")
    assert.equal(code, 0)
    assert.match(out, /name = 'nobody'.*this left nothing/)
  })

  test('--where takes the next word even if it begins with a dash', () => {
    project.write(
      'heddle.yaml',
      GREETINGS.replace('{type: string, records: [{name: ada}, {name: grace}]}', '{type: int, records: [{name: 1}, {name: 2}]}'),
    )
    assert.equal(project.json<PlanDocument>('plan', '--where', '-name < -1').tasks.greet?.quanta, 1)
  })

  test('draws tasks, datasets and quanta in three notations', () => {
    for (const subject of ['tasks', 'datasets', 'quanta']) {
      assert.match(project.heddle('plan', '--graph', 'dot', '--of', subject).out, /^digraph .*\n[^]*n0 -> n\d+|n\d+ -> n0/)
      assert.match(project.heddle('plan', '--graph', 'mermaid', '--of', subject).out, /^flowchart LR\n/)
      assert.match(project.heddle('plan', '--graph', 'svg', '--of', subject).out, /^<svg [^]*<\/svg>\n$/)
    }
  })

  test('a saved plan runs, and is refused when an input changed since', () => {
    assert.equal(project.heddle('plan', '--save', 'words.plan').code, 0)
    assert.equal(project.heddle('run', '--plan', 'words.plan').code, 0)
    project.write('base.txt', 'good day')
    const { code, err } = project.heddle('run', '--plan', 'words.plan')
    assert.equal(code, 2)
    assert.match(err, /plan-out-of-date.*base/)
  })
})

describe('run', () => {
  test('prints an event a line and ends with RunFinished', () => {
    const events = project.lines<EventLine>('run')
    assert.equal(events[0]?.event, 'RunStarted')
    const last = events.at(-1)
    assert.equal(last?.event, 'RunFinished')
    assert.equal(last?.state, 'completed')
    assert.deepEqual(last?.counts, { completed: 3, reused: 0, noWork: 0, pruned: 0, failed: 0, blocked: 0, cancelled: 0, attempts: 3 })
    assert.equal(readFileSync(join(project.folder, 'out/letter.txt'), 'utf8'), 'hello ada!\nhello grace!\n')
  })

  test('runs nothing twice, and only what a changed setting reaches', () => {
    project.heddle('run')
    assert.equal(project.lines<EventLine>('run').at(-1)?.counts?.reused, 3)
    assert.equal(project.lines<EventLine>('run', '--param', 'end=?').at(-1)?.counts?.completed, 3)
    assert.equal(project.lines<EventLine>('run').at(-1)?.counts?.reused, 3)
    assert.equal(readFileSync(join(project.folder, 'out/letter.txt'), 'utf8'), 'hello ada!\nhello grace!\n')
  })

  test('makes only what is missing for a dataset', () => {
    assert.equal(project.lines<EventLine>('run', 'greeting@name=ada').at(-1)?.counts?.completed, 1)
  })

  test('--help lists the parameters of the project', () => {
    assert.match(project.heddle('run', '--help').out, /--param end=STRING\s+what ends a greeting \(default: "!"\)/)
  })

  test('a failure exits with 1 and says what it means, what it printed and how to try it', () => {
    project.write('heddle.yaml', GREETINGS.replace('cat {inputs.greetings}', 'echo oh no >&2; nothing-like-this'))
    const { code, out } = project.heddle('run')
    assert.equal(code, 1)
    assert.match(out, /exit code 127: a command was not found/)
    assert.match(out, /oh no/)
    assert.match(out, /heddle debug letter/)
    assert.match(out, /greeting@name=ada {2}11 B/)
  })

  test('quiet says only how it ended', () => {
    const { out } = project.heddle('run', '--quiet')
    assert.match(out, /^completed \S+: 3 completed in .*\n$/)
  })

  test('an unknown site is refused', () => {
    const { code, err } = project.heddle('run', '--site', 'hpc')
    assert.equal(code, 2)
    assert.match(err, /there is no site "hpc"/)
  })
})
