/** Overall inputs that Heddle makes itself: files of zeros that take no room. */
import { closeSync, ftruncateSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import { type Digest, sha256 } from '../model/canonical.ts'
import { makeFolder } from './make-folder.ts'

/** Identity of a sparse file: by its size, so that nothing of it need be read. */
export function sparseDigest(bytes: number): Digest {
  return sha256(`heddle-sparse:${bytes}`)
}

/** Makes a file of so many zeros, and the folders above it. */
export function makeSparse(path: string, bytes: number): void {
  makeFolder(dirname(path))
  const open = openSync(path, 'w')
  try {
    ftruncateSync(open, bytes)
  } finally {
    closeSync(open)
  }
}
