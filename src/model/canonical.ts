/**
 * Canonical JSON and fingerprints.
 *
 * Numbers as RFC 8785 writes them, keys sorted by code point, compact, ASCII; integers beyond 2^53 as
 * `{"$int": "…"}`. The fingerprint of `{"depends", "input", "operation"}` follows SCALE-MS.
 */
import { createHash, hash } from 'node:crypto'
import { HeddleError } from './errors.ts'
import { compareCodePoints } from './value.ts'

/** SHA-256 in lower-case hex, 64 characters. */
export type Digest = string & { readonly __brand: 'Digest' }

/** Canonical JSON text. Throws `canonical-json` for NaN, infinities, undefined and functions. */
export function canonicalJson(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return canonicalString(value)
    case 'number':
      if (!Number.isFinite(value)) throw new HeddleError('canonical-json', `${value} has no place in canonical JSON`)
      return Number.isInteger(value) && !Number.isSafeInteger(value) && Math.abs(value) < 1e21
        ? canonicalInteger(BigInt(value))
        : JSON.stringify(value)
    case 'bigint':
      return canonicalInteger(value)
    case 'boolean':
      return value ? 'true' : 'false'
    case 'object':
      break
    default:
      throw new HeddleError('canonical-json', `a ${typeof value} has no place in canonical JSON`)
  }
  if (value === null) return 'null'
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  const record = value as Record<string, unknown>
  const keys = Object.keys(record).sort(compareCodePoints)
  return `{${keys.map((key) => `${canonicalString(key)}:${canonicalJson(record[key])}`).join(',')}}`
}

function canonicalInteger(value: bigint): string {
  const safe = value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER)
  return safe ? String(value) : `{"$int":"${value}"}`
}

/** A JSON string in ASCII: everything beyond is a `\u` escape. */
export function canonicalString(text: string): string {
  const json = JSON.stringify(text)
  return /[\u007f-\uffff]/.test(json)
    ? json.replace(/[\u007f-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)
    : json
}

/** SHA-256 of text (as UTF-8) or bytes. */
export function sha256(data: string | Uint8Array): Digest {
  return hash('sha256', data, 'hex') as Digest
}

/** What a fingerprint is made from. */
export interface Operation {
  readonly depends: readonly unknown[]
  readonly input: unknown
  readonly operation: unknown
}

/** SHA-256 of the canonical JSON of `{"depends", "input", "operation"}`. */
export function fingerprint(made: Operation): Digest {
  return sha256(canonicalJson({ depends: made.depends, input: made.input, operation: made.operation }))
}

/** A digest over parts that arrive one after the other. */
export function incrementalSha256(): { update(data: string | Uint8Array): void; digest(): Digest } {
  const running = createHash('sha256')
  return {
    update: (data) => {
      running.update(data)
    },
    digest: () => running.digest('hex') as Digest,
  }
}
