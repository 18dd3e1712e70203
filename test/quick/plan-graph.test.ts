import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { HeddleError } from '../../src/model/errors.ts'
import { ACTION } from '../../src/model/graph.ts'
import { findQuantum } from '../../src/plan/graph/naming.ts'
import { datasetsOf, planOf, quantaOf } from '../rig/planning.ts'

const GRID = `heddle: 1
name: grid
dimensions:
  a: {type: string, records: [{a: x}, {a: y}, {a: z}]}
  b: {type: int, records: [{b: 10}, {b: 9}, {b: 2}]}
datasets:
  cell: {dimensions: [a, b], format: json}
  row: {dimensions: [a], format: json}
tasks:
  fill: {dimensions: [a, b], outputs: {cell: cell}, command: "echo 1 > {outputs.cell}"}
  sum: {dimensions: [a], inputs: {cells: cell}, outputs: {row: row}, command: "cat {inputs.cells} > {outputs.row}"}
`

describe('the quantum graph', () => {
  it('has a quantum for each row of the join projected on the task, numbers in the order of numbers', () => {
    const plan = planOf({ yaml: GRID })

    assert.deepEqual(quantaOf(plan).slice(0, 4), ['fill@a=x,b=2', 'fill@a=x,b=9', 'fill@a=x,b=10', 'fill@a=y,b=2'])
    assert.equal(plan.graph.quanta, 12)
    assert.equal(plan.graph.datasets, 12)
    assert.equal(plan.graph.edges, 9 + 9 + 3)
  })

  it('gathers in data-ID order, whatever the order of records', () => {
    const plan = planOf({ yaml: GRID })

    assert.deepEqual(datasetsOf(plan, 'sum@a=y', 'cells'), ['cell@a=y,b=2', 'cell@a=y,b=9', 'cell@a=y,b=10'])
  })

  it('orders an ordered dimension by its records', () => {
    const plan = planOf({ yaml: GRID.replace('{type: int, records', '{type: int, ordered: true, records') })

    assert.deepEqual(datasetsOf(plan, 'sum@a=y', 'cells'), ['cell@a=y,b=10', 'cell@a=y,b=9', 'cell@a=y,b=2'])
  })

  it('joins dimensions through a relation', () => {
    const relation = 'relations:\n  pairs: {dimensions: [a, b], records: [{a: x, b: 9}, {a: x, b: 2}, {a: z, b: 2}]}\ndatasets:'

    const plan = planOf({ yaml: GRID.replace('datasets:', relation) })

    assert.deepEqual(quantaOf(plan), ['fill@a=x,b=2', 'fill@a=x,b=9', 'fill@a=z,b=2', 'sum@a=x', 'sum@a=z'])
  })

  it('takes the values of a dimension without records from the files that a template finds', () => {
    const yaml = `heddle: 1
name: found
dimensions: {station: {type: string}, year: {type: int}}
datasets:
  raw: {dimensions: [station, year], path: "in/{station}/{year}.csv"}
  out: {dimensions: [station], format: json}
tasks:
  read: {dimensions: [station], inputs: {raw: raw}, outputs: {out: out}, command: "cat {inputs.raw} > {outputs.out}"}
`
    const files = { 'in/New York/2012.csv': 'a', 'in/New York/2013.csv': 'b', 'in/Oslo/2013.csv': 'c', 'in/Oslo/notes.txt': 'd' }

    const plan = planOf({ yaml, files })

    assert.deepEqual(quantaOf(plan), ['read@station="New York"', 'read@station=Oslo'])
    assert.deepEqual(datasetsOf(plan, 'read@station=Oslo', 'raw'), ['raw@station=Oslo,year=2013'])
  })

  it('joins parts apart that share neither dimension nor dataset, so that an empty one empties nothing else', () => {
    const other = `  lonely: {dimensions: [c], path: "none/{c}.txt"}
  made: {dimensions: [c], format: json}
tasks:
  alone: {dimensions: [c], inputs: {lonely: lonely}, outputs: {made: made}, command: "cat {inputs.lonely} > {outputs.made}"}`

    const plan = planOf({ yaml: GRID.replace('dimensions:\n', 'dimensions:\n  c: {type: string}\n').replace('tasks:', other) })

    assert.equal(plan.graph.quanta, 12)
  })

  it('says which condition emptied it, with the counts before and after', () => {
    const plan = planOf({ yaml: GRID, where: "b > 100 AND a = 'x'" })

    assert.equal(plan.graph.quanta, 0)
    assert.ok(
      plan.explanation.some((line) => line.includes('where b > 100: 3 → 0 rows') && line.includes('left nothing')),
      plan.explanation.join('\n'),
    )
  })

  it('prunes a gather below its minimum, with what follows it, and says so', () => {
    const relation = 'relations:\n  pairs: {dimensions: [a, b], records: [{a: x, b: 9}, {a: x, b: 2}, {a: z, b: 2}]}\ndatasets:'

    const plan = planOf({ yaml: GRID.replace('datasets:', relation).replace('cells: cell', 'cells: {dataset: cell, minimum: 2}') })

    assert.deepEqual(
      quantaOf(plan).filter((id) => id.startsWith('sum')),
      ['sum@a=x'],
    )
    assert.ok(plan.explanation.includes('sum: 1 of 2 quanta pruned: cells has fewer than 2'), plan.explanation.join('\n'))
  })

  it('makes only the quanta for which `when` is true', () => {
    const plan = planOf({ yaml: GRID.replace('fill: {', `fill: {when: "b > 5 AND a != 'y'", `) })

    assert.deepEqual(quantaOf(plan), ['fill@a=x,b=9', 'fill@a=x,b=10', 'fill@a=z,b=9', 'fill@a=z,b=10', 'sum@a=x', 'sum@a=z'])
  })

  it('says where it looked when an input has no file, and what a dimension lacks that has no values', () => {
    const yaml =
      'heddle: 1\ndimensions: {s: string}\ndatasets: {x: {dimensions: [s], path: "in/{s}.txt"}, y: {dimensions: [s]}}\ntasks: {t: {dimensions: [s], inputs: {x: x}, outputs: {y: y}, command: "cp {inputs.x} {outputs.y}"}}'
    assert.match(planOf({ yaml }).explanation.join('\n'), /existing x: .*looked for in\/\{s\}\.txt/)
    const bare =
      'heddle: 1\ndimensions: {s: string}\ndatasets: {y: {dimensions: [s]}}\ntasks: {t: {dimensions: [s], outputs: {y: y}, command: "echo > {outputs.y}"}}'
    assert.match(planOf({ yaml: bare }).explanation.join('\n'), /dimension s: .*it has neither records nor files/)
  })

  it('tells who names a file what it is a file of, and who names nothing what there is', () => {
    const yaml = 'heddle: 1\ndatasets: {y: out.txt}\ntasks: {t: {outputs: {y: y}, command: "echo > {outputs.y}"}}'
    assert.throws(() => planOf({ yaml, wanted: ['out.txt'] }), { code: 'unknown-dataset', hint: 'out.txt is the path of y: name that' })
    assert.throws(() => planOf({ yaml, wanted: ['everything'] }), { code: 'unknown-dataset', hint: 'there are y, t' })
  })

  it('gives an example of a whole id for one that lacks a value', () => {
    const { graph } = planOf({ yaml: GRID })
    assert.throws(() => findQuantum(graph, 'fill@a=x'), { code: 'id-incomplete', hint: /^such as fill@a=x,b=\d+; / })
  })

  it('says in which task and line a `when` is wrong', () => {
    assert.throws(
      () => planOf({ yaml: GRID.replace('fill: {', 'fill: {when: a = y, ') }),
      /heddle\.yaml:\d+: when: of fill: column 5: unknown name "y"/,
    )
  })

  it('leaves out what nobody wants when tasks or datasets are named', () => {
    assert.deepEqual(quantaOf(planOf({ yaml: GRID, wanted: ['row@a=y'] })), ['fill@a=y,b=2', 'fill@a=y,b=9', 'fill@a=y,b=10', 'sum@a=y'])
    assert.equal(planOf({ yaml: GRID, tasks: ['fill'] }).graph.quanta, 9)
    assert.throws(
      () => planOf({ yaml: GRID, tasks: ['filll'] }),
      (error) => error instanceof HeddleError && error.code === 'unknown-task' && /fill/.test(error.message),
    )
    assert.throws(
      () => planOf({ yaml: GRID, wanted: ['row@a=w'] }),
      (error) => error instanceof HeddleError && error.code === 'not-in-plan',
    )
  })
})

describe('--where and gathers', () => {
  it('cuts gathers, warns with a count and marks what the cut reaches', () => {
    const plan = planOf({ yaml: GRID, where: "a = 'x' AND b > 5" })

    assert.deepEqual(quantaOf(plan), ['fill@a=x,b=9', 'fill@a=x,b=10', 'sum@a=x'])
    assert.deepEqual(
      plan.warnings.map(({ code }) => code),
      ['gather-cut'],
    )
    assert.match(plan.warnings[0]?.message ?? '', /1 of 1 quanta of sum: 1 datasets/)
    assert.deepEqual([...plan.cut], [0, 0, 1])
  })

  it('keeps the siblings with --whole, and warns of nothing', () => {
    const plan = planOf({ yaml: GRID, where: "a = 'x' AND b > 5", whole: true })

    assert.deepEqual(datasetsOf(plan, 'sum@a=x', 'cells'), ['cell@a=x,b=2', 'cell@a=x,b=9', 'cell@a=x,b=10'])
    assert.deepEqual(plan.warnings, [])
  })

  it('cuts nothing where the condition selects whole groups', () => {
    const plan = planOf({ yaml: GRID, where: "a = 'x'" })

    assert.deepEqual([...plan.cut], [0, 0, 0, 0])
    assert.deepEqual(plan.warnings, [])
  })
})

const CHAIN = `heddle: 1
name: chain
dimensions:
  m: {type: int, records: [{m: 1}, {m: 2}]}
  n: {type: int, ordered: true, records: [{n: 1}, {n: 2}, {n: 3}]}
datasets:
  start: {dimensions: [m], format: json}
  state: {dimensions: [m, n], format: json}
tasks:
  begin: {dimensions: [m], outputs: {start: start}, command: "echo 1 > {outputs.start}"}
  move:
    dimensions: [m, n]
    inputs: {before: {dataset: state, at: {n: previous}, initial: start}}
    outputs: {state: state}
    command: "cat {inputs.before} > {outputs.state}"
`

describe('at: previous', () => {
  it('reads the preceding record, and what `initial:` names at the first', () => {
    const plan = planOf({ yaml: CHAIN })

    assert.deepEqual(datasetsOf(plan, 'move@m=2,n=1', 'before'), ['start@m=2'])
    assert.deepEqual(datasetsOf(plan, 'move@m=2,n=3', 'before'), ['state@m=2,n=2'])
    assert.equal(plan.graph.quanta, 8)
  })

  it('blocks a quantum whose step before lies outside the selection and does not exist', () => {
    const plan = planOf({ yaml: CHAIN, where: 'n = 2' })

    const q = quantaOf(plan).indexOf('move@m=1,n=2')
    assert.equal(plan.action[q], ACTION.blocked)
    assert.deepEqual(datasetsOf(plan, 'move@m=1,n=2', 'before'), ['state@m=1,n=1'])
  })
})

describe('prerequisites', () => {
  const yaml = (optional: string): string => `heddle: 1
name: calibrated
dimensions:
  detector: {type: int, records: [{detector: 1}, {detector: 2}]}
datasets:
  flat: {dimensions: [detector], path: "flat/{detector}.json"}
  image: {dimensions: [detector], format: json}
tasks:
  correct:
    dimensions: [detector]
    prerequisites: {flat: ${optional}}
    outputs: {image: image}
    command: "cat {inputs.flat} > {outputs.image}"
`

  it('never constrain the join: one that is missing is an error of the plan', () => {
    assert.throws(
      () => planOf({ yaml: yaml('flat'), files: { 'flat/1.json': '1' } }),
      (error) => error instanceof HeddleError && error.code === 'prerequisite-missing',
    )
  })

  it('may be optional', () => {
    const plan = planOf({ yaml: yaml('{dataset: flat, optional: true}'), files: { 'flat/1.json': '1' } })

    assert.deepEqual(quantaOf(plan), ['correct@detector=1', 'correct@detector=2'])
    assert.deepEqual(datasetsOf(plan, 'correct@detector=1', 'flat'), ['flat@detector=1'])
    assert.deepEqual(datasetsOf(plan, 'correct@detector=2', 'flat'), [])
  })
})

const IRREGULAR = (writes: string): string => `heddle: 1
name: irregular
dimensions:
  job: {type: string, records: [{job: j1}, {job: j2}, {job: j3}]}
  file: {type: string, records: [{file: f1}, {file: f2}, {file: f3}]}
relations:
  reads: {dimensions: [job, file], records: [{job: j2, file: f1}, {job: j3, file: f1}, {job: j3, file: f2}]}
  writes: {dimensions: [job, file], records: ${writes}}
datasets:
  files: {dimensions: [file], format: file}
tasks:
  work:
    dimensions: [job]
    inputs: {read: {dataset: files, via: reads, optional: true}}
    outputs: {wrote: {dataset: files, via: writes}}
    command: "cat {inputs.read} > {outputs.wrote}"
`

describe('via:', () => {
  it('makes the edges of an irregular graph from the rows of a relation', () => {
    const plan = planOf({ yaml: IRREGULAR('[{job: j1, file: f1}, {job: j2, file: f2}, {job: j3, file: f3}]') })

    assert.equal(plan.graph.quanta, 3)
    assert.equal(plan.graph.datasets, 3)
    assert.equal(plan.graph.edges, 6)
    assert.deepEqual(datasetsOf(plan, 'work@job=j3', 'read'), ['files@file=f1', 'files@file=f2'])
  })

  it('tells a cycle between quanta with its path', () => {
    assert.throws(
      () => planOf({ yaml: IRREGULAR('[{job: j1, file: f3}, {job: j2, file: f2}, {job: j3, file: f1}]') }),
      (error) =>
        error instanceof HeddleError &&
        error.code === 'task-cycle' &&
        /work@job=j3 → .*work@job=j2|work@job=j2 → .*work@job=j3|work@job=j3 → work@job=j3/.test(error.message),
    )
  })

  it('refuses a dataset that two quanta would make, and names both', () => {
    assert.throws(
      () => planOf({ yaml: IRREGULAR('[{job: j1, file: f1}, {job: j2, file: f1}]') }),
      (error) =>
        error instanceof HeddleError &&
        error.code === 'two-producers' &&
        /work@job=j1/.test(error.message) &&
        /work@job=j2/.test(error.message),
    )
  })
})

describe('--assume-inputs', () => {
  it('plans for data that has yet to arrive, at every data ID that records allow', () => {
    const yaml = GRID.replace('fill: {dimensions: [a, b], outputs', 'fill: {dimensions: [a, b], inputs: {raw: raw}, outputs').replace(
      'datasets:',
      'datasets:\n  raw: {dimensions: [a, b], path: "raw/{a}-{b}.json"}',
    )

    assert.equal(planOf({ yaml }).graph.quanta, 0)
    assert.equal(planOf({ yaml, assumeInputs: true }).graph.quanta, 12)
    assert.equal(planOf({ yaml, files: { 'raw/x-2.json': '1' } }).graph.quanta, 2)
  })
})
