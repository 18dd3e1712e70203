/** text: a string, in UTF-8. */
import { cannotEncode, kindOf, utf8, type ValueFormat } from './format.ts'

export const text: ValueFormat = {
  kind: 'value',
  name: 'text',
  extensions: ['.txt'],
  encode: (value) => {
    if (typeof value !== 'string') throw cannotEncode('text', `expected a string, found ${kindOf(value)}`)
    if (!value.isWellFormed()) throw cannotEncode('text', 'the string holds half a surrogate pair, which UTF-8 cannot write')
    return Buffer.from(value)
  },
  decode: (bytes) => utf8(bytes, 'text'),
}
