import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PIPELINE_FILE_CODES, type PipelineFileCode } from '../../src/model/error-codes.ts'
import { HeddleError } from '../../src/model/errors.ts'
import { lintPipeline } from '../../src/pipeline/lint.ts'
import { readPipeline } from '../../src/pipeline/read.ts'
import { memorySource } from '../rig/memory-source.ts'

const FILES = {
  'stations.csv': 'station\nseattle\n',
  'climate.py': 'def summarise(clean):\n    return clean\n',
  'climate.ts': 'export function combine() {}\n',
  'context.py': 'def wants(clean, *, context: dict): pass\n\ndef may(clean, context=None): pass\n',
  'context.ts': 'export const wants = async ({ clean, context }: Given) => 1\nexport function may({ context = 1 }) {}\n',
}

/** A wrong file, `«` before the place of each problem of the code, and words of its message. */
interface Case {
  readonly code: PipelineFileCode
  readonly text: string
  readonly says: RegExp
}

const task = (body: string): string =>
  `heddle: 1\ndimensions: {a: int, b: int}\ndatasets: {x: {dimensions: [a]}, y: {dimensions: [a, b]}}\ntasks:\n  t:\n${body}`

const CASES: readonly Case[] = [
  { code: 'file-empty', text: '«', says: /the file is empty; expected at least heddle: 1/ },
  { code: 'file-empty', text: '«# nothing but this', says: /empty/ },
  { code: 'yaml-syntax', text: 'heddle: 1\nname: "open«', says: /./ },
  { code: 'yaml-tab', text: 'heddle: 1\ndatasets:\n«\ta: {}\n', says: /tab/ },
  { code: 'yaml-tag', text: 'heddle: 1\nname: «!!python/object x', says: /tag/ },
  { code: 'yaml-documents', text: 'heddle: 1\n«---\nheddle: 1', says: /document/ },
  { code: 'yaml-alias', text: 'heddle: 1\nname: «*nowhere', says: /no anchor &nowhere/ },
  { code: 'yaml-alias', text: 'heddle: 1\nparameters:\n  a: &a [«*a]', says: /no anchor &a/ },
  { code: 'yaml-nesting', text: `heddle: 1\nparameters: {a: ${'['.repeat(99)}«[1]${']'.repeat(99)}}`, says: /nested too deeply/ },
  {
    code: 'duplicate-key',
    text: 'heddle: 1\ndatasets:\n  a: x\n  «a: y',
    says: /"a" stands here for the second time; the first is in line 3/,
  },
  { code: 'not-a-number', text: 'heddle: 1\nparameters: {a: «.nan, b: «.inf, c: «9007199254740993}', says: /expected/ },
  { code: 'version', text: 'heddle: «2', says: /reads heddle: 1; found 2/ },
  { code: 'missing-key', text: '«name: x', says: /"heddle" is missing/ },
  { code: 'missing-key', text: 'heddle: 1\nrelations: {«r: {dimensions: [a]}}\ndimensions: {a: }', says: /"records" is missing/ },
  { code: 'unknown-key', text: 'heddle: 1\n«taks: {}', says: /no key "taks".*did you mean "tasks"\?/ },
  { code: 'unknown-key', text: task('    {command: x, «inptus: {}}'), says: /did you mean "inputs"\?/ },
  {
    code: 'not-yet',
    text: 'heddle: 1\n«imports: [x]\n«presets: {}\ndatasets: {a: {«keep: always, «checks: []}}',
    says: /known to Heddle’s design but not to this version/,
  },
  { code: 'not-yet', text: task('    {«notebook: x.ipynb, «site: hpc, «require: [gpu]}'), says: /known to Heddle’s design/ },
  { code: 'wrong-type', text: task('    {command: x, inputs: «x, outputs: «[x]}'), says: /expected a mapping such as \{NAME: DATASET\}/ },
  { code: 'wrong-type', text: 'heddle: 1\ndatasets: «[a]', says: /this is a list; expected a mapping/ },
  { code: 'wrong-type', text: '«- a\n- b', says: /this is a list; expected a mapping/ },
  {
    code: 'wrong-type',
    text: task('    {command: x, inputs: {«i: 5}}').replace('«i: 5', 'i: «5'),
    says: /this is a number, 5; expected a mapping or a text/,
  },
  { code: 'wrong-type', text: 'heddle: 1\ndimensions: {a: {type: int, default: «x}}', says: /expected int/ },
  { code: 'wrong-value', text: 'heddle: 1\ndimensions: {a: «itn, b: {type: «flaot}}', says: /expected int, float.*did you mean/ },
  { code: 'wrong-value', text: task('    python: «summarise'), says: /expected MODULE:FUNCTION/ },
  { code: 'wrong-value', text: task('    {command: x, retry: «-1}'), says: /expected a number from 0/ },
  { code: 'bad-name', text: 'heddle: 1\ndimensions: {«a-b: int}\ndatasets: {«2x: x}', says: /cannot be a name/ },
  { code: 'body-missing', text: 'heddle: 1\ntasks:\n  «t: {}', says: /no body; expected command, python or typescript/ },
  { code: 'bodies-several', text: task('    {command: x, «python: "climate:summarise"}'), says: /one body; found command and python/ },
  {
    code: 'unknown-dimension',
    text: 'heddle: 1\ndimensions: {year: int}\ndatasets: {x: {dimensions: [year, «yaer]}}',
    says: /no dimension "yaer"; expected one of year; did you mean "year"\?/,
  },
  { code: 'unknown-dimension', text: 'heddle: 1\ndimensions: {a: {requires: [«q], implies: [«r]}}', says: /no dimension/ },
  {
    code: 'unknown-dataset',
    text: task('    {command: "x {outputs.o}", inputs: {i: «z}, outputs: {o: {dataset: «w}}}'),
    says: /no dataset/,
  },
  {
    code: 'unknown-relation',
    text: task('    {command: x, inputs: {i: {dataset: x, via: «r}}}'),
    says: /no relation "r"; this file has no relations/,
  },
  { code: 'unknown-task', text: task('    {command: x, after: [«u, {task: «v}]}'), says: /no task/ },
  {
    code: 'unknown-parameter',
    text: task('    {command: "x «{parameters.q}", config: {c: "«{parameters.p}"}}'),
    says: /names nothing; this file has no parameters|there are no parameters/,
  },
  {
    code: 'unknown-placeholder',
    text: task(
      '    {dimensions: [a], inputs: {in: x}, command: "x «{inputs.inn} «{outputs.o} «{config.c} «{dataId.b} «{resources.memory} {inputs.in} {print $1}"}',
    ),
    says: /names nothing/,
  },
  {
    code: 'unknown-placeholder',
    text: task('    {inputs: {in: x}, command: [x, "{inputs.in}", "--a=«{inputs.i}"]}'),
    says: /did you mean "in"/,
  },
  {
    code: 'placeholder-place',
    text: task(
      '    config: {c: 1}\n    command: |\n      echo $«{config.c} \\«{config.c} $(( 1 + «{config.c} ))\n      cat <<"EOF"\n      «{config.c}\n      EOF\n',
    ).replaceAll('      ', '      '),
    says: /stands/,
  },
  { code: 'placeholder-place', text: task('    {command: x, config: {c: "«{dataId.a}"}}'), says: /cannot stand in configuration/ },
  {
    code: 'dimension-cycle',
    text: 'heddle: 1\ndimensions:\n  «a: {requires: [b]}\n  b: {implies: [c]}\n  c: {requires: [a]}\n  d: {requires: [a]}',
    says: /a → b → c → a/,
  },
  {
    code: 'task-cycle',
    text: 'heddle: 1\ndatasets: {x: , y: }\ntasks:\n  «a: {command: "{inputs.x} {outputs.y}", inputs: {x: x}, outputs: {y: y}}\n  b: {command: "{inputs.y} {outputs.x}", inputs: {y: y}, outputs: {x: x}}',
    says: /a → b → a \(a reads x, which b makes; b reads y, which a makes\)/,
  },
  { code: 'task-cycle', text: 'heddle: 1\ntasks:\n  «a: {command: x, after: [b]}\n  b: {command: x, after: [a]}', says: /a → b → a/ },
  {
    code: 'parameter-condition',
    text: 'heddle: 1\nparameters:\n  a: {type: string, default: x, range: «[0, 1]}\n  b: {type: int, default: 1, range: «[2, 1], choices: «[1, x]}\n  c: {default: x, pattern: «"("}',
    says: /expected|no regular expression/,
  },
  {
    code: 'parameter-default',
    text: 'heddle: 1\nparameters:\n  a: {type: int, default: «1.5}\n  b: {type: float, default: «3, range: [0, 1]}\n  c: {default: «z, choices: [x, y]}\n  d: {default: «ab, pattern: a}\n  e: {default: «1, required: true}\n  f: «{required: false}',
    says: /expected/,
  },
  {
    code: 'record-value',
    text: 'heddle: 1\ndimensions:\n  a: {records: [1, {a: 2}, {id: 3}, «{b: 4}]}\n  c: {requires: [a], records: [«{c: 1}]}\nrelations:\n  r: {dimensions: [a, c], records: [{a: 1, c: 2}, «{a: 1}, «5]}',
    says: /this record/,
  },
  { code: 'records-missing', text: 'heddle: 1\ndimensions: {a: {records: «nope.csv}}', says: /no file at nope.csv/ },
  { code: 'files-missing', text: task('    {command: x, files: [stations.csv, «gone.py]}'), says: /no file at gone.py/ },
  {
    code: 'path-outside',
    text: 'heddle: 1\ndatasets:\n  a: {path: «../x}\n  b: {path: «/tmp/x}\n  c: «./.heddle/x\n  d: «x/../../y\n  e: «~/x',
    says: /expected a path below the project folder/,
  },
  { code: 'path-format', text: 'heddle: 1\ndatasets: {a: {path: «out/, format: json}}', says: /names a folder/ },
  {
    code: 'path-placeholder',
    text: 'heddle: 1\ndimensions: {a: {metadata: {lat: float}}}\ndatasets: {x: {dimensions: [a], path: "out/{a}/«{b}/{a.lat}/«{a.lta}"}, y: «"x}"}',
    says: /no dimension of x|did you mean "lat"|no counterpart/,
  },
  {
    code: 'path-dimension',
    text: 'heddle: 1\ndimensions: {a: , b: {requires: [a]}}\ndatasets: {x: {dimensions: [b], path: «"out/{b}"}}',
    says: /lacks \{a\}/,
  },
  { code: 'path-twice', text: 'heddle: 1\ndatasets: {x: {path: out/a}, y: {path: «./out//a}}', says: /y has the same path as x/ },
  {
    code: 'path-twice',
    text: 'heddle: 1\ndimensions: {s: {records: stations.csv}}\ndatasets: {x: {path: «stations.csv}}\ntasks: {t: {command: "{outputs.x}", outputs: {x: x}}}',
    says: /would replace stations.csv/,
  },
  {
    code: 'minimum',
    text: task(
      '    {dimensions: [a], command: x, inputs: {i: {dataset: x, minimum: «2}, j: {dataset: y, minimum: 2}, k: {dataset: y, optional: true, minimum: «1}}}',
    ),
    says: /minimum/,
  },
  {
    code: 'prerequisite-made',
    text: `${task('    {dimensions: [a], command: "{outputs.o}", outputs: {o: x}}')}\n  u: {command: x, prerequisites: {p: «x}}`,
    says: /expected it under inputs:/,
  },
  {
    code: 'initial-without-at',
    text: task('    {dimensions: [a], command: x, inputs: {i: {dataset: x, «initial: y}}}'),
    says: /expected at:/,
  },
  {
    code: 'at-dimension',
    text: task('    {dimensions: [a], command: x, inputs: {i: {dataset: y, at: {«b: previous}}}}'),
    says: /task t has no dimension b/,
  },
  {
    code: 'via-dimension',
    text: 'heddle: 1\ndimensions: {a: , b: , c: }\nrelations: {r: {dimensions: [a, c], records: []}}\ndatasets: {x: {dimensions: [b]}}\ntasks: {t: {dimensions: [a], command: x, inputs: {i: {dataset: x, via: «r}}}}',
    says: /dimension c, which neither t nor x has/,
  },
  { code: 'output-dimension', text: task('    {dimensions: [a, b], command: "{outputs.o}", outputs: {o: «x}}'), says: /lacks b of task t/ },
  {
    code: 'sparse-made',
    text: 'heddle: 1\ndatasets: {s: {sparse: 100}}\ntasks: {t: {command: "{outputs.s}", outputs: {s: «s}}}',
    says: /s is sparse/,
  },
  { code: 'name-twice', text: task('    {python: "climate:summarise", inputs: {c: x}, config: {«c: 1}}'), says: /also under inputs:/ },
  {
    code: 'two-producers',
    text: `${task('    {command: "{outputs.o}", outputs: {o: x}}')}\n  u: {command: "{outputs.o}", outputs: {o: «x}}`,
    says: /already made by t/,
  },
  { code: 'unused-dataset', text: 'heddle: 1\ndatasets: {«x: a}', says: /no task reads or makes x/ },
  { code: 'command-empty', text: task('    command: «""'), says: /command is empty/ },
  { code: 'command-empty', text: task('    command: «[]'), says: /command is empty/ },
  { code: 'output-unmentioned', text: task('    {command: x, outputs: {«o: x}}'), says: /never names \{outputs.o\}/ },
  {
    code: 'unknown-placeholder',
    text: task('    {command: "cat «{input.x} > {outputs.o}", inputs: {x: x}, outputs: {o: y}, dimensions: [a, b]}'),
    says: /\{input\.x\} is no placeholder and stays as it is; did you mean \{inputs\.x\}\?/,
  },
  {
    code: 'unknown-placeholder',
    text: task('    {command: "echo «{a} «{wildcards.a} «{input} > {outputs.o}", inputs: {x: x}, outputs: {o: x}, dimensions: [a]}'),
    says: /did you mean \{(?:dataId\.a|inputs\.x)\}\?/,
  },
  {
    code: 'unknown-placeholder',
    text: `parameters: {least: 1}\n${task('    {command: x, config: {least: "«{least}", more: "«{params.least}", brace: "{a}"}}')}`,
    says: /did you mean \{parameters\.least\}\?/,
  },
  {
    code: 'unknown-placeholder',
    text: task(`    command: "awk '{print}' {a,b} \${a} { a; } {print.x}"\n    dimensions: [a]`),
    says: /never/,
  },
  { code: 'no-work', text: task('    {python: "climate:summarise", «noWork: 3}'), says: /raises NoWork/ },
  { code: 'quantity', text: task('    {command: x, resources: {memory: «lots, walltime: «5 parsecs, disk: 1GB}}'), says: /expected a/ },
  { code: 'resource-name', text: task('    {command: x, resources: {«core: 2, licences: 1}}'), says: /did you mean "cores"/ },
  {
    code: 'function-missing',
    text: task('    python: «climate:sumarise'),
    says: /climate.py defines no "sumarise"; expected one of summarise; did you mean "summarise"\?/,
  },
  { code: 'not-yet', text: task('    python: «context:wants'), says: /wants the argument context/ },
  { code: 'not-yet', text: task('    python: context:may'), says: /never/ },
  { code: 'not-yet', text: task('    typescript: «context.ts#wants'), says: /wants the argument context/ },
  { code: 'not-yet', text: task('    {typescript: "context.ts#wants", config: {context: 1}}'), says: /never/ },
  { code: 'not-yet', text: task('    typescript: context.ts#may'), says: /never/ },
  { code: 'function-missing', text: task('    python: «climates:summarise'), says: /no module climates; expected it at climates.py/ },
  { code: 'function-missing', text: task('    python: «climate.py:summarise'), says: /write climate:summarise, without \.py/ },
  { code: 'function-missing', text: task('    typescript: «./climate.ts#combined'), says: /exports no "combined"/ },
]

for (const { code, text, says } of CASES) {
  test(`lint reports ${code} at its place in: ${text.slice(-60).replaceAll('\n', '⏎').trim()}`, async () => {
    const places: string[] = []
    const clean = text.split('«').reduce((before, after) => {
      const lines = before.split('\n')
      places.push(`${lines.length}:${(lines.at(-1) as string).length + 1}`)
      return before + after
    })

    const { problems } = await lintPipeline({ file: 'heddle.yaml', source: memorySource({ ...FILES, 'heddle.yaml': clean }) })

    const found = problems.filter((problem) => problem.code === code)
    assert.deepEqual(
      [...new Set(found.map((problem) => `${problem.line}:${problem.column}`))].sort(),
      places.sort(),
      JSON.stringify(problems, null, 1),
    )
    for (const problem of found) assert.match(problem.message, says)
    for (const problem of found) assert.equal(problem.file, 'heddle.yaml')
  })
}

test('every code of the table is shown by a case', () => {
  const elsewhere = ['file-missing', 'file-unreadable', 'alias-bomb']

  const shown = new Set<string>([...CASES.map((one) => one.code), ...elsewhere])

  assert.deepEqual(
    Object.keys(PIPELINE_FILE_CODES).filter((code) => !shown.has(code)),
    [],
  )
})

test('a file with many faults is told about all of them at once', () => {
  const { problems } = readPipeline({
    file: 'heddle.yaml',
    source: memorySource({
      'heddle.yaml':
        'heddle: 1\nimports: []\nnmae: x\ndatasets: {alpha: {path: ../x}, b: 7}\ntasks: {t: {command: "{inputs.b}", inputs: {c: d}}}',
    }),
  })

  assert.deepEqual(
    problems.map((problem) => problem.code),
    ['not-yet', 'unknown-key', 'unused-dataset', 'path-outside', 'wrong-type', 'unknown-placeholder', 'unknown-dataset'],
  )
})

test('a file that is not there, a folder and a file of 100 MB are problems, not exceptions', () => {
  const absent = readPipeline({ file: 'heddle.yaml', source: memorySource({}) })
  const large = readPipeline({
    file: 'heddle.yaml',
    source: {
      ...memorySource({}),
      read: (path, limitBytes) => {
        throw new HeddleError('file-unreadable', `${path} has 100 MB, more than ${limitBytes} bytes`)
      },
    },
  })

  assert.deepEqual(
    absent.problems.map((problem) => problem.code),
    ['file-missing'],
  )
  assert.deepEqual(
    large.problems.map((problem) => problem.code),
    ['file-unreadable'],
  )
  assert.equal(large.pipeline, undefined)
})

test('an alias bomb is refused before it goes off', () => {
  const levels = Array.from({ length: 30 }, (_, i) => `  p${i + 1}: &p${i + 1} [${Array.from({ length: 10 }, () => `*p${i}`).join(', ')}]`)

  const { problems } = readPipeline({
    file: 'heddle.yaml',
    source: memorySource({ 'heddle.yaml': `heddle: 1\nparameters:\n  p0: &p0 [1]\n${levels.join('\n')}` }),
  })

  assert.deepEqual(
    problems.map((problem) => problem.code),
    ['alias-bomb'],
  )
})

test('nesting of a hundred thousand levels is a problem, not a stack overflow', () => {
  const { problems } = readPipeline({
    file: 'heddle.yaml',
    source: memorySource({ 'heddle.yaml': `heddle: 1\nname: ${'['.repeat(100_000)}` }),
  })

  assert.ok(problems.some((problem) => problem.code === 'yaml-nesting'))
})
