/** Finds two rows with the same key. */
import type { Column } from '../../model/catalogue.ts'
import { valueText } from '../../model/value.ts'

/** The first row whose key stood in an earlier one, as `[earlier, later]`, or undefined. */
export function findDuplicate(keys: readonly Column[], rows: number): readonly [number, number] | undefined {
  const first = keys[0]
  if (first === undefined) return undefined
  const plain = keys.length === 1 && first.type !== 'timespan'
  const seen = new Map<unknown, number>()
  for (let row = 0; row < rows; row++) {
    const key = plain ? first.values[row] : compositeKey(keys, row)
    const earlier = seen.get(key)
    if (earlier !== undefined) return [earlier, row]
    seen.set(key, row)
  }
  return undefined
}

/** Lengths keep `a|b` + `c` and `a` + `b|c` apart. */
function compositeKey(keys: readonly Column[], row: number): string {
  let key = ''
  for (const column of keys) {
    const text = valueText(column.values[row] ?? null)
    key += `${text.length}:${text}`
  }
  return key
}
