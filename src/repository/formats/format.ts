/** What a format is: a small module that converts between values and bytes. */
import { HeddleError } from '../../model/errors.ts'
import type { FormatName } from '../../model/pipeline.ts'

/** A format whose values are made from bytes. */
export interface ValueFormat {
  readonly kind: 'value'
  readonly name: FormatName
  /** With the dot, the usual one first. */
  readonly extensions: readonly string[]
  /** Throws `format-encode`, naming the place in the value that cannot be written. */
  encode(value: unknown): Uint8Array
  /** Throws `format-decode`, naming the place in the bytes that cannot be read. */
  decode(bytes: Uint8Array): unknown
}

/** A format whose value is the path of what holds the content. */
export interface PathFormat {
  readonly kind: 'path'
  readonly name: FormatName
  readonly extensions: readonly string[]
  readonly holds: 'file' | 'directory'
}

export type Format = ValueFormat | PathFormat

/** A value that a format cannot write. */
export function cannotEncode(format: FormatName, why: string): HeddleError {
  return new HeddleError('format-encode', `this is no value of format ${format}: ${why}`)
}

/** Bytes that a format cannot read. */
export function cannotDecode(format: FormatName, why: string, cause?: unknown): HeddleError {
  return new HeddleError('format-decode', `these bytes are no ${format}: ${why}`, { cause })
}

/** UTF-8 text of bytes, exactly: a byte order mark stays. */
export function utf8(bytes: Uint8Array, format: FormatName): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch (cause) {
    throw cannotDecode(format, 'expected text in UTF-8', cause)
  }
}

/** What a value is, for messages. */
export function kindOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  if (typeof value !== 'object') return typeof value === 'undefined' ? 'undefined' : `a ${typeof value}`
  const name = (Object.getPrototypeOf(value) as { constructor?: { name?: string } } | null)?.constructor?.name
  return name === undefined || name === 'Object' ? 'an object' : `a ${name}`
}
