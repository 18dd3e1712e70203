/** Opens `.heddle/heddle.db`, making or migrating it. */
import { existsSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { pathToFileURL } from 'node:url'
import { HeddleError } from '../../model/errors.ts'
import { MIGRATIONS } from './schema.ts'
import { asStoreError } from './store-errors.ts'

/** How safe a commit is: `process` survives SIGKILL, `power` also power loss. */
export type Durability = 'process' | 'power'

/** Opens the database file. Throws `store-newer` when a newer Heddle made it, `store-failed` when the disk does not let it, `store-damaged` when it is no database. */
export function openDatabase(file: string, durability: Durability = 'process'): DatabaseSync {
  return opened(
    file,
    () => new DatabaseSync(file),
    (database) => {
      database.exec(
        `PRAGMA busy_timeout = 10000; PRAGMA journal_mode = WAL; PRAGMA synchronous = ${durability === 'power' ? 'FULL' : 'NORMAL'}; PRAGMA foreign_keys = ON`,
      )
      migrate(database, file)
    },
  )
}

/** Opens it for commands that only look: where it cannot be written, it is read as it stands. */
export function openForReading(file: string): DatabaseSync {
  try {
    return openDatabase(file)
  } catch (error) {
    if (!(error instanceof HeddleError) || error.code !== 'store-failed') throw error
    return openAsItStands(file)
  }
}

function openAsItStands(file: string): DatabaseSync {
  const url = pathToFileURL(file)
  // Without a log of writes nothing can be under way; with one, SQLite reads it by way of its index beside it.
  if (!existsSync(`${file}-wal`)) url.searchParams.set('immutable', '1')
  return opened(
    file,
    () => new DatabaseSync(url, { readOnly: true }),
    (database) => {
      const version = versionOf(database)
      if (version === MIGRATIONS.length) return
      throw new HeddleError(
        'store-failed',
        `${file} is of version ${version} and cannot be brought to ${MIGRATIONS.length}: it cannot be written`,
        {
          hint: 'make the folder .heddle writable',
        },
      )
    },
  )
}

const NO_DATABASE = new Set([11, 26])

function opened(file: string, open: () => DatabaseSync, prepare: (database: DatabaseSync) => void): DatabaseSync {
  let database: DatabaseSync | undefined
  try {
    database = open()
    prepare(database)
    return database
  } catch (cause) {
    database?.close()
    const code = ((cause as { readonly errcode?: number }).errcode ?? 0) & 0xff
    if (!NO_DATABASE.has(code)) throw asStoreError(cause, file)
    throw new HeddleError('store-damaged', `${file} cannot be opened as Heddle's store`, {
      cause,
      hint: 'move the folder .heddle aside and run again; outputs with a path: stay where they are',
    })
  }
}

function versionOf(database: DatabaseSync): number {
  return Number((database.prepare('PRAGMA user_version').get() as { user_version: number }).user_version)
}

function migrate(database: DatabaseSync, file: string): void {
  if (versionOf(database) === MIGRATIONS.length) return
  database.exec('BEGIN IMMEDIATE')
  try {
    // Another process may have migrated while this one waited for the lock.
    const from = versionOf(database)
    if (from > MIGRATIONS.length) {
      throw new HeddleError('store-newer', `${file} was made by a newer Heddle (version ${from}, this one knows ${MIGRATIONS.length})`, {
        hint: 'install that version, or work in a copy of the project without .heddle',
      })
    }
    for (const statements of MIGRATIONS.slice(from)) database.exec(statements)
    database.exec(`PRAGMA user_version = ${MIGRATIONS.length}`)
    database.exec('COMMIT')
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK')
    throw error
  }
}
