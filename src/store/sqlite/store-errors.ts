/** What SQLite says when the disk does not take a commit, for people. */
import { HeddleError } from '../../model/errors.ts'

const PRIMARY: Readonly<Record<number, readonly [string, string]>> = {
  8: ['cannot be written', 'make the folder .heddle writable'],
  10: ['cannot be read or written: the disk reports an error', 'check the disk'],
  11: ['is damaged', 'move the folder .heddle aside and run again; outputs with a path: stay where they are'],
  13: ['cannot grow: the disk is full', 'free some space and run again; what was committed counts as reused'],
  14: ['cannot be opened', 'make the folder .heddle writable'],
}

/** An error of SQLite as `store-failed`, anything else as it is. */
export function asStoreError(cause: unknown, file: string): unknown {
  const code = (cause as { readonly errcode?: number } | undefined)?.errcode
  if (code === undefined) return cause
  const [what, hint] = PRIMARY[code & 0xff] ?? [`failed: ${(cause as Error).message}`, 'heddle doctor looks for the cause']
  return new HeddleError('store-failed', `${file} ${what}`, { cause, hint })
}

/** Runs work on the store; SQLite's errors become `store-failed`. */
export function withStoreErrors<T>(file: string, work: () => T): T {
  try {
    return work()
  } catch (cause) {
    throw asStoreError(cause, file)
  }
}
