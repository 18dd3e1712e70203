/** JSON records: a list of objects, or one object a line; and the inline list of a pipeline file. */
import type { Position } from '../../model/errors.ts'
import { lineAndColumn, type RawRecords } from './raw-records.ts'
import { recordsError, recordsProblem } from './records-error.ts'

type Row = Readonly<Record<string, unknown>>

/** Reads a JSON list of objects. Throws `records-syntax` when it is none. */
export function readJsonList(text: string, file: string): RawRecords {
  const list = parse(text, file, 0, text)
  if (!Array.isArray(list))
    throw recordsError([recordsProblem({ file, line: 1, column: 1 }, 'records-syntax', 'expected a list of objects')])
  return fromRows(list, (row, name) => ({ file, ...lineAndColumn(text, locateKey(text, startOfElement(text, row), name)) }))
}

/** Reads JSON Lines: an object a line, blank lines ignored. Throws `records-syntax` when a line is none. */
export function readJsonLines(text: string, file: string): RawRecords {
  const starts: number[] = []
  const rows: unknown[] = []
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf('\n', start)
    const end = newline < 0 ? text.length : newline
    const line = text.slice(start, end)
    if (line.trim() !== '') {
      starts.push(start)
      rows.push(parse(line, file, start, text))
    }
    start = end + 1
  }
  return fromRows(rows, (row, name) => ({ file, ...lineAndColumn(text, locateKey(text, starts[row] ?? 0, name)) }))
}

/** Takes the rows that stand in the pipeline file itself; messages point at its `records:`. */
export function readInline(rows: readonly Row[], at: Position): RawRecords {
  return { ...fromRows(rows, () => at), label: (row) => `record ${row + 1}: ` }
}

function fromRows(rows: readonly unknown[], locate: RawRecords['locate']): RawRecords {
  const places = new Map<string, number>()
  rows.forEach((row, i) => {
    if (typeof row !== 'object' || row === null || Array.isArray(row)) {
      throw recordsError([
        recordsProblem(
          locate(i),
          'records-syntax',
          `record ${i + 1} is ${row === null ? 'null' : Array.isArray(row) ? 'a list' : `a ${typeof row}`}; expected an object`,
        ),
      ])
    }
    for (const name in row) if (!places.has(name)) places.set(name, places.size)
  })
  const names = [...places.keys()]
  return {
    cells: 'json',
    label: () => '',
    names,
    rows: rows.length,
    columns: names.map((name) => rows.map((row) => (row as Row)[name])),
    locate,
  }
}

/** Integers beyond 2^53 become bigints, so that no digit is lost. */
function parse(json: string, file: string, offset: number, whole: string): unknown {
  try {
    return /\d{16}/.test(json) ? JSON.parse(json, exactIntegers) : JSON.parse(json)
  } catch (cause) {
    const said = String((cause as Error).message)
    const place = /at position (\d+)/.exec(said)
    const at = lineAndColumn(whole, offset + (place === null ? json.trimEnd().length : Number(place[1])))
    throw recordsError([
      recordsProblem(
        { file, ...at },
        'records-syntax',
        `this is no JSON: ${said.replace(/ (in JSON )?at position .*$/u, '').toLowerCase()}`,
      ),
    ])
  }
}

function exactIntegers(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  const source = context?.source
  return typeof value === 'number' && !Number.isSafeInteger(value) && source !== undefined && /^-?\d+$/.test(source)
    ? BigInt(source)
    : value
}

/** Offset of the n-th element of the list that a valid JSON text is. */
function startOfElement(text: string, n: number): number {
  let depth = 0
  let element = 0
  for (let i = 0; i < text.length; i++) {
    const c = text[i] as string
    if (depth === 1 && element === n && !/[\s,[\]]/.test(c)) return i
    if (c === '"') i = endOfString(text, i)
    else if (c === '[' || c === '{') {
      if (depth === 1 && element === n) return i
      depth++
    } else if (c === ']' || c === '}') depth--
    else if (c === ',' && depth === 1) element++
  }
  return 0
}

/** Offset of the value of an object's key, the object beginning at `start`; `start` when it has no such key. */
function locateKey(text: string, start: number, name: string | undefined): number {
  if (name === undefined) return start
  let depth = 0
  for (let i = start; i < text.length; i++) {
    const c = text[i]
    if (c === '"') {
      const end = endOfString(text, i)
      const colon = /^\s*:\s*/.exec(text.slice(end + 1, end + 100))
      if (depth === 1 && colon !== null && JSON.parse(text.slice(i, end + 1)) === name) return end + 1 + colon[0].length
      i = end
    } else if (c === '{' || c === '[') depth++
    else if ((c === '}' || c === ']') && --depth === 0) break
  }
  return start
}

function endOfString(text: string, from: number): number {
  let i = from + 1
  while (i < text.length && text[i] !== '"') i += text[i] === '\\' ? 2 : 1
  return i
}
