/** Values that a caller gives for `:name`, and the type that each has. */
import { HeddleError } from '../../model/errors.ts'
import { parseTime } from '../../model/time.ts'
import type { Json, Value, ValueType } from '../../model/value.ts'
import { normalInteger } from '../../model/value.ts'

/** Binds by name: JSON values; `{"time": "…"}` and `{"timespan": ["…", "…"]}` are times as in records. */
export type Binds = Readonly<Record<string, Json>>

/** Type of a bound value; `number` is a whole number, which JSON does not tell from a float, so it serves as either. */
export type BindType = ValueType | 'number' | 'null'

/** One bound value with its type. */
export interface Bound {
  readonly type: BindType
  readonly value: Value
}

/** A scalar bind as a value, or a message why it is none. */
export function boundValue(json: Json): Bound | string {
  if (json === null) return { type: 'null', value: null }
  switch (typeof json) {
    case 'boolean':
      return { type: 'bool', value: json }
    case 'string':
      return { type: 'string', value: json }
    case 'number':
      if (!Number.isFinite(json)) return `${json} is no number to compare with`
      return Number.isInteger(json) ? { type: 'number', value: normalInteger(BigInt(json)) } : { type: 'float', value: json }
    default:
      return boundTime(json)
  }
}

function boundTime(json: readonly Json[] | { readonly [key: string]: Json }): Bound | string {
  const [[key, value] = [], ...more] = Object.entries(json)
  const wrong = 'a bind is a number, a string, true, false, null, {"time": "…"}, {"timespan": ["…", "…"]}, or a list of such inside IN'
  if (Array.isArray(json) || more.length > 0 || (key !== 'time' && key !== 'timespan')) return wrong
  try {
    if (key === 'time') return typeof value === 'string' ? { type: 'time', value: parseTime(value) } : wrong
    if (!Array.isArray(value) || value.length !== 2) return wrong
    const [begin, end] = value.map((part: Json) => (part === null ? null : parseTime(String(part))))
    return { type: 'timespan', value: { begin: begin ?? null, end: end ?? null } }
  } catch (error) {
    if (error instanceof HeddleError) return error.message
    throw error
  }
}

/** The values of a list bind, of one type (NULL aside), or a message why they are none. */
export function boundList(list: readonly Json[]): readonly Bound[] | string {
  const values: Bound[] = []
  let first: BindType | undefined
  for (const json of list) {
    const bound = boundValue(json)
    if (typeof bound === 'string') return bound
    const type = bound.type === 'float' ? 'number' : bound.type
    if (type !== 'null') {
      if (first !== undefined && first !== type) return `a list holds values of one type, and this one ${first} and ${type}`
      first = type
    }
    values.push(bound)
  }
  return values
}
