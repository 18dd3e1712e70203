/** Data IDs as canonical JSON, for the database. */
import { canonicalJson } from '../model/canonical.ts'
import type { DataId } from '../model/ids.ts'
import type { Value, ValueType } from '../model/value.ts'

/** A data ID as canonical JSON: equal data IDs have equal text. */
export function dataIdText(dataId: DataId): string {
  return canonicalJson(dataId)
}

/** A value of a data ID as it came out of canonical JSON. */
export function valueOfJson(json: unknown, type: ValueType): Value {
  if (json === null || json === undefined) return null
  if (type === 'timespan') {
    const span = json as { readonly begin: unknown; readonly end: unknown }
    return { begin: valueOfJson(span.begin, 'time') as bigint | null, end: valueOfJson(span.end, 'time') as bigint | null }
  }
  const integer = typeof json === 'object' ? BigInt((json as { readonly $int: string }).$int) : json
  return type === 'time' ? BigInt(integer as number | bigint) : (integer as Value)
}
