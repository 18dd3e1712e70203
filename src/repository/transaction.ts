/** One transaction around many writes. */
import type { DatabaseSync } from 'node:sqlite'

/** Runs `write` in a transaction, joining the one that is open if there is one. */
export function inTransaction(database: DatabaseSync, write: () => void): void {
  if (database.isTransaction) {
    write()
    return
  }
  database.exec('BEGIN IMMEDIATE')
  try {
    write()
    database.exec('COMMIT')
  } catch (error) {
    // SQLite ends the transaction by itself when the disk is full.
    if (database.isTransaction) database.exec('ROLLBACK')
    throw error
  }
}
