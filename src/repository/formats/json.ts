/** json: plain values, written in canonical form so that equal values are equal bytes in every language. */
import { canonicalJson } from '../../model/canonical.ts'
import { cannotDecode, cannotEncode, kindOf, utf8, type ValueFormat } from './format.ts'

export const json: ValueFormat = {
  kind: 'value',
  name: 'json',
  extensions: ['.json'],
  encode: (value) => {
    checkPlain(value, '$', [])
    return Buffer.from(canonicalJson(value))
  },
  decode: (bytes) => {
    const text = utf8(bytes, 'json')
    try {
      return text.includes('"$int"') ? JSON.parse(text, exactIntegers) : JSON.parse(text)
    } catch (cause) {
      throw cannotDecode('json', (cause as Error).message, cause)
    }
  },
}

/** Refuses what JSON has no form for, by its place: `$.stations[2].lat`. */
function checkPlain(value: unknown, place: string, above: readonly unknown[]): void {
  if (value === null || ['string', 'boolean', 'bigint'].includes(typeof value) || Number.isFinite(value)) return
  if (typeof value === 'number')
    throw cannotEncode('json', `${place} is ${value}, for which JSON has no form; return null or a string instead`)
  if (typeof value !== 'object') throw cannotEncode('json', `${place} is ${kindOf(value)}`)
  if (above.includes(value)) throw cannotEncode('json', `${place} holds itself`)
  const prototype: unknown = Object.getPrototypeOf(value)
  if (!Array.isArray(value) && prototype !== Object.prototype && prototype !== null) {
    throw cannotEncode('json', `${place} is ${kindOf(value)}; expected plain lists, objects, strings, numbers, booleans and null`)
  }
  const within = [...above, value]
  if (Array.isArray(value)) value.forEach((item, i) => checkPlain(item, `${place}[${i}]`, within))
  else
    for (const [key, item] of Object.entries(value))
      checkPlain(item, `${place}${/^[A-Za-z_]\w*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`}`, within)
}

function exactIntegers(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  const { $int } = value as { readonly $int?: unknown }
  return typeof $int === 'string' && Object.keys(value).length === 1 && /^-?\d+$/.test($int) ? BigInt($int) : value
}
