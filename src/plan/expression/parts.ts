/** Checked parts of an expression: their types, which of them go together, and words for them. */
import type { Value, ValueType } from '../../model/value.ts'
import type { Pinned } from './checked.ts'
import type { Build, Comparable } from './evaluate.ts'
import { constant, integerKey } from './evaluate.ts'
import type { Span } from './failure.ts'

/** Types of parts: of values, `number` (a bound whole number, int or float as needed), `null`, and `condition` (no value). */
export type PartType = ValueType | 'number' | 'null' | 'condition'

/** A checked part of an expression. */
export interface Part {
  readonly span: Span
  readonly type: PartType
  readonly build: Build
  /** Set when it is the same for every row. */
  readonly constant?: Value
  /** Index of the column that it is. */
  readonly column?: number
  /** Set on a condition that pins a column. */
  readonly pinned?: Pinned
}

/** How values of each type are compared. */
export const COMPARABLE: Readonly<Record<ValueType | 'number', Comparable>> = {
  int: 'plain',
  float: 'plain',
  number: 'plain',
  bool: 'plain',
  time: 'plain',
  string: 'text',
  timespan: 'span',
}

/** A part with one value for every row. */
export function constantPart(span: Span, type: PartType, value: Value): Part {
  return { span, type, build: constant(value), constant: value }
}

/** Whether arithmetic takes a type. */
export function isNumeric(type: PartType): boolean {
  return type === 'int' || type === 'float' || type === 'number'
}

/** Whether values of two types can be equal: numbers with numbers, else the same type. */
export function sameKind(a: PartType, b: PartType): boolean {
  return a === b || (isNumeric(a) && isNumeric(b))
}

/** What pins a column to some values, when the part is a column; numbers become as its own values are. */
export function pinning({ column, type }: Part, values: readonly Value[]): { readonly pinned?: Pinned } {
  if (column === undefined) return {}
  return {
    pinned: { column, values: values.map((value) => (type === 'float' ? Number(value) : type === 'int' ? integerKey(value) : value)) },
  }
}

/** What to write instead where two types do not compare. */
export function mismatchAdvice(a: Part, b: Part): string {
  const types = new Set([a.type, b.type])
  const has = (...wanted: PartType[]): boolean => wanted.every((type) => types.has(type))
  if (has('timespan', 'time')) return '; expected OVERLAPS, or the .begin or .end of the timespan'
  if (has('string', 'time') || has('string', 'timespan')) return "; a time is written T'…'"
  if (types.has('bool')) return '; a bool stands alone, as in NAME or NOT NAME'
  if (types.has('string') && [a, b].some((part) => part.type === 'string' && /^-?\d+(\.\d+)?$/.test(String(part.constant ?? '')))) {
    return '; a number is written without quotes'
  }
  return types.has('string') ? '; a string stands in quotes' : ''
}

/** A type in words. */
export function described(type: PartType): string {
  switch (type) {
    case 'null':
      return 'NULL'
    case 'number':
    case 'int':
      return 'an int'
    case 'condition':
      return 'a condition'
    default:
      return `a ${type}`
  }
}
