/** Values of dimensions and of their metadata, their types and their order. */

/** The types that dimensions, metadata and parameters may have. */
export type ValueType = 'int' | 'float' | 'string' | 'bool' | 'time' | 'timespan'

/** A half-open span of time, `[begin, end)`, in TAI nanoseconds since 1970-01-01 TAI; null is open. */
export interface Timespan {
  readonly begin: bigint | null
  readonly end: bigint | null
}

/**
 * A typed value. `int` is a number (a bigint beyond 2^53), `time` a bigint in TAI nanoseconds, `null` is SQL's NULL.
 */
export type Value = null | boolean | number | bigint | string | Timespan

/** Anything that JSON can hold: values of configuration and of json datasets. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/** The text of a dimension value, as it stands in ids and path templates before quoting. */
export function valueText(value: Value): string {
  if (value === null) return 'null'
  if (typeof value === 'object') return `${value.begin ?? ''}..${value.end ?? ''}`
  return String(value)
}

/** Order of two values of one type: numbers as numbers, strings by code point, NULL first. */
export function compareValues(a: Value, b: Value): number {
  if (a === b) return 0
  if (a === null) return -1
  if (b === null) return 1
  if (typeof a === 'string' && typeof b === 'string') return compareCodePoints(a, b)
  if (typeof a === 'object' && typeof b === 'object') {
    return compareValues(a.begin, b.begin) || compareValues(a.end, b.end)
  }
  return a < b ? -1 : a > b ? 1 : 0
}

/** Order of strings by Unicode code point; JavaScript's own `<` orders by UTF-16 unit and misplaces astral characters. */
export function compareCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let i = 0; i < length; i++) {
    let x = a.charCodeAt(i)
    let y = b.charCodeAt(i)
    if (x === y) continue
    // Surrogates sort above the rest of the basic plane.
    if (x >= 0xd800 && y >= 0xd800) {
      x += x >= 0xe000 ? -0x800 : 0x2000
      y += y >= 0xe000 ? -0x800 : 0x2000
    }
    return x - y
  }
  return a.length - b.length
}

/** An integer as values have it: a number, or a bigint beyond 2^53. */
export function normalInteger(value: bigint): number | bigint {
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : value
}
