/**
 * Puts datasets at their `path:`, whole or not at all.
 *
 * What stands there is replaced without a word only if Heddle put it there or has it in the store; anything else is a
 * person's work and is kept beside, as `NAME.edited-N`.
 */
import { existsSync, lstatSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { HeddleError } from '../model/errors.ts'
import type { FileDigests } from './digests/file-digests.ts'
import { errorCode, writing } from './file-errors.ts'
import { makeFolder } from './make-folder.ts'
import { copyTree, makeWritable } from './objects/copy-tree.ts'
import { type ObjectStore, temporaryNames } from './objects/object-store.ts'
import { lstatIfThere, statIfThere } from './stat-if-there.ts'
import { pathKey } from './stat-key.ts'
import { inTransaction } from './transaction.ts'

/** What to put at a path: an object of that digest, or the bytes themselves. */
export interface PublishedContent {
  readonly digest: string
  /** undefined: the object of that digest. */
  readonly inline: Uint8Array | undefined
}

/** What putting it there did. */
export interface Publication {
  /** False: it stood there already. */
  readonly written: boolean
  /** Where a person's version was moved, below the project folder. */
  readonly edited: string | undefined
}

/** Puts datasets at paths below the project folder. */
export interface Publisher {
  /** Throws `store-full`, `store-read-only`, or `publish-blocked` when a file stands where a folder must be. */
  publish(path: string, content: PublishedContent): Publication
  /** Whether exactly this content stands there; a stat when nothing changed since it was put there, else a reading. */
  isPublished(path: string, digest: string): boolean
  /** Writes what was learnt, in one transaction or the one that is open. */
  flush(): void
}

interface Published {
  readonly stat: string
  readonly digest: string
}

/** What a publisher works with. */
export interface PublisherOptions {
  /** The project folder. */
  readonly folder: string
  readonly heddleFolder: string
  readonly database: DatabaseSync
  readonly objects: ObjectStore
  readonly digests: FileDigests
}

/** Opens a publisher. */
export function openPublisher({ folder, heddleFolder, database, objects, digests }: PublisherOptions): Publisher {
  const temporary = temporaryNames(heddleFolder)
  const learnt = new Map<string, Published>()
  let stored: Map<string, Published> | undefined

  const last = (path: string): Published | undefined => {
    stored ??= new Map(
      (database.prepare('SELECT path, stat, digest FROM published').all() as unknown as (Published & { path: string })[]).map((row) => [
        row.path,
        row,
      ]),
    )
    return learnt.get(path) ?? stored.get(path)
  }

  /** Remembers that this content stands there now. */
  const learn = (path: string, digest: string): void => {
    const stat = pathKey(join(folder, path))
    if (stat !== undefined) learnt.set(path, { stat, digest })
  }

  const digestOf = (path: string): string | undefined => {
    const stat = lstatIfThere(join(folder, path))
    return stat?.isFile() === true || stat?.isDirectory() === true ? digests.digest(path)?.digest : undefined
  }

  const isPublished = (path: string, digest: string): boolean => {
    const stat = pathKey(join(folder, path))
    const before = last(path)
    if (stat === undefined) return false
    if (before?.stat === stat) return before.digest === digest
    if (digestOf(path) !== digest) return false
    learn(path, digest)
    return true
  }

  /** Moves away what stands at the path; gives the name under which a person's version is kept. */
  const clear = (path: string): string | undefined => {
    const target = join(folder, path)
    if (pathKey(target) === undefined) return undefined
    const digest = digestOf(path)
    const ours = digest !== undefined && (digest === last(path)?.digest || objects.has(digest))
    if (!ours) {
      const kept = freeName(folder, path)
      renameSync(target, join(folder, kept))
      return kept
    }
    // A file is replaced by the rename that follows; a folder must go first.
    if (!lstatSync(target).isDirectory()) return undefined
    const old = temporary()
    moveAcross(target, old)
    rmSync(old, { recursive: true, force: true })
    return undefined
  }

  const publish = (path: string, content: PublishedContent): Publication => {
    if (isPublished(path, content.digest)) return { written: false, edited: undefined }
    const target = join(folder, path)
    const copy = temporary()
    try {
      writeContent(copy, content, objects)
      const edited = clear(path)
      moveToFolder(copy, target, path)
      learn(path, content.digest)
      return { written: true, edited }
    } finally {
      rmSync(copy, { recursive: true, force: true })
    }
  }

  return {
    publish: (path, content) => writing(folder, () => publish(path, content)),
    isPublished,
    flush: () => {
      digests.flush()
      if (learnt.size === 0) return
      inTransaction(database, () => {
        const insert = database.prepare('INSERT OR REPLACE INTO published (path, stat, digest) VALUES (?, ?, ?)')
        for (const [path, { stat, digest }] of learnt) insert.run(path, stat, digest)
      })
      for (const [path, entry] of learnt) stored?.set(path, entry)
      learnt.clear()
    },
  }
}

/** Writes content as a new file or folder that its user may edit. */
export function writeContent(path: string, content: PublishedContent, objects: ObjectStore): void {
  if (content.inline !== undefined) {
    writeFileSync(path, content.inline, { flag: 'wx' })
    return
  }
  copyTree(objects.path(content.digest), path)
  makeWritable(path)
}

/**
 * Renames; where the target lies on another file system (a link leads there), through a hidden name next to it, which is the
 * one temporary file outside `.heddle/tmp`.
 */
function moveAcross(from: string, to: string): void {
  try {
    renameSync(from, to)
  } catch (error) {
    if (errorCode(error) !== 'EXDEV') throw error
    const near = join(dirname(to), `.${basename(to).slice(0, 200)}.heddle-${process.pid}`)
    try {
      copyTree(from, near)
      renameSync(near, to)
    } finally {
      rmSync(near, { recursive: true, force: true })
    }
    rmSync(from, { recursive: true, force: true })
  }
}

/** Moves into a folder, which is made when it is missing. */
function moveToFolder(from: string, to: string, path: string): void {
  try {
    if (statIfThere(dirname(to)) === undefined) makeFolder(dirname(to))
    moveAcross(from, to)
  } catch (cause) {
    const code = errorCode(cause)
    if (code !== 'EEXIST' && code !== 'ENOTDIR') throw cause
    throw new HeddleError('publish-blocked', `${path} cannot be put there: a file stands where its folder must be`, {
      cause,
      hint: 'move that file away and run again',
    })
  }
}

function freeName(folder: string, path: string): string {
  let n = 1
  while (existsSync(join(folder, `${path}.edited-${n}`))) n++
  return `${path}.edited-${n}`
}
