/** Which objects there are, for a hundred thousand questions at once. */
import { readdirSync } from 'node:fs'
import { isAbsent } from '../file-errors.ts'

/** Objects as they were when their folder was first asked for. */
export interface ObjectListing {
  /** Whether the object is there whose 32-byte digest stands at `at`. */
  has(digest: Uint8Array, at: number): boolean
  /** Every digest, in order. */
  all(): Iterable<string>
}

/** Opens a listing of `.heddle/objects`. */
export function openListing(root: string): ObjectListing {
  const folders = new Array<Set<string> | undefined>(256)
  const folder = (byte: number): Set<string> => (folders[byte] ??= new Set(names(`${root}/${hexByte(byte)}`)))
  return {
    has: (digest, at) => {
      const byte = digest[at] as number
      const rest = Buffer.from(digest.buffer, digest.byteOffset + at + 1, 31)
      return folder(byte).has(rest.toString('hex'))
    },
    *all() {
      for (let byte = 0; byte < 256; byte++) for (const name of [...folder(byte)].sort()) yield hexByte(byte) + name
    },
  }
}

function hexByte(byte: number): string {
  return byte.toString(16).padStart(2, '0')
}

function names(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch (error) {
    if (isAbsent(error)) return []
    throw error
  }
}
