/** SHA-256 of files, small ones in one go, large ones in pieces. */
import { createHash, hash } from 'node:crypto'
import { closeSync, createReadStream, fstatSync, openSync, readFileSync, readSync } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import type { Digest } from '../../model/canonical.ts'

const PIECE_BYTES = 1024 * 1024

/** SHA-256 of a file's bytes. */
export function hashFile(path: string): Digest {
  const open = openSync(path, 'r')
  try {
    if (fstatSync(open).size <= PIECE_BYTES) return hash('sha256', readFileSync(open), 'hex') as Digest
    const running = createHash('sha256')
    const piece = Buffer.allocUnsafe(PIECE_BYTES)
    for (let read = readSync(open, piece); read > 0; read = readSync(open, piece)) running.update(piece.subarray(0, read))
    return running.digest('hex') as Digest
  } finally {
    closeSync(open)
  }
}

/** The same without holding up the event loop: for large files while a run goes on. */
export async function hashFileSlowly(path: string): Promise<Digest> {
  const running = createHash('sha256')
  await pipeline(createReadStream(path, { highWaterMark: PIECE_BYTES }), running)
  return running.digest('hex') as Digest
}
