/**
 * Digests of files, remembered by device, inode, size, modification and change time.
 *
 * A remembered digest is not trusted when the file was modified within two seconds of its hashing: a later change
 * could have left the same times.
 */
import type { BigIntStats } from 'node:fs'
import type { DatabaseSync } from 'node:sqlite'
import type { Digest } from '../../model/canonical.ts'
import { HeddleError } from '../../model/errors.ts'
import { statIfThere } from '../stat-if-there.ts'
import { statKey } from '../stat-key.ts'
import { inTransaction } from '../transaction.ts'
import { hashDirectory } from './hash-directory.ts'
import { hashFile } from './hash-file.ts'

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
  /** Makes look-ups of many paths cheap: loads all that is remembered of paths that begin so. */
  preload(prefix: string): void
  /** Writes what was learnt, in one transaction. */
  flush(): void
}

interface Remembered {
  readonly stat: string
  readonly hashed: number
  readonly digest: Digest
}

const RACY_MS = 2000
const COLUMNS = 'stat, hashed, lower(hex(digest)) AS digest'

/** Opens the cache; without a database it lasts as long as the process. */
export function openFileDigests(folder: string, database: DatabaseSync | undefined): FileDigests {
  const known = new Map<string, Remembered>()
  const learnt = new Map<string, Remembered>()
  const findRow = database?.prepare(`SELECT ${COLUMNS} FROM files WHERE path = ?`)
  let preloaded: string | undefined

  const absolute = (path: string): string => (path.startsWith('/') ? path : `${folder}/${path}`)
  const recall = (path: string): Remembered | undefined => {
    const found = known.get(path)
    if (found !== undefined || findRow === undefined || (preloaded !== undefined && path.startsWith(preloaded))) return found
    return findRow.get(path) as unknown as Remembered | undefined
  }

  const digestFile = (path: string, stat: BigIntStats): Digest => {
    const key = statKey(stat)
    const cached = recall(path)
    if (cached?.stat === key && isTrusted(cached.hashed, stat)) return cached.digest
    const hashed = Date.now()
    const digest = hashFile(absolute(path))
    const after = statIfThere(absolute(path))
    if (after === undefined || statKey(after) !== key) {
      throw new HeddleError('file-changing', `${path} is being written to while Heddle reads it`, { hint: 'run again when it is complete' })
    }
    const entry = { stat: key, hashed, digest }
    known.set(path, entry)
    learnt.set(path, entry)
    return digest
  }

  return {
    digest: (path) => {
      const stat = statIfThere(absolute(path))
      if (stat === undefined) return undefined
      if (!stat.isDirectory()) return { digest: digestFile(path, stat), size: Number(stat.size) }
      return hashDirectory(absolute(path), (below, _, of) => ({ digest: digestFile(`${path}/${below}`, of), size: Number(of.size) }))
    },
    preload: (prefix) => {
      if (database === undefined || (preloaded !== undefined && prefix.startsWith(preloaded))) return
      preloaded = prefix
      const rows = database.prepare(`SELECT path, ${COLUMNS} FROM files WHERE path >= ? AND path < ?`)
      // Rows as arrays, all at once: a third of the time of objects one by one.
      rows.setReturnArrays(true)
      for (const row of rows.all(prefix, `${prefix}\u{10ffff}`) as unknown as (readonly [string, string, number, Digest])[]) {
        const [path, stat, hashed, digest] = row
        if (!learnt.has(path)) known.set(path, { stat, hashed, digest })
      }
    },
    flush: () => {
      if (database === undefined || learnt.size === 0) return
      inTransaction(database, () => {
        const insert = database.prepare('INSERT OR REPLACE INTO files (path, stat, hashed, digest) VALUES (?, ?, ?, ?)')
        for (const [path, { stat, hashed, digest }] of learnt) insert.run(path, stat, hashed, Buffer.from(digest, 'hex'))
      })
      learnt.clear()
    },
  }
}

function isTrusted(hashed: number, stat: BigIntStats): boolean {
  return Math.abs(hashed - Number(stat.mtimeMs)) >= RACY_MS && Math.abs(hashed - Number(stat.ctimeMs)) >= RACY_MS
}
