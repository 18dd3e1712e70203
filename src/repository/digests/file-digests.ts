/**
 * Digests of files, remembered by device, inode, size, modification and change time.
 *
 * A remembered digest is not trusted when the file was modified within two seconds of its hashing: a later change
 * could have left the same times.
 */
import type { BigIntStats } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import type { Digest } from '../../model/canonical.ts'
import { HeddleError } from '../../model/errors.ts'
import { statIfThere } from '../stat-if-there.ts'
import { statKey } from '../stat-key.ts'
import { inTransaction } from '../transaction.ts'
import { hashFile } from './hash-file.ts'
import { hashDirectory } from './hash-directory.ts'

/** Content of a file or folder. */
export interface FileDigest {
  readonly digest: Digest
  /** Bytes; of a folder the sum of its files. */
  readonly size: number
}

/** Digests of files by path, absolute or below the project folder. */
export interface FileDigests {
  /** Of one file or folder; undefined when there is none. Throws `file-changing` when it is written to meanwhile. */
  digest(path: string): FileDigest | undefined
  /** Writes the 32 bytes of a file's or folder's digest into `target` and gives its size; undefined when there is none. */
  digestInto(path: string, target: Uint8Array, at: number): number | undefined
  /** Makes look-ups of many paths cheap: loads all that is remembered of paths that begin so. */
  preload(prefix: string): void
  /** Takes over a digest that is known from elsewhere, such as that of a file just published. */
  remember(path: string, digest: Digest): void
  /** Writes what was learnt, in one transaction. */
  flush(): void
}

interface Remembered {
  readonly stat: string
  readonly hashed: number
  readonly digest: Uint8Array
}

type FileRow = readonly [path: string, stat: string, hashed: number, digest: Uint8Array]

const RACY_MS = 2000

/** Opens the cache; without a database it lasts as long as the process. */
export function openFileDigests(folder: string, database: DatabaseSync | undefined): FileDigests {
  const known = new Map<string, Remembered>()
  const learnt = new Map<string, Remembered>()
  const findRow = database?.prepare('SELECT stat, hashed, digest FROM files WHERE path = ?')
  let preloaded: string | undefined

  const recall = (path: string): Remembered | undefined => {
    const found = known.get(path)
    if (found !== undefined || findRow === undefined || (preloaded !== undefined && path.startsWith(preloaded))) return found
    return findRow.get(path) as unknown as Remembered | undefined
  }
  const learn = (path: string, entry: Remembered): Remembered => {
    known.set(path, entry)
    learnt.set(path, entry)
    return entry
  }

  const ofFile = (path: string, absolute: string, stat: BigIntStats): Remembered => {
    const key = statKey(stat)
    const cached = recall(path)
    if (cached?.stat === key && isTrusted(cached.hashed, stat)) return cached
    const hashed = Date.now()
    const digest = hashFile(absolute)
    const after = statIfThere(absolute)
    if (after === undefined || statKey(after) !== key) {
      throw new HeddleError('file-changing', `${path} is being written to while Heddle reads it`, { hint: 'run again when it is complete' })
    }
    return learn(path, { stat: key, hashed, digest: Buffer.from(digest, 'hex') })
  }

  const ofFolder = (path: string, absolute: string): FileDigest =>
    hashDirectory(absolute, (below, file, stat) => ({
      digest: hex(ofFile(`${path}/${below}`, file, stat).digest),
      size: Number(stat.size),
    }))

  const find = (path: string): { readonly absolute: string; readonly stat: BigIntStats } | undefined => {
    const absolute = isAbsolute(path) ? path : join(folder, path)
    const stat = statIfThere(absolute)
    return stat === undefined ? undefined : { absolute, stat }
  }

  return {
    digest: (path) => {
      const found = find(path)
      if (found === undefined) return undefined
      const { absolute, stat } = found
      return stat.isDirectory() ? ofFolder(path, absolute) : { digest: hex(ofFile(path, absolute, stat).digest), size: Number(stat.size) }
    },
    digestInto: (path, target, at) => {
      const found = find(path)
      if (found === undefined) return undefined
      if (!found.stat.isDirectory()) {
        target.set(ofFile(path, found.absolute, found.stat).digest, at)
        return Number(found.stat.size)
      }
      const whole = ofFolder(path, found.absolute)
      target.set(Buffer.from(whole.digest, 'hex'), at)
      return whole.size
    },
    preload: (prefix) => {
      if (database === undefined || (preloaded !== undefined && prefix.startsWith(preloaded))) return
      preloaded = prefix
      const rows = database.prepare('SELECT path, stat, hashed, digest FROM files WHERE path >= ? AND path < ?')
      rows.setReturnArrays(true)
      for (const row of rows.iterate(prefix, `${prefix}\u{10ffff}`) as Iterable<unknown> as Iterable<FileRow>) {
        const [path, stat, hashed, digest] = row
        if (!learnt.has(path)) known.set(path, { stat, hashed, digest })
      }
    },
    remember: (path, of) => {
      const stat = statIfThere(isAbsolute(path) ? path : join(folder, path))
      if (stat !== undefined) learn(path, { stat: statKey(stat), hashed: Date.now(), digest: Buffer.from(of, 'hex') })
    },
    flush: () => {
      if (database === undefined || learnt.size === 0) return
      inTransaction(database, () => {
        const insert = database.prepare('INSERT OR REPLACE INTO files (path, stat, hashed, digest) VALUES (?, ?, ?, ?)')
        for (const [path, entry] of learnt) insert.run(path, entry.stat, entry.hashed, entry.digest)
      })
      learnt.clear()
    },
  }
}

function hex(digest: Uint8Array): Digest {
  return Buffer.from(digest).toString('hex') as Digest
}

function isTrusted(hashed: number, stat: BigIntStats): boolean {
  return Math.abs(hashed - Number(stat.mtimeMs)) >= RACY_MS && Math.abs(hashed - Number(stat.ctimeMs)) >= RACY_MS
}
