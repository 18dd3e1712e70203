/** Bodies, formats, parameters and the job-side environment (contract.md), by the real command. */
import assert from 'node:assert/strict'
import { totalmem } from 'node:os'
import { test } from 'node:test'
import { meaningProject } from '../rig/meaning-project.ts'

const failures = (events: readonly Readonly<Record<string, unknown>>[]): string =>
  JSON.stringify(events.filter(({ event }) => event === 'QuantumFailed'))

test('values pass through every format both ways, for Python and for TypeScript, and command files are what a function made', () => {
  using project = meaningProject({
    'heddle.yaml': `heddle: 1
name: formats
datasets:
  j: {format: json, path: o/j.json}
  c: {format: csv, path: o/c.csv}
  t: {format: text, path: o/t.txt}
  b: {format: bytes, path: o/b.bin}
  f: {format: file, path: o/f.dat}
  d: {format: directory, path: o/d}
  seen: {format: json, path: o/seen.json}
  j2: {format: json, path: p/j.json}
  c2: {format: csv, path: p/c.csv}
  t2: {format: text, path: p/t.txt}
  b2: {format: bytes, path: p/b.bin}
  f2: {format: file, path: p/f.dat}
  d2: {format: directory, path: p/d}
  listing: {format: text, path: o/listing.txt}
tasks:
  make: {outputs: {j: j, c: c, t: t, b: b, f: f, d: d}, python: "m:make"}
  look: {inputs: {j: j, c: c, t: t, b: b, f: f, d: d}, outputs: {seen: seen}, python: "m:look"}
  pass: {inputs: {j: j, c: c, t: t, b: b, f: f, d: d}, outputs: {j: j2, c: c2, t: t2, b: b2, f: f2, d: d2}, typescript: "./m.ts#pass"}
  list: {inputs: {j: j, c: c, d: d2, f: f}, outputs: {o: listing}, command: "cat {inputs.j} {inputs.c} {inputs.d}/x/y {inputs.f} > {outputs.o}"}
`,
    'm.py': `import os, pathlib, tempfile

def make():
    folder = pathlib.Path(tempfile.mkdtemp())
    (folder / "f").write_bytes(b"\\x00file\\xff")
    (folder / "d" / "x").mkdir(parents=True)
    (folder / "d" / "x" / "y").write_text("deep")
    return {
        "j": {"b": 1.0, "a": [True, None, "\\u00e9", 1e21, 0.1]},
        "c": [{"name": "New, York", "n": 1}, {"name": 'q"', "n": None}],
        "t": "line\\r\\n\\u00e9",
        "b": bytes(range(256)),
        "f": folder / "f",
        "d": str(folder / "d"),
    }

def look(j, c, t, b, f, d):
    return [j, c, t, [type(b).__name__, len(b)], open(f, "rb").read().decode("latin-1"), open(os.path.join(d, "x", "y")).read()]
`,
    'm.ts': `type Inputs = { j: unknown; c: Record<string, string>[]; t: string; b: Uint8Array; f: string; d: string }
export async function pass({ j, c, t, b, f, d }: Inputs) {
  if (!(b instanceof Uint8Array) || c[0]?.['n'] !== '1' || typeof f !== 'string') throw new Error('not as promised')
  return { j, c, t, b, f, d }
}
`,
  })
  const ran = project.run()
  assert.deepEqual([ran.code, ran.counts], [0, { completed: 4, attempts: 4 }], failures(ran.events))
  // Canonical form, whoever writes it.
  assert.equal(project.read('o/j.json'), '{"a":[true,null,"\\u00e9",1e+21,0.1],"b":1}')
  assert.equal(project.read('o/c.csv'), 'name,n\n"New, York",1\n"q""",\n')
  assert.deepEqual(JSON.parse(project.read('o/seen.json')), [
    { a: [true, null, 'é', 1e21, 0.1], b: 1 },
    [
      { name: 'New, York', n: '1' },
      { name: 'q"', n: '' },
    ],
    'line\r\né',
    ['bytes', 256],
    '\u0000file\u00ff',
    'deep',
  ])
  for (const path of ['j.json', 'c.csv', 't.txt', 'b.bin', 'f.dat'])
    assert.equal(project.read(`p/${path}`), project.read(`o/${path}`), path)
  assert.equal(project.read('p/d/x/y'), 'deep')
  assert.match(project.read('o/listing.txt'), /deep\0file/)
  assert.deepEqual(project.run().counts, { reused: 4 })
})

test('a body finds its environment and works in the project folder; undeclared files there are allowed', () => {
  const program =
    'import os,sys,json; json.dump({k:v for k,v in os.environ.items() if k.startswith("HEDDLE_")}|{"cwd":os.getcwd()}, open(sys.argv[1],"w"))'
  using project = meaningProject({
    'heddle.yaml': `heddle: 1
name: env
dimensions: {n: {type: int, records: [{n: 1}]}}
datasets: {c: {dimensions: [n], format: json}, p: {dimensions: [n], format: json}, t: {dimensions: [n], format: json}}
tasks:
  c:
    dimensions: [n]
    outputs: {o: c}
    resources: {cores: 2, memory: 100MiB}
    command: [python3, env.py, "{outputs.o}"]
  p: {dimensions: [n], outputs: {o: p}, resources: {memory: 50MiB}, python: "body:p"}
  t: {dimensions: [n], outputs: {o: t}, typescript: "./body.ts#t"}
`,
    'env.py': `${program}\nopen("undeclared.txt", "w").write("x")\n`,
    'body.py': 'import os\ndef p():\n    return {k: v for k, v in os.environ.items() if k.startswith("HEDDLE_")} | {"cwd": os.getcwd()}\n',
    'body.ts':
      'export const t = () => ({ ...Object.fromEntries(Object.entries(process.env).filter(([k]) => k.startsWith("HEDDLE_"))), cwd: process.cwd() })\n',
  })
  const ran = project.run('--slots', '2')
  assert.deepEqual([ran.code, ran.counts], [0, { completed: 3, attempts: 3 }], failures(ran.events))
  assert.ok(project.has('undeclared.txt'))
  for (const [name, cores, memory] of [
    ['c', '2', String(100 * 2 ** 20)],
    ['p', '1', String(50 * 2 ** 20)],
    ['t', '1', String(totalmem())],
  ] as const) {
    const seen = JSON.parse(project.heddle('get', `dataset:${name}@n=1`).out) as Record<string, string>
    assert.deepEqual(
      [
        seen['HEDDLE_RUN'],
        seen['HEDDLE_QUANTUM'],
        seen['HEDDLE_ATTEMPT'],
        seen['HEDDLE_SITE'],
        seen['HEDDLE_CORES'],
        seen['HEDDLE_MEMORY_BYTES'],
        seen['cwd'],
      ],
      [ran.run, `${name}@n=1`, '1', 'local', cores, memory, project.folder],
      name,
    )
  }
})

test('placeholders are words of the shell or arguments of a list, gathered ones one each; other braces stay', () => {
  using project = meaningProject({
    'heddle.yaml': `heddle: 1
name: words
parameters: {greeting: {default: "it's; $(touch pwned) {inputs.x}"}}
dimensions: {n: {type: int, records: [{n: 1}, {n: 2}]}}
datasets:
  part: {dimensions: [n], format: text}
  shell: {format: text, path: shell.txt}
  list: {format: json, path: list.json}
tasks:
  part: {dimensions: [n], outputs: {o: part}, command: "echo {dataId.n} > {outputs.o}"}
  shell:
    inputs: {parts: part}
    outputs: {o: shell}
    config: {words: [a b, c], flag: true, n: 1.0}
    command: |
      awk '{print $1}' {inputs.parts} > {outputs.o}
      printf '%s|' {parameters.greeting} {config.flag} {config.n} "{config.words}" {resources.cores} >> {outputs.o}
      for f in {inputs.parts}; do printf '[%s]' "$(cat "$f")" >> {outputs.o}; done
  list:
    inputs: {parts: part}
    outputs: {o: list}
    config: {n: 2}
    command: [python3, -c, "import sys,json;json.dump(sys.argv[2:-1]+[open(sys.argv[3]).read()],open(sys.argv[-1],'w'))", ignored, "n={config.n}", "{inputs.parts}", "{outputs.o}"]
`,
  })
  const ran = project.run()
  assert.equal(ran.code, 0, failures(ran.events))
  const lines = project.read('shell.txt').split('\n')
  assert.deepEqual(lines.slice(0, 2), ['1', '2'])
  assert.match(lines.slice(2).join('\n'), /^it's; \$\(touch pwned\) \{inputs\.x\}\|true\|1\|.*\|1\|\[1\]\[2\]$/)
  assert.equal(project.has('pwned'), false)
  const list = JSON.parse(project.read('list.json')) as string[]
  assert.deepEqual([list[0], list.length, list.at(-1)], ['n=2', 4, '1\n'])
  project.write('heddle.yaml', project.read('heddle.yaml').replace('{config.flag}', '{config.flagg}'))
  const lint = project.heddle('lint', '--json')
  assert.equal(lint.code, 2)
  assert.match(lint.out, /flagg/)
})

test('a parameter is a default with its type inferred, and a configuration value that is exactly one placeholder keeps it', () => {
  using project = meaningProject({
    'heddle.yaml': `heddle: 1
name: typed
parameters:
  i: 3
  f: 1.5
  s: text
  b: true
  list: [1, 2]
  t: {type: float, default: 1, range: [0, 50]}
  u: {type: string, default: "5"}
datasets: {o: {format: json, path: o.json}}
tasks:
  t:
    outputs: {o: o}
    config: {i: "{parameters.i}", f: "{parameters.f}", s: "{parameters.s}", b: "{parameters.b}", list: "{parameters.list}", t: "{parameters.t}", u: "{parameters.u}", mix: "i={parameters.i} b={parameters.b}"}
    python: "w:t"
`,
    'w.py': 'def t(**config):\n    return config\n',
  })
  const seen = (...words: string[]): unknown => {
    const ran = project.run(...words)
    assert.equal(ran.code, 0, failures(ran.events))
    return JSON.parse(project.read('o.json'))
  }
  assert.deepEqual(seen(), { i: 3, f: 1.5, s: 'text', b: true, list: [1, 2], t: 1, u: '5', mix: 'i=3 b=true' })
  assert.deepEqual(
    seen('--param', 'i=4', '--param', 'b=false', '--param', 's=7', '--param', 'u=8', '--param', 'f=2', '--param', 'list=[3]'),
    {
      i: 4,
      f: 2,
      s: '7',
      b: false,
      list: [3],
      t: 1,
      u: '8',
      mix: 'i=4 b=false',
    },
  )
  for (const [word, pattern] of [
    ['i=x', /i/],
    ['t=51', /50/],
    ['nope=1', /nope/],
    ['b=maybe', /b/],
  ] as const) {
    const refused = project.heddle('run', '--param', word, '--json')
    assert.deepEqual([refused.code, refused.out], [2, ''], word)
    assert.match(refused.err, pattern)
  }
})

test('a pipeline without tasks or datasets is valid: it plans and runs nothing, and its dimensions can be asked', () => {
  using project = meaningProject({ 'heddle.yaml': 'heddle: 1\nname: bare\ndimensions: {n: {type: int, records: [{n: 1}, {n: 2}]}}\n' })
  assert.deepEqual(project.json('lint'), { ok: true, problems: [] })
  const plan = project.plan()
  assert.deepEqual([plan.pipeline, plan.graph, plan.tasks, plan.quanta], ['bare', { quanta: 0, datasets: 0, edges: 0 }, {}, []])
  assert.deepEqual([project.run().code, project.run().counts], [0, {}])
  assert.deepEqual(project.lines('query', 'dimensions', 'n', '--where', 'n > 1'), [{ n: 2 }])
  assert.deepEqual(project.lines('query', 'datasets'), [])
  project.write('heddle.yaml', 'heddle: 1\n')
  assert.deepEqual(project.run().state, 'completed')
})

test('a body that writes into .heddle or over an input fails its quantum, and the input in the store stays', () => {
  using project = meaningProject({
    'heddle.yaml': `heddle: 1
name: p
datasets: {a: {format: text}, b: {format: text}, c: {format: text}, in: {format: text, path: in.txt}, d: {format: text}}
tasks:
  a: {outputs: {o: a}, command: "echo a > {outputs.o}"}
  b: {inputs: {i: a}, outputs: {o: b}, command: "echo x > {outputs.o}; chmod u+w {inputs.i} 2>/dev/null; echo more >> {inputs.i}; exit 0"}
  c: {outputs: {o: c}, command: "echo x > {outputs.o}; echo mine > .heddle/mine"}
  d: {inputs: {i: in}, outputs: {o: d}, command: "echo x > {outputs.o}; echo more >> {inputs.i}"}
`,
    'in.txt': 'in\n',
  })
  const ran = project.run('--slots', '1')
  assert.deepEqual([ran.code, ran.counts['failed'], ran.counts['completed']], [1, 3, 1], failures(ran.events))
  assert.equal(project.run('--tasks', 'a').code, 0)
  assert.equal(project.heddle('get', 'dataset:a').out, 'a\n')
})
