/** Typed values as JSON shows them: times as ISO 8601, integers beyond 2^53 as digits, timespans as pairs. */
import type { DataId } from '../model/ids.ts'
import { formatTime } from '../model/time.ts'
import type { Json, Value, ValueType } from '../model/value.ts'

/** A value as JSON. */
export function valueJson(value: Value, type: ValueType | undefined): Json {
  if (value === null) return null
  if (typeof value === 'bigint') return type === 'time' ? formatTime(value) : safeNumber(value)
  if (typeof value === 'object') return [value.begin, value.end].map((end) => (end === null ? null : formatTime(end)))
  return value
}

/** A data ID as JSON; `typeOf` knows the dimensions. */
export function dataIdJson(dataId: DataId, typeOf: (dimension: string) => ValueType | undefined): Record<string, Json> {
  return Object.fromEntries(Object.entries(dataId).map(([name, value]) => [name, valueJson(value, typeOf(name))]))
}

function safeNumber(value: bigint): Json {
  return value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : String(value)
}
