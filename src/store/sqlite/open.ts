/** Opens `.heddle/heddle.db`, making or migrating it. */
import { DatabaseSync } from 'node:sqlite'
import { HeddleError } from '../../model/errors.ts'
import { MIGRATIONS } from './schema.ts'

/** How safe a commit is: `process` survives SIGKILL, `power` also power loss. */
export type Durability = 'process' | 'power'

/** Opens the database file. Throws `store-newer` when a newer Heddle made it, `store-damaged` when it is no database. */
export function openDatabase(file: string, durability: Durability = 'process'): DatabaseSync {
  const database = new DatabaseSync(file)
  try {
    database.exec(
      `PRAGMA busy_timeout = 10000; PRAGMA journal_mode = WAL; PRAGMA synchronous = ${durability === 'power' ? 'FULL' : 'NORMAL'}; PRAGMA foreign_keys = ON`,
    )
    migrate(database, file)
  } catch (cause) {
    database.close()
    if (cause instanceof HeddleError) throw cause
    throw new HeddleError('store-damaged', `${file} cannot be opened as Heddle's store`, {
      cause,
      hint: 'move the folder .heddle aside and run again; outputs with a path: stay where they are',
    })
  }
  return database
}

function migrate(database: DatabaseSync, file: string): void {
  const version = (): number => Number((database.prepare('PRAGMA user_version').get() as { user_version: number }).user_version)
  if (version() === MIGRATIONS.length) return
  database.exec('BEGIN IMMEDIATE')
  try {
    // Another process may have migrated while this one waited for the lock.
    const from = version()
    if (from > MIGRATIONS.length) {
      throw new HeddleError('store-newer', `${file} was made by a newer Heddle (version ${from}, this one knows ${MIGRATIONS.length})`, {
        hint: 'install that version, or work in a copy of the project without .heddle',
      })
    }
    for (const statements of MIGRATIONS.slice(from)) database.exec(statements)
    database.exec(`PRAGMA user_version = ${MIGRATIONS.length}`)
    database.exec('COMMIT')
  } catch (error) {
    database.exec('ROLLBACK')
    throw error
  }
}
