/** Reads binary files. */
import { readFileSync } from 'node:fs'

/** Bytes of a file as a plain array: a `Buffer` shares its memory with others when it is sliced. */
export function readBytes(file: string): Uint8Array {
  const { buffer, byteOffset, byteLength } = readFileSync(file)
  return new Uint8Array(buffer, byteOffset, byteLength)
}
