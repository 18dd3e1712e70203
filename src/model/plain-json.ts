/** Values of the YAML reader as ordinary JSON values. */
import type { Json } from './value.ts'

/** A copy in ordinary objects (the reader's have no prototype), with its texts replaced by what `text` makes of them. */
export function plainJson(value: unknown, text: (value: string) => Json = (same) => same): Json {
  if (typeof value === 'string') return text(value)
  if (Array.isArray(value)) return value.map((item) => plainJson(item, text))
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plainJson(item, text)]))
  }
  return value as Json
}
