import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { canonicalJson } from '../../src/model/canonical.ts'
import type { FormatName } from '../../src/model/pipeline.ts'
import { FORMATS } from '../../src/repository/formats/formats.ts'
import { type Ended, job, logText, openRig } from '../rig/local-rig.ts'

type More = Parameters<typeof job>[1]

function python(fn: string, more: More = {}, module = 'body') {
  return job({ kind: 'python', module, function: fn }, more)
}

function input(connection: string, format: FormatName, ...texts: (string | Uint8Array)[]) {
  return {
    connection,
    format,
    gathers: texts.length > 1,
    items: texts.map((text) => ({ path: undefined, inline: Buffer.from(text) })),
    dataIds: [],
  }
}

function outputText(ended: Ended | undefined, output = 0, item = 0): string | undefined {
  assert.ok(ended?.outcome.kind === 'completed', JSON.stringify(ended?.outcome) + logText(ended))
  const bytes = ended.outcome.outputs[output]?.[item]?.inline
  return bytes === undefined ? undefined : Buffer.from(bytes).toString('utf8')
}

function csvText(table: unknown): string {
  return FORMATS.csv.kind === 'value' ? Buffer.from(FORMATS.csv.encode(table)).toString('utf8') : ''
}

function failureOf(ended: Ended | undefined) {
  assert.ok(ended?.outcome.kind === 'failed', JSON.stringify(ended?.outcome))
  return ended.outcome
}

const json = { connection: 'out', format: 'json', gathers: false, paths: ['/nowhere'] } as const

test('a function gets its inputs, configuration and data ID as far as it has parameters for them', async (t) => {
  const rig = openRig(t)
  rig.file(
    'body.py',
    'def some(a, rows, k, data_id): return [a, rows, k, data_id]\ndef every(**given): return sorted(given)\ndef none(): return None\n',
  )
  const more: More = {
    inputs: [
      input('a', 'json', '{"x":{"$int":"9007199254740993"}}'),
      input('rows', 'csv', 'n,s\n1,"a ""b"""\n2,\n'),
      input('unused', 'text', 'x'),
    ],
    config: { k: 2.5, other: null },
    dataId: { station: 'é' },
    outputs: [json],
  }
  const [some, every, none] = await rig.run(python('some', more), python('every', more), python('none', more))
  assert.equal(
    outputText(some),
    '[{"x":{"$int":"9007199254740993"}},[{"n":"1","s":"a \\"b\\""},{"n":"2","s":""}],2.5,{"station":"\\u00e9"}]',
  )
  assert.equal(outputText(every), '["a","k","other","rows","unused"]')
  assert.equal(outputText(none), 'null')
})

test('gathered inputs and outputs are lists, several outputs a dict', async (t) => {
  const rig = openRig(t)
  rig.file('body.py', 'def split(parts): return {"all": "".join(parts), "each": [p.encode() for p in parts]}\n')
  const outputs = [
    { connection: 'each', format: 'bytes', gathers: true, paths: ['/a', '/b'] },
    { connection: 'all', format: 'text', gathers: false, paths: ['/c'] },
  ] as const
  const [end] = await rig.run(python('split', { inputs: [input('parts', 'text', 'ä', 'b')], outputs }))
  assert.deepEqual([outputText(end, 0, 0), outputText(end, 0, 1), outputText(end, 1)], ['ä', 'b', 'äb'])
})

test('large outputs and files are left at their path', async (t) => {
  const rig = openRig(t)
  rig.file(
    'body.py',
    'import tempfile, os\ndef large(): return "x" * 20000\ndef made(): open("made.txt", "w").write("made"); return "made.txt"\ndef given(outputs): open(outputs["out"], "w").write("given")\ndef folder():\n  d = tempfile.mkdtemp(); open(os.path.join(d, "f"), "w").close(); return d\n',
  )
  const paths = ['large', 'made', 'given', 'folder'].map((name) => join(rig.tmp, name))
  const out = (format: FormatName, path?: string) => ({ outputs: [{ connection: 'out', format, gathers: false, paths: [path ?? ''] }] })
  const ends = await rig.run(
    python('large', out('text', paths[0])),
    python('made', out('file', paths[1])),
    python('given', out('file', paths[2])),
    python('folder', out('directory', paths[3])),
  )
  for (const end of ends) assert.equal(outputText(end), undefined)
  assert.deepEqual(
    [
      readFileSync(paths[0] ?? '', 'utf8').length,
      readFileSync(paths[1] ?? '', 'utf8'),
      readFileSync(paths[2] ?? '', 'utf8'),
      readFileSync(join(paths[3] ?? '', 'f'), 'utf8'),
    ],
    [20000, 'made', 'given', ''],
  )
  assert.equal(readFileSync(join(rig.project, 'made.txt'), 'utf8'), 'made')
})

test('exceptions, exits and bad outputs fail with their reason and place', async (t) => {
  const rig = openRig(t)
  rig.file(
    'body.py',
    'import sys\ndef deep(n=0): return 1 / n\ndef leave(): sys.exit(4)\ndef odd(): return {1, 2}\ndef nan(): return float("nan")\ndef much(): raise MemoryError()\ndef again(): return again()\n',
  )
  rig.file('broken.py', 'def f(:\n')
  const bodies = [
    python('deep'),
    python('leave'),
    python('odd', { outputs: [json] }),
    python('nan', { outputs: [json] }),
    python('much'),
    python('again'),
    python('f', {}, 'broken'),
    python('f', {}, 'absent'),
    python('f'),
  ]
  const ends = await rig.run(...bodies)
  const failures = ends.map(failureOf)
  assert.equal(failures[0]?.message, 'ZeroDivisionError: division by zero (body.py:2)')
  assert.match(logText(ends[0]), /^Traceback[^]*body.py", line 2, in deep\n[^]*ZeroDivisionError: division by zero\n$/)
  assert.doesNotMatch(logText(ends[0]), /worker\.py/)
  assert.deepEqual([failures[1]?.exitCode, failures[1]?.message], [4, 'the function called sys.exit(4)'])
  assert.deepEqual(
    failures.map(({ cause }) => cause),
    ['error', 'error', 'output', 'output', 'memory', 'error', 'error', 'error', 'error'],
  )
  assert.match(failures[5]?.message ?? '', /^RecursionError/)
  assert.match(failures[6]?.message ?? '', /^SyntaxError: .*broken.py, line 1/)
  assert.match(failures[7]?.message ?? '', /^ModuleNotFoundError: No module named 'absent'/)
  assert.equal(rig.processes.length <= 2, true)
})

test('a function that wants what its task does not give is told what it gives', async (t) => {
  const rig = openRig(t)
  rig.file('body.py', 'def f(parts, rows=1, *, level): return 1\n')
  const [ended] = await rig.run(python('f', { inputs: [input('part', 'text', 'x')], config: { size: 1 }, outputs: [json] }))
  const { cause, message } = failureOf(ended)
  assert.equal(cause, 'error')
  assert.equal(
    message,
    'TypeError: f wants level, parts, which its task does not give; the task gives part, size, data_id, data_ids, outputs',
  )
})

test('what has no place in an output is named', async (t) => {
  const rig = openRig(t)
  rig.file('body.py', 'def numbers(): return [{"a": 1}, 5]\ndef one(): return {"a": 1}\ndef none(): pass\n')
  const outputs = [{ ...json, format: 'csv' }] as const
  const ends = await rig.run(python('numbers', { outputs }), python('one', { outputs }), python('none', { outputs }))
  assert.deepEqual(
    ends.map((ended) => failureOf(ended).message),
    [
      'output out: csv needs a list of dicts, not a list with int',
      'output out: csv needs a list of dicts, not dict',
      'output out: the function returned None; expected a value of format csv',
    ],
  )
})

test('a body that has nothing to do says why', async (t) => {
  const rig = openRig(t)
  rig.file('body.py', 'from heddle import NoWork\ndef f(): raise NoWork("no rain")\n')
  const [end] = await rig.run(python('f'))
  assert.deepEqual(end?.outcome, { kind: 'noWork', why: 'no rain' })
})

test('what a body prints, from Python or below it, is the log of its own attempt', async (t) => {
  const rig = openRig(t, { slots: 1 })
  rig.file(
    'body.py',
    'import os, sys\ndef f(k):\n  print("out", k); print("err", file=sys.stderr); os.write(1, b"raw\\n"); os.system("echo child")\ndef quiet(): pass\ndef much():\n  for i in range(20000): print("line", i)\ndef close(): sys.stdout.close(); os.close(1); os.close(2)\n',
  )
  const ends = await rig.run(
    python('f', { config: { k: 1 } }),
    python('quiet'),
    python('much'),
    python('close'),
    python('f', { config: { k: 2 } }),
  )
  assert.equal(logText(ends[0]), 'out 1\nerr\nraw\nchild\n')
  assert.equal(ends[1]?.log.kind, 'none')
  assert.equal(ends[2]?.log.kind === 'file' && readFileSync(ends[2].log.path, 'utf8').split('\n').length, 20001)
  assert.equal(logText(ends[4]), 'out 2\nerr\nraw\nchild\n')
})

test('a body that dies takes only its own quantum along', async (t) => {
  const rig = openRig(t, { slots: 1 })
  rig.file(
    'body.py',
    'import os, ctypes\ndef f(k):\n  print("here", flush=True)\n  if k == 50: os._exit(7)\n  if k == 60: ctypes.string_at(0)\n  return k\n',
  )
  const ends = await rig.run(...Array.from({ length: 200 }, (_, k) => python('f', { config: { k }, outputs: [json] })))
  for (const [k, end] of ends.entries()) if (k !== 50 && k !== 60) assert.equal(outputText(end), String(k))
  assert.equal(failureOf(ends[50]).exitCode, 7)
  assert.equal(failureOf(ends[60]).signal, 'SIGSEGV')
  assert.match(logText(ends[60]), /here/)
  assert.equal(rig.processes.length, 3)
})

test('a missing interpreter is named', async (t) => {
  const rig = openRig(t, { python: 'no-such-python' })
  rig.file('body.py', 'def f(): pass\n')
  const [end] = await rig.run(python('f'))
  assert.match(failureOf(end).message, /no-such-python/)
})

test('json comes out of Python as canonical JSON writes it here', async (t) => {
  const rig = openRig(t)
  rig.file('body.py', 'def same(value): return value\n')
  const values = fc.sample(fc.jsonValue({ maxDepth: 4 }), 150)
  const numbers = [
    ...fc.sample(fc.double({ noNaN: true, noDefaultInfinity: true }), 500),
    1e21,
    1e20,
    -0,
    5e-324,
    1e-6,
    1.5e-7,
    123456789012345680000,
    0.1,
    2 ** 53,
    1e16,
    100,
    1.7976931348623157e308,
  ]
  const small = fc.sample(fc.double({ min: 1e-8, max: 1e-3, noNaN: true }), 300)
  const strings = fc.sample(fc.string({ unit: 'binary' }), 200)
  const all = [...values, numbers, small, strings, Object.fromEntries(strings.map((text, i) => [text, i])), ['\u007f\ud800 \u2028']]
  const ends = await rig.run(
    ...all.map((value) =>
      python('same', {
        inputs: [input('value', 'json', canonicalJson(value))],
        outputs: [{ ...json, paths: [join(rig.tmp, `out${all.indexOf(value)}`)] }],
      }),
    ),
  )
  for (const [i, value] of all.entries()) {
    const text = outputText(ends[i]) ?? readFileSync(join(rig.tmp, `out${i}`), 'utf8')
    assert.equal(text, canonicalJson(value))
  }
})

test('an input that is not what its format says is named', async (t) => {
  const rig = openRig(t)
  rig.file('body.py', 'def f(a): pass\n')
  writeFileSync(join(rig.project, 'a.json'), '{"open":')
  const given = {
    connection: 'a',
    format: 'json',
    gathers: false,
    items: [{ path: join(rig.project, 'a.json'), inline: undefined }],
    dataIds: [],
  } as const
  const [end] = await rig.run(python('f', { inputs: [given] }))
  assert.match(failureOf(end).message, /^ValueError: input a cannot be read as json/)
})

test('csv comes out of Python as the repository writes it, and goes in as it reads it', async (t) => {
  const rig = openRig(t)
  rig.file('body.py', 'def same(value): return value\n')
  const field = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('', 'a,b', '"', 'two\nlines', '\r', ' '))
  const tables = fc.sample(
    fc
      .uniqueArray(fc.string({ unit: 'grapheme', minLength: 1 }), { minLength: 1, maxLength: 3 })
      .chain((names) =>
        fc
          .array(fc.tuple(...names.map(() => field)), { maxLength: 4 })
          .map((rows) => rows.map((row) => Object.fromEntries(names.map((name, i) => [name, row[i]])))),
      ),
    100,
  )
  const out = { connection: 'out', format: 'csv', gathers: false, paths: [join(rig.tmp, 'out')] } as const
  const ends = await rig.run(
    ...tables.map((table) => python('same', { inputs: [input('value', 'json', JSON.stringify(table))], outputs: [out] })),
    ...tables.map((table) => python('same', { inputs: [input('value', 'csv', csvText(table))], outputs: [json] })),
  )
  for (const [i, table] of tables.entries()) {
    assert.equal(outputText(ends[i]), csvText(table))
    assert.equal(
      outputText(ends[tables.length + i]),
      canonicalJson(FORMATS.csv.kind === 'value' && FORMATS.csv.decode(Buffer.from(csvText(table)))),
    )
  }
})

test('an output that cannot be written is the store’s failure', async (t) => {
  const rig = openRig(t)
  rig.file('body.py', 'def f(): return "x" * 20000\n')
  const [end] = await rig.run(
    python('f', { outputs: [{ connection: 'out', format: 'text', gathers: false, paths: [join(rig.tmp, 'no', 'folder')] }] }),
  )
  assert.equal(failureOf(end).cause, 'store')
})
