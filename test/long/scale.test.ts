import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeProject } from '../rig/heddle-project.ts'

const ROWS = 500
const COLUMNS = 100
const QUANTA = ROWS * (2 * COLUMNS + 1)

const column = (name: string, count: number): string => `${name}\n${Array.from({ length: count }, (_, i) => `${i}\n`).join('')}`

const PIPELINE = `heddle: 1
name: grid
dimensions:
  row: {type: int, records: row.csv}
  column: {type: int, records: column.csv}
datasets:
  cell: {dimensions: [row, column], format: json}
  twice: {dimensions: [row, column], format: json}
  sum: {dimensions: [row], format: json}
tasks:
  make: {dimensions: [row, column], outputs: {cell: cell}, python: "body:make"}
  double: {dimensions: [row, column], inputs: {cell: cell}, outputs: {twice: twice}, typescript: "./body.ts#double"}
  total: {dimensions: [row], inputs: {cells: twice}, outputs: {sum: sum}, python: "body:total"}
`

interface Finished {
  readonly event: string
  readonly counts: { readonly completed: number; readonly reused: number }
}

test('a run of 100,500 quanta completes, is right, and leaves nothing to do', (t) => {
  const project = makeProject({
    'heddle.yaml': PIPELINE,
    'row.csv': column('row', ROWS),
    'column.csv': column('column', COLUMNS),
    'body.py': 'def make(data_id):\n    return data_id["column"]\n\n\ndef total(cells):\n    return sum(cells)\n',
    'body.ts': 'export const double = ({ cell }) => 2 * cell\n',
  })
  t.after(() => project.remove())
  const finished = (): Finished => project.lines<Finished>('run').at(-1) as Finished

  const first = finished()
  const second = finished()

  assert.equal(first.event, 'RunFinished')
  assert.equal(first.counts.completed, QUANTA)
  assert.equal(second.counts.reused, QUANTA)
  assert.equal(second.counts.completed, 0)
  assert.equal(project.heddle('get', 'sum@row=499').out.trim(), String(COLUMNS * (COLUMNS - 1)))
  const states = new Set(project.lines<{ state: string }>('query', 'quanta').map(({ state }) => state))
  assert.deepEqual([...states], ['reused'])
})
