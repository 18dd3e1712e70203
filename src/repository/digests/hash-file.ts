/** SHA-256 of files, small ones in one go, large ones in pieces. */
import { createHash, hash } from 'node:crypto'
import { closeSync, createReadStream, openSync, readSync } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import type { Digest } from '../../model/canonical.ts'

const PIECE_BYTES = 1024 * 1024
let piece: Buffer | undefined

/** SHA-256 of a file's bytes. */
export function hashFile(path: string): Digest {
  piece ??= Buffer.allocUnsafe(PIECE_BYTES)
  const open = openSync(path, 'r')
  try {
    let read = readSync(open, piece)
    // A regular file gives less than was asked for only at its end.
    if (read < PIECE_BYTES) return hash('sha256', piece.subarray(0, read), 'hex') as Digest
    const running = createHash('sha256')
    for (; read > 0; read = readSync(open, piece)) running.update(piece.subarray(0, read))
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
