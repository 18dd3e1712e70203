/**
 * Brings datasets out as files for bodies to read.
 *
 * An object is read where it lies, by its path in the store; it is read-only. What is kept inline is written once, read-only,
 * to `.heddle/tmp/values-PID/DIGEST`. Neither path has an extension: a body knows its formats from the pipeline.
 */
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { writing } from './file-errors.ts'
import { type ObjectStore, temporaryNames } from './objects/object-store.ts'

/** Gives datasets as files. */
export interface Staging {
  /** Absolute path of content: of its inline bytes, or else of the object of that digest. */
  fileOf(content: { readonly digest: string; readonly inline: Uint8Array | undefined }): string
  /** Removes the files that it wrote. */
  close(): void
}

/** Opens a staging area; `name` keeps those of several processes apart. */
export function openStaging(heddleFolder: string, objects: ObjectStore, name = String(process.pid)): Staging {
  const folder = join(heddleFolder, 'tmp', `values-${name}`)
  const temporary = temporaryNames(heddleFolder)
  const written = new Set<string>()

  const write = (digest: string, bytes: Uint8Array): void => {
    if (written.size === 0) mkdirSync(folder, { recursive: true })
    const file = temporary()
    try {
      writeFileSync(file, bytes, { mode: 0o444, flag: 'wx' })
      renameSync(file, join(folder, digest))
    } finally {
      rmSync(file, { force: true })
    }
    written.add(digest)
  }

  return {
    fileOf: ({ digest, inline }) => {
      if (inline === undefined) return objects.path(digest)
      if (!written.has(digest)) writing(heddleFolder, () => write(digest, inline))
      return join(folder, digest)
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  }
}
