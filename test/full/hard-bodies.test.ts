import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { makeProject, type Project } from '../rig/heddle-project.ts'

interface RunEvent {
  readonly event: string
  readonly cause?: string
  readonly exitCode?: number | null
  readonly signal?: string | null
  readonly message?: string
  readonly counts?: { readonly attempts: number }
}

interface Body {
  readonly command?: string
  readonly python?: string
  readonly typescript?: string
  readonly format?: string
}

function projectOf({ command, python, typescript, format = 'text' }: Body): Project {
  const body =
    command === undefined
      ? python === undefined
        ? 'typescript: "./body.ts#f"'
        : 'python: "body:f"'
      : `command: |\n      ${command.replaceAll('\n', '\n      ')}`
  return makeProject({
    'heddle.yaml': `heddle: 1
name: body
datasets:
  in: {format: text, path: in.txt}
  out: {format: ${format}, path: out}
tasks:
  t:
    inputs: {in: in}
    outputs: {out: out}
    ${body}
`,
    'in.txt': 'input\n',
    ...(python === undefined ? {} : { 'body.py': python }),
    ...(typescript === undefined ? {} : { 'body.ts': typescript }),
  })
}

const endOf = (events: readonly RunEvent[]): RunEvent | undefined => events.find(({ event }) => event === 'QuantumFailed')

describe('bodies that end badly', () => {
  const cases: readonly (readonly [title: string, body: Body, expected: Partial<RunEvent>, message: RegExp])[] = [
    ['an output that is a link to nothing', { command: 'ln -s /nowhere {outputs.out}' }, { cause: 'output' }, /a symbolic link to nothing/],
    ['a folder where a file is due', { command: 'mkdir {outputs.out}' }, { cause: 'output' }, /is no file: .* is a folder/],
    ['a pipe where a file is due', { command: 'mkfifo {outputs.out}' }, { cause: 'output' }, /is no file/],
    ['an empty output that should be JSON', { command: ': > {outputs.out}', format: 'json' }, { cause: 'output' }, /is not JSON/],
    ['an input that is deleted', { command: 'rm {inputs.in}; echo > {outputs.out}' }, { cause: 'input-changed' }, /in changed while/],
    [
      'an input that is written to',
      { command: 'echo >> {inputs.in}; echo > {outputs.out}' },
      { cause: 'input-changed' },
      /in changed while/,
    ],
    ['an input that becomes the output', { command: 'mv {inputs.in} {outputs.out}' }, { cause: 'input-changed' }, /in changed while/],
    ['a file left in .heddle', { command: 'echo > .heddle/mine; echo > {outputs.out}' }, { cause: 'error' }, /wrote mine into \.heddle/],
    ['a shell that kills itself', { command: 'kill -9 $$' }, { cause: 'error', signal: 'SIGKILL' }, /ended by SIGKILL/],
    ['a signal to the whole group', { command: 'kill 0' }, { cause: 'error', signal: 'SIGTERM' }, /ended by SIGTERM/],
    ['an alarm', { python: 'import signal, time\ndef f(**_):\n  signal.alarm(1); time.sleep(9)\n' }, { signal: 'SIGALRM' }, /SIGALRM/],
    ['a crash', { python: 'import ctypes\ndef f(**_):\n  ctypes.string_at(0)\n' }, { signal: 'SIGSEGV' }, /SIGSEGV/],
    [
      'a value without end',
      { python: 'def f(**_):\n  a = []; a.append(a); return a\n', format: 'json' },
      { cause: 'error' },
      /RecursionError/,
    ],
    [
      'a promise that nothing settles',
      { typescript: 'export const f = () => new Promise(() => {})' },
      { exitCode: 13 },
      /nothing is left to settle/,
    ],
    ['nothing thrown', { typescript: 'export const f = () => { throw null }' }, { cause: 'error' }, /thrown: null/],
  ]
  for (const [title, body, expected, message] of cases) {
    test(`${title} fails its quantum once and says why`, () => {
      const project = projectOf(body)
      try {
        const events = project.lines<RunEvent>('run')
        const failed = endOf(events)
        assert.deepEqual({ ...failed, ...expected }, failed)
        assert.match(failed?.message ?? '', message)
        assert.equal(events.at(-1)?.counts?.attempts, 1)
        assert.ok(!existsSync(join(project.folder, 'out')))
      } finally {
        project.remove()
      }
    })
  }

  test('a body that removes the store ends the run with a message', () => {
    const project = projectOf({ command: 'rm -rf .heddle; mkdir -p "$(dirname {outputs.out})"; echo > {outputs.out}' })
    try {
      const { code, err } = project.heddle('run')
      assert.equal(code, 1)
      assert.match(err, /^error store-failed: .*heddle\.db was removed while the run went on\nhint: /)
    } finally {
      project.remove()
    }
  })
})

describe('bodies that leave things behind', () => {
  const py = (lines: string): string =>
    `import os, signal, subprocess, sys, threading, time\ndef f(**_):\n${lines.replace(/^/gm, '    ')}\n    return "x"\n`
  const cases: readonly (readonly [title: string, body: Body])[] = [
    ['a child that holds standard output open', { command: '(sleep 60; echo late) & echo x > {outputs.out}' }],
    ['a daemon', { command: 'setsid sh -c "sleep 60" & echo x > {outputs.out}' }],
    ['closed descriptors', { command: 'for i in 0 1 2 3 4 5 6 7 8 9; do eval "exec $i>&-"; done; echo x > {outputs.out}' }],
    ['a folder of its own that is gone', { command: 'mkdir z; cd z; rmdir ../z; echo x > {outputs.out}' }],
    ['functions and variables of ours', { command: 'echo() { false; }; readonly _r=5 _t=s; unset PATH; /bin/echo x > {outputs.out}' }],
    ['an unread standard input', { command: 'cat > {outputs.out}; echo x > {outputs.out}' }],
    ['a Python child', { python: py('subprocess.Popen("sleep 60; echo late", shell=True)') }],
    ['a Python thread', { python: py('threading.Thread(target=time.sleep, args=(60,)).start()') }],
    ['a Python fork', { python: py('if os.fork() == 0: time.sleep(60)') }],
    ['blocked signals', { python: py('signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 32))') }],
    ['closed streams', { python: py('sys.stdout.close(); os.close(1); os.close(2)') }],
    ['an empty environment in /', { python: py('os.environ.clear(); os.chdir("/")') }],
    [
      'a TypeScript child',
      {
        typescript: `import { spawn } from 'node:child_process'\nexport const f = () => { spawn('sleep', ['60'], { stdio: 'inherit' }); return 'x' }`,
      },
    ],
    ['a TypeScript timer', { typescript: `export const f = () => { setInterval(() => 0, 1000); return 'x' }` }],
  ]
  for (const [title, body] of cases) {
    test(`${title} neither fails nor holds up the run`, () => {
      const project = projectOf(body)
      try {
        const { code, out } = project.heddle('run')
        assert.equal(code, 0, out)
        assert.match(readFileSync(join(project.folder, 'out'), 'utf8'), /^x\n?$/)
      } finally {
        project.remove()
      }
    })
  }
})

describe('much', () => {
  test('a log of a million lines is kept as a file and comes back whole', () => {
    const project = projectOf({ command: 'seq 1 1000000; echo x > {outputs.out}' })
    try {
      assert.equal(project.heddle('run').code, 0)
      const { out } = project.heddle('logs', 't')
      assert.ok(out.startsWith('1\n2\n') && out.endsWith('\n1000000\n'))
      assert.equal(out.length, 6_888_896)
    } finally {
      project.remove()
    }
  })

  test('a command takes the inputs of twenty thousand quanta as its words', () => {
    const project = makeProject({
      'heddle.yaml': `heddle: 1
name: wide
dimensions: {n: {type: int, records: n.csv}}
datasets:
  in: {dimensions: [n], format: text, path: "a-folder-with-a-name-that-makes-the-words-longer/{n}.txt"}
  out: {format: text, path: out.txt}
tasks:
  t:
    inputs: {in: in}
    outputs: {out: out}
    command: [sh, -c, 'out=$1; shift; cat "$@" | wc -l > "$out"', sh, "{outputs.out}", "{inputs.in}"]
`,
      'n.csv': `n\n${Array.from({ length: 20_000 }, (_, n) => n).join('\n')}\n`,
      ...Object.fromEntries(
        Array.from({ length: 20_000 }, (_, n) => [`a-folder-with-a-name-that-makes-the-words-longer/${n}.txt`, `${n}\n`]),
      ),
    })
    try {
      assert.equal(project.heddle('run').code, 0)
      assert.equal(readFileSync(join(project.folder, 'out.txt'), 'utf8').trim(), '20000')
    } finally {
      project.remove()
    }
  })
})
