/** A cache of texts in the store, for what is dear to work out of a file again. */
import type { DatabaseSync } from 'node:sqlite'
import type { Memory } from '../model/catalogue.ts'

/** Opens the cache. A store that cannot be written just does not remember. */
export function openMemory(database: DatabaseSync): Memory {
  const find = database.prepare('SELECT text FROM remembered WHERE key = ?')
  const keep = database.prepare('INSERT OR REPLACE INTO remembered VALUES (?, ?)')
  return {
    get: (key) => (find.get(key) as { text: string } | undefined)?.text,
    set: (key, text) => {
      try {
        keep.run(key, text)
      } catch (error) {
        if (!isUnwritable(error)) throw error
      }
    },
  }
}

/** SQLITE_BUSY, SQLITE_READONLY, SQLITE_IOERR and SQLITE_FULL: the cache is an economy, not worth failing for. */
function isUnwritable(error: unknown): boolean {
  const code = (error as { errcode?: number }).errcode
  return code !== undefined && [5, 8, 10, 13].includes(code & 0xff)
}
