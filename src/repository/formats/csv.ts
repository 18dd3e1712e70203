/**
 * csv: a list of records; read as objects of strings, written with one header row, `,` between and `\n` behind.
 *
 * Blank lines are no records, except that in a file of one column each line but the last is a value.
 */
import Papa from 'papaparse'
import { canonicalJson } from '../../model/canonical.ts'
import { cannotDecode, cannotEncode, kindOf, utf8, type ValueFormat } from './format.ts'

export const csv: ValueFormat = {
  kind: 'value',
  name: 'csv',
  extensions: ['.csv'],
  encode: (value) => {
    if (!Array.isArray(value)) throw cannotEncode('csv', `expected a list of objects, found ${kindOf(value)}`)
    const rows = value.map(asRow)
    const names = [...new Set(rows.flatMap((row) => Object.keys(row)))]
    if (names.length === 0) return new Uint8Array(0)
    const lines = [names.map(quoted), ...rows.map((row, i) => names.map((name) => field(row[name], i, name)))]
    // A line of one empty field would read as a blank line.
    return Buffer.from(lines.map((line) => `${line.length === 1 && line[0] === '' ? '""' : line.join(',')}\n`).join(''))
  },
  decode: (bytes) => {
    const text = utf8(bytes, 'csv')
    const { data, errors } = Papa.parse<string[]>(text, { delimiter: ',' })
    if (errors[0] !== undefined) throw cannotDecode('csv', `row ${(errors[0].row ?? 0) + 1}: ${errors[0].message.toLowerCase()}`)
    const [names = [], ...rows] = data.filter(
      (row, i) => !(row.length === 1 && row[0] === '' && (i === data.length - 1 || data[0]?.length !== 1)),
    )
    return rows.map((row, i) => {
      if (row.length !== names.length) {
        throw cannotDecode('csv', `record ${i + 1} has ${row.length} fields; expected ${names.length}, as the header has`)
      }
      return Object.fromEntries(names.map((name, column) => [name, row[column] as string]))
    })
  },
}

function asRow(value: unknown, i: number): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Readonly<Record<string, unknown>>
  throw cannotEncode('csv', `record ${i + 1} is ${kindOf(value)}; expected an object`)
}

function field(value: unknown, row: number, name: string): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return quoted(value)
  if (typeof value === 'boolean' || typeof value === 'bigint') return String(value)
  if (typeof value === 'number' && Number.isFinite(value)) return canonicalJson(value)
  throw cannotEncode(
    'csv',
    `${JSON.stringify(name)} of record ${row + 1} is ${typeof value === 'number' ? String(value) : kindOf(value)}; expected a string, number, boolean or null`,
  )
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
