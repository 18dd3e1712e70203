import assert from 'node:assert/strict'
import { test } from 'node:test'
import { functionExists } from '../../src/pipeline/code/lint-code.ts'
import { prepareCode } from '../../src/pipeline/code/modules.ts'
import { taskCode } from '../../src/pipeline/code/task-code.ts'
import { readPipeline } from '../../src/pipeline/read.ts'
import { memorySource } from '../rig/memory-source.ts'

type Files = Readonly<Record<string, string>>

async function partsOf(body: string, files: Files): Promise<Record<string, string>> {
  const yaml = `heddle: 1\ndimensions: {a: }\ndatasets: {made: {dimensions: [a], path: "data/{a}.txt"}, out: {path: out.txt}}\ntasks:\n  t: {${body}, inputs: {i: made}, outputs: {o: out}}`
  const source = memorySource({ 'heddle.yaml': yaml, ...files })
  const { pipeline, problems } = readPipeline({ file: 'heddle.yaml', source })
  assert.ok(pipeline !== undefined, JSON.stringify(problems))
  await prepareCode(pipeline, source)
  const [task] = pipeline.tasks
  assert.ok(task !== undefined)
  return { ...taskCode(task, source, pipeline).codeParts, '': taskCode(task, source, pipeline).code }
}

const filesIn = (parts: Record<string, string>): string[] =>
  Object.keys(parts)
    .filter((name) => name !== '' && name !== 'command' && name !== 'function')
    .sort()

const COMMAND =
  'command: "awk -f clean.awk ./lib/a.awk \\"with space.awk\\" data/x.txt .heddle/y {inputs.i} nothing.awk prefix-clean.awk > log.txt 2>err.txt >> {outputs.o} < params.txt"'
const PROJECT: Files = {
  'clean.awk': '1',
  'lib/a.awk': '2',
  'with space.awk': '3',
  'data/x.txt': '4',
  '.heddle/y': '5',
  'log.txt': '6',
  'err.txt': '7',
  'params.txt': '8',
  'other.awk': '9',
}

test('files of the project that are whole words of a command count, but not what it writes, .heddle or datasets', async () => {
  assert.deepEqual(filesIn(await partsOf(COMMAND, PROJECT)), ['clean.awk', 'lib/a.awk', 'params.txt', 'with space.awk'])
})

test('each argument of a list is one word', async () => {
  assert.deepEqual(
    filesIn(await partsOf('command: [awk, -f, clean.awk, "with space.awk", "a clean.awk", "{inputs.i}", "{outputs.o}"]', PROJECT)),
    ['clean.awk', 'with space.awk'],
  )
})

test('files: [] turns the finding off, and names take its place', async () => {
  assert.deepEqual(filesIn(await partsOf(`${COMMAND}, files: []`, PROJECT)), [])
  assert.deepEqual(filesIn(await partsOf(`${COMMAND}, files: [other.awk]`, PROJECT)), ['other.awk'])
})

test('the text of a command and the bytes of its files count', async () => {
  const before = await partsOf(COMMAND, PROJECT)
  const text = await partsOf(COMMAND.replace('-f', ' -f'), PROJECT)
  const file = await partsOf(COMMAND, { ...PROJECT, 'clean.awk': '1 # changed' })

  assert.notEqual(before.command, text.command)
  assert.notEqual(before['clean.awk'], file['clean.awk'])
  assert.notEqual(before[''], text[''])
  assert.notEqual(before[''], file[''])
})

const PYTHON = 'python: "pkg.main:f"'
const PACKAGE: Files = {
  'pkg/__init__.py': '',
  'pkg/main.py':
    'import os, numpy\nfrom . import near\nfrom .deep.er import thing as t\nimport top.sub as s\ndef f(i):\n    from far import x\n    return x(i)\n',
  'pkg/near.py': 'from .. import nothing\n',
  'pkg/deep/er.py': 'thing = 1\n',
  'top/__init__.py': 'import top.other\n',
  'top/sub.py': 'from .other import *\n',
  'top/other.py': 'y = 1\n',
  'far.py': 'import pkg.main\ndef x(i): return i\n',
  'os.txt': '',
  'unused.py': '',
}

test('a Python module brings what it imports inside the project, by every form of import', async () => {
  assert.deepEqual(filesIn(await partsOf(PYTHON, PACKAGE)), [
    'far.py',
    'pkg/__init__.py',
    'pkg/deep/er.py',
    'pkg/main.py',
    'pkg/near.py',
    'top/__init__.py',
    'top/other.py',
    'top/sub.py',
  ])
})

test('files: adds to what a Python function brings', async () => {
  assert.ok(filesIn(await partsOf(`${PYTHON}, files: [os.txt]`, PACKAGE)).includes('os.txt'))
})

const codeOfPython = async (text: string): Promise<string | undefined> => (await partsOf('python: "m:f"', { 'm.py': text }))['']

const F = 'def f(i):\n    if i:\n        i = g(i, "a b")\n    return i\n'

for (const [what, text] of [
  ['comments', '# says nothing\ndef f(i):  # nor this\n    if i:\n        # nor that\n        i = g(i, "a b")\n    return i\n'],
  ['blank lines and white space', '\n\ndef f( i ) :\n\n    if i:\n        i = g(i,\n            "a b")\n\n    return   i'],
  ['depth of indentation', 'def f(i):\n  if i:\n    i = g(i, "a b")\n  return i\n'],
  ['line ends', F.replaceAll('\n', '\r\n')],
] as const) {
  test(`${what} of a Python module do not count`, async () => {
    assert.equal(await codeOfPython(text), await codeOfPython(F))
  })
}

for (const [what, text] of [
  ['a docstring', F.replace('    if', '    "doc"\n    if')],
  ['what stands in a string', F.replace('"a b"', '"a  b"')],
  ['a hash in a string', F.replace('"a b"', '"a b#c"')],
  ['which block a line is in', F.replace('    return i', '        return i')],
  ['a name', F.replace('g(', 'h(')],
  ['an f-string', F.replace('"a b"', 'f"a b"')],
] as const) {
  test(`${what} of a Python module counts`, async () => {
    assert.notEqual(await codeOfPython(text), await codeOfPython(F))
  })
}

test('the text of an f-string counts, white space and all', async () => {
  assert.notEqual(await codeOfPython('def f(i): return f"{i}  x"'), await codeOfPython('def f(i): return f"{i} x"'))
})

test('syntax that the parser does not know still tells changes from comments', async () => {
  const text = (comment: string, name: string): string =>
    `def f(i):\n    with (open(i) as a, open(i) as b): ${comment}\n        return ${name}\n`

  assert.equal(await codeOfPython(text('# x', 'a')), await codeOfPython(text('# y', 'a')))
  assert.notEqual(await codeOfPython(text('', 'a')), await codeOfPython(text('', 'b')))
})

const TYPESCRIPT = 'typescript: "./src/main.ts#f"'
const MODULES: Files = {
  'src/main.ts':
    'import { a } from "./a.ts"\nimport type { T } from "./types.ts"\nimport data from "../data.json" with { type: "json" }\nimport x from "node:fs"\nexport * from "./b.mjs"\nexport async function f(o: T) { const c = await import("./c.ts"); return require("./d.js") }\n',
  'src/a.ts': 'export const a = 1\n',
  'src/types.ts': 'export type T = 1\n',
  'src/b.mjs': 'import "../outside/../e.js"\n',
  'src/c.ts': 'import "../../beyond.ts"\n',
  'src/d.js': '',
  'e.js': '',
  'data.json': '{"a": 1}',
}

test('a TypeScript module brings what it imports inside the project, but not types', async () => {
  assert.deepEqual(filesIn(await partsOf(TYPESCRIPT, MODULES)), [
    'data.json',
    'e.js',
    'src/a.ts',
    'src/b.mjs',
    'src/c.ts',
    'src/d.js',
    'src/main.ts',
  ])
})

const codeOfTypescript = async (text: string): Promise<string | undefined> =>
  (await partsOf('typescript: "./m.ts#f"', { 'm.ts': text }))['']

test('comments, semicolons and white space of a TypeScript module do not count, and all else does', async () => {
  const code = await codeOfTypescript('export function f(o: {a: number}) {\n  const b = `x ${o.a}`\n  return /a b/.test(b)\n}\n')

  assert.equal(
    await codeOfTypescript('/* x */ export function f( o : { a: number } ) {\n\n  const b = `x ${o.a}`; // y\n  return /a b/.test(b);\n}'),
    code,
  )
  assert.notEqual(await codeOfTypescript('export function f(o: {a: number}) {\n  const b = `x  ${o.a}`\n  return /a b/.test(b)\n}\n'), code)
  assert.notEqual(await codeOfTypescript('export function f(o: {a: number}) {\n  const b = `x ${o.a}`\n  return /a  b/.test(b)\n}\n'), code)
  assert.notEqual(await codeOfTypescript('export function f(o: {a: string}) {\n  const b = `x ${o.a}`\n  return /a b/.test(b)\n}\n'), code)
})

test('a line break that ends a statement counts', async () => {
  assert.notEqual(await codeOfTypescript('export function f() { return\n1 }'), await codeOfTypescript('export function f() { return 1 }'))
})

test('layout of a JSON module does not count', async () => {
  const before = await partsOf(TYPESCRIPT, MODULES)

  assert.equal((await partsOf(TYPESCRIPT, { ...MODULES, 'data.json': '{\n  "a": 1.0\n}\n' }))[''], before[''])
  assert.notEqual((await partsOf(TYPESCRIPT, { ...MODULES, 'data.json': '{"a": 2}' }))[''], before[''])
})

test('the format in which values reach a function is part of its code, names of datasets are not', async () => {
  const code = async (dataset: string, format: string): Promise<string> => {
    const source = memorySource({
      'm.py': F,
      'heddle.yaml': `heddle: 1\ndatasets: {${dataset}: {format: ${format}}}\ntasks: {t: {python: "m:f", outputs: {o: ${dataset}}}}`,
    })
    const { pipeline } = readPipeline({ file: 'heddle.yaml', source })
    assert.ok(pipeline?.tasks[0] !== undefined)
    await prepareCode(pipeline, source)
    return taskCode(pipeline.tasks[0], source, pipeline).code
  }

  assert.equal(await code('x', 'json'), await code('y', 'json'))
  assert.notEqual(await code('x', 'json'), await code('x', 'csv'))
})

for (const [text, answer] of [
  ['def f(): pass', 'yes'],
  ['async def f(): pass', 'yes'],
  ['@cached\ndef f(): pass', 'yes'],
  ['class f: pass', 'yes'],
  ['f = lambda: 1', 'yes'],
  ['f: object = g', 'yes'],
  ['a, f = g()', 'yes'],
  ['from other import f', 'yes'],
  ['from other import g as f', 'yes'],
  ['import f', 'yes'],
  ['if True:\n    def f(): pass', 'yes'],
  ['try:\n    from a import f\nexcept ImportError:\n    f = None', 'yes'],
  ['from part import *', 'yes'],
  ['from outside import *', 'unknown'],
  ['def __getattr__(name): pass', 'unknown'],
  ['globals()["f"] = 1', 'unknown'],
  ['from empty import *', 'no'],
  ['class A:\n    def f(self): pass', 'no'],
  ['def g():\n    def f(): pass', 'no'],
  ['x.f = 1\ng = f', 'no'],
  ['# def f(): pass\n"""\ndef f(): pass\n"""', 'no'],
] as const) {
  test(`whether Python has a function f is ${answer} for: ${text.replaceAll('\n', '⏎')}`, async () => {
    const source = memorySource({
      'm.py': text,
      'part.py': 'def f(): pass',
      'empty.py': '',
      'heddle.yaml': 'heddle: 1\ntasks: {t: {python: "m:f"}}',
    })
    const { pipeline } = readPipeline({ file: 'heddle.yaml', source })
    assert.ok(pipeline?.tasks[0] !== undefined)
    await prepareCode(pipeline, source)

    assert.equal(functionExists(pipeline.tasks[0], source), answer)
  })
}

for (const [text, answer] of [
  ['export function f() {}', 'yes'],
  ['export async function* f() {}', 'yes'],
  ['export const g = 1, f = () => 2', 'yes'],
  ['export const { a: f } = g', 'yes'],
  ['const g = 1\nexport { g as f }', 'yes'],
  ['export { f } from "./part.ts"', 'yes'],
  ['export * from "./part.ts"', 'yes'],
  ['export * as f from "./part.ts"', 'yes'],
  ['export * from "package"', 'unknown'],
  ['export class f {}', 'yes'],
  ['function f() {}', 'no'],
  ['export { f as g } from "./part.ts"', 'no'],
  ['export function g() { const f = 1 }', 'no'],
  ['export default function f() {}', 'no'],
  ['export type { f } from "./part.ts"', 'no'],
] as const) {
  test(`whether TypeScript exports f is ${answer} for: ${text.replaceAll('\n', '⏎')}`, async () => {
    const source = memorySource({
      'm.ts': text,
      'part.ts': 'export function f() {}',
      'heddle.yaml': 'heddle: 1\ntasks: {t: {typescript: "./m.ts#f"}}',
    })
    const { pipeline } = readPipeline({ file: 'heddle.yaml', source })
    assert.ok(pipeline?.tasks[0] !== undefined)
    await prepareCode(pipeline, source)

    assert.equal(functionExists(pipeline.tasks[0], source), answer)
  })
}

test('a module that is remembered is not parsed again, and one that changed is', async () => {
  const remembered = new Map<string, string>()
  const written: string[] = []
  const memory = {
    get: (key: string) => remembered.get(key),
    set: (key: string, text: string) => {
      written.push(key)
      remembered.set(key, text)
    },
  }
  const codeWith = async (text: string): Promise<string> => {
    const source = { ...memorySource({ 'heddle.yaml': 'heddle: 1\ntasks: {t: {python: "m:f"}}', 'm.py': text }), memory }
    const { pipeline } = readPipeline({ file: 'heddle.yaml', source })
    assert.ok(pipeline?.tasks[0] !== undefined)
    await prepareCode(pipeline, source)
    return taskCode(pipeline.tasks[0], source, pipeline).code
  }

  const first = await codeWith(F)
  const again = await codeWith(F)
  const changed = await codeWith(F.replace('g(', 'h('))

  assert.equal(again, first)
  assert.notEqual(changed, first)
  assert.equal(written.length, 2)
})
