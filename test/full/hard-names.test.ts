import assert from 'node:assert/strict'
import { existsSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { makeProject, type Project } from '../rig/heddle-project.ts'

const VALUES = [
  'plain',
  'with space',
  "it's",
  'dq"q',
  'new\nline',
  'tab\tx',
  'ünï 日本 🙂',
  'e\u0301',
  '\u00e9',
  '-dash',
  '--help',
  '$(touch pwned)',
  '`touch pwned`',
  'back\\slash\\n',
  '100%s %d',
  'a=b,c@d#e',
  '{dataId.n}',
  '~',
  '*',
  ';',
  '&',
  '<x>',
  'null',
  'x'.repeat(250),
]

const FILES = {
  'heddle.yaml': `heddle: 1
name: names
parameters:
  hostile: {type: string, default: "it's \\"$(touch pwned)\\" \`touch pwned\` %s \\\\n"}
dimensions: {n: {type: string, records: n.json}}
datasets:
  a: {dimensions: [n], format: text, path: "out dir/{n}.txt"}
  b: {dimensions: [n], format: text}
  c: {dimensions: [n], format: text}
  d: {dimensions: [n], format: json, path: "d/it's $(x)/{n}/v.json"}
tasks:
  a:
    dimensions: [n]
    outputs: {a: a}
    config: {k: "{parameters.hostile}"}
    command: "printf '%s\\u0001%s\\u0001%s' {dataId.n} {parameters.hostile} {config.k} > {outputs.a}"
  b:
    dimensions: [n]
    inputs: {a: a}
    outputs: {b: b}
    command: [cp, "{inputs.a}", "{outputs.b}"]
  c:
    dimensions: [n]
    inputs: {b: b}
    outputs: {c: c}
    python: "body:pass_on"
  d:
    dimensions: [n]
    inputs: {c: c}
    outputs: {d: d}
    typescript: "./body.ts#firstOf"
`,
  'n.json': JSON.stringify(VALUES.map((n) => ({ n }))),
  'body.py': 'def pass_on(b, data_id):\n    assert b.split("\\x01")[0] == data_id["n"]\n    return b\n',
  'body.ts': `export const firstOf = ({ c, dataId }: { c: string; dataId: { n: string } }) => [c.split('\\u0001')[0], dataId.n]\n`,
}

/** A project in a folder of this name below the one that the rig makes. */
function inFolder(name: string): { outer: Project; folder: string } {
  const outer = makeProject(Object.fromEntries(Object.entries(FILES).map(([path, text]) => [join(name, path), text])))
  return { outer, folder: join(outer.folder, name) }
}

describe('names that are no code', () => {
  for (const name of ['plain', 'na me\'s "q" $(touch pwned)', 'new\nline', '-dash %20 {x}#?*', 'ü 日本']) {
    test(`a project in a folder called ${JSON.stringify(name)} runs, and runs nothing again`, () => {
      const { outer, folder } = inFolder(name)
      const counts = (...words: string[]): { completed: number; reused: number; failed: number } =>
        outer.lines<{ counts: { completed: number; reused: number; failed: number } }>('run', ...words).at(-1)?.counts as never
      try {
        assert.equal(counts('--project', folder).completed, VALUES.length * 4)
        for (const value of VALUES) {
          const [first, ...rest] = readFileSync(join(folder, 'out dir', `${value}.txt`), 'utf8').split('\u0001')
          assert.equal(first, value)
          assert.deepEqual(new Set(rest), new Set(['it\'s "$(touch pwned)" `touch pwned` %s \\n']))
          assert.deepEqual(JSON.parse(readFileSync(join(folder, "d/it's $(x)", value, 'v.json'), 'utf8')), [value, value])
        }
        assert.ok(!existsSync(join(folder, 'pwned')) && !existsSync(join(outer.folder, 'pwned')))
        symlinkSync(folder, join(outer.folder, 'link'))
        assert.equal(counts('--project', 'link').reused, VALUES.length * 4)
      } finally {
        outer.remove()
      }
    })
  }

  test('an id that a query prints can be given back', () => {
    const project = makeProject(FILES)
    try {
      assert.equal(project.heddle('run').code, 0)
      for (const { id } of project.lines<{ id: string }>('query', 'quanta', '--tasks', 'd')) {
        assert.equal(project.json<{ id: string }>('why', id).id, id)
      }
    } finally {
      project.remove()
    }
  })
})

describe('values that cannot stand in a path', () => {
  const pipeline = (records: string, path: string): string => `heddle: 1
name: places
dimensions: {n: {type: string, records: ${records}}, m: {type: string, records: [{m: c}, {m: b-c}]}}
datasets: {made: {dimensions: [n, m], format: text, path: "${path}"}}
tasks: {make: {dimensions: [n, m], outputs: {made: made}, command: "echo > {outputs.made}"}}
`

  for (const [value, why] of [
    ['.hidden', /would hide the file/],
    ['a/b', /holds a slash/],
    ['', /leaves nothing/],
    ['x'.repeat(255), /longer than the 255 bytes/],
  ] as const) {
    test(`${JSON.stringify(value.slice(0, 20))} is refused before anything runs`, () => {
      const project = makeProject({ 'heddle.yaml': pipeline(JSON.stringify([{ n: 'fine' }, { n: value }]), 'out/{n}-/{m}.txt') })
      try {
        const { code, err } = project.heddle('run')
        assert.equal(code, 2)
        assert.match(err, /^error path-value: path "out/)
        assert.match(err, why)
        assert.ok(!existsSync(join(project.folder, 'out')))
      } finally {
        project.remove()
      }
    })
  }

  test('values that run together to one path are refused before anything runs', () => {
    const project = makeProject({ 'heddle.yaml': pipeline('[{n: a}, {n: a-b}]', 'out/{n}-{m}.txt') })
    try {
      const { code, err } = project.heddle('plan')
      assert.equal(code, 2)
      assert.match(err, /^error path-twice: made@n=a,m=b-c and made@n=a-b,m=c would both be out\/a-b-c\.txt/)
    } finally {
      project.remove()
    }
  })
})
