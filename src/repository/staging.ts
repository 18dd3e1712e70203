/**
 * Brings datasets out as files for bodies to read.
 *
 * An object is read where it lies, by its path in the store; it is read-only. What is kept inline is written once, read-only,
 * to `.heddle/tmp/values-PID/DIGEST`. Neither path has an extension: a body knows its formats from the pipeline.
 */
import { chmodSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { writing } from './file-errors.ts'
import { makeFolder } from './make-folder.ts'
import { type ObjectStore, temporaryNames } from './objects/object-store.ts'
import { makeSparse } from './sparse.ts'

/** Gives datasets as files. */
export interface Staging {
  /** Absolute path of content: of its inline bytes, or else of the object of that digest. */
  fileOf(content: { readonly digest: string; readonly inline: Uint8Array | undefined }): string
  /** Absolute path of a read-only file of so many zeros, for a sparse dataset without a `path:`. */
  sparseFile(bytes: number): string
  /** Removes the files that it wrote. */
  close(): void
}

/** Opens a staging area; `name` keeps those of several processes apart. */
export function openStaging(heddleFolder: string, objects: ObjectStore, name = String(process.pid)): Staging {
  const folder = join(heddleFolder, 'tmp', `values-${name}`)
  const temporary = temporaryNames(heddleFolder)
  const written = new Set<string>()

  const once = (name: string, make: (file: string) => void): string => {
    const path = join(folder, name)
    if (written.has(name)) return path
    return writing(heddleFolder, () => {
      if (written.size === 0) makeFolder(folder)
      const file = temporary()
      try {
        make(file)
        renameSync(file, path)
      } finally {
        rmSync(file, { force: true })
      }
      written.add(name)
      return path
    })
  }

  return {
    fileOf: ({ digest, inline }) => {
      if (inline === undefined) return objects.path(digest)
      return once(digest, (file) => writeFileSync(file, inline, { mode: 0o444, flag: 'wx' }))
    },
    sparseFile: (bytes) =>
      once(`sparse-${bytes}`, (file) => {
        makeSparse(file, bytes)
        chmodSync(file, 0o444)
      }),
    close: () => rmSync(folder, { recursive: true, force: true }),
  }
}
