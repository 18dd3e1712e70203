/** Projects of any size to measure on. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** The launcher of this checkout. */
export const HEDDLE = new URL('../bin/heddle', import.meta.url).pathname

const column = (name: string, count: number): string => `${name}\n${Array.from({ length: count }, (_, i) => `${i}\n`).join('')}`

/** Files of a project with two tasks at each row × column and a gather at each row: `rows × (2 × columns + 1)` quanta. */
export function gridProject(rows: number, columns: number, body: string): Record<string, string> {
  return {
    'row.csv': column('row', rows),
    'column.csv': column('column', columns),
    'body.py':
      'def make(data_id):\n    return data_id["column"]\n\n\ndef double(cell):\n    return 2 * cell\n\n\ndef total(cells):\n    return sum(cells)\n',
    'body.ts':
      'export const make = ({ dataId }) => dataId.column\nexport const double = ({ cell }) => 2 * cell\nexport const total = ({ cells }) => cells.reduce((sum, cell) => sum + cell, 0)\n',
    'heddle.yaml': `heddle: 1
name: grid
dimensions:
  row: {type: int, records: row.csv}
  column: {type: int, records: column.csv}
datasets:
  cell: {dimensions: [row, column], format: json}
  twice: {dimensions: [row, column], format: json}
  sum: {dimensions: [row], format: json}
tasks:
  make: {dimensions: [row, column], outputs: {cell: cell}, ${body.replace('NAME', 'make')}}
  double: {dimensions: [row, column], inputs: {cell: cell}, outputs: {twice: twice}, ${body.replace('NAME', 'double')}}
  total: {dimensions: [row], inputs: {cells: twice}, outputs: {sum: sum}, ${body.replace('NAME', 'total')}}
`,
  }
}

/** Files of a project of n independent quanta. */
export function flatProject(n: number, body: string, output: boolean): Record<string, string> {
  return {
    'i.csv': column('i', n),
    'body.py': 'def noop(data_id):\n    return data_id["i"]\n',
    'body.ts': 'export const noop = ({ dataId }) => dataId.i\n',
    'heddle.yaml': `heddle: 1
name: flat
dimensions:
  i: {type: int, records: i.csv}
datasets: {${output ? 'out: {dimensions: [i], format: json}' : ''}}
tasks:
  noop: {dimensions: [i], ${output ? 'outputs: {out: out}, ' : ''}${body}}
`,
  }
}

/** Writes a project into a temporary folder, hands it over, and removes it. */
export async function inProject<T>(files: Readonly<Record<string, string>>, work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'heddle-bench-'))
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
    return await work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Forgets everything that Heddle did there. */
export function forget(folder: string): void {
  rmSync(join(folder, '.heddle'), { recursive: true, force: true })
}
