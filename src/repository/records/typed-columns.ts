/** Gives the columns of raw records their types. */
import type { Column } from '../../model/catalogue.ts'
import { HeddleError, type Problem } from '../../model/errors.ts'
import type { Value, ValueType } from '../../model/value.ts'
import { cellReader, EXPECTED, inferType, isNull, makeSpan, type ReadCell } from './cell-types.ts'
import type { RawRecords } from './raw-records.ts'
import { MOST_PROBLEMS, recordsProblem } from './records-error.ts'

/** What is known of a column before it is read: `undefined` types are inferred. */
export interface ColumnPlan {
  /** Name in the file. */
  readonly from: string
  /** Name in the table. */
  readonly name: string
  readonly type: ValueType | undefined
  /** Whether an empty cell is refused. */
  readonly required: boolean
}

/** Reads one column; problems are added to the list. */
export function typedColumn(raw: RawRecords, plan: ColumnPlan, problems: Problem[]): Column {
  const cells = raw.columns[raw.names.indexOf(plan.from)] as readonly unknown[]
  const type = plan.type ?? inferType(cells, raw.cells)
  if (type === undefined) {
    const message = `column ${JSON.stringify(plan.from)} holds values of several kinds, or lists; expected plain values of one type`
    problems.push(recordsProblem(raw.locate(0, plan.from), 'records-type', message))
    return { name: plan.name, type: 'string', values: [] }
  }
  const read = cellReader(type, raw.cells)
  const values = new Array<Value>(raw.rows)
  for (let row = 0; row < raw.rows; row++) {
    const cell = cells[row]
    const value = isNull(cell) && !(cell === '' && raw.cells === 'json' && type === 'string') ? null : reading(read, cell)
    if (problems.length >= MOST_PROBLEMS) break
    if (value === undefined || value instanceof HeddleError) {
      const expected = value === undefined ? `expected ${EXPECTED[type]}` : value.message
      problems.push(
        recordsProblem(
          raw.locate(row, plan.from),
          'records-type',
          `${raw.label(row)}${JSON.stringify(plan.from)} is ${show(cell)}; ${expected}`,
        ),
      )
      continue
    }
    values[row] = value
    if (value === null && plan.required) {
      problems.push(
        recordsProblem(
          raw.locate(row, plan.from),
          'record-value',
          `${raw.label(row)}${JSON.stringify(plan.from)} is empty; every record needs one`,
        ),
      )
    }
  }
  return { name: plan.name, type, values }
}

function reading(read: ReadCell, cell: unknown): Value | HeddleError | undefined {
  try {
    return read(cell)
  } catch (error) {
    if (error instanceof HeddleError) return error
    throw error
  }
}

/** Joins `NAME_begin` and `NAME_end` to a timespan; an empty field is an open end, two of them NULL. */
export function spanColumn(raw: RawRecords, name: string, problems: Problem[]): Column {
  const bound = (suffix: string) => typedColumn(raw, { from: name + suffix, name, type: 'time', required: false }, problems).values
  const begins = bound('_begin')
  const ends = bound('_end')
  const values = begins.map((begin, row) => {
    const end = ends[row] as bigint | null
    if (begin === null && end === null) return null
    const span = makeSpan(begin as bigint | null, end)
    if (span === undefined && problems.length < MOST_PROBLEMS) {
      problems.push(recordsProblem(raw.locate(row, `${name}_end`), 'records-type', `${raw.label(row)}${name} ends before it begins`))
    }
    return span ?? null
  })
  return { name, type: 'timespan', values }
}

function show(cell: unknown): string {
  const text = typeof cell === 'bigint' ? String(cell) : JSON.stringify(cell)
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
}
