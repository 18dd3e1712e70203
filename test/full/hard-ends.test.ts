import assert from 'node:assert/strict'
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, watch } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { makeProject, type Project } from '../rig/heddle-project.ts'

const HEDDLE = fileURLToPath(new URL('../../bin/heddle', import.meta.url))
const QUANTA = 4

/** Notes `began N`, waits for the file `go` in a grandchild that nothing told about the engine, notes `done N`. */
const WAIT = 'while [ ! -e go ]; do sleep 0.05; done'
const BODIES = {
  command: { body: `command: "echo began {dataId.n} >> log; (${WAIT}); echo done {dataId.n} >> log; echo 1 > {outputs.made}"`, files: {} },
  python: {
    body: 'python: "body:f"',
    files: {
      'body.py': `import subprocess
def note(text):
    with open('log', 'a') as file:
        file.write(text)
def f(data_id):
    note('began %d\\n' % data_id['n'])
    subprocess.call(['sh', '-c', '(${WAIT})'])
    note('done %d\\n' % data_id['n'])
    return 1
`,
    },
  },
  typescript: {
    body: 'typescript: "./body.ts#f"',
    files: {
      'body.ts': `import { spawnSync } from 'node:child_process'
import { appendFileSync } from 'node:fs'
export function f({ dataId }: { dataId: { n: number } }): number {
  appendFileSync('log', \`began \${dataId.n}\\n\`)
  spawnSync('sh', ['-c', '(${WAIT})'])
  appendFileSync('log', \`done \${dataId.n}\\n\`)
  return 1
}
`,
    },
  },
} as const
type Kind = keyof typeof BODIES

function projectOf(kind: Kind): Project {
  return makeProject({
    'heddle.yaml': `heddle: 1
name: ends
dimensions: {n: {type: int, records: [${Array.from({ length: QUANTA }, (_, n) => `{n: ${n}}`).join(', ')}]}}
datasets: {made: {dimensions: [n], format: json}}
tasks: {make: {dimensions: [n], outputs: {made: made}, files: [], ${BODIES[kind].body}}}
`,
    log: '',
    ...BODIES[kind].files,
  })
}

function logged(project: Project, word: string): string[] {
  return readFileSync(join(project.folder, 'log'), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith(word))
}

/** Resolves when the log holds `count` lines of the word. */
async function until(project: Project, word: string, count: number): Promise<void> {
  const watcher = watch(project.folder)
  try {
    while (logged(project, word).length < count) await once(watcher, 'change')
  } finally {
    watcher.close()
  }
}

interface Going {
  readonly child: ChildProcess
  readonly output: () => string
  readonly ended: Promise<number | null>
}

/** Starts a run in a session of its own; two of its quanta are at work when this resolves. */
async function startRun(project: Project, ...words: string[]): Promise<Going> {
  const child = spawn(HEDDLE, ['run', '--slots', '2', ...words], { cwd: project.folder, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
  let text = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => (text += data.toString()))
  const ended = once(child, 'close').then(([code]) => code as number | null)
  await until(project, 'began', 2)
  return { child, output: () => text, ended }
}

/** Processes that work in the project's folder. */
function processesOf(project: Project): string[] {
  return readdirSync('/proc').filter((pid) => {
    const { stdout } = spawnSync('readlink', [`/proc/${pid}/cwd`], { encoding: 'utf8' })
    return /^\d+$/.test(pid) && stdout.trim().startsWith(project.folder)
  })
}

async function untilNoProcess(project: Project): Promise<void> {
  while (processesOf(project).length > 0) await new Promise((resolve) => setTimeout(resolve, 20))
}

function letGo(project: Project): void {
  project.write('go', '')
}

const engineHas = { skip: !existsSync('/proc/self') && 'processes are found through /proc' }

for (const kind of Object.keys(BODIES) as Kind[]) {
  describe(`${kind} bodies`, engineHas, () => {
    test('one Ctrl-C lets what runs finish and starts nothing more', async () => {
      const project = projectOf(kind)
      try {
        const { child, ended, output } = await startRun(project)
        child.kill('SIGINT')
        while (!output().includes('stopping: 2 running finish')) await once(child.stderr as NodeJS.EventEmitter, 'data')
        letGo(project)
        assert.equal(await ended, 130)
        assert.equal(logged(project, 'done').length, 2)
        assert.equal(project.json<{ state: string }>('status').state, 'cancelled')
        assert.equal(project.heddle('run').code, 0)
        assert.equal(logged(project, 'began').length, QUANTA)
      } finally {
        project.remove()
      }
    })

    for (const signals of [['SIGINT', 'SIGINT'], ['SIGTERM'], ['SIGHUP']] as const) {
      test(`${signals.join(' and ')} ends what runs, with all that it started`, async () => {
        const project = projectOf(kind)
        try {
          const { child, ended, output } = await startRun(project)
          for (const signal of signals) {
            child.kill(signal)
            const told = signals.length === 2 && !output().includes('stopping') ? 'stopping' : 'cancelling'
            while (!output().includes(told)) await once(child.stderr as NodeJS.EventEmitter, 'data')
          }
          assert.equal(await ended, 130)
          assert.deepEqual(processesOf(project), [])
          assert.equal(logged(project, 'done').length, 0)
          assert.equal(project.json<{ state: string }>('status').state, 'cancelled')
          letGo(project)
          assert.equal(project.heddle('run').code, 0)
        } finally {
          project.remove()
        }
      })
    }

    for (const whom of ['the engine', 'its whole group'] as const) {
      test(`kill -9 of ${whom} leaves no process, and the next run goes on`, async () => {
        const project = projectOf(kind)
        try {
          const { child, ended } = await startRun(project)
          process.kill(whom === 'the engine' ? (child.pid as number) : -(child.pid as number), 'SIGKILL')
          await ended
          await untilNoProcess(project)
          assert.equal(project.json<{ state: string }>('status').state, 'interrupted')
          letGo(project)
          assert.equal(project.heddle('run').code, 0)
          assert.equal(logged(project, 'done').length, QUANTA)
        } finally {
          project.remove()
        }
      })
    }

    test('kill -9 of a worker costs its own quantum another attempt and no try', async () => {
      const project = projectOf(kind)
      try {
        const { child, ended, output } = await startRun(project, '--json')
        const { stdout } = spawnSync('ps', ['-o', 'pid=,args=', '--ppid', String(child.pid)], { encoding: 'utf8' })
        const worker = stdout
          .trim()
          .split('\n')
          .find((line) => !line.includes('heddle-guardian'))
        process.kill(Number(worker?.trim().split(' ')[0]), 'SIGKILL')
        await until(project, 'began', 3)
        letGo(project)
        assert.equal(await ended, 0)
        const events = output()
          .trimEnd()
          .split('\n')
          .map((line) => JSON.parse(line) as { event: string; because?: string; counts?: { attempts: number; completed: number } })
        assert.deepEqual(
          events.filter(({ event }) => event === 'QuantumRetried').map(({ because }) => because),
          ['infrastructure'],
        )
        assert.deepEqual([events.at(-1)?.counts?.completed, events.at(-1)?.counts?.attempts], [QUANTA, QUANTA + 1])
      } finally {
        project.remove()
      }
    })
  })
}

test('a run that waits for another says for whom', engineHas, async () => {
  const project = projectOf('command')
  try {
    const first = await startRun(project)
    const second = project.start('run', '--wait')
    let text = ''
    second.stderr?.on('data', (data: Buffer) => (text += data.toString()))
    while (!text.includes('waiting')) await once(second.stderr as NodeJS.EventEmitter, 'data')
    assert.match(text, new RegExp(`in use by process ${first.child.pid} .*; waiting for it`))
    letGo(project)
    const [code] = (await once(second, 'close')) as [number | null]
    assert.deepEqual([await first.ended, code], [0, 0])
    assert.equal(logged(project, 'began').length, QUANTA)
  } finally {
    project.remove()
  }
})

test('a clock that is set back in the middle of a run changes no duration and no limit', engineHas, () => {
  const project = makeProject({
    'heddle.yaml': `heddle: 1
name: clock
datasets: {quick: {format: text}, slow: {format: text}}
tasks:
  quick: {outputs: {quick: quick}, command: "sleep 0.5; echo > {outputs.quick}"}
  slow: {outputs: {slow: slow}, resources: {walltime: 1s}, command: "sleep 60; echo > {outputs.slow}"}
`,
    'set-back.mjs': 'const real = Date.now\nconst began = real()\nDate.now = () => real() - (real() - began > 400 ? 86_400_000 : 0)\n',
  })
  process.env.NODE_OPTIONS = `--import=${join(project.folder, 'set-back.mjs')}`
  try {
    const { status, stdout } = spawnSync(HEDDLE, ['run', '--json'], { cwd: project.folder, encoding: 'utf8' })
    const events = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { event: string; cause?: string; usage?: { wallSeconds: number }; seconds?: number })
    assert.equal(status, 1)
    assert.equal(events.find(({ event }) => event === 'QuantumFailed')?.cause, 'walltime')
    for (const { usage, seconds } of events) assert.ok((usage?.wallSeconds ?? seconds ?? 0) >= 0)
  } finally {
    delete process.env.NODE_OPTIONS
    project.remove()
  }
})
