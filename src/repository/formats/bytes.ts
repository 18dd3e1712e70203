/** bytes: a Uint8Array, as it is. */
import { cannotEncode, kindOf, type ValueFormat } from './format.ts'

export const bytes: ValueFormat = {
  kind: 'value',
  name: 'bytes',
  extensions: ['.bin'],
  encode: (value) => {
    if (value instanceof ArrayBuffer || value instanceof SharedArrayBuffer) return new Uint8Array(value)
    if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
    throw cannotEncode('bytes', `expected a Uint8Array, found ${kindOf(value)}`)
  },
  decode: (content) => content,
}
