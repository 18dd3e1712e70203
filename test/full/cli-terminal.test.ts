import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { afterEach, beforeEach, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { stripVTControlCharacters } from 'node:util'
import { makeProject, type Project } from '../rig/heddle-project.ts'

const HEDDLE = fileURLToPath(new URL('../../bin/heddle', import.meta.url))
const TERMINAL = fileURLToPath(new URL('../rig/terminal.py', import.meta.url))

/** Two quanta that hold until the file `go` appears, and one after them. */
const HOLDING = `heddle: 1
name: holding
dimensions:
  n: {type: int, records: [{n: 1}, {n: 2}, {n: 3}, {n: 4}]}
datasets:
  held: {dimensions: [n], format: text}
  all: {format: text}
tasks:
  hold:
    dimensions: [n]
    outputs: {held: held}
    command: touch began-{dataId.n}; while [ ! -e go ]; do sleep 0.02; done; echo {dataId.n} > {outputs.held}
  gather:
    inputs: {held: held}
    outputs: {all: all}
    command: cat {inputs.held} > {outputs.all}
`

let project: Project

beforeEach(() => {
  project = makeProject({ 'heddle.yaml': HOLDING })
})

afterEach(() => project.remove())

function onTerminal(
  keys: readonly (readonly [string, string])[],
  words: readonly string[],
  environment: NodeJS.ProcessEnv = {},
): { code: number; shown: string } {
  const { stdout, stderr } = spawnSync('python3', [TERMINAL, JSON.stringify(keys), HEDDLE, ...words], {
    cwd: project.folder,
    encoding: 'utf8',
    env: { ...process.env, TERM: 'xterm', ...environment },
  })
  assert.equal(stderr, '')
  return JSON.parse(stdout) as { code: number; shown: string }
}

describe('on a terminal', () => {
  test('a run shows a bar a task, what it waits for, and leaves the cursor as it was', () => {
    project.write('go', '')
    const { code, shown } = onTerminal([], ['run', '--slots', '2'])
    assert.equal(code, 0)
    const text = stripVTControlCharacters(shown)
    assert.match(text, /hold +░+ +0\/4/)
    assert.match(text, /gather +░+ +0\/1 +waits for hold/)
    assert.match(text, /hold +█+ +4\/4/)
    assert.match(text, /completed \S+: 5 completed/)
    assert.ok(shown.lastIndexOf('\u001b[?25h') > shown.lastIndexOf('\u001b[?25l'))
  })

  test('no line is wider than the terminal', () => {
    project.write('go', '')
    const { shown } = onTerminal([], ['run', '--slots', '2'], { TERMINAL_WIDTH: '40' })
    for (const line of stripVTControlCharacters(shown).split(/[\r\n]+/)) if (/░|█/.test(line)) assert.ok(line.length <= 40, line)
  })

  test('NO_COLOR and --color never leave out colour, but not the picture', () => {
    project.write('go', '')
    for (const [words, environment] of [
      [['run', '--force', 'gather'], { NO_COLOR: '1' }],
      [['run', '--force', 'gather', '--color', 'never'], {}],
    ] as const) {
      const { shown } = onTerminal([], words, environment)
      assert.doesNotMatch(shown, /\u001b\[\d+m/)
      assert.match(shown, /█/)
    }
  })

  test('a dumb terminal gets plain lines', () => {
    project.write('go', '')
    const { shown } = onTerminal([], ['run'], { TERM: 'dumb' })
    assert.doesNotMatch(shown, /\u001b/)
    assert.match(shown, /hold: 4 completed/)
  })

  test('Ctrl-C twice cancels what runs, exits with 130, and the next run goes on', () => {
    const { code, shown } = onTerminal(
      [
        ['2 running', '\u0003'],
        ['Ctrl-C again cancels', '\u0003'],
      ],
      ['run', '--slots', '2'],
    )
    assert.equal(code, 130)
    assert.match(stripVTControlCharacters(shown), /stopping: 2 running finish; Ctrl-C again cancels/)
    assert.match(stripVTControlCharacters(shown), /cancelled \S+:/)
    assert.equal(project.json<{ state: string }>('status').state, 'cancelled')
    project.write('go', '')
    assert.equal(project.heddle('run').code, 0)
  })
})

describe('from another terminal', () => {
  /** Starts a run and comes back when its first attempts are at work. */
  async function startRun(): Promise<{ ended: Promise<unknown[]>; output: () => string }> {
    const child = project.start('run', '--slots', '2', '--json')
    let out = ''
    const ended = once(child, 'exit')
    await new Promise<void>((resolve) => {
      child.stdout?.on('data', (data: Buffer) => {
        out += data.toString()
        if (out.includes('"state":"active"')) resolve()
      })
    })
    return { ended, output: () => out }
  }

  test('a second run says who holds the project; status and cancel reach the first', async () => {
    const { ended, output } = await startRun()
    const second = project.heddle('run')
    assert.equal(second.code, 2)
    assert.match(second.err, /project-locked.*process \d+/)
    const status = project.json<{ state: string; tasks: Record<string, Record<string, number>>; waiting: { reason: string }[] }>('status')
    assert.equal(status.state, 'running')
    assert.equal(status.tasks.hold?.running, 2)
    assert.ok(status.waiting.some(({ reason }) => reason.includes('hold')))
    assert.equal(project.heddle('cancel').code, 0)
    const [code] = await ended
    assert.equal(code, 130)
    assert.match(output(), /"event":"RunFinished".*"state":"cancelled"/)
  })

  test('watch follows to the end what another process runs', async () => {
    const { ended } = await startRun()
    const watching = project.start('watch', '--json')
    let seen = ''
    watching.stdout?.on('data', (data: Buffer) => {
      seen += data.toString()
      if (seen.includes('RunStarted')) project.write('go', '')
    })
    const [[code]] = await Promise.all([once(watching, 'exit'), ended])
    assert.equal(code, 0)
    assert.match(seen, /"event":"RunFinished".*"state":"completed"/)
  })

  test('a killed run reads interrupted, and the next one goes on', async () => {
    const child = project.start('run', '--slots', '2', '--json')
    await new Promise<void>((resolve) => {
      child.stdout?.on('data', (data: Buffer) => {
        if (data.includes('"state":"active"')) resolve()
      })
    })
    child.kill('SIGKILL')
    await once(child, 'exit')
    assert.equal(project.json<{ state: string }>('status').state, 'interrupted')
    project.write('go', '')
    const { code, err } = project.heddle('run')
    assert.equal(code, 0)
    assert.match(err, /was interrupted/)
  })
})
