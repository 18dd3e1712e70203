/**
 * `.heddle/lock`: one run at a time in a project.
 *
 * The file is a small SQLite database on which the holder keeps a transaction open. The kernel gives the lock back when its
 * process ends, however it ends, so that a dead holder's lock needs no one; what it holds tells others who that is.
 */
import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as pause } from 'node:timers/promises'
import { HeddleError } from '../../model/errors.ts'

/** Who holds the lock. */
export interface LockHolder {
  readonly pid: number
  readonly host: string
  /** Milliseconds since 1970. */
  readonly since: number
  /** Its run, once it has a name. */
  readonly run: string | null
}

/** The lock, held. */
export interface ProjectLock {
  /** Tells others which run holds it. */
  readonly name: (run: string) => void
  readonly release: () => void
}

const WAIT_MS = 100
const BUSY = 5

/** Takes the lock. Throws `project-locked`, naming the holder, unless told to wait. */
export async function lockProject(file: string, options: { readonly wait: boolean; readonly signal?: AbortSignal }): Promise<ProjectLock> {
  for (;;) {
    const lock = tryLock(file)
    if (lock !== undefined) return lock
    if (!options.wait) throw locked(lockHolder(file))
    await pause(WAIT_MS, undefined, options.signal === undefined ? {} : { signal: options.signal })
  }
}

/** Who holds the lock now, or undefined when nobody does. */
export function lockHolder(file: string): LockHolder | undefined {
  try {
    readFileSync(file)
  } catch {
    // Nobody has ever run here.
    return undefined
  }
  const database = new DatabaseSync(file)
  try {
    if (begin(database)) return undefined
    return database.prepare('SELECT pid, host, since, run FROM holder').get() as LockHolder | undefined
  } finally {
    database.close()
  }
}

function tryLock(file: string): ProjectLock | undefined {
  const database = new DatabaseSync(file)
  const write = (run: string | null): boolean => {
    if (!begin(database)) return false
    database.exec('CREATE TABLE IF NOT EXISTS holder (pid INTEGER, host TEXT, since INTEGER, run TEXT); DELETE FROM holder')
    database.prepare('INSERT INTO holder VALUES (?, ?, ?, ?)').run(process.pid, hostname(), Date.now(), run)
    database.exec('COMMIT')
    return begin(database)
  }
  database.exec('PRAGMA busy_timeout = 0; PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY')
  if (!write(null)) {
    database.close()
    return undefined
  }
  return {
    name: (run) => {
      // The transaction is empty: ending it to write the name leaves the lock open for a moment that only a newcomer could take.
      database.exec('ROLLBACK')
      if (!write(run)) throw new HeddleError('project-locked', 'another run took the project while this one began')
    },
    release: () => database.close(),
  }
}

/** Begins to write; false when somebody else does. */
function begin(database: DatabaseSync): boolean {
  try {
    database.exec('BEGIN IMMEDIATE')
    return true
  } catch (error) {
    if (((error as { readonly errcode?: number }).errcode ?? 0) % 256 === BUSY) return false
    throw error
  }
}

function locked(holder: LockHolder | undefined): HeddleError {
  const who =
    holder === undefined
      ? 'another process'
      : `process ${holder.pid} on ${holder.host}${holder.run === null ? '' : ` (run ${holder.run})`}, since ${new Date(holder.since).toISOString()}`
  return new HeddleError('project-locked', `this project is in use by ${who}`, {
    hint: 'wait for it with --wait, or look at it with heddle watch',
  })
}
