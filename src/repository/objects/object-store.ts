/**
 * Content-addressed objects below `.heddle/objects`: the file or folder whose SHA-256 is `abcdef…` lies at `ab/cdef…`.
 *
 * An object appears whole or not at all: it is finished in `.heddle/tmp` and renamed. It is read-only, and never a hard link
 * of a file that somebody else may write to.
 */
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  lstatSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { type Digest, sha256 } from '../../model/canonical.ts'
import { HeddleError } from '../../model/errors.ts'
import { hashDirectory } from '../digests/hash-directory.ts'
import { hashFile } from '../digests/hash-file.ts'
import { errorCode, isAbsent, writing } from '../file-errors.ts'
import { makeFolder } from '../make-folder.ts'
import { lstatIfThere } from '../stat-if-there.ts'
import { copyTree, makeReadOnly } from './copy-tree.ts'
import { type ObjectListing, openListing } from './object-listing.ts'

/** An object that is in the store. */
export interface StoredObject {
  readonly digest: Digest
  /** Bytes; of a folder the sum of its files. */
  readonly size: number
}

/** Objects by digest. Writing throws `store-full` or `store-read-only` and leaves nothing half-written behind. */
export interface ObjectStore {
  /**
   * Moves a file or folder in. Links to it elsewhere make it a copy. A digest that is known already (see `hashFileSlowly`) saves
   * the reading. Throws `file-kind` for what is neither file nor folder.
   */
  put(path: string, known?: Digest): StoredObject
  /** Copies a file or folder in. */
  putCopy(path: string): StoredObject
  putBytes(bytes: Uint8Array): StoredObject
  has(digest: string): boolean
  /** Absolute path of an object, whether it is there or not. */
  path(digest: string): string
  /** Bytes of a file object. Throws `object-missing`. */
  read(digest: string): Uint8Array
  /** A snapshot for many questions; folders are listed as they are asked for. */
  listing(): ObjectListing
  /** Reads an object again and compares: undefined when there is none. */
  verify(digest: string): 'sound' | 'damaged' | undefined
  /** Removes an object, such as one that a body wrote over, so that it is made again. */
  remove(digest: string): void
  /** Verifies what was stored since a time (ms since 1970), removes what is damaged, and gives the digests of that: for after a power loss. */
  removeDamaged(since: number): readonly string[]
}

/** How objects are kept. */
export interface ObjectStoreOptions {
  /** `.heddle`, absolute. */
  readonly heddleFolder: string
  /** Whether an object survives power loss once it is in. */
  readonly durable?: boolean
}

/** Opens the object store of a `.heddle` folder. */
export function openObjects({ heddleFolder, durable = false }: ObjectStoreOptions): ObjectStore {
  const root = join(heddleFolder, 'objects')
  const temporary = temporaryNames(heddleFolder)
  const pathOf = (digest: string): string => `${root}/${digest.slice(0, 2)}/${digest.slice(2)}`

  /** Renames what is finished to its place. An equal file is replaced: the old one may have been damaged since. */
  const moveIn = (path: string, digest: Digest, isFolder: boolean): void => {
    const target = pathOf(digest)
    if (durable && !isFolder) syncToDisk(path)
    if (isFolder && existsSync(target)) {
      rmSync(path, { recursive: true })
      return
    }
    renameInto(path, target)
    if (durable) syncToDisk(dirname(target))
  }

  const putFile = (path: string, known: Digest | undefined): StoredObject => {
    const { size, mode } = lstatSync(path)
    chmodSync(path, (mode & 0o100) === 0 ? 0o444 : 0o555)
    const digest = known ?? hashFile(path)
    moveIn(path, digest, false)
    return { digest, size }
  }

  const putFolder = (path: string): StoredObject => {
    makeReadOnly(path, temporary)
    const { digest, size } = hashDirectory(path, (_, file, stat) => ({ digest: hashFile(file), size: Number(stat.size) }))
    moveIn(path, digest, true)
    return { digest, size }
  }

  const putCopy = (path: string, known?: Digest): StoredObject => {
    const copy = temporary()
    try {
      const stat = statSync(path)
      if (!stat.isFile() && !stat.isDirectory()) throw notStorable(path)
      copyTree(path, copy)
      return stat.isDirectory() ? putFolder(copy) : putFile(copy, known)
    } catch (error) {
      rmSync(copy, { recursive: true, force: true })
      throw error
    }
  }

  const put = (path: string, known?: Digest): StoredObject => {
    const stat = lstatSync(path)
    try {
      if (stat.isDirectory()) return putFolder(path)
      if (stat.isFile() && stat.nlink === 1) return putFile(path, known)
    } catch (error) {
      // From another file system, or made by another user (a container's root): a copy is ours.
      if (!['EXDEV', 'EPERM'].includes(errorCode(error) ?? '')) throw error
    }
    const stored = putCopy(path, known)
    rmSync(path, { recursive: true })
    return stored
  }

  const putBytes = (bytes: Uint8Array): StoredObject => {
    const digest = sha256(bytes)
    const file = temporary()
    try {
      writeFileSync(file, bytes, { mode: 0o444, flag: 'wx' })
      moveIn(file, digest, false)
    } catch (error) {
      rmSync(file, { force: true })
      throw error
    }
    return { digest, size: bytes.length }
  }

  const verify = (digest: string): 'sound' | 'damaged' | undefined => {
    const path = pathOf(digest)
    const stat = lstatIfThere(path)
    if (stat === undefined) return undefined
    const found = stat.isDirectory() ? hashDirectory(path, (_, file) => ({ digest: hashFile(file), size: 0 })).digest : hashFile(path)
    return found === digest ? 'sound' : 'damaged'
  }

  return {
    put: (path, known) => writing(heddleFolder, () => put(path, known)),
    putCopy: (path) => writing(heddleFolder, () => putCopy(path)),
    putBytes: (bytes) => writing(heddleFolder, () => putBytes(bytes)),
    has: (digest) => existsSync(pathOf(digest)),
    path: pathOf,
    read: (digest) => readObject(pathOf(digest), digest),
    listing: () => openListing(root),
    verify,
    remove: (digest) => writing(heddleFolder, () => rmSync(pathOf(digest), { recursive: true, force: true })),
    removeDamaged: (since) =>
      writing(heddleFolder, () => {
        const recent = [...openListing(root).all()].filter((digest) => lstatSync(pathOf(digest)).ctimeMs >= since)
        const damaged = recent.filter((digest) => verify(digest) === 'damaged')
        for (const digest of damaged) rmSync(pathOf(digest), { recursive: true, force: true })
        return damaged
      }),
  }
}

/** Names below `.heddle/tmp` that nobody uses. */
export function temporaryNames(heddleFolder: string): () => string {
  const folder = join(heddleFolder, 'tmp')
  let made = 0
  return () => {
    if (made === 0) writing(heddleFolder, () => makeFolder(folder))
    return join(folder, `store-${process.pid}-${process.hrtime.bigint().toString(36)}-${made++}`)
  }
}

/** Renames, making the folder first if it is missing. */
export function renameInto(from: string, to: string): void {
  try {
    renameSync(from, to)
  } catch (error) {
    if (!isAbsent(error) || existsSync(dirname(to))) throw error
    makeFolder(dirname(to))
    renameSync(from, to)
  }
}

function syncToDisk(path: string): void {
  const open = openSync(path, 'r')
  try {
    fsyncSync(open)
  } finally {
    closeSync(open)
  }
}

function readObject(path: string, digest: string): Uint8Array {
  try {
    return readFileSync(path)
  } catch (cause) {
    if (!isAbsent(cause)) throw cause
    throw new HeddleError('object-missing', `the store has no object ${digest}`, {
      cause,
      hint: 'run the pipeline again: it makes what is missing',
    })
  }
}

function notStorable(path: string): HeddleError {
  return new HeddleError('file-kind', `${path} is neither file nor folder; a dataset cannot hold it`)
}
