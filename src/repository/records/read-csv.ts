/** CSV records: a header row, then one row a record. */
import Papa from 'papaparse'
import { lineAndColumn, type RawRecords } from './raw-records.ts'
import { recordsError, recordsProblem } from './records-error.ts'

/** Reads CSV text. Throws `records-syntax` for a broken quote, `records-ragged` for a row of another length. */
export function readCsv(text: string, file: string): RawRecords {
  const parsed = Papa.parse<string[]>(text, { delimiter: ',' })
  const broken = parsed.errors[0]
  if (broken !== undefined) {
    // Of a quote that is never closed papaparse tells the place behind it.
    const offset = (broken.index ?? 0) - (broken.code === 'MissingQuotes' ? 1 : 0)
    throw recordsError([recordsProblem({ file, ...lineAndColumn(text, offset) }, 'records-syntax', brokenQuote(broken.code))])
  }
  const [header = [], ...records] = withoutBlankLines(parsed.data)
  const names = header.map((name) => name.trim())
  const at = (row: number, column: number) => ({ file, ...locateField(text, row + 1, column) })
  names.forEach((name, i) => {
    const what =
      name === '' ? `column ${i + 1} has no name` : names.indexOf(name) < i ? `column ${JSON.stringify(name)} stands twice` : undefined
    if (what !== undefined) throw recordsError([recordsProblem(at(-1, i), 'records-column', what)])
  })
  const ragged = records.findIndex((record) => record.length !== names.length)
  if (ragged >= 0) {
    const found = (records[ragged] as string[]).length
    const message = `this row has ${found} field${found === 1 ? '' : 's'}; expected ${names.length}, as the header has`
    throw recordsError([recordsProblem(at(ragged, Math.min(found, names.length) - 1), 'records-ragged', message)])
  }
  return {
    cells: 'text',
    names,
    rows: records.length,
    columns: names.map((_, i) => records.map((record) => record[i] as string)),
    label: () => '',
    locate: (row, name) => at(row, name === undefined ? 0 : Math.max(0, names.indexOf(name))),
  }
}

function brokenQuote(code: string): string {
  return code === 'MissingQuotes'
    ? 'the quote that opens here is never closed'
    : 'a quoted field ends here, but more text follows; expected a comma'
}

/** Drops blank lines, and the carriage return that a file of mixed line ends leaves behind. */
function withoutBlankLines(rows: string[][]): string[][] {
  for (const row of rows) {
    const last = row.length - 1
    const field = row[last]
    if (field?.endsWith('\r') === true) row[last] = field.slice(0, -1)
  }
  return rows.filter((row) => row.length > 1 || row[0] !== '')
}

/** Line and column of a field: the same walk as the parser's, done only when a message needs it. */
function locateField(text: string, row: number, field: number): { readonly line: number; readonly column: number } {
  let offset = text.startsWith('\ufeff') ? 1 : 0
  for (let at = 0; offset < text.length; offset++) {
    const blank = text[offset] === '\n' || text.startsWith('\r\n', offset)
    if (!blank && at++ === row) break
    offset = endOfRow(text, offset)
  }
  for (let i = 0; i < field; i++) offset = endOfField(text, offset) + 1
  return lineAndColumn(text, offset)
}

function endOfRow(text: string, from: number): number {
  let end = from
  while (end < text.length && text[end] !== '\n') end = text[end] === '"' ? endOfQuote(text, end) : end + 1
  return end
}

function endOfField(text: string, from: number): number {
  let end = from
  while (end < text.length && text[end] !== ',' && text[end] !== '\n') end = text[end] === '"' ? endOfQuote(text, end) : end + 1
  return end
}

function endOfQuote(text: string, from: number): number {
  const end = text.indexOf('"', from + 1)
  return end < 0 ? text.length : end + 1
}
