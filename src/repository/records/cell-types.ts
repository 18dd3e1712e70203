/** From a cell to a typed value, and from an untyped column to its type. */
import { parseTime } from '../../model/time.ts'
import type { Value, ValueType } from '../../model/value.ts'

/** A cell that is not NULL as a value of a type, or undefined when it is none. Throws `time-format` for what looks like no time. */
export type ReadCell = (cell: unknown) => Value | undefined

const INTEGER = /^[+-]?\d+$/
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/

/** How each type is written, for messages. */
export const EXPECTED: Readonly<Record<ValueType, string>> = {
  int: 'an int such as 12',
  float: 'a float such as 1.5',
  string: 'a string',
  bool: 'true or false',
  time: 'a time such as 2026-11-21T08:30:00',
  timespan: 'a timespan ["begin", "end"]',
}

const FROM_TEXT: Readonly<Record<ValueType, (text: string) => Value | undefined>> = {
  int: (text) => (INTEGER.test(text.trim()) ? integer(text.trim()) : undefined),
  float: (text) => (NUMBER.test(text.trim()) ? finite(Number(text)) : undefined),
  string: (text) => text,
  bool: (text) => ({ true: true, '1': true, false: false, '0': false })[text.trim().toLowerCase()],
  time: (text) => parseTime(text.trim()),
  timespan: spanOfText,
}

const FROM_JSON: Readonly<Record<ValueType, (cell: unknown) => Value | undefined>> = {
  int: (cell) =>
    typeof cell === 'string'
      ? quotedInteger(cell)
      : typeof cell === 'bigint' || Number.isSafeInteger(cell)
        ? (cell as number | bigint)
        : undefined,
  float: (cell) => (typeof cell === 'number' || typeof cell === 'bigint' ? finite(Number(cell)) : undefined),
  string: (cell) => (typeof cell === 'string' ? cell : undefined),
  bool: (cell) => (typeof cell === 'boolean' ? cell : undefined),
  time: (cell) => (typeof cell === 'string' ? parseTime(cell) : undefined),
  timespan: spanOfList,
}

/** The reader of a type's cells. */
export function cellReader(type: ValueType, cells: 'text' | 'json'): ReadCell {
  const read = cells === 'text' ? FROM_TEXT[type] : FROM_JSON[type]
  return read as ReadCell
}

/** True for what is NULL: nothing, and in CSV the empty field. */
export function isNull(cell: unknown): boolean {
  return cell === undefined || cell === null || cell === ''
}

/**
 * The type of a column that nobody gave one: `int` or `float` where every value is one, otherwise `string`.
 * Digits behind a leading zero are a name (`007`), not a number. Undefined: a JSON column of several kinds, or of lists.
 */
export function inferType(column: readonly unknown[], cells: 'text' | 'json'): ValueType | undefined {
  return cells === 'text' ? inferTextType(column as readonly string[]) : inferJsonType(column)
}

function inferTextType(column: readonly string[]): ValueType {
  let type: ValueType = 'string'
  for (const cell of column) {
    if (cell === '') continue
    const text = cell.trim()
    if (!NUMBER.test(text) || /^[+-]?0\d/.test(text)) return 'string'
    if (type !== 'float') type = INTEGER.test(text) ? 'int' : 'float'
  }
  return type
}

function inferJsonType(column: readonly unknown[]): ValueType | undefined {
  let type: ValueType | undefined
  for (const cell of column) {
    if (cell === undefined || cell === null) continue
    const kind = jsonType(cell)
    if (kind === undefined) return undefined
    if (type === undefined || (type === 'int' && kind === 'float')) type = kind
    else if (type !== kind && !(type === 'float' && kind === 'int')) return undefined
  }
  return type ?? 'string'
}

function jsonType(cell: unknown): ValueType | undefined {
  if (typeof cell === 'bigint' || Number.isInteger(cell)) return 'int'
  return typeof cell === 'number' ? 'float' : typeof cell === 'string' ? 'string' : typeof cell === 'boolean' ? 'bool' : undefined
}

function integer(text: string): number | bigint {
  const number = Number(text)
  return Number.isSafeInteger(number) ? number + 0 : BigInt(text.replace(/^\+/, ''))
}

/** YAML rounds integers beyond 2^53; in quotes they keep every digit. */
function quotedInteger(text: string): bigint | undefined {
  const value = INTEGER.test(text) ? integer(text) : undefined
  return typeof value === 'bigint' ? value : undefined
}

function finite(number: number): number | undefined {
  return Number.isFinite(number) ? number : undefined
}

/** `["begin", "end"]` may stand in one CSV field, too. */
function spanOfText(text: string): Value | undefined {
  const found = /^\s*\[\s*(null|"[^"]*")\s*,\s*(null|"[^"]*")\s*\]\s*$/.exec(text)
  return found === null ? undefined : spanOfList([JSON.parse(found[1] as string), JSON.parse(found[2] as string)])
}

function spanOfList(cell: unknown): Value | undefined {
  if (!Array.isArray(cell) || cell.length !== 2) return undefined
  const [begin, end] = cell.map((bound) => (isNull(bound) ? null : FROM_JSON.time(bound))) as (bigint | null | undefined)[]
  return makeSpan(begin, end)
}

/** A timespan of two bounds; undefined when one is no time, or the end comes before the begin. */
export function makeSpan(begin: bigint | null | undefined, end: bigint | null | undefined): Value | undefined {
  if (begin === undefined || end === undefined || (begin !== null && end !== null && end < begin)) return undefined
  return { begin, end }
}
