/**
 * `.heddle/lock`: one run at a time in a project.
 *
 * The file says who holds it. What is really held is a transaction on the small database next to it, `lock.db`: the kernel
 * gives that back when its process ends, however it ends, so that a dead holder's lock needs no one.
 */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
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
/** Primary result codes of SQLite. */
const BUSY = 5
const FULL = 13
const UNWRITABLE = new Set([8, 14])

/** What to do while somebody else holds the lock. */
export interface LockOptions {
  readonly wait: boolean
  readonly signal?: AbortSignal
  /** Hears once who holds it. */
  readonly onWait?: (message: string) => void
}

/** Takes the lock. Throws `project-locked`, naming the holder, unless told to wait. */
export async function lockProject(file: string, options: LockOptions): Promise<ProjectLock> {
  for (let told = false; ; told = true) {
    const lock = tryLock(file)
    if (lock !== undefined) return lock
    if (!options.wait) throw locked(lockHolder(file))
    if (!told) options.onWait?.(`this project is in use by ${holderText(lockHolder(file))}`)
    await pause(WAIT_MS, undefined, options.signal === undefined ? {} : { signal: options.signal })
  }
}

/** Who holds the lock now, or undefined when nobody does. */
export function lockHolder(file: string): LockHolder | undefined {
  if (!existsSync(`${file}.db`)) return undefined
  const database = new DatabaseSync(`${file}.db`)
  // Another that asks has it for an instant.
  database.exec('PRAGMA busy_timeout = 20')
  try {
    return begin(database) ? undefined : readHolder(file)
  } catch (error) {
    // Nobody else holds what fails only for want of space.
    if (codeOf(error) === FULL) return undefined
    // Who may not write here cannot ask the kernel for the lock, only whether the process that wrote down its name is there.
    if (UNWRITABLE.has(codeOf(error))) return livingHolder(file)
    throw error
  } finally {
    database.close()
  }
}

function livingHolder(file: string): LockHolder | undefined {
  const holder = readHolder(file)
  if (holder === undefined || holder.host !== hostname()) return holder
  try {
    process.kill(holder.pid, 0)
    return holder
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM' ? holder : undefined
  }
}

/** What the holder wrote; somebody else's words, so that nothing is taken for granted. */
function readHolder(file: string): LockHolder | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as LockHolder
  } catch {
    // The holder is just about to write it.
    return undefined
  }
}

function tryLock(file: string): ProjectLock | undefined {
  const database = new DatabaseSync(`${file}.db`)
  // Whoever only asks for the holder has the lock for an instant.
  database.exec('PRAGMA busy_timeout = 50')
  if (!begin(database)) {
    database.close()
    return undefined
  }
  const since = Date.now()
  const write = (run: string | null): void => {
    const holder: LockHolder = { pid: process.pid, host: hostname(), since, run }
    writeFileSync(`${file}.new`, JSON.stringify(holder))
    renameSync(`${file}.new`, file)
  }
  write(null)
  return { name: write, release: () => database.close() }
}

/** Begins to write; false when somebody else does. */
function begin(database: DatabaseSync): boolean {
  try {
    database.exec('BEGIN IMMEDIATE')
    return true
  } catch (error) {
    if (codeOf(error) === BUSY) return false
    throw error
  }
}

function codeOf(error: unknown): number {
  return ((error as { readonly errcode?: number }).errcode ?? 0) & 0xff
}

function holderText(holder: LockHolder | undefined): string {
  return holder === undefined
    ? 'another process'
    : `process ${holder.pid} on ${holder.host}${holder.run === null ? '' : ` (run ${holder.run})`}, since ${new Date(holder.since).toISOString()}`
}

function locked(holder: LockHolder | undefined): HeddleError {
  return new HeddleError('project-locked', `this project is in use by ${holderText(holder)}`, {
    hint: 'wait for it with --wait, or look at it with heddle watch',
  })
}
